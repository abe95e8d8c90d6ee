"""How a sum would be booked on what a dealer owes: exactly one receivable, all of them, or the oldest first."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from app.blueprints.receivables.bank.rules.known import Incoming, Open, Plan, Reason
from app.blueprints.receivables.rules.sums import ZERO, OpenItem, Share, propose

MOST_ITEMS = 8  # of a dealer, within which sums of several are looked for
MOST_ADDED = 3  # receivables added up to find a sum


def on_one(item: Open, reasons: Sequence[Reason]) -> Plan:
    """Book on one receivable exactly what is open there."""
    return Plan(item.dealer_id, shares=(Share(item.id, item.amount),), reasons=tuple(reasons))


def on_all(items: Sequence[Open], reasons: Sequence[Reason]) -> Plan:
    return Plan(items[0].dealer_id, shares=tuple(Share(item.id, item.amount) for item in items), reasons=tuple(reasons))


def equal(items: Sequence[Open], amount: Decimal) -> list[Open]:
    """Return the receivables of exactly this sum, oldest due first."""
    return sorted((item for item in items if item.amount == amount), key=lambda item: (item.due_on, item.id))


def are_in_order(items: Sequence[Open]) -> bool:
    """Whether equal instalments follow one another, so that the oldest is meant: one contract, one kind, other days."""
    first = items[0]
    alike = all(item.contract == first.contract and item.kind == first.kind for item in items)
    return alike and len({item.due_on for item in items}) == len(items)


def sums(items: Sequence[Open], amount: Decimal) -> list[tuple[Open, ...]]:
    """Return the ways to reach a sum by two or three receivables, or by all."""
    found: list[tuple[Open, ...]] = []
    if len(items) <= MOST_ITEMS:
        for count in range(2, min(MOST_ADDED, len(items)) + 1):
            found += [each for each in combinations(items, count) if sum(item.amount for item in each) == amount]
    if len(items) > MOST_ADDED and sum(item.amount for item in items) == amount:
        found.append(tuple(items))
    return found


def oldest_first(row: Incoming, dealer_id: int, items: Sequence[Open], said: Sequence[Reason]) -> Plan:
    """Book as far as it goes, oldest due first; what is left over stays free on the receipt."""
    shares = propose(row.amount, [OpenItem(item.id, item.due_on, item.amount) for item in items])
    whole = sum((item.amount for item in items), ZERO)
    if not items:
        why: Reason = ("owes_nothing", "")
    elif row.amount > whole:
        why = ("over", f"{row.amount - whole:.2f}")
    elif len(shares) == 1:
        why = ("part", "")
    else:
        why = ("spread", str(len(shares)))
    return Plan(dealer_id, shares=tuple(shares), reasons=(*said, why))
