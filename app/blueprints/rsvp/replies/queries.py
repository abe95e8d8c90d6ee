"""What the page of replies asks of the database. Everything is loaded through the event."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, case, select
from sqlalchemy.orm import contains_eager

from app.blueprints.rsvp.seats.queries import companions_of_each, seat_is_held
from app.extensions import db
from app.models import Companion, Dealer, Event, Invitation, Reply

HAS_HOTEL = case((Reply.hotel_nights > 0, 1), else_=0)
HAS_PICKUP = case((Reply.pickup_wanted, 1), else_=0)
ROW_OPTIONS = (
    contains_eager(Reply.invitation).contains_eager(Invitation.dealer),
    contains_eager(Reply.invitation).joinedload(Invitation.rep),
)


def replies(event: Event, rep_id: int | None = None) -> Select[Any]:
    """Return the select of an event's replies, joined with invitation and dealer; with `rep_id` only that rep's."""
    statement = select(Reply).join(Reply.invitation).join(Invitation.dealer).where(Invitation.event_id == event.id)
    return statement if rep_id is None else statement.where(Invitation.rep_id == rep_id)


def companions_of(rows: Sequence[Reply]) -> dict[int, list[str]]:
    """Return the companions' names of these replies, by invitation."""
    found: dict[int, list[str]] = {}
    ids = [row.invitation_id for row in rows]
    statement = select(Companion.invitation_id, Companion.name).where(Companion.invitation_id.in_(ids))
    for invitation_id, name in db.session.execute(statement.order_by(Companion.id)):
        found.setdefault(invitation_id, []).append(name)
    return found


def open_questions(event: Event, rep_id: int | None = None) -> list[Reply]:
    """Return the replies whose question nobody has answered, the oldest first."""
    statement = replies(event, rep_id).where(Reply.question != "", Reply.question_answered_at.is_(None))
    return list(db.session.scalars(statement.order_by(Reply.answered_at).options(*ROW_OPTIONS)))


def pickups_without_time(event: Event, rep_id: int | None = None) -> list[Reply]:
    """Return who wants to be picked up, has a seat, and has not said when."""
    statement = replies(event, rep_id).where(Reply.pickup_wanted, Reply.arrives_at.is_(None), seat_is_held())
    return list(db.session.scalars(statement.order_by(Dealer.sort_key, Reply.id).options(*ROW_OPTIONS)))


def reply_to(event: Event, invitation_id: int, rep_id: int | None = None) -> Reply | None:
    """Return the reply to one invitation of the event."""
    return db.session.scalar(replies(event, rep_id).where(Reply.invitation_id == invitation_id).options(*ROW_OPTIONS))


def expected(event: Event, rep_id: int | None = None) -> list[tuple[Reply, int]]:
    """Return the replies of guests who hold a seat, with how many people each is, in the order of names."""
    statement = (
        replies(event, rep_id)
        .add_columns(1 + companions_of_each())
        .where(seat_is_held())
        .order_by(Dealer.sort_key, Reply.id)
        .options(*ROW_OPTIONS)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def travel_list(event: Event, rep_id: int | None = None) -> list[tuple[Reply, int]]:
    """Return who travels, by arrival; those without a time come last."""
    rows = [row for row in expected(event, rep_id) if row[0].pickup_wanted or row[0].travel_mode or row[0].arrives_at]
    return sorted(rows, key=lambda row: (row[0].arrives_at is None, row[0].arrives_at or event.starts_at))


def room_list(event: Event, rep_id: int | None = None) -> list[tuple[Reply, int]]:
    """Return who needs a room, by the first night."""
    rows = [row for row in expected(event, rep_id) if row[0].hotel_nights]
    return sorted(rows, key=lambda row: (row[0].hotel_from is None, row[0].hotel_from or event.starts_at.date()))


def diet_list(event: Event, rep_id: int | None = None) -> list[tuple[Reply, int]]:
    """Return who eats otherwise than the others."""
    return [row for row in expected(event, rep_id) if row[0].diet]
