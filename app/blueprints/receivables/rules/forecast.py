"""When open money is to be expected: by promise, by how the dealer pays, or by the due date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from statistics import median

from app.blueprints.receivables.rules.levels import next_pay_day
from app.blueprints.receivables.rules.sums import ZERO

WEEKS = 12
_ENOUGH = 2  # payments from which a habit is believed


class Basis(StrEnum):
    """What the day is taken from."""

    PROMISE = "promise"
    DUE = "due"
    HABIT = "habit"
    NONE = "none"  # overdue, and nobody knows


@dataclass(frozen=True)
class Expected:
    """So much on a day; without a day nobody knows when."""

    receivable_id: int
    amount: Decimal
    on: date | None
    basis: Basis


@dataclass(frozen=True)
class Item:
    """An open sum, and what is known about when it comes."""

    id: int
    open_amount: Decimal
    due_on: date
    promised: Decimal = ZERO  # of a running promise, less what came of it
    promised_on: date | None = None
    pay_day: int | None = None
    usual_delay: int | None = None


def usual_delay(delays: Sequence[int]) -> int | None:
    """Return how many days after the due date a dealer usually pays; None: too little is known."""
    return max(0, round(median(delays))) if len(delays) >= _ENOUGH else None


def expect(item: Item, today: date) -> list[Expected]:
    """Return when an open sum is expected: what was promised on that day, the rest as the dealer pays."""
    found, rest = [], item.open_amount
    if item.promised_on is not None and item.promised_on >= today:
        part = min(item.promised, rest)
        if part > ZERO:
            found.append(Expected(item.id, part, item.promised_on, Basis.PROMISE))
            rest -= part
    if rest > ZERO:
        on, basis = _day(item, today)
        found.append(Expected(item.id, rest, on, basis))
    return found


def _day(item: Item, today: date) -> tuple[date | None, Basis]:
    on = item.due_on + timedelta(days=item.usual_delay or 0)
    basis = Basis.HABIT if item.usual_delay else Basis.DUE
    if item.pay_day is not None:
        return next_pay_day(max(on, today), item.pay_day), Basis.HABIT
    return (on, basis) if on >= today else (None, Basis.NONE)


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
