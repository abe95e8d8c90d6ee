"""The company's people: the list, one person, and the way in and out."""

from typing import Any

from flask import flash, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.staff import blueprint
from app.blueprints.staff.people import actions, lists, queries
from app.blueprints.staff.people.forms import PersonForm
from app.extensions import db
from app.models import StaffPerson
from app.web.guards import requires
from app.web.history import lines
from app.web.identity import me
from app.web.load import found
from app.web.render import back_to, page
from app.web.tables import Table

P = Permission


def _person(person_id: int) -> StaffPerson:
    return found(queries.person(person_id))


@blueprint.get("/staff/people/")
@requires(P.VIEW_STAFF)
def people() -> Any:
    edits = me().can(P.EDIT_STAFF)
    table = Table(lists.spec(exports=edits and me().can(P.EXPORT_LISTS), sees_rates=edits), queries.people())
    if table.wants_export:
        return table.export()
    return page(
        "staff/people.html",
        table=table.load(),
        ahead=queries.duties_ahead(table.rows),
        colleagues=len(queries.colleagues_not_on_file()) if edits else 0,
    )


@blueprint.get("/staff/people/<int:person_id>")
@requires(P.VIEW_STAFF)
def person(person_id: int) -> Any:
    shown = _person(person_id)
    return page("staff/person.html", person=shown, work=queries.work_of(shown), history=lines(shown))


@blueprint.route("/staff/people/new", methods=["GET", "POST"])
@requires(P.EDIT_STAFF)
def person_create() -> Any:
    form = PersonForm()
    if form.validate_on_submit():
        made = actions.create(form.values)
        db.session.commit()
        flash(gettext("%(name)s is in the staff file.", name=made.name), "success")
        return back_to("staff.person", person_id=made.id)
    return _form(form)


@blueprint.route("/staff/people/<int:person_id>/edit", methods=["GET", "POST"])
@requires(P.EDIT_STAFF)
def person_edit(person_id: int) -> Any:
    shown = _person(person_id)
    form = PersonForm(shown)
    if form.validate_on_submit() and not form.overtaken_by(shown.version):
        actions.edit(shown, form.values, version=form.version.data)
        db.session.commit()
        flash(gettext("The changes are saved."), "success")
        return back_to("staff.person", person_id=person_id)
    return _form(form)


def _form(form: PersonForm) -> Any:
    status = 409 if form.is_overtaken else 422 if form.errors else 200
    return page("staff/person_form.html", status=status, form=form, person=form.person, agencies=queries.agencies())


@blueprint.post("/staff/people/<int:person_id>/left")
@requires(P.EDIT_STAFF)
def person_left(person_id: int) -> BaseResponse:
    return _set_active(_person(person_id), is_active=False)


@blueprint.post("/staff/people/<int:person_id>/back")
@requires(P.EDIT_STAFF)
def person_back(person_id: int) -> BaseResponse:
    return _set_active(_person(person_id), is_active=True)


def _set_active(person: StaffPerson, *, is_active: bool) -> BaseResponse:
    actions.set_active(person, is_active=is_active)
    db.session.commit()
    if is_active:
        flash(gettext("%(name)s can be given duties again.", name=person.name), "success")
        return back_to("staff.person", person_id=person.id)
    text = gettext("%(name)s has left.", name=person.name)
    undo = url_for("staff.person_back", person_id=person.id)
    flash({"text": text, "undo_url": undo}, "success")  # type: ignore[arg-type]  # our flashes may offer Undo
    if ahead := queries.duties_ahead([person]).get(person.id, 0):
        told = ngettext(
            "%(num)d duty has to be given to somebody else.", "%(num)d duties have to be given to others.", ahead
        )
        flash(told, "warning")
    return back_to("staff.person", person_id=person.id)


@blueprint.post("/staff/people/colleagues")
@requires(P.EDIT_STAFF)
def people_colleagues() -> BaseResponse:
    added = actions.add_colleagues()
    db.session.commit()
    flash(ngettext("%(num)d colleague is on file now.", "%(num)d colleagues are on file now.", added), "success")
    return back_to("staff.people")
