"""Speakers, guests of honour, press and officials: who looks after them, who sits where on the rostrum."""

from typing import Any

from flask import flash, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, Length, NumberRange, Optional, ValidationError

from app.blueprints.programme import blueprint, queries
from app.blueprints.programme.agenda.actions import lock
from app.blueprints.programme.agenda.forms import number
from app.blueprints.programme.front import actions, lines, telling
from app.blueprints.programme.front.actions import Who
from app.blueprints.programme.front.parts import address_of, parts
from app.blueprints.programme.loading import P, may_edit, the_person
from app.blueprints.programme.overtaken import overtaken
from app.blueprints.programme.removed_views import removed
from app.blueprints.programme.rules.rostrum import seated
from app.blueprints.staff.versions import VersionedForm
from app.extensions import db
from app.models import Event, FrontKind, FrontPerson
from app.web.fields import LineField, MobileField, WholeNumberField, WordField
from app.web.guards import requires
from app.web.identity import me
from app.web.load import the_event
from app.web.render import back_to, invalid, page
from app.web.words import word


class PersonForm(VersionedForm):
    """Somebody in front."""

    kind = WordField(_("As"), FrontKind, default=FrontKind.SPEAKER)
    invitation_id = SelectField(_("On the invite list"), coerce=number)
    person_id = SelectField(_("Among the staff"), coerce=number)
    name = LineField(_("Name"), [Length(max=80)])
    name_en = LineField(_("Name in English"), [Length(max=80)])
    title = LineField(_("Position"), [Length(max=80)])
    title_en = LineField(_("Position in English"), [Length(max=80)])
    body = LineField(_("Company or office"), [Length(max=120)])
    body_en = LineField(_("Company or office in English"), [Length(max=120)])
    mobile = MobileField(_("Mobile"))
    mail = LineField(_("Mail address"), [Optional(), Email(_("This is not a mail address.")), Length(max=120)])
    host_id = SelectField(_("Looked after by"), coerce=number)
    rostrum_order = WholeNumberField(_("Rank on the rostrum"), [Optional(), NumberRange(1, 99, _("Between 1 and 99."))])
    note = LineField(_("Note"), [Length(max=200)])

    def offer(self, event: Event, row: FrontPerson | None) -> None:
        """Set whom one can choose."""
        guests = queries.guests_to_choose(event)
        if row is not None and row.invitation is not None and row.invitation not in guests:
            guests.append(row.invitation)
        staff = [SelectChoice(each.id, each.name) for each in queries.colleagues()]
        self.invitation_id.choices = [
            SelectChoice("", gettext("No guest of the list")),
            *(
                SelectChoice(each.id, f"{each.dealer.contact} · {each.dealer.company} · {word(each.kind).text}")
                for each in guests
            ),
        ]
        self.person_id.choices = [SelectChoice("", gettext("Nobody of the staff")), *staff]
        self.host_id.choices = [SelectChoice("", gettext("Nobody yet")), *staff]

    def validate_name(self, field: LineField) -> None:
        if not field.data and not self.invitation_id.data and not self.person_id.data:
            raise ValidationError(gettext("Please choose a guest or a colleague, or enter a name."))


def _who(form: PersonForm) -> Who:
    return Who(
        kind=form.kind.data,
        name=form.name.data or "",
        name_en=form.name_en.data or "",
        title=form.title.data or "",
        title_en=form.title_en.data or "",
        body=form.body.data or "",
        body_en=form.body_en.data or "",
        mobile=form.mobile.data,
        mail=form.mail.data,
        invitation_id=form.invitation_id.data,
        person_id=form.person_id.data,
        host_id=form.host_id.data,
        rostrum_order=form.rostrum_order.data,
        note=form.note.data or "",
    )


@blueprint.get("/events/<slug>/programme/front/")
@requires(P.VIEW_PROGRAMME)
def front(slug: str) -> Any:
    event = the_event(slug)
    rows, sessions = queries.front(event), queries.run_sheet(event)
    ranked = [each for each in rows if each.rostrum_order and not queries.stays_away(each)]
    return page(
        "programme/front.html",
        alerts=[each.line for each in lines.of(event, rows, sessions)],
        parts=parts(rows, sessions),
        sends=telling.are_sent(event),
        address_of=address_of,
        row_of_seats=seated(ranked),
        first=ranked[0] if ranked else None,
        stays_away=queries.stays_away,
        may_edit=may_edit(event),
    )


@blueprint.route("/events/<slug>/programme/front/new", methods=["GET", "POST"])
@requires(P.EDIT_PROGRAMME)
def front_new(slug: str) -> Any:
    event = the_event(slug)
    form = PersonForm()
    form.offer(event, None)
    if form.validate_on_submit():
        row = actions.add(event, _who(form))
        db.session.commit()
        flash(gettext("%(name)s is among the people in front.", name=row.name), "success")
        return back_to("programme.front", slug=slug)
    return (invalid if form.errors else page)("programme/person.html", form=form, row=None)


@blueprint.route("/events/<slug>/programme/front/<int:person_id>", methods=["GET", "POST"])
@requires(P.EDIT_PROGRAMME)
def front_edit(slug: str, person_id: int) -> Any:
    event = the_event(slug)
    if request.method == "POST":
        lock(event)
    row = the_person(event, person_id)
    form, by_then = PersonForm(obj=row), None
    form.offer(event, row)
    if form.validate_on_submit() and not (by_then := overtaken(form, row.version, _stored(event, row), row)):
        actions.edit(event, row, _who(form))
        db.session.commit()
        flash(gettext("%(name)s is changed.", name=row.name), "success")
        return back_to("programme.front", slug=slug)
    status = 409 if by_then else 422 if form.errors else 200
    return page("programme/person.html", status=status, form=form, row=row, overtaken=by_then)


def _stored(event: Event, row: FrontPerson) -> PersonForm:
    form = PersonForm(None, obj=row)
    form.offer(event, row)
    return form


@blueprint.post("/events/<slug>/programme/front/<int:person_id>/remove")
@requires(P.EDIT_PROGRAMME)
def front_remove(slug: str, person_id: int) -> Any:
    event = the_event(slug)
    kept = actions.remove(event, the_person(event, person_id), by_id=me().id)
    db.session.commit()
    return removed(slug, kept)
