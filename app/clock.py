"""The one place that knows what time it is.

Everything asks ``clock.now()``, so a test or the ``rehearse`` command can stand at another moment.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
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
