"""What is done to the dates of an event: add, change, tick, remove, put back. Nothing here commits."""

from datetime import date
from typing import Any

from sqlalchemy import select

from app import clock, journal
from app.blueprints.events.rules.status import EventArchived
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Event, EventStatus, JournalEntry, Milestone, Stage

REMOVED = "milestone.removed"
_COLUMNS = ("stage", "title", "due_on", "owner_id", "key")


class MilestoneIsBack(SigningDayError):
    """The removed milestone has been put back already."""

    code = "milestone_is_back"
    sentence = N_("The milestone has been put back already.")


def _changeable(event: Event) -> None:
    if event.status is EventStatus.ARCHIVED:
        raise EventArchived


def add(event: Event, *, stage: Stage, title: str, due_on: date, owner_id: int | None) -> Milestone:
    """Add a milestone of the planner's own."""
    _changeable(event)
    row = Milestone(event_id=event.id, stage=stage, title=title, due_on=due_on, owner_id=owner_id)
    db.session.add(row)
    journal.record("milestone.added", row)
    db.session.flush()
    return row


def edit(event: Event, row: Milestone, *, stage: Stage, title: str, due_on: date, owner_id: int | None) -> None:
    """Change a milestone."""
    _changeable(event)
    row.stage, row.title, row.due_on, row.owner_id = stage, title, due_on, owner_id
    if changes := journal.changes_of(row):
        journal.record("milestone.edited", row, changes={"title": [row.title, row.title]} | changes)
    db.session.flush()


def tick(event: Event, row: Milestone, *, is_done: bool) -> None:
    """Say that a milestone is kept, or that it is not after all. Twice is once."""
    _changeable(event)
    if (row.done_at is not None) == is_done:
        return
    row.done_at = clock.now() if is_done else None
    journal.record("milestone.done" if is_done else "milestone.reopened", row, changes={"title": [None, row.title]})
    db.session.flush()


def remove(event: Event, row: Milestone) -> JournalEntry:
    """Take a milestone away. Returns the journal's entry, from which `put_back` can make it again."""
    _changeable(event)
    changes: dict[str, Any] = {name: [_plain(getattr(row, name)), None] for name in _COLUMNS}
    entry = journal.record(REMOVED, row, changes=changes)
    db.session.delete(row)
    db.session.flush()
    return entry


def put_back(event: Event, entry: JournalEntry) -> Milestone:
    """Make a removed milestone again. A button pressed twice puts it back once."""
    _changeable(event)
    if _is_back(event, entry):
        raise MilestoneIsBack
    before = {name: entry.changes[name][0] for name in _COLUMNS}
    row = Milestone(
        event_id=event.id,
        stage=Stage(before["stage"]),
        title=before["title"],
        due_on=date.fromisoformat(before["due_on"]),
        owner_id=before["owner_id"],
        key=before["key"],
    )
    db.session.add(row)
    journal.record("milestone.put_back", row, changes={"title": [None, row.title], "from_entry": [None, entry.id]})
    db.session.flush()
    return row


def removal(event: Event, entry_id: int) -> JournalEntry | None:
    """Return the journal's entry of a milestone's removal from this event."""
    return db.session.scalar(
        select(JournalEntry).where(
            JournalEntry.id == entry_id, JournalEntry.event_id == event.id, JournalEntry.action == REMOVED
        )
    )


def _is_back(event: Event, entry: JournalEntry) -> bool:
    later = select(JournalEntry.changes).where(
        JournalEntry.event_id == event.id, JournalEntry.action == "milestone.put_back", JournalEntry.id > entry.id
    )
    return any(changes.get("from_entry") == [None, entry.id] for changes in db.session.scalars(later))


def _plain(value: Any) -> Any:
    if isinstance(value, Stage):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
