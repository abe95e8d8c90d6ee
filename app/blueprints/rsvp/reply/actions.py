"""The one way an answer gets on record, whoever brings it: guest by link or our people by phone. Nothing commits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import exists, select

from app import journal
from app.blueprints.invitations.rules import after
from app.blueprints.messages import actions as messages
from app.blueprints.rsvp.reply import queries, rules
from app.blueprints.rsvp.reply.rules import Window
from app.blueprints.rsvp.rounds.rules import LIVE
from app.blueprints.rsvp.seats import actions as seats
from app.blueprints.rsvp.seats.queries import seats_taken
from app.blueprints.rsvp.seats.rules import YES, has_room, holds_seat
from app.errors import N_, EventNotOpen, SigningDayError
from app.extensions import db
from app.models import (
    Answer,
    Arrival,
    Companion,
    Confirmation,
    Event,
    Invitation,
    InvitationState,
    Reply,
    TravelMode,
    Via,
)


class RepliesClosed(SigningDayError):
    """The time for answering by link is over."""

    code = "replies_closed"
    sentence = N_("Replies are closed. Please call us.")


class AnsweredElsewhere(SigningDayError):
    """The answer on record is not the one this page showed."""

    code = "answered_elsewhere"
    sentence = N_("The answer was changed in the meantime. Please look at what is on record now.")


@dataclass(frozen=True)
class Details:
    """Everything about the visit besides yes or no."""

    companions: Sequence[str] = ()
    travel_mode: TravelMode | None = None
    travel_number: str = ""
    arrives_at: datetime | None = None
    pickup_wanted: bool = False
    hotel_from: date | None = None
    hotel_nights: int = 0
    diet: str = ""
    question: str = ""
    consent: bool = False


@dataclass(frozen=True)
class Given:
    """An answer as it was given. Without `details` those on record stay as they are."""

    answer: Answer
    decline_reason: str = ""
    substitute_name: str = ""
    substitute_mobile: str = ""
    details: Details | None = None


@dataclass(frozen=True)
class How:
    """How and when an answer reached us. `seen` is the version of the record that the page showed."""

    via: Via
    at: datetime
    by_id: int | None = None
    seen: int | None = None
    tell_at: datetime | None = None  # when the guest is written to; None: at once


@dataclass(frozen=True)
class Outcome:
    """What came of an answer."""

    state: InvitationState
    moved_up: list[int] = field(default_factory=list)  # invitations that got a seat through it

    @property
    def is_waiting(self) -> bool:
        return self.state is InvitationState.WAITING


def answer(invitation: Invitation, given: Given, how: How) -> Outcome:
    """Put an answer on record: reply, companions, confirmation, seat, waiting list, journal and message.

    Raises RepliesClosed, AnsweredElsewhere, HallFull (more companions than there are seats) or NotPossibleNow.
    """
    event = invitation.event
    seats.lock(event, invitation)
    record = queries.on_record(invitation)
    _check(event, invitation, given, how, record)
    if invitation.opened_at is None and how.via is Via.LINK:
        invitation.opened_at = how.at
    before, answer_before = invitation.state, record.reply.answer if record.reply else None
    state = _state_after(event, invitation, given, how, record)
    _write_reply(invitation, given, how, record)
    if given.details is not None and given.answer in YES:
        _set_companions(invitation, record.companions, given.details.companions)
    if (record.round is not None and given.answer in YES) or record.confirmation is not None:
        _confirm(invitation, given, how, record)
    invitation.state = state
    if state is InvitationState.WAITING:
        invitation.waiting_since = invitation.waiting_since or how.at
    else:
        invitation.waiting_since = None
        invitation.waiting_priority = 0
    if journal.changes_of(invitation):
        journal.record("invitation.answered", invitation)
    db.session.flush()
    moved_up = seats.move_up(event, how.at)
    if (before, answer_before) != (state, given.answer):
        messages.post_to_guest(
            invitation,
            "reply_received",
            reason=received_reason(invitation, how.at),
            due_at=how.tell_at,
            attach_calendar=given.answer is Answer.COMING and state is not InvitationState.WAITING,
        )
    return Outcome(state, [each.id for each in moved_up])


def received_reason(invitation: Invitation, at: datetime) -> str:
    """Return the reason of the message that thanks for an answer given at that instant."""
    return f"{invitation.id}:{at:%Y%m%d%H%M%S%f}"


def answer_question(reply: Reply, event: Event, text: str, at: datetime) -> None:
    """Note that a guest's question was answered; what is written here the guest reads on the personal page."""
    reply.question_answer = text
    reply.question_answered_at = at
    journal.record("reply.question_answered", reply, event_id=event.id)


