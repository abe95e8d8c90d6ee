"""On which days the figures of an event are kept."""

from collections.abc import Collection
from datetime import datetime, time, timedelta

from app import clock

DAYS = (0, 7, 30, 60, 90)  # after the event's last day
AT = time(23, 30)  # by the clock of its place: the day's own receipts are in
GIVEN_UP_AFTER = 30  # days; figures of a day so long gone would not be that day's


def due_at(ends_at: datetime, zone: str, days: int) -> datetime:
    """Return when the figures of a day are to be taken."""
    last = clock.local(ends_at, zone).date()
    return max(ends_at, clock.instant(last + timedelta(days=days), AT, zone))


def due(ends_at: datetime, zone: str, taken: Collection[int], now: datetime) -> int | None:
    """Return the day whose figures are to be taken now, None when there is none.

    A day that was missed (the worker stood still, the program came later) is not made up for once the next one has
    come: its figures would be those of another day.
    """
    past = [days for days in DAYS if due_at(ends_at, zone, days) <= now]
    if not past or past[-1] in taken:
        return None
    if now - due_at(ends_at, zone, past[-1]) > timedelta(days=GIVEN_UP_AFTER):
        return None
    return past[-1]
