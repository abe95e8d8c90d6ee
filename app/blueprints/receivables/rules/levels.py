"""Levels of reminding: which one a receivable has reached on a day, and when a reminder may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from app.models import PromiseState, ReminderBy, Tone

NOON = time(12, 0)


@dataclass(frozen=True)
class Level:
    """One level: so many days after the due date (before it when negative), how it is done, and how it speaks.

    `text` stands instead of the tone's wording; `task` is what a person does then (`person_id`; None: the rep).
    """

    days: int
    by: ReminderBy
    tone: Tone
    text: str = ""
    task: str = ""
    person_id: int | None = None


# What holds where an event has no levels of its own.
STANDARD = (
    Level(-3, ReminderBy.SMS, Tone.FRIENDLY),
    Level(0, ReminderBy.SMS, Tone.FRIENDLY),
    Level(3, ReminderBy.CALL, Tone.FRIENDLY),
    Level(7, ReminderBy.MAIL, Tone.FIRM),
    Level(15, ReminderBy.CALL, Tone.FIRM),
    Level(30, ReminderBy.MAIL, Tone.FINAL),
)


@dataclass(frozen=True)
class Due:
    """The level a receivable has reached; `is_raised` when a broken promise brought it there early."""

    level: Level
    is_raised: bool


def due(levels: Sequence[Level], days_late: int, promise: PromiseState | None) -> Due | None:
    """Return the level that holds so many days after the due date; None: nothing is said.

    A running promise pauses everything. A broken one raises the level by one, if there is a higher one.
    """
    if promise is PromiseState.RUNNING:
        return None
    ordered = sorted(levels, key=lambda level: level.days)
    reached = [place for place, level in enumerate(ordered) if level.days <= days_late]
    if not reached:
        return None
    place = reached[-1]
    if promise is PromiseState.BROKEN and place + 1 < len(ordered):
        return Due(ordered[place + 1], is_raised=True)
    return Due(ordered[place], is_raised=False)


def is_news(found: Due, reminded: Sequence[int]) -> bool:
    """Tell whether this level has not been used yet, nor a higher one."""
    return all(days < found.level.days for days in reminded)


def not_in_the_morning(moment: datetime, time_zone: str) -> datetime:
    """Return the moment, or noon of the same day where it is before."""
    here = moment.astimezone(ZoneInfo(time_zone))
    return max(moment, datetime.combine(here.date(), NOON, ZoneInfo(time_zone)).astimezone(moment.tzinfo))


def is_paused_by_day(today: date, due_on: date, pay_day: int | None) -> bool:
    """Tell whether a dealer who pays on one day of the month is still waited for: the pay day after the due date."""
    if pay_day is None or today < due_on:
        return False
    return today <= next_pay_day(due_on, pay_day)


def next_pay_day(after: date, pay_day: int) -> date:
    """Return the first pay day on or after a day; in short months the last day stands for those that are not there."""
    this_month = _in_month(after.year, after.month, pay_day)
    if this_month >= after:
        return this_month
    year, month = (after.year + 1, 1) if after.month == 12 else (after.year, after.month + 1)
    return _in_month(year, month, pay_day)


def _in_month(year: int, month: int, day: int) -> date:
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
