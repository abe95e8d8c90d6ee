"""What comes back about the timeline."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models import CalendarLink, Event, PlanTask, User
from app.rights import OVER

ORDER = (PlanTask.due_on, PlanTask.starts_on, PlanTask.id)


def _tasks() -> Select[PlanTask]:
    return select(PlanTask).options(joinedload(PlanTask.owner).lazyload(User.role_rows)).order_by(*ORDER)


def tasks(event: Event) -> list[PlanTask]:
    """Return the tasks of an event with their owners, by day."""
    return list(db.session.scalars(_tasks().where(PlanTask.event_id == event.id)))


def task(event: Event, task_id: int) -> PlanTask | None:
    return db.session.scalar(_tasks().where(PlanTask.event_id == event.id, PlanTask.id == task_id))


def of_person(user_id: int) -> list[PlanTask]:
    """Return what somebody is to do in all events that are not closed, with the events, what is open first."""
    statement = (
        _tasks()
        .join(PlanTask.event)
        .where(PlanTask.owner_id == user_id, Event.status.not_in(OVER))
        .options(joinedload(PlanTask.event))
    )
    return list(db.session.scalars(statement))


def own_task(user_id: int, task_id: int) -> PlanTask | None:
    """Return a task that somebody owns."""
    return db.session.scalar(
        _tasks().where(PlanTask.id == task_id, PlanTask.owner_id == user_id).options(joinedload(PlanTask.event))
    )


def late(event_ids: Collection[int], before: date) -> list[PlanTask]:
    """Return what was due before a day and is not done, in these events, the longest overdue first."""
    statement = _tasks().where(PlanTask.event_id.in_(event_ids), PlanTask.done_at.is_(None), PlanTask.due_on < before)
    return list(db.session.scalars(statement))


def people() -> list[tuple[int, str]]:
    """Return everybody with an account in use, by name."""
    rows = db.session.execute(select(User.id, User.name).where(User.is_active).order_by(User.name, User.id))
    return [(row.id, row.name) for row in rows]


def calendar_link(user_id: int) -> CalendarLink | None:
    return db.session.get(CalendarLink, user_id)


def by_token(token: str) -> User | None:
    """Return whose calendar an address is; nobody's once the account is off."""
    statement = select(User).join(CalendarLink, CalendarLink.user_id == User.id)
    return db.session.scalar(statement.where(CalendarLink.token == token, User.is_active))
