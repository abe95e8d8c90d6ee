"""What came in for goods, as it counts for a sales target. Sums are exact decimals in one currency.

What counts is money that is at the bank and pays the price of goods. A deposit, earnest money, money paid to show
intent or in advance is no purchase: it goes back, or is kept, by rules of its own. Nor is what is given up, or owed on
another day. Money that went back takes the newest payment with it, so that a period long over keeps its figure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.blueprints.receivables.rules.sums import ZERO


@dataclass(frozen=True)
class Payment:
    """Confirmed money of one receipt for one receivable; `kept` is what is left of it after money went back."""

    receivable_id: int
    receipt_id: int
    received_on: date
    amount: Decimal
    kept: Decimal


def kept(payments: Iterable[Payment], gone: Mapping[int, Decimal]) -> list[Payment]:
    """Take what went back of each receivable (sums above zero, by its id) off its payments; oldest payment first."""
    rest = dict(gone)
    found = []
    for each in sorted(payments, key=lambda one: (one.received_on, one.receipt_id, one.receivable_id), reverse=True):
        taken = min(each.amount, rest.get(each.receivable_id, ZERO))
        if taken > ZERO:
            rest[each.receivable_id] -= taken
        found.append(replace(each, kept=each.amount - max(taken, ZERO)))
    return found[::-1]


def within(payments: Sequence[Payment], first: date, last: date) -> list[Payment]:
    """Return what was received from the first day to the last."""
    return [each for each in payments if first <= each.received_on <= last]


def figure(payments: Sequence[Payment], due: Iterable[date], first: date, last: date, today: date) -> Decimal | None:
    """Return what came in for goods in a period.

    None while the payments cannot know: nothing came, and no goods were to be paid in the period by yesterday.
    """
    counted = within(payments, first, last)
    if sum((each.amount for each in counted), ZERO) > ZERO:
        return sum((each.kept for each in counted), ZERO)
    return ZERO if any(first <= each <= last and each < today for each in due) else None
