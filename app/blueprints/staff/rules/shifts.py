"""The shifts of the standard day, and where a shift goes when its event moves."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app import clock
from app.blueprints.events.rules.dates import Start, days_moved
from app.blueprints.staff.rules.hours import Stretch

SET_UP = (time(14, 0), time(18, 0))  # on the day before
RECEPTION = timedelta(minutes=60)  # before the doors have to be open
SIGNING = timedelta(minutes=90)  # at most; never more than a quarter of the day
TEAR_DOWN = timedelta(minutes=90)
DAY_WITHOUT_END = timedelta(hours=8)  # of an event over several days, where its last day ends before its first began
ONE_SITTING = timedelta(hours=16)  # longer than this is more than one day
MOST_DAYS = 14  # of an event whose end was mistyped nobody wants two hundred receptions


class Part(StrEnum):
    """A part of the standard day."""

    SET_UP = "set_up"
    RECEPTION = "reception"
    CONFERENCE = "conference"
    SIGNING = "signing"
    TEAR_DOWN = "tear_down"


@dataclass(frozen=True)
class StandardShift:
    """A shift of the standard day. `day` counts from 1; 0 is the day before."""

    part: Part
    day: int
    starts_at: datetime
    ends_at: datetime

    @property
    def key(self) -> str:
        return self.part.value if self.day <= 1 or self.part in _ONCE else f"{self.part.value}_{self.day}"


_ONCE = {Part.SET_UP, Part.SIGNING, Part.TEAR_DOWN}


def standard_shifts(starts_at: datetime, ends_at: datetime, time_zone: str) -> list[StandardShift]:
    """Return set-up the afternoon before, reception and conference of each day, signing at the end, and tear-down.

    They touch, but never overlap, so that one person may hold a role all day without being in two places at once.
    """
    first_day = clock.local(starts_at, time_zone).date()
    before = first_day - timedelta(days=1)
    found = [
        StandardShift(
            Part.SET_UP, 0, clock.instant(before, SET_UP[0], time_zone), clock.instant(before, SET_UP[1], time_zone)
        )
    ]
    days = _days(starts_at, ends_at, time_zone)
    for number, day in enumerate(days, start=1):
        is_last = number == len(days)
        signing = _signing(day) if is_last else timedelta()
        found.append(StandardShift(Part.RECEPTION, number, day.starts_at - RECEPTION, day.starts_at))
        found.append(StandardShift(Part.CONFERENCE, number, day.starts_at, day.ends_at - signing))
        if is_last:
            found.append(StandardShift(Part.SIGNING, number, day.ends_at - signing, day.ends_at))
            found.append(StandardShift(Part.TEAR_DOWN, number, day.ends_at, day.ends_at + TEAR_DOWN))
    return found


def _signing(day: Stretch) -> timedelta:
    return min(SIGNING, day.length / 4)


def _days(starts_at: datetime, ends_at: datetime, time_zone: str) -> list[Stretch]:
    """Return the sessions of an event, one a day; an evening that ends after midnight is one."""
    if ends_at - starts_at <= ONE_SITTING:
        return [Stretch(starts_at, ends_at)]
    opens, closes = clock.local(starts_at, time_zone), clock.local(ends_at, time_zone)
    found = []
    for number in range(min((closes.date() - opens.date()).days + 1, MOST_DAYS)):
        day = opens.date() + timedelta(days=number)
        begins = starts_at if number == 0 else clock.instant(day, opens.time(), time_zone)
        if begins >= ends_at:
            break
        finish = clock.instant(day, closes.time(), time_zone)
        finish = finish if finish - begins > timedelta(hours=1) else begins + DAY_WITHOUT_END
        found.append(Stretch(begins, min(finish, ends_at)))
    return found


def moved(shift: Stretch, before: Start, after: Start) -> Stretch:
    """Return where a shift goes when its event moves: as many days, at the same hour of the clock on the wall.

    A shift on the day of the start goes along with its hour as well: reception an hour before the doors stays that,
    while set-up on the afternoon before stays in the afternoon. Where a clock change leaves nothing in between, the
    shift keeps its length instead of its end.
    """
    days = days_moved(before, after)
    begins, ends = clock.local(shift.starts_at, before.time_zone), clock.local(shift.ends_at, before.time_zone)
    later = _wall(after) - _wall(before) if begins.date() == before.day else timedelta(days=days)
    starts_at = _instant(begins.replace(tzinfo=None) + later, after.time_zone)
    ends_at = _instant(ends.replace(tzinfo=None) + later, after.time_zone)
    return Stretch(starts_at, ends_at if ends_at > starts_at else starts_at + shift.length)


def _wall(start: Start) -> datetime:
    """The start as the clock on the wall shows it, for reckoning on the calendar."""
    return clock.local(start.at, start.time_zone).replace(tzinfo=None)


def _instant(wall: datetime, time_zone: str) -> datetime:
    day: date = wall.date()
    return clock.instant(day, wall.time(), time_zone)


def is_laid_out_for(for_start_at: datetime, for_time_zone: str, start: Start) -> bool:
    """Tell whether a shift was laid out for the start that its event has now."""
    return for_start_at == start.at and for_time_zone == start.time_zone
