"""How far a zone is, and what about it needs a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.models import MaterialState

BEFORE_DOORS = timedelta(hours=1)  # until then everything stands, unless the task says otherwise
MATERIAL_AHEAD = timedelta(hours=24)  # so long before a task is due its material has to be here
ACCEPT_AHEAD = timedelta(minutes=30)  # before the doors: by then the hall lead has accepted every zone
NOT_HERE = frozenset({MaterialState.PLANNED, MaterialState.ORDERED})


TELL_AHEAD = timedelta(days=3)  # before the doors: from then on not knowing is grave


class Progress(StrEnum):
    """How far a zone is, as the board shows it."""

    EMPTY = "empty"  # nothing to set up is written down
    OPEN = "open"
    LATE = "late"
    READY = "ready"  # all of it stands, nobody has accepted it
    ACCEPTED = "accepted"


class Trouble(StrEnum):
    """What is wrong with a task or a zone, worst first."""

    OVERDUE = "overdue"
    NOT_ACCEPTED = "not_accepted"  # of a zone
    NO_MATERIAL = "no_material"
    NO_OWNER = "no_owner"
    NOT_TOLD = "not_told"  # its owner does not know


@dataclass(frozen=True, slots=True)
class Fact:
    """One task as the rules see it; `due_at` is the effective one."""

    id: int
    due_at: datetime
    is_done: bool
    has_owner: bool
    material: MaterialState | None = None
    is_told: bool = True


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing wrong with one task."""

    trouble: Trouble
    task_id: int
    due_at: datetime


def due(due_at: datetime | None, doors_at: datetime) -> datetime:
    """Return until when a task has to be done."""
    return due_at or doors_at - BEFORE_DOORS


def progress(facts: Iterable[Fact], accepted_at: datetime | None, now: datetime) -> Progress:
    """Return how far a zone is. An accepted zone with an open task would be a contradiction: the open task counts."""
    facts = list(facts)
    undone = [fact for fact in facts if not fact.is_done]
    if not facts:
        return Progress.EMPTY
    if undone:
        return Progress.LATE if any(fact.due_at < now for fact in undone) else Progress.OPEN
    return Progress.ACCEPTED if accepted_at else Progress.READY


def alarms(facts: Iterable[Fact], now: datetime) -> list[Alarm]:
    """Return what needs a person, worst first and the earliest due first."""
    found = [Alarm(trouble, fact.id, fact.due_at) for fact in facts for trouble in _of(fact, now)]
    order = list(Trouble)
    return sorted(found, key=lambda each: (order.index(each.trouble), each.due_at, each.task_id))


def _of(fact: Fact, now: datetime) -> list[Trouble]:
    if fact.is_done:
        return []
    found = []
    if fact.due_at < now:
        found.append(Trouble.OVERDUE)
    if fact.material in NOT_HERE and now > fact.due_at - MATERIAL_AHEAD:
        found.append(Trouble.NO_MATERIAL)
    if not fact.has_owner:
        found.append(Trouble.NO_OWNER)
    elif not fact.is_told:
        found.append(Trouble.NOT_TOLD)
    return found


def wants_acceptance(progress: Progress, doors_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Tell whether the doors open soon, or are open, and nobody has accepted a zone; of a late one its tasks say so."""
    return progress in {Progress.OPEN, Progress.READY} and doors_at - ACCEPT_AHEAD <= now < ends_at


def minutes_to(doors_at: datetime, now: datetime) -> int:
    """Return the whole minutes until the doors open; negative when they have opened."""
    return int((doors_at - now).total_seconds() // 60)
