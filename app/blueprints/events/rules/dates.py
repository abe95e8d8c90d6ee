"""What moves when an event moves, and when the things that hang on its start are due.

Days are counted on the calendar of the event's own time zone, so a move across a clock change or to another zone
keeps "three days before at ten" what it is.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app import clock


@dataclass(frozen=True)
class Start:
    """When and in which IANA time zone an event starts."""

    at: datetime
    time_zone: str

    @property
    def day(self) -> date:
        return clock.local(self.at, self.time_zone).date()


def days_moved(before: Start, after: Start) -> int:
    """Return by how many calendar days the event moves; later is positive."""
    return (after.day - before.day).days


def moved_day(day: date, before: Start, after: Start) -> date:
    """Return a milestone's day after the move: as far from the event's day as it was."""
    return day + timedelta(days=days_moved(before, after))


def moved_instant(instant: datetime, before: Start, after: Start) -> datetime:
    """Return an instant after the move: as many days from the event's day, at the same wall-clock time."""
    local = clock.local(instant, before.time_zone)
    moved = local.date() + timedelta(days=days_moved(before, after))
    return clock.instant(moved, local.time(), after.time_zone)


def due_day(start: Start, offset_days: int, not_before: date | None = None) -> date:
    """Return the day of a template row: so many days from the event, but not before the given day.

    A planner who starts late has everything to do on the first day; nothing has been missed yet.
    """
    day = start.day + timedelta(days=offset_days)
    return day if not_before is None else max(day, not_before)


def round_due_at(start: Start, days_before: int, at: time) -> datetime:
    """Return the instant at which everybody is asked again."""
    return clock.instant(start.day - timedelta(days=days_before), at, start.time_zone)


@dataclass(frozen=True)
class Move:
    """What a change of date or zone takes along, shown before it is done."""

    before: Start
    after: Start
    milestones: int  # undone ones
    round_before: datetime
    round_after: datetime
    round_was_asked: bool  # guests have been asked for the old date
    replies_before: datetime | None  # None: replies close when the event starts
    replies_after: datetime | None
    guests_told: int  # guests who know the old date

    @property
    def days(self) -> int:
        return days_moved(self.before, self.after)
