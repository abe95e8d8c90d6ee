"""Asking again, and noticing silence. Each function is one step that its caller commits; none commits itself."""

from datetime import datetime

from app import journal
from app.blueprints.invitations.rules import Fact, after
from app.blueprints.messages import actions as messages
from app.blueprints.messages.rules import next_allowed
from app.blueprints.rsvp.rounds import queries
from app.blueprints.rsvp.rounds.rules import LIVE, is_current, round_due, silent_from
from app.blueprints.rsvp.seats import actions as seats
from app.blueprints.rsvp.seats.rules import holds_seat
from app.errors import N_, EventNotOpen, SigningDayError
from app.extensions import db
from app.models import Answer, Confirmation, Event, Invitation, InvitationState, Round

BATCH = 200  # guests asked in one transaction


class AlreadyAsked(SigningDayError):
    """For the day on which the event is, everybody has been asked again."""

    code = "already_asked"
    sentence = N_("Everyone has been asked again for this day already.")


def begin_if_due(event: Event, at: datetime) -> Round | None:
    """Begin the round that is due now. Two workers at once begin one: the event is locked, and its number unique."""
    seats.lock(event)
    latest = queries.latest_round(event)
    number = round_due(at, queries.timing_of(event), queries.asked_of(latest))
    return None if number is None or event.status not in LIVE else _begin(event, number, at)


def begin_now(event: Event, at: datetime) -> Round:
    """Begin the round by hand, before it is due or after the event was brought forward."""
    seats.lock(event)
    if event.status not in LIVE or at >= event.starts_at:
        raise EventNotOpen
    latest = queries.latest_round(event)
    if is_current(queries.timing_of(event), queries.asked_of(latest)):
        raise AlreadyAsked
    return _begin(event, latest.number + 1 if latest else 1, at)


def _begin(event: Event, number: int, at: datetime) -> Round:
    for earlier in queries.unfinished_rounds_of(event):
        earlier.finished_at = at  # it asked about a day that is no longer the event's
    of_round = Round(event_id=event.id, number=number, event_starts_at=event.starts_at, started_at=at)
    db.session.add(of_round)
    journal.record("round.begun", of_round)
    return of_round


def ask_some(of_round: Round, event: Event, at: datetime, limit: int = BATCH) -> int:
    """Ask the next guests of a round; return how many. When nobody is left the round is finished.

    The question, the state and the message stand in one transaction, and a guest can have one confirmation in a
    round: a crash between two steps leaves some asked and the others not, and the next run goes on with those.
    """
    seats.lock(event)
    db.session.refresh(of_round)
    if of_round.finished_at is not None:
        return 0
    guests: list[Invitation] = []
    asked = queries.asked_of(of_round)
    if event.status in LIVE and at < event.starts_at and is_current(queries.timing_of(event), asked):
        statement = queries.still_to_ask(of_round).limit(limit).with_for_update(key_share=True)
        guests = list(db.session.scalars(statement.execution_options(populate_existing=True)))
    if not guests:
        of_round.finished_at = at
        return 0
    replies = queries.replies_of(guests)
    for guest in guests:
        _ask(guest, replies.get(guest.id), of_round, at)
    db.session.flush()
    messages.post_to_guests(guests, "reconfirm", reason=lambda guest: f"{of_round.number}:{guest.id}")
    return len(guests)


def _ask(guest: Invitation, answer: Answer | None, of_round: Round, at: datetime) -> None:
    if guest.state in (InvitationState.FIRM, InvitationState.SUBSTITUTE) or (
        guest.state is InvitationState.SILENT and holds_seat(guest.state, answer)
    ):
        guest.state = after(guest.state, Fact.DAY_CHANGED)
    elif guest.state is not InvitationState.SILENT:
        guest.state = after(guest.state, Fact.ASKED_AGAIN)
    db.session.add(Confirmation(invitation_id=guest.id, round_id=of_round.id, asked_at=at))


def fall_silent(event: Event, of_round: Round, rep_id: int | None, at: datetime) -> list[Invitation]:
    """Put a rep's guests who have not answered for too long on the call list, and tell the rep, once a round."""
    seats.lock(event)
    guests = [guest for guest, due in silent_soon(event, of_round) if guest.rep_id == rep_id and due <= at]
    for guest in guests:
        guest.state = after(guest.state, Fact.FELL_SILENT)
        journal.record("invitation.fell_silent", guest)
    db.session.flush()
    rep = guests[0].rep if guests else None
    if rep is not None:
        messages.post_to_rep(
            event,
            rep,
            guests,
            reason=f"{event.id}:{of_round.number}:{rep.id}",
            link=f"/events/{event.slug}/calls/",
        )
    return guests


def silent_soon(event: Event, of_round: Round) -> list[tuple[Invitation, datetime]]:
    """Return who has not answered yet, with the moment from which that counts as silence."""
    return [
        (guest, silent_from(question.asked_at, _heard_at(event, question.asked_at), event.silent_after_hours))
        for guest, question in queries.unanswered(of_round)
    ]


def _heard_at(event: Event, asked_at: datetime) -> datetime:
    return next_allowed(asked_at, event.quiet_from, event.quiet_until, event.time_zone)
