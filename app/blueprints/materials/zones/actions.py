"""What is done to zones, their tasks and the hall's requirements. Nothing here commits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app import clock, journal, removal
from app.blueprints.materials.actions import check_changeable
from app.blueprints.staff import passes
from app.errors import N_, SigningDayError, StaleChange
from app.extensions import db
from app.models import (
    Event,
    File,
    Fitness,
    HallRequirement,
    JournalEntry,
    Removal,
    StaffPass,
    StaffPerson,
    Zone,
    ZoneTask,
)


class ZoneNotReady(SigningDayError):
    """A zone is accepted when all of it stands."""

    code = "zone_not_ready"
    sentence = N_("Not everything in %(name)s is set up yet, so it cannot be accepted.")


def _next_position(kind: Any, condition: Any) -> int:
    return (db.session.scalar(select(func.max(kind.position)).where(condition)) or 0) + 1


def _lock(zone: Zone) -> None:
    """Let whoever writes about the same zone wait, so that nobody accepts what somebody opens at this moment."""
    db.session.flush()
    db.session.execute(select(Zone.id).where(Zone.id == zone.id).with_for_update())
    db.session.refresh(zone)


def add_zone(event: Event, name: str) -> Zone:
    """Add a zone at the end."""
    check_changeable(event)
    zone = Zone(event_id=event.id, name=name, position=_next_position(Zone, Zone.event_id == event.id))
    db.session.add(zone)
    journal.record("zone.added", zone, event_id=event.id, changes={"name": [None, name]})
    db.session.flush()
    return zone


def rename_zone(event: Event, zone: Zone, name: str) -> None:
    """Give a zone another name."""
    check_changeable(event)
    zone.name = name
    if changes := journal.changes_of(zone):
        journal.record("zone.edited", zone, event_id=event.id, changes=changes)
    db.session.flush()


def remove_zone(event: Event, zone: Zone, *, by_id: int | None = None) -> Removal:
    """Remove a zone with its tasks, and return what brings it back; the materials in it stay and are in no zone."""
    check_changeable(event)
    kept = removal.keep(zone, event=event, name=zone.name, by_id=by_id)
    journal.record("zone.removed", event, event_id=event.id, changes={"name": [zone.name, None]})
    db.session.delete(zone)
    db.session.flush()
    return kept


PUT_BACK = {"zones": "zone.put_back", "zone_tasks": "zone_task.put_back"}


def put_back(event: Event, removal_id: int) -> Removal | None:
    """Put a removed zone or task back, and the materials into their zone; None when it is not known any more."""
    check_changeable(event)
    kept = removal.put_back(event, PUT_BACK.keys(), removal_id)
    if kept is not None:
        journal.record(PUT_BACK[kept.kind], event, event_id=event.id, changes={"name": [None, kept.name]})
    return kept


def add_task(event: Event, zone: Zone, values: Mapping[str, Any]) -> ZoneTask:
    """Add something to set up. A zone that was accepted is open again."""
    check_changeable(event)
    _lock(zone)
    task = ZoneTask(zone_id=zone.id, position=_next_position(ZoneTask, ZoneTask.zone_id == zone.id), **values)
    db.session.add(task)
    _open_again(zone)
    journal.record("zone_task.added", task, event_id=event.id, changes={"text": [None, task.text]})
    db.session.flush()
    db.session.expire(zone, ["tasks"])
    give_link(event, task)
    return task


def give_link(event: Event, task: ZoneTask) -> StaffPass | None:
    """Return the pass of whoever sees to a task; who has no duty at the event has none before."""
    owner = db.session.get(StaffPerson, task.owner_id) if task.owner_id else None
    return passes.ensure(event, [owner])[owner.id] if owner else None


def edit_task(event: Event, task: ZoneTask, values: Mapping[str, Any], *, version: int) -> None:
    """Change what to set up, who does it, until when, and what it depends on. `version` is the one that was shown."""
    check_changeable(event)
    if task.version != version:
        raise StaleChange
    for name, value in values.items():
        setattr(task, name, value)
    if changes := journal.changes_of(task):
        journal.record("zone_task.edited", task, event_id=event.id, changes=changes)
    db.session.flush()
    give_link(event, task)


def remove_task(event: Event, task: ZoneTask, *, by_id: int | None = None) -> Removal:
    """Take a task away; what is returned brings it back."""
    check_changeable(event)
    zone = task.zone
    kept = removal.keep(task, event=event, name=task.text, by_id=by_id)
    journal.record("zone_task.removed", zone, event_id=event.id, changes={"text": [task.text, None]})
    db.session.delete(task)
    db.session.flush()
    db.session.expire(zone, ["tasks"])
    return kept


class OpenedSince(SigningDayError):
    """A phone tells late that something stands which somebody has opened since."""

    code = "opened_since"
    sentence = N_("Somebody has opened “%(task)s” again since you ticked it. Please look at it once more.")


def _is_opened_since(task: ZoneTask, at: datetime) -> bool:
    opened = (JournalEntry.subject_kind == "zone_tasks", JournalEntry.subject_id == task.id)
    newest = select(func.max(JournalEntry.at)).where(*opened, JournalEntry.action == "zone_task.opened")
    last = db.session.scalar(newest)
    return last is not None and last > at


def tick(event: Event, task: ZoneTask, by: str, *, at: datetime | None = None) -> None:
    """Say that it stands. Twice is once: who ticked first is named.

    `at` is when it was done on a phone, which may tell it late. Raises OpenedSince when somebody has opened the task
    after that: they saw it later.
    """
    check_changeable(event)
    _lock(task.zone)
    db.session.refresh(task)
    if task.done_at is not None:
        return
    if at is not None and _is_opened_since(task, at):
        raise OpenedSince(task=task.text)
    task.done_at, task.done_by = at or clock.now(), by
    journal.record("zone_task.done", task, event_id=event.id, changes={})
    db.session.flush()


def untick(event: Event, task: ZoneTask, *, at: datetime | None = None) -> None:
    """Say that it does not stand; its zone is accepted no more. What was ticked after `at` stays ticked."""
    check_changeable(event)
    _lock(task.zone)
    db.session.refresh(task)
    if task.done_at is None or (at is not None and task.done_at > at):
        return
    task.done_at, task.done_by = None, ""
    _open_again(task.zone)
    journal.record("zone_task.opened", task, event_id=event.id, changes={})
    db.session.flush()


def put_photo(event: Event, task: ZoneTask, file: File) -> None:
    """Keep a picture of it as the proof; it takes the place of an earlier one."""
    check_changeable(event)
    task.photo_id = file.id
    journal.record("zone_task.photo", task, event_id=event.id, changes={})
    db.session.flush()


def accept(event: Event, zone: Zone, *, by_id: int) -> None:
    """Accept a zone of which all stands. Raises ZoneNotReady else; twice is once."""
    check_changeable(event)
    _lock(zone)
    db.session.refresh(zone, ["tasks"])
    if not zone.tasks or any(task.done_at is None for task in zone.tasks):
        raise ZoneNotReady(name=zone.name)
    if zone.accepted_at is None:
        zone.accepted_at, zone.accepted_by_id = clock.now(), by_id
        journal.record("zone.accepted", zone, event_id=event.id, changes={})
        db.session.flush()


def take_back(event: Event, zone: Zone) -> None:
    """Take the acceptance of a zone back."""
    check_changeable(event)
    _lock(zone)
    if zone.accepted_at is not None:
        _open_again(zone)
        journal.record("zone.acceptance_taken_back", zone, event_id=event.id, changes={})
        db.session.flush()


def _open_again(zone: Zone) -> None:
    zone.accepted_at = zone.accepted_by_id = None


def add_requirement(event: Event, text: str) -> HallRequirement:
    """Add something the hall must have or be."""
    check_changeable(event)
    position = _next_position(HallRequirement, HallRequirement.event_id == event.id)
    row = HallRequirement(event_id=event.id, text=text, position=position)
    db.session.add(row)
    journal.record("requirement.added", row, event_id=event.id, changes={"text": [None, text]})
    db.session.flush()
    return row


def remove_requirement(event: Event, row: HallRequirement) -> None:
    """Take a requirement off the list."""
    check_changeable(event)
    journal.record("requirement.removed", event, event_id=event.id, changes={"text": [row.text, None]})
    db.session.delete(row)
    db.session.flush()


def check(
    event: Event, row: HallRequirement, *, fitness: Fitness, note: str, file: File | None = None, by_id: int
) -> None:
    """Write down what the site visit found; a picture that was there stays when none comes with it."""
    check_changeable(event)
    row.fitness, row.note = fitness, note
    if file is not None:
        row.photo_id = file.id
    changes = journal.changes_of(row)
    if not changes:
        return
    looked = fitness is not Fitness.UNSEEN
    row.checked_at = clock.now() if looked else None
    row.checked_by_id = by_id if looked else None
    changes.pop("photo_id", None)
    journal.record("requirement.checked", row, event_id=event.id, changes=changes)
    db.session.flush()
