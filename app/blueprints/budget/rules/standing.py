"""What one expense counts for, from what has been written down about it."""

from dataclasses import dataclass
from decimal import Decimal

from app.models import ExpenseState

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Facts:
    """One expense. Sums are in the event's currency; invoices and payments taken back are left out.

    `approved` is how much has been consented to, `is_final` that no further invoice will come.
    """

    asked: Decimal
    approved: Decimal = NOTHING
    invoiced: Decimal = NOTHING
    paid: Decimal = NOTHING
    is_ordered: bool = False
    is_final: bool = False
    off: ExpenseState | None = None  # refused or cancelled


@dataclass(frozen=True)
class Standing:
    """What it counts for. Committed ends where actual begins, so together they count no sum twice."""

    state: ExpenseState
    requested: Decimal = NOTHING  # asked, and nobody has consented to it yet
    committed: Decimal = NOTHING  # consented to, and neither invoiced nor paid yet
    actual: Decimal = NOTHING  # invoiced or paid, whichever is more
    paid: Decimal = NOTHING
    owed: Decimal = NOTHING  # invoiced and not paid yet


def standing(facts: Facts) -> Standing:
    """Return what an expense counts for.

    A payment before its invoice (a deposit for the hall) and the invoice itself are the same money, so actual is the
    larger of both. What remains of the approved sum is committed until the final invoice says that nothing will come.
    """
    actual = max(facts.invoiced, facts.paid)
    if facts.off is not None:
        return Standing(facts.off, actual=actual, paid=facts.paid, owed=max(NOTHING, facts.invoiced - facts.paid))
    open_ = NOTHING if facts.is_final else max(NOTHING, facts.approved - actual)
    asked = NOTHING if facts.is_final else max(NOTHING, facts.asked - max(facts.approved, actual))
    return Standing(_state(facts), asked, open_, actual, facts.paid, max(NOTHING, facts.invoiced - facts.paid))


def _state(facts: Facts) -> ExpenseState:
    due = facts.invoiced if facts.is_final else max(facts.asked, facts.invoiced)
    if facts.paid > 0 and facts.paid >= due:
        return ExpenseState.PAID
    if facts.asked > facts.approved and not facts.is_final:
        return ExpenseState.REQUESTED
    if facts.invoiced > 0:
        return ExpenseState.INVOICED
    return ExpenseState.ORDERED if facts.is_ordered else ExpenseState.APPROVED
