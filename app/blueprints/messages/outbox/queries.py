"""What the page Outbox looks up. Messages of an event are found through it; those of no event stand apart."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from app import clock, names
from app.blueprints.messages.rules import is_wanted
from app.extensions import db
from app.models import Dealer, Event, EventStatus, Invitation, InvitationState, JournalEntry, Message, MessageState

ROW_OPTIONS = (contains_eager(Message.invitation).contains_eager(Invitation.dealer),)


def _of(event: Event | None) -> ColumnElement[bool]:
    return Message.event_id.is_(None) if event is None else Message.event_id == event.id


def messages(event: Event | None) -> Select[Any]:
    """Return the messages of an event, or those of none, with the guests they go to."""
    return select(Message).outerjoin(Message.invitation).outerjoin(Invitation.dealer).where(_of(event))


def matching(typed: str) -> ColumnElement[bool]:
    """Return the condition of the search: guest by name, pinyin, company or number, or the address itself."""
    text = typed.lower()
    return or_(
        and_(*(Dealer.search_key.like(pattern) for pattern in names.search_patterns(typed))),
        func.lower(Message.address).contains(text, autoescape=True),
        func.lower(Message.subject).contains(text, autoescape=True),
    )


def message(event: Event | None, message_id: int) -> Message | None:
    """Return one message with its attempts, if it belongs here."""
    statement = messages(event).where(Message.id == message_id)
    return db.session.scalar(statement.options(*ROW_OPTIONS, selectinload(Message.attempts)))


def chosen(event: Event | None, ids: Sequence[int]) -> list[Message]:
    """Return those of the ticked messages that belong here, oldest first."""
    statement = messages(event).where(Message.id.in_(ids)).options(*ROW_OPTIONS).order_by(Message.id)
    return list(db.session.scalars(statement))


def count_by_state(event: Event | None) -> dict[MessageState, int]:
    """Return how many messages stand where."""
    counted = select(Message.state, func.count()).where(_of(event)).group_by(Message.state)
    return {row[0]: row[1] for row in db.session.execute(counted)}


def copies_of(message: Message) -> list[Message]:
    """Return the messages that send this one once more, oldest first."""
    return list(db.session.scalars(select(Message).where(Message.copy_of_id == message.id).order_by(Message.id)))


# Columns of an event that a guest goes by.
_GONE_BY = {"starts_at", "ends_at", "time_zone", "venue", "hall", "venue_address"}


def last_move(event: Event) -> JournalEntry | None:
    """Return the last edit that changed when or where the event takes place, or None."""
    edits = select(JournalEntry).where(
        JournalEntry.subject_kind == Event.__tablename__,
        JournalEntry.subject_id == event.id,
        JournalEntry.action == "event.edited",
    )
    for entry in db.session.scalars(edits.order_by(JournalEntry.id.desc()).limit(30)):
        if _GONE_BY & set(entry.changes):
            return entry
    return None


def not_told(event: Event, move: JournalEntry) -> Select[Any]:
    """Return the guests who were invited before the event was moved and have not been told."""
    told = exists().where(
        Message.invitation_id == Invitation.id, Message.template == "event_moved", Message.created_at >= move.at
    )
    wanted = [state for state in InvitationState if is_wanted("event_moved", state)]
    return select(Invitation).where(
        Invitation.event_id == event.id, Invitation.invited_at < move.at, Invitation.state.in_(wanted), ~told
    )


# Nobody is reminded sooner than this after we last asked them to answer.
REMINDED_AFTER = timedelta(days=2)


def unanswered(event: Event, now: datetime) -> Select[Any]:
    """Return the guests who have not answered and may be reminded: not asked in the last two days."""
    asked = exists().where(
        Message.invitation_id == Invitation.id,
        Message.template.in_(("invitation", "reminder", "reconfirm")),
        Message.created_at > now - REMINDED_AFTER,
    )
    wanted = [state for state in InvitationState if is_wanted("reminder", state)]
    return select(Invitation).where(
        Invitation.event_id == event.id,
        Invitation.state.in_(wanted),
        Invitation.invited_at <= now - REMINDED_AFTER,
        ~asked,
    )


def count_unanswered(event: Event) -> int:
    """Return how many guests could be reminded now."""
    now = clock.now()
    if event.status not in {EventStatus.OPEN, EventStatus.RUNNING} or event.replies_close <= now:
        return 0
    return db.session.scalar(unanswered(event, now).with_only_columns(func.count())) or 0


def count_not_told(event: Event) -> int:
    """Return how many guests go by a time or place that no longer holds."""
    move = last_move(event) if event.status in {EventStatus.OPEN, EventStatus.RUNNING} else None
    if move is None or event.ends_at <= clock.now():
        return 0
    return db.session.scalar(not_told(event, move).with_only_columns(func.count())) or 0
