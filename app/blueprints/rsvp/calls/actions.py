"""Logging a call and what came of it, and taking a mistake back. Nothing here commits."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from app import clock, journal
from app.blueprints.invitations.rules import Fact, after
from app.blueprints.rsvp.calls import queries
from app.blueprints.rsvp.calls.rules import next_good_hour
from app.blueprints.rsvp.reply import queries as replies
from app.blueprints.rsvp.reply.actions import Given, How, answer, received_reason
from app.blueprints.rsvp.seats import actions as seats
from app.blueprints.rsvp.seats.queries import seats_taken
from app.blueprints.rsvp.seats.rules import has_room, holds_seat
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import (
    Answer,
    Call,
    CallOutcome,
    Confirmation,
    Event,
    Invitation,
    InvitationState,
    Message,
    MessageState,
    Reply,
    Via,
)

# The message that thanks for an answer given on the phone waits so long, so that a slip of the thumb is never sent.
SECOND_THOUGHTS = timedelta(minutes=5)
ANSWERS = {
    CallOutcome.COMING: Answer.COMING,
    CallOutcome.NOT_COMING: Answer.NOT_COMING,
    CallOutcome.SUBSTITUTE: Answer.SUBSTITUTE,
}
_REPLY_FIELDS = ("answer", "decline_reason", "substitute_name", "substitute_mobile", "via", "recorded_by_id")


class NothingToUndo(SigningDayError):
    """Something has happened since, so the call cannot be taken back."""

    code = "nothing_to_undo"
    sentence = N_("This call cannot be taken back any more: something has happened since.")


def log_call(
    invitation: Invitation,
    outcome: CallOutcome,
    *,
    at: datetime,
    caller_id: int,
    note: str = "",
    next_call_at: datetime | None = None,
    given: Given | None = None,
) -> Call:
    """Log a call. What the guest said about coming goes on record as an answer by phone.

    `given` carries what goes with it (a substitute's name, a reason). A guest who was not reached is offered again
    at the next good hour unless another time is named.
    """
    event = invitation.event
    seats.lock(event, invitation)
    before = _snapshot(invitation)
    call = Call(
        invitation_id=invitation.id,
        called_at=at,
        caller_id=caller_id,
        outcome=outcome,
        note=note,
        next_call_at=_next_call(outcome, event, at, next_call_at),
    )
    if outcome in ANSWERS:
        call.before = before
        how = How(Via.PHONE, at, by_id=caller_id, tell_at=at + SECOND_THOUGHTS)
        answer(invitation, given or Given(ANSWERS[outcome]), how)
        call.before = before | {"after": invitation.state.value}
    db.session.add(call)
    said = {"outcome": outcome.value, "note": note, "next_call_at": _text(call.next_call_at)}
    journal.record("call.logged", invitation, changes={name: [None, value] for name, value in said.items() if value})
    return call


def _next_call(outcome: CallOutcome, event: Event, at: datetime, wanted: datetime | None) -> datetime | None:
    if outcome not in (CallOutcome.CALL_BACK, CallOutcome.NOT_REACHED):
        return None
    moment = wanted or next_good_hour(at, event.time_zone)
    return moment if moment < event.starts_at else None


def undo(invitation: Invitation, call: Call) -> None:
    """Take the last call back, with what it changed, as long as nothing has happened since.

    Raises NothingToUndo, or HallFull when the seat that was given up has been given to somebody else.
    """
    event = invitation.event
    seats.lock(event, invitation)
    if queries.latest_call(invitation) is not call:
        raise NothingToUndo
    if call.before is not None:
        if invitation.state.value != call.before["after"]:
            raise NothingToUndo
        _restore(event, invitation, call)
    journal.record("call.undone", invitation, changes={"outcome": [call.outcome.value, None]})
    db.session.delete(call)
    db.session.flush()
    seats.move_up(event, clock.now())


def _snapshot(invitation: Invitation) -> dict[str, Any]:
    record = replies.on_record(invitation)
    reply, confirmation = record.reply, record.confirmation
    return {
        "state": invitation.state.value,
        "waiting_since": _text(invitation.waiting_since),
        "waiting_priority": invitation.waiting_priority,
        "reply": None
        if reply is None
        else {name: _text(getattr(reply, name)) for name in _REPLY_FIELDS} | {"answered_at": _text(reply.answered_at)},
        "confirmation": None
        if confirmation is None
        else {
            "answer": _text(confirmation.answer),
            "answered_at": _text(confirmation.answered_at),
            "via": _text(confirmation.via),
            "recorded_by_id": confirmation.recorded_by_id,
        },
    }


def _restore(event: Event, invitation: Invitation, call: Call) -> None:
    assert call.before is not None
    before = call.before
    record = replies.on_record(invitation)
    people = 1 + len(record.companions)
    state, reply_before = InvitationState(before["state"]), before["reply"]
    answer_before = Answer(reply_before["answer"]) if reply_before else None
    held = people if holds_seat(invitation.state, record.reply.answer if record.reply else None) else 0
    if holds_seat(state, answer_before) and not has_room(
        needed=people, held=held, free=event.capacity - seats_taken(event)
    ):
        raise seats.HallFull
    invitation.state = after(invitation.state, Fact.ANSWER_UNDONE, before_answer=state)
    invitation.waiting_since = _instant(before["waiting_since"])
    invitation.waiting_priority = before["waiting_priority"]
    journal.record("invitation.answer_undone", invitation)
    _restore_reply(record.reply, reply_before)
    _restore_confirmation(record.confirmation, before["confirmation"])
    _hold_back_message(invitation, call)


def _restore_reply(reply: Reply | None, before: dict[str, Any] | None) -> None:
    if reply is None:
        return
    if before is None:
        db.session.delete(reply)
        return
    for name in ("decline_reason", "substitute_name", "substitute_mobile", "recorded_by_id"):
        setattr(reply, name, before[name])
    reply.answer, reply.via = Answer(before["answer"]), Via(before["via"])
    reply.answered_at = datetime.fromisoformat(before["answered_at"])


def _restore_confirmation(confirmation: Confirmation | None, before: dict[str, Any] | None) -> None:
    if confirmation is None:
        return
    if before is None:
        db.session.delete(confirmation)
        return
    confirmation.answer = Answer(before["answer"]) if before["answer"] else None
    confirmation.answered_at = _instant(before["answered_at"])
    confirmation.via = Via(before["via"]) if before["via"] else None
    confirmation.recorded_by_id = before["recorded_by_id"]


def _hold_back_message(invitation: Invitation, call: Call) -> None:
    """The thanks for the answer has not gone out if the undo came soon enough; then it never does."""
    message = db.session.scalar(
        select(Message)
        .where(
            Message.key == f"reply_received:{received_reason(invitation, call.called_at)}",
            Message.state == MessageState.WAITING,
        )
        .with_for_update()
    )
    if message is not None:
        message.state = MessageState.CANCELLED


def _text(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if hasattr(value, "value") else value


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
