"""In which order the dealers sign: lead signers first, in front of everybody. Values in, verdict out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Signer:
    """A contract that is to be signed in the hall."""

    contract_id: int
    is_lead: bool
    position: int | None
    total: Decimal
    name: str


def ordered(signers: Iterable[Signer]) -> list[Signer]:
    """Return them as they stand: those with a place by place, the others after them as proposed."""
    placed = sorted((each for each in signers if each.position is not None), key=lambda each: each.position or 0)
    return [*placed, *proposed(each for each in signers if each.position is None)]


def proposed(signers: Iterable[Signer]) -> list[Signer]:
    """Return a proposal: lead signers first, in each group the largest contract first, equal ones by name."""
    return sorted(signers, key=lambda each: (not each.is_lead, -each.total, each.name, each.contract_id))


def moved(order: Sequence[int], contract_id: int, step: int) -> list[int]:
    """Return the order with one contract moved up (-1) or down (+1); at an end it stays."""
    if contract_id not in order:
        return list(order)
    here = order.index(contract_id)
    there = min(max(here + step, 0), len(order) - 1)
    rest = [each for each in order if each != contract_id]
    return [*rest[:there], contract_id, *rest[there:]]


def merged(order: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """Return `wanted` limited to what is there, with those it does not name after it in their old order."""
    named = [each for each in dict.fromkeys(wanted) if each in order]
    return [*named, *(each for each in order if each not in named)]
