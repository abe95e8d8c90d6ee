"""Holding the hall still while somebody decides, and moving the waiting list up. Nothing here commits."""

from datetime import datetime

from sqlalchemy import func, select

from app import journal
from app.blueprints.invitations.rules import Fact, after
from app.blueprints.messages import actions as messages
from app.blueprints.rsvp.rounds import queries as rounds
from app.blueprints.rsvp.rounds.rules import LIVE
from app.blueprints.rsvp.seats import queries
from app.blueprints.rsvp.seats.rules import has_room, moving_up
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Answer, Confirmation, Event, Invitation, InvitationState


class HallFull(SigningDayError):
    """The hall does not hold so many people more."""

    code = "hall_full"
    sentence = N_("The hall is full. There is no seat left for so many people.")


def lock(event: Event, invitation: Invitation | None = None) -> None:
    """Let one transaction at a time decide about the seats of an event, and see what the one before it did.

    On PostgreSQL the event's row is locked, in a way that lets rows which only refer to it (scans, messages) be
    written meanwhile; on SQLite a writing transaction is alone from its BEGIN IMMEDIATE on.
    """
    # Not session.refresh: that would repeat the joins a row was loaded with, and outer joins cannot be locked.
    fresh = select(Event).where(Event.id == event.id).execution_options(populate_existing=True)
    db.session.scalar(fresh.with_for_update(key_share=True))
    if invitation is not None:
        again = select(Invitation).where(Invitation.id == invitation.id).execution_options(populate_existing=True)
        db.session.scalar(again.with_for_update(key_share=True))


def move_up(event: Event, at: datetime) -> list[Invitation]:
    """Give free seats to the waiting list, in its order, and tell those who got one. The event is locked."""
    if event.status not in LIVE or at >= event.starts_at:
        return []
    db.session.flush()
    chosen = moving_up(queries.waiting_list(event), event.capacity - queries.seats_taken(event))
    ids = [each.invitation_id for each in chosen]
    found = {each.id: each for each in db.session.scalars(select(Invitation).where(Invitation.id.in_(ids)))}
    return [_seat(event, found[each], at) for each in ids]


def give_seat(event: Event, invitation: Invitation, at: datetime) -> None:
    """Give a waiting guest a seat out of turn, where one is free. The event is locked."""
    people = next((each.people for each in queries.waiting_list(event) if each.invitation_id == invitation.id), 1)
    if not has_room(needed=people, held=0, free=event.capacity - queries.seats_taken(event)):
        raise HallFull
    _seat(event, invitation, at)


def put_first(event: Event, invitation: Invitation) -> None:
    """Put a waiting guest before all others. The event is locked."""
    highest = db.session.scalar(
        select(func.max(Invitation.waiting_priority)).where(
            Invitation.event_id == event.id, Invitation.state == InvitationState.WAITING
        )
    )
    invitation.waiting_priority = (highest or 0) + 1
    journal.record("invitation.put_first", invitation)


def _seat(event: Event, invitation: Invitation, at: datetime) -> Invitation:
    """A guest who said yes after being asked again is firm; one who waits since earlier is asked by this message."""
    invitation.state = after(invitation.state, Fact.ACCEPTED)
    current = rounds.current_round(event)
    confirmation = rounds.confirmation_of(invitation, current)
    if current is not None and confirmation is None:
        db.session.add(Confirmation(invitation_id=invitation.id, round_id=current.id, asked_at=at))
    elif confirmation is not None and confirmation.answer is Answer.COMING:
        invitation.state = after(invitation.state, Fact.CONFIRMED)
    elif confirmation is not None and confirmation.answer is Answer.SUBSTITUTE:
        invitation.state = after(invitation.state, Fact.SUBSTITUTED)
    waited_since = invitation.waiting_since or at
    invitation.waiting_since = None
    invitation.waiting_priority = 0
    journal.record("invitation.moved_up", invitation)
    db.session.flush()
    messages.post_to_guest(invitation, "waiting_list_moved_up", reason=f"{invitation.id}:{waited_since:%Y%m%d%H%M%S%f}")
    return invitation