def _check(event: Event, invitation: Invitation, given: Given, how: How, record: queries.OnRecord) -> None:
    if how.seen is not None and how.seen != record.version:
        raise AnsweredElsewhere
    if how.via is Via.LINK:
        window = queries.window_of(invitation, record, how.at)
        if window is not Window.OPEN and not (window is Window.CONFIRM_ONLY and given.details is None):
            raise RepliesClosed
    elif event.status not in LIVE:
        raise EventNotOpen


def _state_after(
    event: Event, invitation: Invitation, given: Given, how: How, record: queries.OnRecord
) -> InvitationState:
    """Decide about the seat. Whoever is in line goes before somebody who only now says yes."""
    on_record = record.reply.answer if record.reply else None
    coming_along = record.companions if given.details is None else given.details.companions
    needed = 1 + len(coming_along)
    holds = holds_seat(invitation.state, on_record)
    room = True
    if given.answer in YES:
        if not holds:
            seats.move_up(event, how.at)
            holds = holds_seat(invitation.state, on_record)
        held = 1 + len(record.companions) if holds else 0
        room = has_room(needed=needed, held=held, free=event.capacity - seats_taken(event))
        if holds and not room:
            raise seats.HallFull
    state = invitation.state
    for fact in rules.facts(
        given.answer,
        state=state,
        round_began=record.round is not None,
        was_asked=record.confirmation is not None,
        has_room=room,
    ):
        state = after(state, fact)
    return state


def _write_reply(invitation: Invitation, given: Given, how: How, record: queries.OnRecord) -> None:
    reply = record.reply
    if reply is None:
        reply = Reply(invitation_id=invitation.id)
        db.session.add(reply)
    reply.answer = given.answer
    reply.answered_at = how.at
    reply.via = how.via
    reply.recorded_by_id = how.by_id
    is_substitute = given.answer is Answer.SUBSTITUTE
    reply.decline_reason = given.decline_reason if given.answer is Answer.NOT_COMING else ""
    reply.substitute_name = given.substitute_name if is_substitute else ""
    reply.substitute_mobile = given.substitute_mobile if is_substitute else ""
    if given.details is not None:
        _write_details(reply, given.details, how)
    journal.record("reply.recorded", reply, event_id=invitation.event_id)


def _write_details(reply: Reply, details: Details, how: How) -> None:
    if details.question != reply.question:
        reply.question_answered_at = None
        reply.question_answer = ""
    reply.question = details.question
    for name in (
        "travel_mode",
        "travel_number",
        "arrives_at",
        "pickup_wanted",
        "hotel_from",
        "hotel_nights",
        "diet",
    ):
        setattr(reply, name, getattr(details, name))
    if details.consent and reply.consented_at is None:
        reply.consented_at = how.at


def _set_companions(invitation: Invitation, present: Sequence[Companion], names: Sequence[str]) -> None:
    """Keep the rows of who stays: a badge may hang on them. Whoever is in the hall already stays, too."""
    left = list(names)
    gone = []
    for companion in present:
        if companion.name in left:
            left.remove(companion.name)
        elif not db.session.scalar(select(exists().where(Arrival.companion_id == companion.id))):
            gone.append(companion)
    if not gone and not left:
        return
    before = [each.name for each in present]
    for companion in gone:
        db.session.delete(companion)
    db.session.add_all([Companion(invitation_id=invitation.id, name=name) for name in left])
    journal.record("invitation.companions", invitation, changes={"companions": [before, list(names)]})


def _confirm(invitation: Invitation, given: Given, how: How, record: queries.OnRecord) -> None:
    assert record.round is not None
    confirmation = record.confirmation
    if confirmation is None:
        confirmation = Confirmation(invitation_id=invitation.id, round_id=record.round.id, asked_at=how.at)
        db.session.add(confirmation)
    confirmation.answer = given.answer
    confirmation.answered_at = how.at
    confirmation.via = how.via
    confirmation.recorded_by_id = how.by_id
