"""What is in force today of a contract and its amendments, and from which document. Values in, verdict out.

Amendments come in the order in which they were signed. An amendment changes the last day, the tier and the conditions
where it says something else than what was in force before; its sums and territories come on top.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from app.models import ContractState, Tier

S = ContractState
COUNTED = frozenset({S.SIGNED, S.COUNTERSIGNED, S.FILED, S.ENDED})  # signed by the dealer, and not void
REPLACED = ("ends_on", "tier", "discount_percent", "rebate_percent", "credit_days", "deposit_refund")
ADDED = ("total", "deposit")


@dataclass(frozen=True)
class Paper:
    """A contract or amendment as far as this looks at it."""

    id: int
    number: str
    state: ContractState
    starts_on: date | None
    ends_on: date | None
    tier: Tier
    total: Decimal
    deposit: Decimal
    discount_percent: Decimal
    rebate_percent: Decimal
    credit_days: int
    deposit_refund: str
    territories: Sequence[str] = ()


@dataclass
class Term:
    """One term as it is in force, and the papers it comes from, the first one first."""

    name: str
    value: Any
    papers: list[Paper] = field(default_factory=list)

    @property
    def source(self) -> Paper:
        return self.papers[-1]

    @property
    def is_amended(self) -> bool:
        return len(self.papers) > 1


def changes(before: Paper, amendment: Paper) -> dict[str, tuple[Any, Any]]:
    """Return what an amendment changes of what was in force before it: name -> (before, after)."""
    found: dict[str, tuple[Any, Any]] = {}
    for name in REPLACED:
        was, says = getattr(before, name), getattr(amendment, name)
        if says not in (None, "") and says != was:
            found[name] = (was, says)
    for name in ADDED:
        more = getattr(amendment, name)
        if more:
            found[name] = (getattr(before, name), getattr(before, name) + more)
    if new := [each for each in amendment.territories if each not in before.territories]:
        found["territories"] = (tuple(before.territories), (*before.territories, *new))
    return found


def in_force(papers: Sequence[Paper]) -> list[Term]:
    """Return the terms of the whole, the contract first and its amendments in the order of their signing."""
    first, *rest = papers
    terms = {
        name: Term(name, getattr(first, name), [first]) for name in ("starts_on", *REPLACED, *ADDED, "territories")
    }
    now = first
    for amendment in rest:
        if amendment.state not in COUNTED:
            continue
        for name, (_was, value) in changes(now, amendment).items():
            terms[name].value = value
            terms[name].papers.append(amendment)
        now = Paper(**{**vars(now), **{name: terms[name].value for name in terms}})
    return list(terms.values())
