"""What comes back about the zones of a hall. `hall` is all of one event, with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app import clock
from app.blueprints.materials.zones import rules
from app.blueprints.materials.zones.rules import Alarm, Fact, Progress
from app.blueprints.materials.zones.telling import is_told
from app.extensions import db
from app.models import Event, File, HallRequirement, Material, StaffPerson, User, Zone, ZoneTask


@dataclass(frozen=True)
class Part:
    """A zone with how far it is."""

    zone: Zone
    progress: Progress
    accepted_by: str

    @property
    def done(self) -> int:
        return sum(task.done_at is not None for task in self.zone.tasks)

    @property
    def total(self) -> int:
        return len(self.zone.tasks)


@dataclass(frozen=True)
class Hall:
    """The hall of one event at one moment."""

    event: Event
    now: datetime
    parts: Sequence[Part]

    @property
    def doors_at(self) -> datetime:
        return self.event.starts_at

    @property
    def minutes(self) -> int:
        return rules.minutes_to(self.doors_at, self.now)

    @property
    def green(self) -> int:
        return sum(part.progress in {Progress.READY, Progress.ACCEPTED} for part in self.parts)

    @property
    def done(self) -> int:
        return sum(part.done for part in self.parts)

    @property
    def total(self) -> int:
        return sum(part.total for part in self.parts)

    @property
    def tasks(self) -> dict[int, ZoneTask]:
        return {task.id: task for part in self.parts for task in part.zone.tasks}

    def due(self, task: ZoneTask) -> datetime:
        return rules.due(task.due_at, self.doors_at)

    def is_late(self, task: ZoneTask) -> bool:
        return task.done_at is None and self.due(task) < self.now

    def unaccepted(self) -> list[Part]:
        """Return the zones that somebody should accept now."""
        ends_at = self.event.ends_at
        return [part for part in self.parts if rules.wants_acceptance(part.progress, self.doors_at, ends_at, self.now)]

    def alarms(self) -> list[Alarm]:
        return rules.alarms([_fact(task, self.event) for task in self.tasks.values()], self.now)


def _fact(task: ZoneTask, event: Event) -> Fact:
    return Fact(
        id=task.id,
        due_at=rules.due(task.due_at, event.starts_at),
        is_done=task.done_at is not None,
        has_owner=task.owner_id is not None,
        is_told=is_told(task, event),
        material=task.material.state if task.material else None,
    )


def hall(event: Event) -> Hall:
    """Return the zones of an event with their tasks, owners and materials."""
    return halls([event])[event.id]


def halls(events: Sequence[Event]) -> dict[int, Hall]:
    """Return the halls of some events by id: three queries, and a fourth for names, however many events there are."""
    of_event: dict[int, list[Zone]] = defaultdict(list)
    for zone in db.session.scalars(
        select(Zone)
        .where(Zone.event_id.in_([event.id for event in events]))
        .options(
            selectinload(Zone.tasks).joinedload(ZoneTask.owner).lazyload(StaffPerson.user),
            selectinload(Zone.tasks).joinedload(ZoneTask.material),
        )
        .order_by(Zone.position, Zone.id)
    ):
        of_event[zone.event_id].append(zone)
    now = clock.now()
    names = _names({zone.accepted_by_id for zones in of_event.values() for zone in zones})
    return {
        event.id: Hall(event, now, [_part(zone, event, names, now) for zone in of_event[event.id]]) for event in events
    }


def _part(zone: Zone, event: Event, names: dict[int | None, str], now: datetime) -> Part:
    progress = rules.progress([_fact(task, event) for task in zone.tasks], zone.accepted_at, now)
    return Part(zone, progress, names.get(zone.accepted_by_id, ""))


def _names(ids: set[int | None]) -> dict[int | None, str]:
    wanted = {each for each in ids if each is not None}
    if not wanted:
        return {}
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def tasks_of(event: Event, person_id: int) -> list[ZoneTask]:
    """Return what somebody sees to in the hall of an event, open things first, by when they are due."""
    rows = db.session.scalars(
        select(ZoneTask)
        .join(ZoneTask.zone)
        .where(Zone.event_id == event.id, ZoneTask.owner_id == person_id)
        .options(contains_eager(ZoneTask.zone))
        .order_by(Zone.position, Zone.id, ZoneTask.position, ZoneTask.id)
    )
    return sorted(rows, key=lambda row: (row.done_at is not None, rules.due(row.due_at, event.starts_at)))


def zone(event: Event, zone_id: int) -> Zone | None:
    """Return one zone of this event."""
    return db.session.scalar(select(Zone).where(Zone.event_id == event.id, Zone.id == zone_id))


def task(event: Event, task_id: int) -> ZoneTask | None:
    """Return one task of a zone of this event."""
    return db.session.scalar(
        select(ZoneTask)
        .join(Zone, Zone.id == ZoneTask.zone_id)
        .where(Zone.event_id == event.id, ZoneTask.id == task_id)
        .options(joinedload(ZoneTask.owner), joinedload(ZoneTask.material))
    )


def photo(record: ZoneTask | HallRequirement) -> File | None:
    """Return the picture that was taken of a task or a requirement."""
    return db.session.get(File, record.photo_id) if record.photo_id else None


def requirements(event: Event) -> list[HallRequirement]:
    """Return what the hall must have, in order."""
    return list(
        db.session.scalars(
            select(HallRequirement)
            .where(HallRequirement.event_id == event.id)
            .order_by(HallRequirement.position, HallRequirement.id)
        )
    )


def requirement(event: Event, requirement_id: int) -> HallRequirement | None:
    """Return one requirement of this event."""
    return db.session.scalar(
        select(HallRequirement).where(HallRequirement.event_id == event.id, HallRequirement.id == requirement_id)
    )


def checkers(rows: Sequence[HallRequirement]) -> dict[int | None, str]:
    """Return who looked, by id."""
    return _names({row.checked_by_id for row in rows})


def owners(current_id: int | None = None) -> list[tuple[int, str]]:
    """Return whom a task can be given to: staff who are here, and whoever has it now."""
    rows = db.session.execute(
        select(StaffPerson.id, StaffPerson.name)
        .where(StaffPerson.is_active | (StaffPerson.id == (current_id or 0)))
        .order_by(StaffPerson.sort_key, StaffPerson.id)
    )
    return [(row.id, row.name) for row in rows]


def materials(event: Event) -> list[tuple[int, str]]:
    """Return the materials that a task can depend on."""
    rows = db.session.execute(
        select(Material.id, Material.name).where(Material.event_id == event.id).order_by(Material.position, Material.id)
    )
    return [(row.id, row.name) for row in rows]
