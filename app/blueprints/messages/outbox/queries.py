"""What the page Outbox looks up. Messages of an event are found through it; those of no event stand apart."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from app import names
from app.extensions import db
from app.models import Dealer, Event, Invitation, Message, MessageState, User

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


def user_of(message: Message) -> User | None:
    """Return the member of staff a message goes to, if it does."""
    return db.session.get(User, message.user_id) if message.user_id else None
