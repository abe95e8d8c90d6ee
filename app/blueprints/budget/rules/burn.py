"""What was bound and spent by when, so that the last point is what the budget shows today."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

NOTHING = Decimal(0)


@dataclass
class Story:
    """One expense: what was consented to and when, its invoices (with whether each was final), its payments."""

    decided_at: datetime
    approved: Decimal
    invoices: list[tuple[datetime, Decimal, bool]] = field(default_factory=list)
    payments: list[tuple[datetime, Decimal]] = field(default_factory=list)


@dataclass(frozen=True)
class Point:
    """The end of a day. `bound` is committed and actual together."""

    day: date
    bound: Decimal
    actual: Decimal


Step = tuple[datetime, Decimal, Decimal]  # when, by how much more is bound, and by how much more is actual


def steps(story: Story) -> list[Step]:
    """Return how one expense moved the figures; together they are what it counts for, as `rules.standing` says."""
    moves: list[tuple[datetime, int, Decimal, bool]] = [(story.decided_at, 0, story.approved, False)]
    moves += [(at, 1, amount, is_final) for at, amount, is_final in story.invoices]
    moves += [(at, 2, amount, False) for at, amount in story.payments]
    sums, is_final = [NOTHING, NOTHING, NOTHING], False
    bound = actual = NOTHING
    found = []
    for at, what, amount, final in sorted(moves, key=lambda move: move[:2]):
        sums[what] += amount
        is_final = is_final or final
        now = max(sums[1], sums[2])
        then = now if is_final else max(sums[0], now)
        if (then, now) != (bound, actual):
            found.append((at, then - bound, now - actual))
        bound, actual = then, now
    return found


def points(moves: Iterable[Step], day_of: Callable[[datetime], date]) -> list[Point]:
    """Return where the figures stood at the end of each day on which one of them moved."""
    by_day: dict[date, list[Decimal]] = defaultdict(lambda: [NOTHING, NOTHING])
    for at, bound, actual in moves:
        of = by_day[day_of(at)]
        of[0] += bound
        of[1] += actual
    found, bound, actual = [], NOTHING, NOTHING
    for day in sorted(by_day):
        bound, actual = bound + by_day[day][0], actual + by_day[day][1]
        found.append(Point(day, bound, actual))
    return found


def at(course: Sequence[Point], day: date) -> Point:
    """Return where the figures stood at the end of a day."""
    before = [each for each in course if each.day <= day]
    return before[-1] if before else Point(day, NOTHING, NOTHING)
