"""Pages of those who look after the answers."""

from typing import Any

from flask import Response, abort, flash, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock
from app.access import Permission
from app.blueprints.events.queries import answers_by_day
from app.blueprints.invitations.queries import count_by_state, invitation
from app.blueprints.rsvp import blueprint
from app.blueprints.rsvp.replies import concerns, queries, tables
from app.blueprints.rsvp.reply import actions
from app.blueprints.rsvp.reply import queries as reply_queries
from app.blueprints.rsvp.reply.actions import How
from app.blueprints.rsvp.reply.forms import ReplyForm
from app.blueprints.rsvp.seats import actions as seats
from app.blueprints.rsvp.seats import queries as seat_queries
from app.extensions import db
from app.models import Event, Invitation, InvitationState, Via
from app.web.guards import requires
from app.web.identity import me, own_rep_id
from app.web.load import found, the_event
from app.web.locale import day
from app.web.render import back_or, back_to, invalid, page
from app.web.tables import Table

P = Permission
AT = "/events/<slug>/replies/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get(AT)
@requires(P.VIEW_INVITATIONS)
def replies(slug: str) -> Any:
    event = the_event(slug)
    rep_id = own_rep_id()
    table = Table(tables.reply_list(event, exports=me().can(P.EXPORT_LISTS)), queries.replies(event, rep_id))
    if table.wants_export:
        return table.export()
    table.load()
    now = clock.now()
    return page(
        "rsvp/replies.html",
        table=table,
        companions=queries.companions_of(table.rows),
        concerns=concerns.concerns(event, rep_id),
        questions=queries.open_questions(event, rep_id),
        counts=count_by_state(event, rep_id),
        by_day=[
            {"label": day(each.day), "value": each.answers}
            for each in answers_by_day(event, min(now, event.ends_at), rep_id=rep_id)
        ],
        seats=seat_queries.seats(event),
        waiting=_waiting(event, rep_id),
        take_away=tables.TAKE_AWAY if me().can(P.EXPORT_LISTS) else {},
    )


def _waiting(event: Event, rep_id: int | None) -> list[tuple[Any, Invitation]]:
    """The waiting list in its order. A rep sees the places of the own guests in the whole line."""
    line = seat_queries.waiting_list(event)
    guests = {each.id: each for each in seat_queries.waiting_invitations(event)}
    numbered = [((place, each), guests[each.invitation_id]) for place, each in enumerate(line, 1)]
    return [row for row in numbered if rep_id is None or row[1].rep_id == rep_id]


@blueprint.get(AT + "<any(travel, rooms, diets):what>.xlsx")
@requires(P.EXPORT_LISTS)
def take_away(slug: str, what: str) -> Any:
    event = the_event(slug)
    response = Response(tables.take_away(event, what, own_rep_id()), content_type=XLSX)
    response.headers.set("Content-Disposition", "attachment", filename=f"{what}-{event.slug}.xlsx")
    return response


def _guest(event: Event, invitation_id: int) -> Invitation:
    return found(invitation(event, invitation_id, own_rep_id()))


@blueprint.route(AT + "<int:invitation_id>/record", methods=["GET", "POST"])
@requires(P.RECORD_REPLIES)
def record(slug: str, invitation_id: int) -> Any:
    """Record what a guest said on the phone, in the whole."""
    guest = _guest(the_event(slug), invitation_id)
    present = reply_queries.on_record(guest)
    form = ReplyForm(guest, present, for_guest=False)
    if not form.validate_on_submit():
        show = invalid if form.is_submitted() else page
        return show("rsvp/record.html", form=form, invitation=guest, record=present)
    how = How(Via.PHONE, clock.now(), by_id=me().id, seen=form.seen_version)
    outcome = actions.answer(guest, form.given(), how)
    db.session.commit()
    name = guest.dealer.contact
    if outcome.is_waiting:
        flash(_("Recorded. The hall is full, so %(name)s is on the waiting list.", name=name), "warning")
    else:
        flash(_("The answer of %(name)s is on record.", name=name), "success")
    _tell_moved_up(len(outcome.moved_up))
    return back_or_guest(slug, invitation_id)


def back_or_guest(slug: str, invitation_id: int) -> Any:
    """Back to where the form was opened from, or else to the guest."""
    if request.args.get("next") or request.form.get("next"):
        return back_or("/")
    return back_to("invitations.show", slug=slug, invitation_id=invitation_id)


def _tell_moved_up(number: int) -> None:
    if number:
        text = ngettext(
            "%(num)s guest moved up from the waiting list.", "%(num)s guests moved up from the waiting list.", number
        )
        flash(text, "info")


@blueprint.post(AT + "<int:invitation_id>/question")
@requires(P.RECORD_REPLIES)
def answer_question(slug: str, invitation_id: int) -> Any:
    """Note that a question was answered; what is written here the guest reads on the personal page."""
    event = the_event(slug)
    reply = found(queries.reply_to(event, invitation_id, own_rep_id()))
    actions.answer_question(reply, event, request.form.get("answer", "").strip()[:2000], clock.now())
    db.session.commit()
    flash(_("The question of %(name)s is answered.", name=reply.invitation.dealer.contact), "success")
    return back_to("rsvp.replies", slug=slug)


def _waiting_guest(event: Event, invitation_id: int) -> Invitation:
    guest = found(invitation(event, invitation_id))
    seats.lock(event, guest)
    if guest.state is not InvitationState.WAITING:
        abort(409)
    return guest


@blueprint.post(AT + "<int:invitation_id>/first")
@requires(P.MANAGE_CONFIRMATIONS)
def waiting_first(slug: str, invitation_id: int) -> Any:
    event = the_event(slug)
    guest = _waiting_guest(event, invitation_id)
    seats.put_first(event, guest)
    db.session.commit()
    flash(_("%(name)s is first on the waiting list.", name=guest.dealer.contact), "success")
    return back_to("rsvp.replies", slug=slug, _anchor="waiting")


@blueprint.post(AT + "<int:invitation_id>/seat")
@requires(P.MANAGE_CONFIRMATIONS)
def waiting_seat(slug: str, invitation_id: int) -> Any:
    event = the_event(slug)
    guest = _waiting_guest(event, invitation_id)
    seats.give_seat(event, guest, clock.now())
    db.session.commit()
    flash(_("%(name)s has a seat and is told so.", name=guest.dealer.contact), "success")
    return back_to("rsvp.replies", slug=slug, _anchor="waiting")
