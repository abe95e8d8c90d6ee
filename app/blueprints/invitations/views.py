"""Pages of the invite list."""

from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app import jobs
from app.access import Permission
from app.blueprints.dealers import actions as dealers
from app.blueprints.invitations import actions, blueprint, queries, tables
from app.blueprints.invitations.forms import AssignForm, GuestForm, InvitationForm
from app.extensions import db
from app.models import Event, InvitationState
from app.web.guards import requires
from app.web.history import lines
from app.web.identity import me, own_rep_id
from app.web.load import found, the_event
from app.web.render import back_or, back_to, invalid, page, safe_path
from app.web.tables import Table

P = Permission
INVITATION_FIELDS = (
    "kind",
    "readiness",
    "is_lead_signer",
    "rep_id",
    "companions_allowed",
    "expected_amount",
    "table_label",
    "notes",
    "host_notes",
)
DEALER_FIELDS = ("company", "contact", "contact_title", "mobile", "mail", "province", "city", "source")
MOST_AT_ONCE = 2000


def _values(form: Any, names: tuple[str, ...]) -> dict[str, Any]:
    given = {name: form[name].data for name in names if name in form}
    return {name: _blank(name) if value is None else value for name, value in given.items()}


def _blank(name: str) -> Any:
    return None if name in {"rep_id", "expected_amount", "mobile", "mail"} else ""


def _table(event: Event) -> Table:
    spec = tables.guest_list(event, exports=me().can(P.EXPORT_LISTS), selectable=me().can(P.EDIT_INVITATIONS))
    return Table(spec, queries.invitations(event, own_rep_id()))


@blueprint.get("/")
@requires(P.VIEW_INVITATIONS)
def index(slug: str) -> Any:
    event = the_event(slug)
    table = _table(event)
    if table.wants_export:
        return table.export()
    return page(
        "invitations/index.html",
        fragment="invitations/_table.html",
        table=table.load(),
        counts=queries.count_by_state(event, own_rep_id()),
    )


