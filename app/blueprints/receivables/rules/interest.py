"""Interest for paying late and the bonus for paying early: percent a day, simple, on what was open on each day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.blueprints.receivables.rules.sums import ZERO
from app.money import rounded

_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Terms:
    """What early and late payment is worth at an event. Rates are percent a day, the cap percent of the sum."""

    late_rate: Decimal = Decimal("0.05")
    grace_days: int = 0
    late_cap: Decimal = Decimal(30)
    early_rate: Decimal = Decimal("0.05")
    early_most_days: int = 30
    release_days: int = 60


STANDARD = Terms()


@dataclass(frozen=True)
class Paid:
    """Money that came on a day; below zero what was undone."""

    on: date
    amount: Decimal


@dataclass(frozen=True)
class Stretch:
    """Some days with one balance, and what they come to."""

    first: date  # the day from which it counts
    last: date
    days: int
    balance: Decimal
    sum: Decimal


@dataclass(frozen=True)
class Worked:
    """A sum worked out by rule: its stretches, the whole, what was booked of it before, and what is left to book."""

    stretches: tuple[Stretch, ...]
    whole: Decimal
    booked: Decimal
    is_capped: bool = False

    @property
    def left(self) -> Decimal:
        return max(ZERO, self.whole - self.booked)


def interest(
    amount: Decimal, due_on: date, paid: Sequence[Paid], terms: Terms, until: date, *, booked: Decimal, currency: str
) -> Worked:
    """Return the interest up to a day. The day a payment comes is the last that counts for it; no interest on interest.

    `booked` is what was charged before. The whole never goes beyond the cap.
    """
    start = due_on + timedelta(days=terms.grace_days)
    balance = amount - sum((each.amount for each in paid_by(paid, start)), ZERO)
    stretches, day = [], start
    for each in sorted((p for p in paid if start < p.on <= until), key=lambda p: p.on):
        stretches += _stretch(day, each.on, balance, terms.late_rate, currency)
        balance, day = balance - each.amount, each.on
    stretches += _stretch(day, until, balance, terms.late_rate, currency)
    total, most = sum((each.sum for each in stretches), ZERO), rounded(amount * terms.late_cap / _HUNDRED, currency)
    return Worked(tuple(stretches), min(total, most), booked, total > most)


def paid_by(paid: Sequence[Paid], day: date) -> list[Paid]:
    return [each for each in paid if each.on <= day]


def _stretch(first: date, last: date, balance: Decimal, rate: Decimal, currency: str) -> list[Stretch]:
    days = (last - first).days
    if days <= 0 or balance <= ZERO:
        return []
    return [Stretch(first, last, days, balance, rounded(balance * rate * days / _HUNDRED, currency))]


def bonus(due_on: date, paid: Sequence[Paid], terms: Terms, *, booked: Decimal, currency: str) -> Worked:
    """Return the bonus for what came before the due date, at most for so many days; money undone counts itself away."""
    stretches = []
    for each in sorted(paid, key=lambda p: p.on):
        days = min((due_on - each.on).days, terms.early_most_days)
        if days > 0:
            worth = rounded(each.amount * terms.early_rate * days / _HUNDRED, currency)
            stretches.append(Stretch(each.on, due_on, days, each.amount, worth))
    return Worked(tuple(stretches), max(ZERO, sum((each.sum for each in stretches), ZERO)), booked)
