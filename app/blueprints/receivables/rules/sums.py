"""Balances, ages and proposals. Sums are exact decimals in one currency."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.models import AgeBucket, PaymentKind, ReceivableState

ZERO = Decimal(0)
EARNEST_LIMIT = Decimal("0.2")  # of the contract's sum: Civil Code of the PRC, art. 586
_LAST_DAYS = ((0, AgeBucket.NOT_DUE), (30, AgeBucket.UP_TO_30), (60, AgeBucket.UP_TO_60), (90, AgeBucket.UP_TO_90))


def days_late(due_on: date, today: date) -> int:
    """Return how many days something has been due; below zero before the day."""
    return (today - due_on).days


def bucket(due_on: date, today: date) -> AgeBucket:
    """Return the age of what is open: 1-30, 31-60, 61-90 or more days after the due date."""
    late = days_late(due_on, today)
    return next((each for last, each in _LAST_DAYS if late <= last), AgeBucket.OVER_90)


def state(amount: Decimal, settled: Decimal, due_on: date, today: date, *, is_cancelled: bool) -> ReceivableState:
    """Return where a receivable stands on a day. A part payment leaves it as due or overdue as it was."""
    if is_cancelled:
        return ReceivableState.CANCELLED
    if settled >= amount:
        return ReceivableState.SETTLED
    late = days_late(due_on, today)
    if late > 0:
        return ReceivableState.OVERDUE
    return ReceivableState.UPCOMING if late else ReceivableState.DUE_TODAY


@dataclass(frozen=True)
class OpenItem:
    """A receivable as a proposal sees it."""

    id: int
    due_on: date
    open_amount: Decimal


@dataclass(frozen=True)
class Share:
    """So much of a receipt for one receivable."""

    receivable_id: int
    amount: Decimal


def propose(free: Decimal, items: Iterable[OpenItem], named: int | None = None) -> list[Share]:
    """Divide free money over open items: the named one first, then the oldest due; never more than is open.

    What is left over stays free on the receipt.
    """
    order = sorted(items, key=lambda item: (item.id != named, item.due_on, item.id))
    shares = []
    for item in order:
        part = min(free, item.open_amount)
        if part > ZERO:
            shares.append(Share(item.id, part))
            free -= part
    return shares


def is_too_much_earnest(kind: PaymentKind, amount: Decimal, contract_total: Decimal) -> bool:
    """Tell whether earnest money (定金) is above a fifth of the contract; what is above has not its effect."""
    return kind is PaymentKind.EARNEST and amount > contract_total * EARNEST_LIMIT
