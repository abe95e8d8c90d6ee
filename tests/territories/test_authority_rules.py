"""How far a role may go: at the limit, one step beyond, with several roles, with none."""

from decimal import Decimal

import pytest

from app.access import Role
from app.blueprints.territories.rules.authority import STANDARD, beyond
from app.models import Term

D = Decimal
REP, MANAGER, DIRECTOR = Role.SALES_REP, Role.SALES_MANAGER, Role.DIRECTOR


@pytest.mark.parametrize(
    ("roles", "terms", "expected"),
    [
        ([REP], {Term.DISCOUNT: D(3)}, []),
        ([REP], {Term.DISCOUNT: D("3.01")}, [(Term.DISCOUNT, D("3.01"), D(3))]),
        ([REP], {Term.EXCLUSIVE: D(1)}, [(Term.EXCLUSIVE, D(1), D(0))]),
        ([MANAGER], {Term.EXCLUSIVE: D(1)}, []),
        ([REP, MANAGER], {Term.CREDIT_DAYS: D(60)}, []),
        ([REP, MANAGER], {Term.CREDIT_DAYS: D(61)}, [(Term.CREDIT_DAYS, D(61), D(60))]),
        ([Role.RECEPTION], {Term.AMOUNT: D(1)}, [(Term.AMOUNT, D(1), D(0))]),
        ([Role.RECEPTION], {Term.AMOUNT: D(0)}, []),
        ([], {Term.REBATE: D(1)}, [(Term.REBATE, D(1), D(0))]),
        ([DIRECTOR], {Term.DISCOUNT: D(100), Term.AMOUNT: D(90_000_000)}, []),
        (
            [REP],
            {Term.AMOUNT: D(600_000), Term.DEPOSIT: D(10), Term.DISCOUNT: D(1)},
            [(Term.DEPOSIT, D(10), D(0)), (Term.AMOUNT, D(600_000), D(500_000))],
        ),
    ],
)
def test_beyond(roles, terms, expected):
    assert beyond(STANDARD, roles, terms) == expected
