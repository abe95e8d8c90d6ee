"""What comes back about next steps."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models import Event, Invitation, NextStep, User


def of_event(event: Event) -> dict[int, NextStep]:
    """Return the next steps of an event by invitation, with who does them."""
    statement = select(NextStep).where(NextStep.event_id == event.id).options(joinedload(NextStep.owner))
    return {row.invitation_id: row for row in db.session.scalars(statement)}


def of_guest(guest: Invitation) -> NextStep | None:
    return db.session.scalar(select(NextStep).where(NextStep.invitation_id == guest.id))


def open_of(user_id: int, until: date) -> Sequence[NextStep]:
    """Return what somebody still has to do by a day, earliest first; what has no day counts as now."""
    statement = (
        select(NextStep)
        .where(NextStep.owner_id == user_id, NextStep.done_at.is_(None))
        .where((NextStep.due_on <= until) | NextStep.due_on.is_(None))
        .options(joinedload(NextStep.invitation).joinedload(Invitation.dealer), joinedload(NextStep.event))
        .order_by(NextStep.due_on, NextStep.id)
    )
    return db.session.scalars(statement).all()


def guest(event: Event, invitation_id: int, rep_id: int | None) -> Invitation | None:
    """Return a guest of the event, of this rep where one is given."""
    statement = select(Invitation).where(Invitation.event_id == event.id, Invitation.id == invitation_id)
    return db.session.scalar(statement if rep_id is None else statement.where(Invitation.rep_id == rep_id))


def people() -> list[tuple[int, str]]:
    """Return everybody who can be given a next step, by name."""
    rows = db.session.execute(select(User.id, User.name).where(User.is_active).order_by(User.name, User.id))
    return [(user_id, name) for user_id, name in rows]
