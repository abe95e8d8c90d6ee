"""Pages of the register: wherever one is cut, the pages together are the whole list in order."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.blueprints.contracts.register.paging import Order, page_of
from app.extensions import db
from app.models import Contract, ContractState, Dealer
from tests.build import contracts as made
from tests.contracts.conftest import NOW

SIGNED = (3, None, 1, None, 1, 2, None)  # days ago; two on the same day


@pytest.fixture
def contracts(app, build, event):
    dealers = [build.dealer(company=name) for name in ("乙公司", "甲公司", "乙公司")]
    return [
        made.contract(
            build,
            event,
            state=ContractState.FILED,
            dealer_id=dealers[number % 3].id,
            signed_at=None if ago is None else NOW - timedelta(days=ago),
            total=Decimal(1000 * (number % 3)),
        ).id
        for number, ago in enumerate(SIGNED)
    ]


@pytest.mark.parametrize("descending", [False, True])
def test_pages_together_are_the_whole_list_in_order(app, contracts, descending):
    orders = {
        "drafted": Order((Contract.id,), descending),
        "total": Order((Contract.total, Contract.id), descending),
        "signed": Order((Contract.signed_at, Contract.id), descending, may_lack=True),
        "dealer": Order((Dealer.sort_key, Dealer.id, Contract.id), descending),
    }
    with app.app_context():
        statement = select(Contract.id).join(Contract.dealer)
        keys = select(Contract.id, Contract.total, Contract.signed_at, Dealer.sort_key, Dealer.id)
        rows = {row[0]: row[1:] for row in db.session.execute(keys.join(Contract.dealer))}
        for name, order in orders.items():
            expected = _in_order(rows, name, descending)
            for near in (0, 100):
                cut = [page_of(statement, order, 2, start, len(rows), near=near) for start in range(0, len(rows), 2)]
                assert [each for page in cut for each in page] == expected, (name, near)


def _in_order(rows, name, descending):
    keys = {
        "drafted": lambda each: (each,),
        "total": lambda each: (rows[each][0], each),
        "signed": lambda each: (rows[each][1], each),
        "dealer": lambda each: (*rows[each][2:], each),
    }
    have = [each for each in rows if name != "signed" or rows[each][1] is not None]
    lack = sorted((each for each in rows if each not in have), reverse=descending)
    return sorted(have, key=keys[name], reverse=descending) + lack
