"""How many seats are taken, and who waits for one."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.blueprints.rsvp.seats.rules import SEATED, YES, Waiting, in_order
from app.extensions import db
from app.models import Companion, Event, Invitation, InvitationState, Reply


def seat_is_held() -> ColumnElement[bool]:
    """Return the condition that `rules.holds_seat` states, over invitations outer-joined with their replies."""
    return or_(
        Invitation.state.in_(SEATED),
        and_(Invitation.state == InvitationState.SILENT, Reply.answer.in_(YES)),
    )


def companions_of_each() -> ColumnElement[int]:
    """Return the number of an invitation's companions, as a column."""
    return (
        select(func.count(Companion.id))
        .where(Companion.invitation_id == Invitation.id)
        .correlate(Invitation)
        .scalar_subquery()
    )


def seats_taken(event: Event, *, leave_out: int | None = None) -> int:
    """Return the people who hold a seat, guests and companions; `leave_out` is an invitation not to count."""
    statement = (
        select(func.coalesce(func.sum(1 + companions_of_each()), 0))
        .select_from(Invitation)
        .outerjoin(Reply, Reply.invitation_id == Invitation.id)
        .where(Invitation.event_id == event.id, seat_is_held())
    )
    if leave_out is not None:
        statement = statement.where(Invitation.id != leave_out)
    return int(db.session.scalar(statement) or 0)


@dataclass(frozen=True)
class Seats:
    """The hall in three numbers, people each."""

    capacity: int
    taken: int
    waiting: int

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.taken)


def seats(event: Event) -> Seats:
    """Return how full the hall is."""
    return Seats(event.capacity, seats_taken(event), sum(each.people for each in waiting_list(event)))


def waiting_list(event: Event) -> list[Waiting]:
    """Return who waits, in the order in which they move up."""
    rows = db.session.execute(
        select(
            Invitation.id,
            1 + companions_of_each(),
            Invitation.readiness,
            func.coalesce(Invitation.waiting_since, Invitation.listed_at),
            Invitation.waiting_priority,
        ).where(Invitation.event_id == event.id, Invitation.state == InvitationState.WAITING)
    )
    return in_order(Waiting(*row) for row in rows)


def waiting_invitations(event: Event) -> list[Invitation]:
    """Return the waiting guests themselves, in order."""
    order = [each.invitation_id for each in waiting_list(event)]
    found = {each.id: each for each in db.session.scalars(select(Invitation).where(Invitation.id.in_(order)))}
    return [found[each] for each in order]
