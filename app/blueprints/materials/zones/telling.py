"""Tasks in the hall as their owners are told of them, on the staff's page *Tell them*."""

import hashlib
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app import journal
from app.blueprints.materials.zones import rules
from app.blueprints.staff.notice import tasks
from app.blueprints.staff.notice.tasks import Task
from app.extensions import db
from app.models import Event, StaffPerson, User, Zone, ZoneTask


def digest_of(task: ZoneTask, event: Event) -> str:
    """Return the digest of what the owner of a task has to know; moving the event changes it."""
    until = rules.due(task.due_at, event.starts_at)
    said = "\n".join((str(task.owner_id), task.text, task.zone.name, until.isoformat(), event.venue, event.hall))
    return hashlib.sha256(said.encode()).hexdigest()


def is_told(task: ZoneTask, event: Event) -> bool:
    """Tell whether the owner of a task knows it as it is now."""
    return task.told_digest == digest_of(task, event)


def of_hall(event: Event) -> list[Task]:
    """Return the open tasks of an event that somebody sees to."""
    rows = db.session.scalars(
        select(ZoneTask)
        .join(ZoneTask.zone)
        .where(Zone.event_id == event.id, ZoneTask.owner_id.is_not(None), ZoneTask.done_at.is_(None))
        .options(
            contains_eager(ZoneTask.zone),
            joinedload(ZoneTask.owner).joinedload(StaffPerson.user).lazyload(User.role_rows),
        )
        .order_by(ZoneTask.id)
    )
    return [
        Task(
            id=row.id,
            person=row.owner,
            text=row.text,
            where=row.zone.name,
            until=rules.due(row.due_at, event.starts_at),
            digest=digest_of(row, event),
            is_told=is_told(row, event),
        )
        for row in rows
        if row.owner is not None
    ]


def note(event: Event, told: Collection[Task]) -> None:
    """Write down that these tasks were told; one that has changed at this very moment is told again."""
    wanted = {each.id: each for each in told}
    rows = db.session.scalars(
        select(ZoneTask).join(ZoneTask.zone).where(Zone.event_id == event.id, ZoneTask.id.in_(wanted))
    )
    for row in rows:
        task = wanted[row.id]
        if row.told_digest != task.digest:
            row.told_digest = task.digest
            changes = {"person": [None, task.person.name]}
            journal.record("zone_task.told", row, event_id=event.id, changes=changes)


tasks.register(of_hall, note)
