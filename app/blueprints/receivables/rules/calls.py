"""Whom to call next about money, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from app.blueprints.receivables.rules.levels import next_pay_day
from app.models import PromiseState

SOON = 3  # days before the due date from which a friendly call is worthwhile


class Why(StrEnum):
    """Why a dealer is called, the most pressing first."""

    BROKEN = "broken"
    AGREED = "agreed"  # a call for today was agreed
    OVERDUE = "overdue"
    SOON = "soon"
    PAUSED = "paused"  # a promise runs, or another day was agreed


@dataclass(frozen=True)
class Facts:
    """What is known of one open sum on a day."""

    id: int
    open_amount: Decimal
    days_late: int
    promise: PromiseState | None = None
    next_call_on: date | None = None
    called_today: bool = False


def why(facts: Facts, today: date) -> Why | None:
    """Return why somebody calls about it; None: there is no need yet."""
    if facts.promise is PromiseState.RUNNING or facts.called_today:
        return Why.PAUSED
    if facts.next_call_on is not None:
        return Why.PAUSED if facts.next_call_on > today else Why.AGREED
    if facts.promise is PromiseState.BROKEN:
        return Why.BROKEN
    if facts.days_late > 0:
        return Why.OVERDUE
    return Why.SOON if facts.days_late >= -SOON else None


def order(facts: Iterable[Facts], today: date) -> list[tuple[Why, Facts]]:
    """Return whom to call, in this order: the reason, then the larger sum, then the longer wait."""
    places = list(Why)
    found = [(reason, each) for each in facts if (reason := why(each, today)) is not None]
    return sorted(found, key=lambda pair: (places.index(pair[0]), -pair[1].open_amount, -pair[1].days_late, pair[1].id))


def offers(today: date, pay_day: int | None) -> list[date]:
    """Return the days a promise is mostly for: tomorrow, in three days, in a week, the dealer's pay day."""
    days = {today + timedelta(days=number) for number in (1, 3, 7)}
    if pay_day is not None:
        days.add(next_pay_day(today + timedelta(days=1), pay_day))
    return sorted(days)
