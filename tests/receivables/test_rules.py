"""Ages, states, proposals: for any sums and days."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.receivables.rules import levels, promises, sums
from app.blueprints.receivables.rules.levels import STANDARD
from app.blueprints.receivables.rules.sums import OpenItem
from app.models import AgeBucket, PaymentKind, PromiseState, ReceivableState

DAY = date(2026, 11, 24)
money = st.decimals("0.01", "1000000", places=2)
items = st.lists(
    st.builds(
        OpenItem,
        id=st.integers(1, 10_000),
        due_on=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
        open_amount=money,
    ),
    max_size=8,
    unique_by=lambda item: item.id,
)


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        (-5, AgeBucket.NOT_DUE),
        (0, AgeBucket.NOT_DUE),
        (1, AgeBucket.UP_TO_30),
        (30, AgeBucket.UP_TO_30),
        (31, AgeBucket.UP_TO_60),
        (60, AgeBucket.UP_TO_60),
        (61, AgeBucket.UP_TO_90),
        (90, AgeBucket.UP_TO_90),
        (91, AgeBucket.OVER_90),
    ],
)
def test_age(late, expected):
    assert sums.bucket(DAY - timedelta(days=late), DAY) is expected


def test_state_by_day():
    def at(late, settled="0", *, is_cancelled=False):
        due_on = DAY - timedelta(days=late)
        return sums.state(Decimal(100), Decimal(settled), due_on, DAY, is_cancelled=is_cancelled)

    assert at(-1) is ReceivableState.UPCOMING
    assert at(0) is ReceivableState.DUE_TODAY
    assert at(1, "99.99") is ReceivableState.OVERDUE
    assert at(90, "100") is ReceivableState.SETTLED
    assert at(90, "-3") is ReceivableState.OVERDUE
    assert at(90, "100", is_cancelled=True) is ReceivableState.CANCELLED


@given(free=money, owed=items, named=st.integers(1, 10_000) | st.none())
def test_a_proposal_never_takes_more_than_there_is(free, owed, named):
    shares = sums.propose(free, owed, named)
    open_of = {item.id: item.open_amount for item in owed}
    assert sum((share.amount for share in shares), Decimal(0)) == min(free, sum(open_of.values(), Decimal(0)))
    assert all(0 < share.amount <= open_of[share.receivable_id] for share in shares)
    assert len({share.receivable_id for share in shares}) == len(shares)
    if named in open_of:
        assert shares[0].receivable_id == named


@given(free=money, owed=items)
def test_the_oldest_due_is_paid_first(free, owed):
    shares = sums.propose(free, owed)
    due_of = {item.id: (item.due_on, item.id) for item in owed}
    assert [share.receivable_id for share in shares] == sorted(due_of, key=due_of.__getitem__)[: len(shares)]


def test_earnest_money_above_a_fifth():
    assert not sums.is_too_much_earnest(PaymentKind.EARNEST, Decimal(20), Decimal(100))
    assert sums.is_too_much_earnest(PaymentKind.EARNEST, Decimal("20.01"), Decimal(100))
    assert not sums.is_too_much_earnest(PaymentKind.DEPOSIT, Decimal(50), Decimal(100))


def test_promises():
    def became(paid, days, open_amount=50):
        return promises.promise(Decimal(30), DAY + timedelta(days=days), Decimal(paid), Decimal(open_amount), DAY)

    assert became(0, 0) is PromiseState.RUNNING
    assert became(29, -1) is PromiseState.BROKEN
    assert became(30, -1) is PromiseState.KEPT
    assert became(10, -1, open_amount=0) is PromiseState.KEPT


@given(late=st.integers(-30, 200))
def test_a_running_promise_pauses_and_a_broken_one_raises(late):
    assert levels.due(STANDARD, late, PromiseState.RUNNING) is None
    plain, raised = levels.due(STANDARD, late, None), levels.due(STANDARD, late, PromiseState.BROKEN)
    assert levels.due(STANDARD, late, PromiseState.KEPT) == plain
    if plain is None:
        assert raised is None
        assert late < -3
    else:
        assert raised is not None
        assert plain.level.days <= late
        assert raised.level.days > plain.level.days or plain.level is STANDARD[-1]


def test_levels_of_the_template():
    reached = {late: levels.due(STANDARD, late, None) for late in (-4, -3, -1, 0, 2, 3, 6, 7, 14, 15, 29, 30, 300)}
    assert {late: found.level.days if found else None for late, found in reached.items()} == {
        -4: None, -3: -3, -1: -3, 0: 0, 2: 0, 3: 3, 6: 3, 7: 7, 14: 7, 15: 15, 29: 15, 30: 30, 300: 30,
    }  # fmt: skip


@given(after=st.dates(date(2024, 1, 1), date(2030, 1, 1)), pay_day=st.integers(1, 31))
def test_pay_days_come_once_a_month(after, pay_day):
    found = levels.next_pay_day(after, pay_day)
    assert after <= found <= after + timedelta(days=31)
    assert found.day == pay_day or (found + timedelta(days=1)).day == 1
