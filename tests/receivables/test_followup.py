"""Calls, promises worked out from receipts, and whom to call next."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from app import clock
from app.access import Role
from app.blueprints.receivables.followup import actions, queries
from app.blueprints.receivables.followup.actions import Said
from app.blueprints.receivables.ledger import actions as ledger
from app.blueprints.receivables.rules import calls as rules
from app.blueprints.receivables.rules.calls import Facts, Why
from app.extensions import db
from app.models import DunningCall, DunningOutcome, JournalEntry, PayingHabit, PromiseState, Receivable
from tests.build.statements import noted
from tests.receivables.conftest import TODAY

D = Decimal


def promise(books, row, amount, days, *, ago=0):
    """A promise given so many days ago, for `days` from today."""
    with books.app.app_context(), clock.stopped_at(clock.now() - timedelta(days=ago)):
        said = Said(DunningOutcome.PROMISED, promised_amount=D(amount), promised_on=TODAY + timedelta(days=days))
        actions.log_call(db.session.get_one(Receivable, row.id), said, today=clock.today("Asia/Shanghai"), by_id=None)
        db.session.commit()


def became(books, row):
    with books.app.app_context():
        return queries.promises([db.session.get_one(Receivable, row.id)], TODAY)[row.id].state


def test_kept_and_broken_follow_from_receipts(books):
    row = books.owed("20000", 10)
    promise(books, row, "8000", 2)
    assert became(books, row) is PromiseState.RUNNING
    books.pay(row, "5000")
    assert became(books, row) is PromiseState.RUNNING
    receipt = books.pay(row, "3000")
    assert became(books, row) is PromiseState.KEPT
    books.do(ledger.bounce, receipt, reason="no cover", by_id=None)
    assert became(books, row) is PromiseState.RUNNING


def test_money_of_before_the_call_or_too_late_keeps_no_promise(books):
    row = books.owed("20000", 10)
    with clock.stopped_at(clock.now() - timedelta(days=9)):
        books.pay(row, "8000")
    promise(books, row, "8000", -2, ago=5)
    assert became(books, row) is PromiseState.BROKEN
    late = books.pay(row, "8000", days_ago=1)
    assert became(books, row) is PromiseState.BROKEN
    books.do(ledger.bounce, late, reason="", by_id=None)
    books.pay(row, "8000", days_ago=3)
    assert became(books, row) is PromiseState.KEPT


def test_the_last_promise_counts(books):
    row = books.owed("20000", 10)
    promise(books, row, "8000", -2, ago=5)
    promise(books, row, "8000", 3)
    assert became(books, row) is PromiseState.RUNNING


def test_what_cannot_be_promised(books):
    row = books.owed("100", 1)
    with pytest.raises(actions.PromiseTooLarge):
        promise(books, row, "100.01", 1)
    with pytest.raises(actions.PromiseInThePast):
        promise(books, row, "100", -1)


facts = st.builds(
    Facts,
    id=st.integers(1, 1000),
    open_amount=st.decimals("0.01", "9999", places=2),
    days_late=st.integers(-10, 200),
    promise=st.sampled_from([None, *PromiseState]),
    next_call_on=st.none() | st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3)),
    called_today=st.booleans(),
)


@given(st.lists(facts, max_size=12))
def test_the_order_of_calls(several):
    found = rules.order(several, TODAY)
    ranks = [list(Why).index(reason) for reason, _each in found]
    assert ranks == sorted(ranks)
    for reason, each in found:
        if each.promise is PromiseState.RUNNING:
            assert reason is Why.PAUSED
    left_out = len(several) - len(found)
    assert left_out == sum(rules.why(each, TODAY) is None for each in several)


def test_who_is_called_next_and_why(books, app):
    large, broken = books.owed("9000", 5), books.owed("100", 5)
    running, paid = books.owed("5000", 9), books.owed("70", 9)
    books.owed("70", -20)
    soon = books.owed("70", -2)
    promise(books, broken, "100", -1, ago=3)
    promise(books, running, "5000", 4)
    books.pay(paid, "70")
    with app.app_context():
        found = [(each.row.id, each.why) for each in queries.call_list(TODAY)]
    assert found == [
        (broken.id, Why.BROKEN),
        (large.id, Why.OVERDUE),
        (soon.id, Why.SOON),
        (running.id, Why.PAUSED),
    ]


def test_call_promise_receipt_kept(books, build, app):
    rep = build.user(Role.SALES_REP)
    client = app.test_client()
    build.sign_in(client, rep)
    mine, foreign = books.owed("6000", 4, rep_id=rep.id), books.owed("1", 4)
    at = f"/events/{books.event.slug}/payments/calls"
    page = client.get(at).get_data(as_text=True)
    assert f"/payments/{mine.id}/call" in page
    assert f"/payments/{foreign.id}/call" not in page
    day = (TODAY + timedelta(days=3)).isoformat()
    said = client.post(f"/payments/{mine.id}/call", data={"outcome": f"promised:{day}", "note": "周五打款"})
    assert said.status_code == 303
    assert client.post(f"/payments/{foreign.id}/call", data={"outcome": "not_reached"}).status_code == 404
    with app.app_context():
        call = db.session.scalars(select(DunningCall)).one()
        assert call.promised_amount == 6000
        assert call.caller_id == rep.id
    assert became(books, mine) is PromiseState.RUNNING
    books.pay(mine, "6000")
    assert became(books, mine) is PromiseState.KEPT
    assert client.get(f"/payments/{mine.id}").status_code == 200
    assert client.get(at).status_code == 200


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"outcome": "x"},
        {"outcome": "promised"},
        {"outcome": "promised:x"},
        {"outcome": "call_back"},
        {"outcome": "promised", "until": "2020-01-01"},
        {"outcome": "promised:2099-01-01", "amount": "999999"},
    ],
)
def test_a_call_typed_wrongly_is_shown_again(books, build, app, data):
    row = books.owed("6000", 4)
    answer = build.client(Role.SALES_MANAGER).post(f"/payments/{row.id}/call", data=data | {"note": "还在"})
    assert answer.status_code == 422
    assert "还在" in answer.get_data(as_text=True)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(DunningCall)) == 0


def test_habits(books, build, app):
    row = books.owed("6000", 4)
    client = build.client(Role.SALES_MANAGER)
    kept = {"no_mornings": "y", "pay_day": "10", "payer": "王老板"}
    assert client.post(f"/payments/{row.id}/habits", data=kept).status_code == 303
    assert client.post(f"/payments/{row.id}/habits", data={"pay_day": "32"}).status_code == 422
    with app.app_context():
        habit = db.session.get_one(PayingHabit, row.dealer_id)
        assert (habit.no_mornings, habit.pay_day, habit.payer) == (True, 10, "王老板")
        assert db.session.scalar(select(JournalEntry.subject_kind).where(JournalEntry.action == "payment.habits"))
    assert "王老板" in client.get(f"/events/{books.event.slug}/payments/calls").get_data(as_text=True)


def test_the_call_list_costs_the_same_however_long(books, build, app):
    def statements():
        with noted(app) as said:
            assert client.get(f"/events/{books.event.slug}/payments/calls").status_code == 200
        return len(said)

    client = build.client(Role.SALES_MANAGER)
    promise(books, books.owed(late=3), "5", 3)
    few = statements()
    for _ in range(5):
        promise(books, books.owed(late=3), "5", 3)
    assert statements() == few <= 16