@blueprint.get("/<int:invitation_id>")
@requires(P.VIEW_INVITATIONS)
def show(slug: str, invitation_id: int) -> Any:
    event = the_event(slug)
    invitation = found(queries.invitation(event, invitation_id, own_rep_id()))
    story = queries.story(invitation)
    return page(
        "invitations/show.html",
        fragment="invitations/_panel.html",
        invitation=invitation,
        story=story,
        history=lines(invitation, invitation.dealer, *([story.reply] if story.reply else [])),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(P.EDIT_INVITATIONS)
def create(slug: str) -> Any:
    event = the_event(slug)
    form = GuestForm(has_hall=queries.has_hall(event), rep_id=me().id if own_rep_id() else None)
    if not form.validate_on_submit():
        show_form = invalid if form.is_submitted() else page
        return show_form("invitations/create.html", form=form)
    dealer = dealers.find_or_file(**_values(form, DEALER_FIELDS), by_id=me().id)
    invitation = actions.list_guest(event, dealer, **_values(form, INVITATION_FIELDS))
    db.session.commit()
    flash(_("%(contact)s is on the list.", contact=dealer.contact), "success")
    return back_to("invitations.show", slug=slug, invitation_id=invitation.id)


@blueprint.route("/<int:invitation_id>/edit", methods=["GET", "POST"])
@requires(P.EDIT_INVITATIONS)
def edit(slug: str, invitation_id: int) -> Any:
    event = the_event(slug)
    invitation = found(queries.invitation(event, invitation_id, own_rep_id()))
    form = InvitationForm(has_hall=queries.has_hall(event), obj=invitation)
    if not form.validate_on_submit():
        show_form = invalid if form.is_submitted() else page
        return show_form("invitations/edit.html", form=form, invitation=invitation)
    actions.edit(invitation, **_values(form, INVITATION_FIELDS))
    db.session.commit()
    flash(_("Saved."), "success")
    return back_to("invitations.show", slug=slug, invitation_id=invitation_id)


@blueprint.post("/<int:invitation_id>/remove")
@requires(P.EDIT_INVITATIONS)
def remove(slug: str, invitation_id: int) -> Any:
    event = the_event(slug)
    invitation = found(queries.invitation(event, invitation_id, own_rep_id()))
    contact = invitation.dealer.contact
    actions.take_off(invitation)
    db.session.commit()
    flash(_("%(contact)s was taken off the list.", contact=contact), "success")
    return back_to("invitations.index", slug=slug)


def _ids() -> list[int]:
    """The ticked rows of a list."""
    return [int(value) for value in request.values.getlist("ids") if value.isdecimal()][:MOST_AT_ONCE]


def _list_url(slug: str) -> str:
    return url_for("invitations.index", slug=slug)


@blueprint.post("/invite")
@requires(P.SEND_INVITATIONS)
def invite(slug: str) -> Any:
    event = the_event(slug)
    selected = queries.chosen(event, _ids(), own_rep_id())
    invited = actions.invite(event, selected)
    db.session.commit()
    _tell_invited(len(invited), sum(1 for each in selected if each.state is InvitationState.LISTED))
    return back_or(_list_url(slug))


def _tell_invited(invited: int, left: int) -> None:
    """Say how many messages are on their way, and who could not be reached."""
    if invited:
        told = ngettext("%(num)s invitation is on its way.", "%(num)s invitations are on their way.", invited)
        flash(told, "success")
    if left:
        told = ngettext(
            "%(num)s guest could not be invited: there is neither mail nor mobile, or they have unsubscribed.",
            "%(num)s guests could not be invited: there is neither mail nor mobile, or they have unsubscribed.",
            left,
        )
        flash(told, "warning")
    if not invited and not left:
        flash(_("Nobody was invited: everyone chosen has an invitation already."), "info")


@blueprint.post("/invite-listed")
@requires(P.SEND_INVITATIONS)
def invite_listed(slug: str) -> Any:
    """Invite everybody who is only listed, as a job that the tray shows."""
    event = the_event(slug)
    actions.check_invitable(event)
    total = queries.count_by_state(event, own_rep_id()).get(InvitationState.LISTED, 0)
    jobs.start("invite", event_id=event.id, arguments={"rep_id": own_rep_id()}, by_id=me().id, total=total)
    db.session.commit()
    flash(ngettext("%(num)s guest is being invited.", "%(num)s guests are being invited.", total), "success")
    return back_to("invitations.index", slug=slug)


@blueprint.route("/assign", methods=["GET", "POST"])
@requires(P.EDIT_INVITATIONS)
def assign(slug: str) -> Any:
    """Give the chosen guests a rep or a readiness. The list's bar opens it with the ticked rows."""
    event = the_event(slug)
    selected = queries.chosen(event, _ids(), own_rep_id())
    form = AssignForm()
    if not form.validate_on_submit():
        show_form = invalid if form.is_submitted() else page
        came_from = safe_path(request.values.get("next")) or _list_url(slug)
        return show_form("invitations/assign.html", form=form, selected=selected, came_from=came_from)
    changed = actions.edit_many(selected, **form.values())
    db.session.commit()
    flash(ngettext("%(num)s guest was changed.", "%(num)s guests were changed.", changed), "success")
    return back_or(_list_url(slug))


@blueprint.post("/from-dealers")
@requires(P.EDIT_INVITATIONS)
def add_dealers(slug: str) -> Any:
    """Put dealers of the company's file on the list."""
    event = the_event(slug)
    added = actions.list_dealers(event, _ids(), rep_id=own_rep_id())
    db.session.commit()
    flash(ngettext("%(num)s guest was put on the list.", "%(num)s guests were put on the list.", added), "success")
    return back_to("invitations.index", slug=slug)
