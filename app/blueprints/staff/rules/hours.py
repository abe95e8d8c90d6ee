"""Who works when: overlaps, and hours a day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from app import clock

# More than this on one day is an alarm. The law allows eight plus overtime by consent; ten is what a conference day
# with set-up or tear-down takes, and what hired people are booked for at most.
LIMIT = timedelta(hours=10)


class Span(Protocol):
    """Anything with a start and an end."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


S = TypeVar("S", bound=Span)


@dataclass(frozen=True)
class Stretch:
    """A stretch of time, aware instants; the end does not belong to it."""

    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


def overlap(a: Span, b: Span) -> bool:
    """Tell whether two spans share time. One that begins when the other ends does not."""
    return a.starts_at < b.ends_at and b.starts_at < a.ends_at


def overlapping(a: Span, b: Span) -> Stretch:
    """Return the time that two overlapping spans share."""
    return Stretch(max(a.starts_at, b.starts_at), min(a.ends_at, b.ends_at))


def clashes(spans: Sequence[S]) -> list[tuple[S, S]]:
    """Return every pair that shares time, in order of time."""
    ordered = sorted(spans, key=lambda each: (each.starts_at, each.ends_at))
    found = []
    for place, first in enumerate(ordered):
        for second in ordered[place + 1 :]:
            if second.starts_at >= first.ends_at:
                break
            if overlap(first, second):
                found.append((first, second))
    return found


def merged(spans: Iterable[Span]) -> list[Stretch]:
    """Return the time covered as stretches that neither touch nor overlap."""
    found: list[Stretch] = []
    for each in sorted(spans, key=lambda span: (span.starts_at, span.ends_at)):
        if found and each.starts_at <= found[-1].ends_at:
            found[-1] = Stretch(found[-1].starts_at, max(found[-1].ends_at, each.ends_at))
        else:
            found.append(Stretch(each.starts_at, each.ends_at))
    return found


def of_days(spans: Sequence[S], time_zone: str) -> dict[date, list[S]]:
    """Return the spans by the calendar day of the zone that they count for, in order of time.

    Work that goes on over midnight belongs to the day it began on, as it does on a pay slip: a night from 20:00 to
    08:00 is twelve hours in a row, not four and eight.
    """
    days: dict[date, list[S]] = defaultdict(list)
    stretches = iter(merged(spans))
    stretch = next(stretches, None)
    for each in sorted(spans, key=lambda span: (span.starts_at, span.ends_at)):
        while stretch is not None and each.starts_at > stretch.ends_at:
            stretch = next(stretches, None)
        begins = each.starts_at if stretch is None else stretch.starts_at
        days[clock.local(begins, time_zone).date()].append(each)
    return dict(days)


def by_day(spans: Sequence[Span], time_zone: str) -> dict[date, timedelta]:
    """Return the time worked by day, real hours, each counted once however duties overlap."""
    return {day: total(of_day) for day, of_day in of_days(spans, time_zone).items()}


def over_limit(of_day: Sequence[S]) -> S | None:
    """Return the span with which a day's work, in order of time, passes the limit; None when it does not."""
    return next((each for at, each in enumerate(of_day, start=1) if total(of_day[:at]) > LIMIT), None)


def total(spans: Iterable[Span]) -> timedelta:
    """Return the time worked in all."""
    return sum((stretch.length for stretch in merged(spans)), timedelta())
