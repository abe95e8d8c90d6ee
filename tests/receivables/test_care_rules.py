"""Refund, interest, instalments, credit and forecast as plain functions."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.blueprints.receivables.rules import credit, forecast, instalments, interest, refunds, votes
from app.blueprints.receivables.rules.forecast import Basis, Item
from app.blueprints.receivables.rules.interest import Paid, Terms
from app.blueprints.receivables.rules.refunds import Facts, Ground, Rule
from app.models import AdjustmentKind, CreditStanding, Occasion, PaymentKind

D, K, O, G = Decimal, PaymentKind, Occasion, Ground  # noqa: E741 - short names for the tables below
DAY = date(2026, 11, 24)
SUMS = st.decimals(min_value=0, max_value=10**7, places=2)


def facts(kind: PaymentKind, occasion: Occasion, held: Any = "20000", **values: Any) -> Facts:
    given_: dict[str, Any] = {
        "currency": "CNY",
        "contract_total": D(200_000),
        "paid_on": DAY - timedelta(days=40),
        "signed_on": DAY - timedelta(days=50),
        "today": DAY,
    }
    return Facts(kind, occasion, D(held), **given_ | values)


@pytest.mark.parametrize(
    ("kind", "occasion", "values", "back", "kept", "more"),
    [
        (K.EARNEST, O.DEALER_WITHDRAWS, {}, 0, 20000, 0),
        (K.EARNEST, O.WE_WITHDRAW, {}, 20000, 0, 20000),
        (K.EARNEST, O.AGREED, {}, 20000, 0, 0),
        (K.EARNEST, O.DEALER_WITHDRAWS, {"held": 50000}, 10000, 40000, 0),  # a fifth of 200,000 counts
        (K.EARNEST, O.WE_WITHDRAW, {"held": 50000}, 50000, 0, 40000),
        (K.PREPAYMENT, O.DEALER_WITHDRAWS, {}, 20000, 0, 0),
        (K.INTENT, O.DEALER_WITHDRAWS, {}, 14000, 6000, 0),  # ten days after the thirty
        (K.INTENT, O.DEALER_WITHDRAWS, {"paid_on": DAY - timedelta(days=30)}, 20000, 0, 0),
        (K.INTENT, O.WE_WITHDRAW, {}, 20000, 0, 0),
        (K.DEPOSIT, O.PERFORMED, {}, 20000, 0, 0),
        (K.DEPOSIT, O.BREACH, {}, 0, 20000, 0),
        (K.DEPOSIT, O.OUTLETS, {"outlets": 4}, 0, 0, 0),
        (K.DEPOSIT, O.OUTLETS, {"outlets": 5}, 20000, 0, 0),
        (K.DEPOSIT, O.OUTLETS, {"outlets": 9, "signed_on": DAY - timedelta(days=181)}, 0, 0, 0),
        (K.DEPOSIT, O.AGREED, {"agreed": D(15000)}, 15000, 5000, 0),
        (K.FIRST_ORDER, O.WE_WITHDRAW, {"delivered": D(12000)}, 8000, 0, 0),
        (K.INSTALMENT, O.DEALER_WITHDRAWS, {"delivered": D(99999)}, 0, 0, 0),
        (K.FIRST_ORDER, O.OUTLETS, {}, 0, 0, 0),
    ],
)
def test_what_becomes_of_paid_money(kind, occasion, values, back, kept, more):
    found = refunds.settle(facts(kind, occasion, **values), refunds.STANDARD[kind])
    assert (found.give_back, found.keep, found.compensation) == (back, kept, more)


@settings(max_examples=60)
@given(
    kind=st.sampled_from(PaymentKind),
    occasion=st.sampled_from(Occasion),
    held=SUMS,
    total=SUMS,
    delivered=SUMS,
    agreed=st.none() | SUMS,
    percent=st.decimals(min_value=0, max_value=100, places=2),
)
def test_never_more_than_is_held(kind, occasion, held, total, delivered, agreed, percent):
    given_ = facts(kind, occasion, held, contract_total=total, delivered=delivered, agreed=agreed, outlets=5)
    found = refunds.settle(given_, Rule(10, percent, 5, 90))
    assert min(found.give_back, found.keep, found.compensation) >= 0
    assert found.give_back + found.keep <= held
    assert found.compensation <= max(held if not total else total / 5 + D("0.01"), D(0))
    assert not found.compensation or (kind is K.EARNEST and occasion is O.WE_WITHDRAW)


def test_interest_day_by_day():
    moves = [Paid(DAY - timedelta(days=50), D(1000)), Paid(DAY - timedelta(days=10), D(4000))]
    worked = interest.interest(D(10000), DAY - timedelta(days=30), moves, Terms(), DAY, booked=D(0), currency="CNY")
    assert [(each.days, each.balance, each.sum) for each in worked.stretches] == [
        (20, D(9000), D("90.00")),
        (10, D(5000), D("25.00")),
    ]
    assert worked.left == D("115.00")


def test_interest_with_grace_a_cap_and_what_was_charged():
    terms = Terms(grace_days=10, late_cap=D(1))
    due_on = DAY - timedelta(days=100)
    worked = interest.interest(D(10000), due_on, [], terms, DAY, booked=D(60), currency="CNY")
    assert worked.is_capped
    assert (worked.stretches[0].days, worked.whole, worked.left) == (90, D(100), D(40))
    early = interest.interest(D(10000), DAY - timedelta(days=10), [], terms, DAY, booked=D(0), currency="CNY")
    assert early.left == 0


def test_money_that_was_undone_counts_itself_away():
    moves = [Paid(DAY - timedelta(days=20), D(5000)), Paid(DAY - timedelta(days=20), D(-5000))]
    paid = interest.interest(D(5000), DAY - timedelta(days=30), moves, Terms(), DAY, booked=D(0), currency="CNY")
    assert (
        paid.whole
        == interest.interest(D(5000), DAY - timedelta(days=30), [], Terms(), DAY, booked=D(0), currency="CNY").whole
    )
    assert interest.bonus(DAY, moves, Terms(), booked=D(0), currency="CNY").left == 0


def test_bonus_for_so_many_days_at_most():
    moves = [Paid(DAY - timedelta(days=10), D(10000)), Paid(DAY - timedelta(days=99), D(1000)), Paid(DAY, D(1))]
    worked = interest.bonus(DAY, moves, Terms(), booked=D(5), currency="CNY")
    assert worked.whole == D(50) + D(15)
    assert worked.left == D(60)


@settings(max_examples=40)
@given(amount=st.decimals(min_value=1, max_value=10**7, places=2), number=st.integers(2, instalments.MOST))
def test_equal_parts_are_all_of_it(amount, number):
    parts = instalments.propose(amount, "CNY", DAY, number)
    assert sum(each.amount for each in parts) == amount
    instalments.check(parts, amount, "CNY", DAY)


def test_parts_that_are_refused():
    parts = instalments.propose(D(100), "CNY", DAY, 2)
    with pytest.raises(instalments.PartsDoNotAddUp):
        instalments.check(parts, D(101), "CNY", DAY)
    with pytest.raises(instalments.PartsNotInOrder):
        instalments.check(parts[::-1], D(100), "CNY", DAY)
    with pytest.raises(instalments.PartsNotInOrder):
        instalments.check(parts, D(100), "CNY", DAY + timedelta(days=1))
    with pytest.raises(instalments.TooFewParts):
        instalments.check(parts[:1], D(50), "CNY", DAY)


def test_who_agrees():
    assert votes.missing(AdjustmentKind.REFUND, [1]) == 1
    assert votes.missing(AdjustmentKind.REFUND, [1, 1]) == 1
    assert votes.missing(AdjustmentKind.REFUND, [1, 2]) == 0
    assert not votes.may_vote(1, 1, [])
    assert not votes.may_vote(2, 1, [2])
    assert votes.may_vote(2, 1, [3])


@pytest.mark.parametrize(
    ("known", "standing"),
    [
        ({}, CreditStanding.NEW),
        ({"paid": 3}, CreditStanding.GOOD),
        ({"paid": 3, "average_late": 9}, CreditStanding.FAIR),
        ({"paid": 3, "overdue": 1, "longest_late": 5}, CreditStanding.FAIR),
        ({"paid": 3, "broken": 2}, CreditStanding.WATCH),
        ({"overdue": 1, "longest_late": 31}, CreditStanding.WATCH),
        ({"bounced": 1}, CreditStanding.WATCH),
        ({"paid": 9, "longest_late": 61}, CreditStanding.BAD),
        ({"paid": 9, "is_problem": True}, CreditStanding.BAD),
    ],
)
def test_credit(known, standing):
    assert credit.standing(credit.History(**known)) is standing


def test_when_money_is_expected():
    week = timedelta(days=7)
    due = Item(1, D(100), DAY + week)
    assert [(each.on, each.basis) for each in forecast.expect(due, DAY)] == [(DAY + week, Basis.DUE)]
    late = Item(1, D(100), DAY - week)
    assert [(each.on, each.basis) for each in forecast.expect(late, DAY)] == [(None, Basis.NONE)]
    slow = Item(1, D(100), DAY - week, usual_delay=10)
    assert [(each.on, each.basis) for each in forecast.expect(slow, DAY)] == [(DAY + timedelta(days=3), Basis.HABIT)]
    pays = Item(1, D(100), DAY - week, pay_day=10)
    assert [each.on for each in forecast.expect(pays, DAY)] == [date(2026, 12, 10)]
    promised = Item(1, D(100), DAY - week, promised=D(30), promised_on=DAY + week)
    assert [(each.amount, each.on) for each in forecast.expect(promised, DAY)] == [(D(30), DAY + week), (D(70), None)]
    assert forecast.usual_delay([4]) is None
    assert forecast.usual_delay([4, 8, -60]) == 4
