"""Sales targets against what came in: what counts, in which period, and who has the last word."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app import clock
from app.access import Role
from app.blueprints.contracts.register.targets import actions as targets
from app.blueprints.receivables.ledger import actions as ledger
from app.blueprints.receivables.ledger import queries as sums
from app.blueprints.receivables.receipts import actions as receipts
from app.blueprints.receivables.results import jobs, queries
from app.blueprints.receivables.rules.results import Payment, figure, kept
from app.extensions import db
from app.models import (
    Contract,
    ContractKind,
    ContractTarget,
    JournalEntry,
    PaymentKind,
    PostingKind,
    ResultSource,
)
from tests.build import contracts as made
from tests.build.statements import noted
from tests.receivables.conftest import TODAY

K, P, D = PaymentKind, PostingKind, Decimal
JAN, FEB, MAR = date(2026, 1, 31), date(2026, 2, 15), date(2026, 3, 31)


def paid(amount, day, *, receipt=1, receivable=1):
    return Payment(receivable, receipt, day, D(amount), D(amount))


def test_money_that_went_back_takes_the_newest_payment_of_its_receivable():
    rows = kept([paid(50, MAR, receipt=3), paid(30, JAN), paid(40, FEB, receipt=2, receivable=2)], {1: D(60), 2: D(0)})
    assert [(each.received_on, each.kept) for each in rows] == [(JAN, D(20)), (FEB, D(40)), (MAR, D(0))]
    assert figure(rows, [], JAN, FEB, MAR) == D(60)
    assert figure(rows, [], MAR, MAR, MAR) == D(0)  # it came and went back: that is known


@pytest.mark.parametrize(
    ("due", "today", "expected"),
    [([], MAR, None), ([FEB], FEB, None), ([FEB], FEB + timedelta(days=1), D(0)), ([MAR], date(2026, 5, 1), None)],
)
def test_nothing_paid_is_only_known_once_something_was_due_in_the_period(due, today, expected):
    assert figure([], due, JAN, FEB, today) == expected


@pytest.fixture
def agreed(books):
    """A first order under a contract with two targets: the running thirty days, and those before."""

    def make(**values):
        row = books.owed("80000", kind=K.FIRST_ORDER, late=-10, **values)
        for n, days in enumerate((0, 31), start=1):
            last = TODAY + timedelta(days=5 - days)
            books.build.save(
                ContractTarget(
                    contract_id=row.contract_id,
                    position=n,
                    starts_on=last - timedelta(days=30),
                    ends_on=last,
                    amount=D(100_000),
                )
            )
        with books.app.app_context():
            db.session.get_one(Contract, row.contract_id).signed_at = clock.now()
            db.session.commit()
        return row

    return make


def results(books, contract_id):
    """What the targets of a contract say."""
    with books.app.app_context():
        found = select(ContractTarget).where(ContractTarget.contract_id == contract_id).order_by(ContractTarget.id)
        return [(each.achieved, each.achieved_from) for each in db.session.scalars(found)]


def first(books, row):
    return results(books, row.contract_id)[0]


def _say(books, row, act, *more):
    """Do something to the running target of a sum's contract."""
    with books.app.app_context():
        contract = db.session.get_one(Contract, row.contract_id)
        act(contract, contract.targets[0], *more)
        db.session.commit()


def test_a_target_follows_the_money_at_the_bank(books, agreed):
    row = agreed()
    early = books.pay(row, "20000", days_ago=30)
    late = books.pay(row, "30000", days_ago=2)
    assert results(books, row.contract_id) == [(None, None)] * 2  # provisional
    for receipt_id in (early, late):
        books.do(ledger.confirm, receipt_id, by_id=None)
    assert results(books, row.contract_id) == [(D(30_000), ResultSource.PAYMENTS), (D(20_000), ResultSource.PAYMENTS)]
    for kind, amount in ((P.RETURN, D(-12_000)), (P.RELEASE, D(12_000))):
        with books.app.app_context():
            held = ledger.held_receivables([row.id])[row.id]
            ledger.enter(held, kind, amount, reason="x", by_id=None)
            db.session.commit()
    assert [each for each, _from in results(books, row.contract_id)] == [D(18_000), D(20_000)]
    with books.app.app_context():
        assert sums.held(row.id) == D(38_000)
        assert queries.goods([row.contract_id])[row.contract_id].payments[-1].kept == D(18_000)
    books.do(receipts.unconfirm, late, reason="x")
    assert [each for each, _from in results(books, row.contract_id)] == [None, D(8_000)]  # it went back all the same
    books.do(ledger.confirm, late, by_id=None)
    books.do(ledger.bounce, late, reason="x", by_id=None)
    assert first(books, row) == (None, None)
    with books.app.app_context():
        said = list(db.session.scalars(select(JournalEntry.action).where(JournalEntry.action.like("contract.ach%"))))
        assert set(said) == {"contract.achieved_paid"}


def test_deposits_are_no_purchases_and_an_amendment_counts_for_its_contract(books, agreed):
    row = agreed()
    bond = books.owed("20000", kind=K.DEPOSIT)
    more = books.owed("40000", kind=K.INSTALMENT, late=-20)
    with books.app.app_context():
        for other in (bond, more):
            amendment = db.session.get_one(Contract, other.contract_id)
            amendment.amends_id, amendment.kind = row.contract_id, ContractKind.AMENDMENT
        db.session.commit()
    for other in (bond, more):
        books.do(ledger.confirm, books.pay(other, "15000"), by_id=None)
    assert first(books, row) == (D(15_000), ResultSource.PAYMENTS)


