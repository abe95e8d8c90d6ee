"""Who is here. A person is checked in once a day of duty, from a while before the first shift of that day on."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from app import clock
from app.models import DutyState

# Who comes early for a shift shortly after midnight has come for it, not for the day before.
EARLY = timedelta(hours=6)
SOON = timedelta(hours=1)


class Timed(Protocol):
    """Anything with a start and an end."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


T = TypeVar("T", bound=Timed)


class Presence(StrEnum):
    """How it stands with one person, those who need a call first."""

    MISSING = "missing"  # the first shift of the day has begun, and the grace is over
    DUE = "due"  # the first shift begins within the hour, or has just begun
    LATER = "later"
    STANDBY = "standby"  # has only deputies' duties on that day: comes when called
    HERE = "here"
    OVER = "over"  # no duty any more


def day_of(shift: Timed, zone: str) -> date:
    """Return the day a shift belongs to: the one it begins on, also when it passes midnight."""
    return clock.local(shift.starts_at, zone).date()


def duty_day(shifts: Sequence[T], at: datetime, zone: str) -> list[T]:
    """Return a person's shifts of the day that counts now, in order of time: that of the first one not over yet."""
    ordered = sorted(shifts, key=lambda each: (each.starts_at, each.ends_at))
    ahead = next((each for each in ordered if each.ends_at > at), None)
    if ahead is None:
        return []
    return [each for each in ordered if day_of(each, zone) == day_of(ahead, zone)]


def counts_from(first: Timed, zone: str) -> datetime:
    """Return from when on a check-in counts for the day that this shift begins: its midnight, or well before it."""
    midnight = clock.local(first.starts_at, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return min(clock.instant(midnight.date(), midnight.time(), zone), first.starts_at - EARLY)


def is_here(arrived_at: datetime | None, first: Timed, zone: str) -> bool:
    """Tell whether somebody who was checked in then is here for the day that this shift begins."""
    return arrived_at is not None and arrived_at >= counts_from(first, zone)


def presence(
    day: Sequence[Timed], arrived_at: datetime | None, now: datetime, zone: str, grace: timedelta, *, stands_by: bool
) -> Presence:
    """Say how it stands with a person whose day of duty this is; `stands_by` when all of it is a deputy's."""
    if not day:
        return Presence.OVER
    first = day[0]
    if is_here(arrived_at, first, zone):
        return Presence.HERE
    if stands_by:
        return Presence.STANDBY
    if now >= first.starts_at + grace:
        return Presence.MISSING
    return Presence.DUE if now >= first.starts_at - SOON else Presence.LATER


def may_come(states: Sequence[DutyState]) -> bool:
    """Tell whether somebody with duties in these states is expected: not everything was refused."""
    return any(state is not DutyState.REFUSED for state in states)
