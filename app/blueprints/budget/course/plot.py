"""The burn of a budget as lines to draw: points in a box of 1000 by 100, from left to right and from the bottom up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from app.blueprints.budget.rules import burn
from app.blueprints.budget.rules.burn import Point

WIDE, HIGH = 1000, 100
NICE = tuple(Decimal(text) for text in ("1", "1.2", "1.6", "2", "2.4", "3", "4", "5", "6", "8", "10"))


@dataclass(frozen=True)
class Tick:
    """A mark on an axis, in percent of it."""

    at: float
    value: Decimal | date


@dataclass(frozen=True)
class Plot:
    """Three lines, the day of the event, and the marks of both axes. `table` are the figures at the marked days."""

    bound: str
    actual: str
    area: str
    plan: str
    event_at: float | None
    today_at: float | None
    sums: Sequence[Tick]
    days: Sequence[Tick]
    table: Sequence[tuple[date, Decimal, Decimal, Decimal]]


def plot(course: Sequence[Point], plans: Sequence[tuple[date, Decimal]], event_day: date, today: date) -> Plot | None:
    """Return the plot from the first day something was planned or bound until today or the event; None for nothing."""
    days = [point.day for point in course] + [day for day, _amount in plans]
    if not days:
        return None
    first, last = min(days), max(*days, min(today, event_day + timedelta(days=30)), event_day)
    last += timedelta(days=max(2, (last - first).days // 20))
    length = (last - first).days
    top = _top(max([point.bound for point in course] + [amount for _day, amount in plans]))
    until = max(min(today, last), *days)

    def x(day: date) -> float:
        return round((day - first).days / length * WIDE, 2)

    def y(amount: Decimal) -> float:
        return round(HIGH - float(amount / top) * HIGH, 2)

    def stairs(values: Sequence[tuple[date, Decimal]]) -> str:
        parts, before = [], y(Decimal(0))
        for day, amount in values:
            parts += [f"{x(day)},{before}", f"{x(day)},{y(amount)}"]
            before = y(amount)
        return " ".join([*parts, f"{x(until)},{before}"]) if parts else ""

    actual = stairs([(point.day, point.actual) for point in course])
    marks = sorted({first + timedelta(days=round(length * place / 5)) for place in range(6)})
    return Plot(
        bound=stairs([(point.day, point.bound) for point in course]),
        actual=actual,
        area=f"{x(course[0].day)},{HIGH} {actual} {x(until)},{HIGH}" if course else "",
        plan=stairs(plans),
        event_at=x(event_day) / WIDE * 100,
        today_at=x(today) / WIDE * 100 if first <= today <= last else None,
        sums=[Tick(y(top * place / 4), top * place / 4) for place in range(5)],
        days=[Tick(x(day) / WIDE * 100, day) for day in marks],
        table=[_row(course, plans, day) for day in _days_of_table(course, plans, until)],
    )


def _top(most: Decimal) -> Decimal:
    """Return the next round number above, four steps of which can be read."""
    if most <= 0:
        return Decimal(1000)
    unit = Decimal(10) ** (most.adjusted())
    share = (most / unit).quantize(Decimal("0.01"), ROUND_CEILING)
    return next(nice for nice in NICE if nice >= share) * unit


def _days_of_table(course: Sequence[Point], plans: Sequence[tuple[date, Decimal]], until: date) -> list[date]:
    """At most fourteen days on which something moved, and the last one."""
    days = sorted({point.day for point in course} | {day for day, _amount in plans} | {until})
    if len(days) <= 14:
        return days
    step = len(days) / 13
    return sorted({days[int(place * step)] for place in range(13)} | {days[-1]})


def _row(
    course: Sequence[Point], plans: Sequence[tuple[date, Decimal]], day: date
) -> tuple[date, Decimal, Decimal, Decimal]:
    point = burn.at(course, day)
    planned = [amount for since, amount in plans if since <= day]
    return day, planned[-1] if planned else Decimal(0), point.bound, point.actual