def test_what_somebody_said_stands_until_it_follows_again(books, agreed, build, app):
    row = agreed()
    client = app.test_client()
    build.sign_in(client, build.user(Role.CONTRACT_ADMINISTRATOR))
    books.do(ledger.confirm, books.pay(row, "20000"), by_id=None)
    address = f"/contracts/{row.contract_id}/targets/1"
    client.post(address, data={"achieved": "25000"})
    books.do(ledger.confirm, books.pay(row, "30000", days_ago=1), by_id=None)
    assert first(books, row) == (D(25_000), ResultSource.TYPED)
    offered = client.get(f"/contracts/{row.contract_id}").get_data(as_text=True)
    assert f'action="{address}/follow"' in offered
    client.post(f"{address}/follow")
    assert first(books, row) == (D(50_000), ResultSource.PAYMENTS)
    client.post(address, data={"achieved": "1"})
    client.post(address, data={"achieved": ""})  # not known to people, so the payments say it
    assert first(books, row) == (D(50_000), ResultSource.PAYMENTS)
    assert client.post(f"/contracts/{row.contract_id}/targets/99/follow").status_code == 404


def test_a_figure_that_follows_again_sees_a_payment_on_its_way(books, agreed, engine):
    row = agreed()
    receipt_id = books.pay(row, "20000")
    _say(books, row, targets.set_achieved, D(1))
    with ThreadPoolExecutor(1) as pool, books.app.app_context():
        ledger.confirm(receipt_id, by_id=None)
        waiting = pool.submit(_say, books, row, targets.follow_payments)
        with contextlib.suppress(TimeoutError):
            waiting.result(0.3)  # it waits for the payment, or for its turn to write
        db.session.commit()
        waiting.result(10)
    assert first(books, row) == (D(20_000), ResultSource.PAYMENTS)


def test_the_rows_behind_a_figure(books, agreed, build, app):
    row = agreed()
    receipt_id = books.pay(row, "20000")
    books.do(ledger.confirm, receipt_id, by_id=None)
    books.do(ledger.confirm, books.pay(row, "7000", days_ago=60), by_id=None)  # of neither period
    address = f"/contracts/{row.contract_id}/targets/1/payments"
    seen = {}
    for name, user in (
        ("chases", books.rep),
        ("files", build.user(Role.CONTRACT_ADMINISTRATOR)),
        ("other", build.user(Role.SALES_REP)),
    ):
        client = app.test_client()
        build.sign_in(client, user)
        if name == "files":
            listed = client.get("/contracts/targets/").get_data(as_text=True)
            assert address in listed
        answer = client.get(address)
        seen[name] = answer.status_code, f"/payments/receipts/{receipt_id}" in answer.get_data(as_text=True)
    assert seen == {"chases": (200, True), "files": (200, False), "other": (404, False)}
    with books.app.app_context():
        target = db.session.get_one(ContractTarget, 1)
        assert sum(each.kept for each, _receipt, _owed in queries.rows(target)) == target.achieved == D(20_000)


def test_a_sum_that_was_due_and_did_not_come_is_told_by_the_worker_once(books, agreed):
    row = agreed()
    agreed()  # due in ten days: nothing is known there
    now = clock.now()
    assert books_known(books) == []
    with clock.stopped_at(now + timedelta(days=5)):  # its last day
        assert run(books, clock.now()) == 0
    with books.app.app_context():
        db.session.get_one(type(row), row.id).due_on = TODAY - timedelta(days=1)
        db.session.commit()
    assert books_known(books) == [row.contract_id]
    assert [run(books, now) for _ in range(2)] == [1, 0]
    assert results(books, row.contract_id) == [(D(0), ResultSource.PAYMENTS), (None, None)]


def books_known(books):
    with books.app.app_context():
        return queries.newly_known(TODAY, 50)


def run(books, now):
    with books.app.app_context():
        return jobs.run(now)


def test_the_step_finds_exactly_what_the_payments_know(books, agreed):
    """What came before the program kept results, with an amendment that has targets of its own, and one without."""
    row, other = agreed(), agreed()
    for each in (row, other):
        books.do(ledger.confirm, books.pay(each, "9000"), by_id=None)
    with books.app.app_context():
        db.session.get_one(Contract, other.contract_id).amends_id = row.contract_id
        for target in db.session.scalars(select(ContractTarget)):
            target.achieved = target.achieved_from = None
        db.session.commit()
        assert queries.newly_known(TODAY, 50) == sorted([row.contract_id, other.contract_id])
        jobs.run(clock.now())
        assert queries.newly_known(TODAY, 50) == []
    assert first(books, row) == first(books, other) == (D(9_000), ResultSource.PAYMENTS)


def test_many_targets_cost_two_queries(books, agreed):
    rows = [agreed() for _ in range(4)]
    for row in rows:
        books.do(ledger.confirm, books.pay(row, "1000"), by_id=None)
    with books.app.app_context():
        found = list(db.session.scalars(select(ContractTarget).order_by(ContractTarget.id)))
        with noted(books.app) as statements:
            known = queries.figures(found)
        assert len(known) == 4
        assert len(statements) == 2
        contract_id = made.contract(books.build, books.event).id
        assert targets.follow([contract_id]) == 0
