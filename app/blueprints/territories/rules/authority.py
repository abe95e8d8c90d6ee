"""How far a role may go by itself in the terms of a contract."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import NamedTuple

from app.access import Role
from app.models import Term

Limits = Mapping[tuple[Role, Term], Decimal]

_REP, _MANAGER, _DIRECTOR = Role.SALES_REP, Role.SALES_MANAGER, Role.DIRECTOR
_ALL = Decimal("99999999999")

# What holds where the company has set nothing of its own. A role without a row goes nowhere by itself.
STANDARD: Limits = {
    (_REP, Term.DISCOUNT): Decimal(3),
    (_REP, Term.REBATE): Decimal(2),
    (_REP, Term.CREDIT_DAYS): Decimal(30),
    (_REP, Term.DEPOSIT): Decimal(0),
    (_REP, Term.EXCLUSIVE): Decimal(0),
    (_REP, Term.AMOUNT): Decimal(500_000),
    (_MANAGER, Term.DISCOUNT): Decimal(8),
    (_MANAGER, Term.REBATE): Decimal(5),
    (_MANAGER, Term.CREDIT_DAYS): Decimal(60),
    (_MANAGER, Term.DEPOSIT): Decimal(50),
    (_MANAGER, Term.EXCLUSIVE): Decimal(1),
    (_MANAGER, Term.AMOUNT): Decimal(2_000_000),
    (_DIRECTOR, Term.DISCOUNT): Decimal(100),
    (_DIRECTOR, Term.REBATE): Decimal(100),
    (_DIRECTOR, Term.CREDIT_DAYS): Decimal(3_650),
    (_DIRECTOR, Term.DEPOSIT): Decimal(100),
    (_DIRECTOR, Term.EXCLUSIVE): Decimal(1),
    (_DIRECTOR, Term.AMOUNT): _ALL,
}

TERMS = (Term.DISCOUNT, Term.REBATE, Term.CREDIT_DAYS, Term.DEPOSIT, Term.EXCLUSIVE, Term.AMOUNT)
ROLES = (_REP, _MANAGER, _DIRECTOR)  # those whose limits are set; everybody else has none


class Beyond(NamedTuple):
    """A term that goes further than the roles allow."""

    term: Term
    asked: Decimal
    limit: Decimal


def limit_of(limits: Limits, roles: Collection[Role], term: Term) -> Decimal:
    """Return how far somebody with these roles may go: as far as the most powerful of them."""
    return max((limits.get((role, term), Decimal(0)) for role in roles), default=Decimal(0))


def beyond(limits: Limits, roles: Collection[Role], terms: Mapping[Term, Decimal]) -> list[Beyond]:
    """Return which terms go beyond what the roles allow, in the order of `TERMS`.

    Exactly the limit is allowed. A term of nothing (no discount, no credit) needs no authority. Percents are percents,
    credit is in days, the amount in the event's currency.
    """
    found = []
    for term in TERMS:
        asked, limit = terms.get(term, Decimal(0)), limit_of(limits, roles, term)
        if asked > 0 and asked > limit:
            found.append(Beyond(term, asked, limit))
    return found
