"""What people are to do besides duties: rooms above know it, and it is told here along with them.

    tasks.register(of_hall, note)

Whoever has tasks and no duty gets a message of their own. A task is told when its owner knows what it is now: another
text, place, time or owner asks to be told again.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.models import Event, StaffPerson


@dataclass(frozen=True)
class Task:
    """One thing that somebody sees to and that is still open."""

    id: int
    person: StaffPerson
    text: str
    where: str
    until: datetime
    digest: str  # of what its owner has to know
    is_told: bool


Source = Callable[[Event], Sequence[Task]]
Note = Callable[[Event, Collection[Task]], None]
_SOURCES: list[tuple[Source, Note]] = []


def register(source: Source, note: Note) -> None:
    """Let a room say what is to do, and write down that it was told."""
    _SOURCES.append((source, note))


def of(event: Event) -> dict[int, list[Task]]:
    """Return the open tasks of everybody who still works for us, by person, in order of time."""
    found: dict[int, list[Task]] = defaultdict(list)
    every = [task for source, _note in _SOURCES for task in source(event)]
    for task in sorted(every, key=lambda each: (each.until, each.id)):
        if task.person.is_here:
            found[task.person.id].append(task)
    return dict(found)


def told(event: Event, tasks: Collection[Task]) -> None:
    """Write down that the owners of these tasks know them."""
    for _source, note in _SOURCES:
        note(event, tasks)


def waiting(tasks: dict[int, list[Task]]) -> set[int]:
    """Return who has a task that nobody told them, or that has changed since."""
    return {person_id for person_id, theirs in tasks.items() if any(not each.is_told for each in theirs)}
