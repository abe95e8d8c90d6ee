"""Refunds, write-offs, instalments, interest and bonus: worked out, approved by two, posted, reversed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest

from app.access import Role
from app.blueprints.receivables.adjusting import actions, queries
from app.blueprints.receivables.ledger import actions as ledger
from app.blueprints.receivables.ledger import queries as ledger_queries
from app.blueprints.receivables.rules.instalments import Part
from app.errors import SigningDayError
from app.extensions import db
from app.models import Adjustment, AdjustmentState, Occasion, PaymentKind, Posting, PostingKind, Receivable
from tests.receivables.conftest import TODAY

D = Decimal
P = PostingKind


class Desk:
    """Somebody who asks, and people who agree."""

    def __init__(self, books, build):
        self.books, self.people = books, [build.user(Role.FINANCE) for _ in range(3)]

    def paid(self, amount="20000", **values):
        row = self.books.owed(amount, 5, **values)
        receipt = self.books.pay(row, amount)
        self.books.do(ledger.confirm, receipt, by_id=None)
        return row

    def ask(self, row, occasion, **facts):
        given: dict[str, Any] = {"outlets": 0, "delivered": D(0), "agreed": None} | facts

        def asked():
            owed = db.session.get_one(Receivable, row.id)
            found = actions.refund_facts(owed, occasion, today=TODAY, **given)
            return actions.ask_refund(owed, found, reason="x", by_id=self.people[0].id)

        return self.books.do(asked)

    def agree(self, adjustment_id, *numbers):
        for number in numbers:
            self.books.do(actions.vote, adjustment_id, is_yes=True, by_id=self.people[number].id)

    def entries(self, row):
        with self.books.app.app_context():
            found = db.session.scalars(db.select(Posting).where(Posting.receivable_id == row.id).order_by(Posting.id))
            return [(each.kind, each.amount) for each in found]

    def held(self, row):
        with self.books.app.app_context():
            assert ledger_queries.disagreements() == []
            return ledger_queries.held(row.id)


@pytest.fixture
def desk(books, build):
    return Desk(books, build)


def test_a_refund_wants_two_others_and_is_posted_once(desk, books, app):
    row = desk.paid(kind=PaymentKind.EARNEST)  # of a contract of 200,000
    asked = desk.ask(row, Occasion.WE_WITHDRAW)
    with pytest.raises(actions.AlreadyAsked):
        desk.ask(row, Occasion.WE_WITHDRAW)
    with pytest.raises(actions.MayNotVote):
        desk.agree(asked, 0)
    desk.agree(asked, 1)
    assert desk.held(row) == 20000
    with pytest.raises(actions.MayNotVote):
        desk.agree(asked, 1)
    desk.agree(asked, 2)
    with app.app_context():
        total = db.session.get_one(Receivable, row.id).contract.total
    base = min(D(20000), total / 5)
    assert desk.entries(row)[1:] == [(P.RETURN, -20000 - base), (P.RELEASE, D(20000)), (P.COMPENSATION, base)]
    assert desk.held(row) == 0
    assert books.settled(row) == 20000
    with pytest.raises(actions.AdjustmentClosed):
        desk.agree(asked, 2)
    books.do(actions.reverse, asked, reason="mistake", by_id=None)
    assert desk.held(row) == 20000


def test_one_no_ends_it(desk, books, app):
    row = desk.paid()
    asked = desk.ask(row, Occasion.PERFORMED)
    books.do(actions.vote, asked, is_yes=False, by_id=desk.people[1].id, remarks="why?")
    with app.app_context():
        assert db.session.get_one(Adjustment, asked).state is AdjustmentState.REFUSED
    assert len(desk.entries(row)) == 1
    assert desk.ask(row, Occasion.PERFORMED)


def test_money_that_went_back_is_not_given_back_twice(desk, books, app):
    row = desk.paid()
    asked = desk.ask(row, Occasion.PERFORMED)
    desk.agree(asked, 1, 2)
    with app.app_context():
        payment = db.session.scalars(db.select(Posting).where(Posting.kind == P.ALLOCATION)).one()
    with pytest.raises(ledger.MoneyWentBack):
        books.do(ledger.reverse, payment.id, reason="", by_id=None)
    with pytest.raises(actions.NothingToBook):
        desk.ask(row, Occasion.PERFORMED)
    books.do(ledger.bounce, payment.receipt_id, reason="", by_id=None)  # it never came: the dealer owes it again
    assert books.settled(row) == 0


def test_what_is_not_paid_lapses_with_the_refund(desk, books, app):
    row = books.owed("20000", 5)
    books.do(ledger.confirm, books.pay(row, "8000"), by_id=None)
    asked = desk.ask(row, Occasion.DEALER_WITHDRAWS)
    desk.agree(asked, 1, 2)
    assert desk.entries(row)[1:] == [(P.FORFEIT, D(-8000)), (P.RELEASE, D(8000)), (P.RELEASE, D(12000))]
    assert books.settled(row) == 20000


def test_a_change_in_between_stops_the_posting(desk, books):
    row = desk.paid()
    asked = desk.ask(row, Occasion.PERFORMED)
    desk.agree(asked, 1)
    receipt = books.receipt("1")
    assert receipt
    with books.app.app_context():
        payment = db.session.scalars(db.select(Posting).where(Posting.receivable_id == row.id)).one()
    books.do(ledger.reverse, payment.id, reason="", by_id=None)
    with pytest.raises(SigningDayError, match="more_than_held"):
        desk.agree(asked, 2)
    assert books.settled(row) == 0


def test_instalments_become_rows_of_their_own(desk, books, app):
    row = books.owed("10000", 20)
    books.pay(row, "1000")
    parts = [Part(TODAY + timedelta(days=days), D(amount)) for days, amount in ((5, 4000), (35, 5000))]

    def asked():
        owed = db.session.get_one(Receivable, row.id)
        return actions.ask_instalments(owed, parts, reason="", today=TODAY, by_id=desk.people[0].id)

    made = books.do(asked)
    desk.agree(made, 1)
    assert books.settled(row) == 10000
    with app.app_context():
        new = db.session.scalars(db.select(Receivable).where(Receivable.id != row.id).order_by(Receivable.id)).all()
        assert [(each.amount, each.due_on, each.position) for each in new] == [
            (part.amount, part.due_on, number) for number, part in enumerate(parts, 2)
        ]
        assert sum(each.open_amount for each in new) == 9000
    books.pay(new[0], "10")
    with pytest.raises(SigningDayError, match="instalments_paid"):
        books.do(actions.reverse, made, reason="", by_id=None)


def test_write_off_and_interest(desk, books, app):
    row = books.owed("10000", 40)

    def owed():
        return db.session.get_one(Receivable, row.id)

    charged = books.do(lambda: actions.post_interest(owed(), TODAY, by_id=None))
    assert books.settled(row) == D(-200)  # 40 days at 0.05 %
    with pytest.raises(actions.NothingToBook):
        books.do(lambda: actions.post_interest(owed(), TODAY, by_id=None))
    books.do(lambda: actions.post_interest(owed(), TODAY + timedelta(days=2), by_id=None))
    assert books.settled(row) == D(-210)
    books.do(actions.reverse, charged, reason="", by_id=None)
    assert books.settled(row) == D(-10)
    gone = books.do(lambda: actions.ask_write_off(owed(), D(10010), reason="bankrupt", by_id=desk.people[0].id))
    desk.agree(gone, 1, 2)
    with app.app_context():
        assert db.session.get_one(Receivable, row.id).open_amount == 0


def test_a_bonus_goes_to_the_next_sum(desk, books, app):
    early = books.owed("10000", -10)
    books.do(ledger.confirm, books.pay(early, "10000"), by_id=None)

    def owed():
        return db.session.get_one(Receivable, early.id)

    with pytest.raises(SigningDayError, match="no_place_for_bonus"):
        books.do(lambda: actions.post_bonus(owed(), TODAY, by_id=None))
    later = books.owed("5000", -40)
    books.do(lambda: actions.post_bonus(owed(), TODAY, by_id=None))
    assert books.settled(later) == 50
    with app.app_context():
        assert queries.early_bonus(db.session.get_one(Receivable, early.id)).left == 0


def test_two_approvers_at_once_post_it_once(desk, books, app, engine):
    row = desk.paid()
    asked = desk.ask(row, Occasion.PERFORMED)
    barrier = Barrier(2)

    def agree(number):
        barrier.wait()
        desk.agree(asked, number)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(agree, (1, 2)))
    with app.app_context():
        assert db.session.get_one(Adjustment, asked).state is AdjustmentState.POSTED
    assert len(desk.entries(row)) == 3
    assert desk.held(row) == 0


def test_pages_of_adjustments(desk, books, build, app):
    row = desk.paid()
    late = books.owed("9000", 40)
    asker, manager, director = build.client(Role.FINANCE), build.client(Role.SALES_MANAGER), build.client(Role.DIRECTOR)
    for path in ("refund", "write-off", "instalments", "interest"):
        assert asker.get(f"/payments/{late.id}/{path}").status_code == 200
    typed = {"occasion": "performed", "reason": "合同到期", "agreed": ""}
    address = f"/payments/{row.id}/refund"
    ended = {"occasion": "agreed"}
    for wrong in (
        {"reason": " "},
        {"agreed": "10"},
        *(ended | {"agreed": sum_} for sum_ in ("1.005", "9e12", "Infinity")),
    ):
        assert asker.post(address, data=typed | wrong | {"step": "ask"}).status_code == 422
    assert asker.post(address, data=typed | ended | {"agreed": "10"}).status_code == 200
    assert asker.post(address, data=typed).status_code == 200
    made = asker.post(address, data=typed | {"step": "ask"})
    assert made.status_code == 303
    assert asker.post(address, data=typed | {"step": "ask"}).status_code == 422
    assert asker.post(f"{made.location}/vote", data={"answer": "yes"}).status_code == 422
    assert manager.post(f"{made.location}/vote", data={"answer": "no"}).status_code == 422
    assert made.location in manager.get("/payments/adjustments/").get_data(as_text=True)
    assert "/payments/adjustments/" in director.get("/").get_data(as_text=True)
    for client in (manager, director):
        assert client.post(f"{made.location}/vote", data={"answer": "yes"}).status_code == 303
    for language in ("zh_CN", "en"):
        assert asker.get(f"{made.location}/letter.pdf?language={language}").mimetype == "application/pdf"
    assert asker.get(made.location).status_code == 200
    parts = {"step": "ask", "due_on": [str(TODAY), str(TODAY + timedelta(days=30))], "part": ["4,000", "5000"]}
    assert asker.post(f"/payments/{late.id}/instalments", data=parts | {"reason": "长" * 301}).status_code == 422
    agreement = asker.post(f"/payments/{late.id}/instalments", data=parts)
    assert agreement.status_code == 303
    assert asker.post(f"/payments/{late.id}/instalments", data=parts | {"part": ["1", "x"]}).status_code == 422
    assert asker.get(f"{agreement.location}/letter.pdf").mimetype == "application/pdf"
    assert asker.post(f"/payments/{late.id}/interest/interest").status_code == 303
    too_much = asker.post(f"/payments/{late.id}/write-off", data={"amount": "99000", "reason": "x"})
    assert too_much.status_code == 422
    assert ".0000" not in too_much.get_data(as_text=True)  # sums in a refusal are written as everywhere else
    assert asker.post(f"/payments/{late.id}/write-off", data={"amount": "1", "reason": "x"}).status_code == 303
    assert asker.get(f"/payments/{late.id}/letter.pdf?language=en").mimetype == "application/pdf"
    assert build.client(Role.SALES_REP).get(made.location).status_code == 404
    assert build.client(Role.SALES_REP).post(f"{made.location}/vote", data={"answer": "yes"}).status_code == 403


def test_rules_of_an_event(books, build, app):
    client = build.client(Role.FINANCE)
    address = f"/events/{books.event.slug}/payments/rules"
    assert client.get(address).status_code == 200
    typed = {
        "late_rate": "0.02", "grace_days": "3", "late_cap": "20", "early_rate": "0.05", "early_most_days": "30",
        "release_days": "45", "deposit-kept_percent": "50", "deposit-outlets": "8", "deposit-outlets_days": "90",
        **{f"{kind}-kept_percent": "0" for kind in ("intent", "prepayment", "first_order", "instalment")},
    }  # fmt: skip
    assert client.post(address, data=typed | {"late_rate": "5"}).status_code == 422
    assert client.post(address, data=typed).status_code == 303
    with app.app_context():
        event = books.event
        assert queries.terms_of(event).release_days == 45
        assert queries.refund_rules_of(event)[PaymentKind.DEPOSIT].outlets == 8
    assert build.client(Role.DIRECTOR).get(address).status_code == 200
