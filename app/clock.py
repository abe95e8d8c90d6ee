"""The one place that knows what time it is.

Everything asks ``clock.now()``, so a test or the ``rehearse`` command can stand at another moment.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def _system() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return _source()


def today(time_zone: str) -> date:
    """Return the calendar day in the named IANA time zone."""
    return now().astimezone(ZoneInfo(time_zone)).date()


def local(instant: datetime, time_zone: str) -> datetime:
    """Return the same instant as wall-clock time of the named IANA time zone."""
    return instant.astimezone(ZoneInfo(time_zone))


def instant(day: date, at: time, time_zone: str) -> datetime:
    """Return the UTC instant of a wall-clock time. A time that a clock change skips moves forward by the gap."""
    return datetime.combine(day, at, ZoneInfo(time_zone)).astimezone(UTC)


_LATEST = 4_102_444_800_000  # the year 2100, in milliseconds


def of_device(value: object) -> datetime | None:
    """Return the instant of so many milliseconds since 1970, None for anything else: a time is never worth a loss."""
    if isinstance(value, str) and value.isdecimal() and len(value) < 15:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LATEST:
        return None
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=value)


def corrected(at: datetime | None, device_now: datetime | None, ours: datetime) -> datetime:
    """Return when something happened by our clock.

    A device tells its time along with what was done on it; what its clock is off by is taken off. So a clock that is
    hours wrong puts nobody's count before or after another's. Nothing happens later than now.
    """
    if at is None:
        return ours
    if device_now is not None:
        at += ours - device_now
    return min(at, ours)


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Let the whole process stand at one moment, for tests and rehearsals."""
    with source(lambda: moment.astimezone(UTC)):
        yield


@contextmanager
def source(replacement: Callable[[], datetime]) -> Iterator[None]:
    """Ask ``replacement`` for the time while the block runs."""
    global _source
    previous = _source
    _source = replacement
    try:
        yield
    finally:
        _source = previous
