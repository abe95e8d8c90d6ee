"""The ledger: any order of what happens leaves the sums consistent, also with two at the same time."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.blueprints.receivables.ledger import actions, queries
from app.blueprints.receivables.rules.sums import Share
from app.errors import SigningDayError
from app.extensions import db
from app.models import JournalEntry, Posting, PostingKind, Receipt, ReceiptState, Receivable

D = Decimal


def test_one_receipt_pays_two_and_two_pay_one(books):
    first, second = books.owed("20000"), books.owed("5000")
    receipt = books.receipt("22000")
    books.do(actions.allocate, receipt, [Share(first.id, D(20000)), Share(second.id, D(2000))], by_id=None)
    books.pay(second, "3000")
    assert (books.settled(first), books.settled(second), books.used(receipt)) == (D(20000), D(5000), D(22000))


@pytest.mark.parametrize(
    ("amount", "error"),
    [("5000.01", actions.MoreThanOpen), ("0", actions.NotAnAmount), ("-1", actions.NotAnAmount)],
)
def test_sums_that_are_refused(books, amount, error):
    row, receipt = books.owed("5000"), books.receipt("9000")
    with pytest.raises(error):
        books.do(actions.allocate, receipt, [Share(row.id, D(amount))], by_id=None)
    assert books.settled(row) == books.used(receipt) == 0


def test_more_than_the_receipt_has(books):
    row, receipt = books.owed("5000"), books.receipt("3000")
    with pytest.raises(actions.MoreThanFree):
        books.do(actions.allocate, receipt, [Share(row.id, D(3001))], by_id=None)


def test_what_does_not_belong_together(books, build):
    row, other = books.owed(), build.dealer()
    with pytest.raises(actions.OtherDealer):
        books.do(actions.allocate, books.receipt(dealer_id=other.id), [Share(row.id, D(1))], by_id=None)
    with pytest.raises(actions.OtherCurrency):
        books.do(actions.allocate, books.receipt(currency="USD"), [Share(row.id, D(1))], by_id=None)


def test_a_bounce_opens_everything_again_and_nothing_else_can_be_done(books, app):
    row = books.owed("20000")
    receipt = books.pay(row, "12000")
    books.do(actions.bounce, receipt, reason="no cover", by_id=None)
    assert books.settled(row) == books.used(receipt) == 0
    with app.app_context():
        assert db.session.get_one(Receipt, receipt).state is ReceiptState.BOUNCED
        assert db.session.scalar(select(func.count()).select_from(Posting)) == 2
    for work in (
        lambda: books.do(actions.allocate, receipt, [Share(row.id, D(1))], by_id=None),
        lambda: books.do(actions.confirm, receipt, by_id=None),
        lambda: books.do(actions.bounce, receipt, reason="again", by_id=None),
        lambda: books.do(actions.refund, receipt, D(1), reason="", by_id=None),
    ):
        with pytest.raises(actions.ReceiptBounced):
            work()


def test_an_entry_is_reversed_once(books, app):
    row, receipt = books.owed("20000"), books.receipt("20000")
    posting = books.do(actions.allocate, receipt, [Share(row.id, D(20000))], by_id=None)
    undone = books.do(actions.reverse, posting, reason="wrong dealer", by_id=None)
    for each in (posting, undone):
        with pytest.raises(actions.AlreadyReversed):
            books.do(actions.reverse, each, reason="", by_id=None)
    assert books.settled(row) == 0


def test_every_change_is_in_the_journal(books, app):
    row = books.owed("20000")
    receipt = books.pay(row, "20000")
    books.do(actions.confirm, receipt, by_id=None)
    books.do(actions.confirm, receipt, by_id=None)
    books.do(actions.bounce, receipt, reason="no cover", by_id=None)
    with app.app_context():
        of: dict[str, list[str]] = {kind: [] for kind in ("receipts", "receivables")}
        for entry in db.session.scalars(select(JournalEntry).order_by(JournalEntry.id)):
            of[entry.subject_kind].append(entry.action)
    assert of["receivables"] == ["payment.allocation", "payment.reversed"]
    assert of["receipts"] == [
        "receipt.recorded", "payment.allocation", "receipt.confirmed", "payment.reversed", "receipt.bounced",
    ]  # fmt: skip


def test_the_database_itself_lets_no_sum_go_beyond(books, app):
    row = books.owed("100")
    with app.app_context():
        db.session.get_one(Receivable, row.id).settled = D(101)
        with pytest.raises(IntegrityError):
            db.session.flush()


step = st.tuples(
    st.sampled_from(
        ["receipt", "allocate", "reverse", "bounce", "refund", "interest", "bonus", "write_off", "confirm"]
    ),
    st.integers(0, 5),
    st.integers(0, 5),
    st.integers(1, 900),
)


def play(books, rows, receipts, what, one, two, amount):
    """Do one thing, whatever stands against it."""
    if what == "receipt":
        receipts.append(books.receipt(amount))
        return
    row, receipt = rows[one % len(rows)], receipts[two % len(receipts)]
    doing = {
        "allocate": lambda: books.do(actions.allocate, receipt, [Share(row.id, D(amount))], by_id=None),
        "bounce": lambda: books.do(actions.bounce, receipt, reason="", by_id=None),
        "refund": lambda: books.do(actions.refund, receipt, D(amount), reason="", by_id=None),
        "confirm": lambda: books.do(actions.confirm, receipt, by_id=None),
        "reverse": lambda: books.do(actions.reverse, 1 + (one * 6 + two), reason="", by_id=None),
    }
    adjusting = lambda: books.do(actions.adjust, row.id, PostingKind(what), D(amount), reason="", by_id=None)  # noqa: E731
    try:
        doing.get(what, adjusting)()
    except (SigningDayError, LookupError):
        return
    except Exception as fault:
        if type(fault).__name__ != "NoResultFound":
            raise


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(step, min_size=4, max_size=25))
def test_any_order_leaves_the_sums_consistent(books, app, steps):
    rows = [books.owed(amount) for amount in ("1000", "600", "300.50")]
    receipts = [books.receipt("800")]
    for each in steps:
        play(books, rows, receipts, *each)
    with app.app_context():
        assert queries.disagreements() == []
        for receipt in db.session.scalars(select(Receipt)):
            assert 0 <= receipt.used <= receipt.amount
            assert not (receipt.bounced_at and receipt.used)
        for row in db.session.scalars(select(Receivable)):
            assert row.settled <= row.amount
        booked = db.session.scalar(select(func.count()).select_from(Posting).where(Posting.reverses_id.is_not(None)))
        assert booked == len(
            set(db.session.scalars(select(Posting.reverses_id).where(Posting.reverses_id.is_not(None))))
        )


def test_two_at_the_same_moment_do_not_pay_twice(books, app):
    """Two clerks book two receipts on the same sum, and the same receipt on two sums, at the same instant."""
    for _round in range(8):
        row, other = books.owed("1000"), books.owed("1000")
        first, second = books.receipt("1000"), books.receipt("1000")
        barrier = Barrier(2)

        def book(receipt, target, barrier=barrier):
            barrier.wait(10)
            try:
                books.do(actions.allocate, receipt, [Share(target.id, D(700))], by_id=None)
            except SigningDayError as fault:
                return fault.code
            return "booked"

        with ThreadPoolExecutor(2) as pool:
            said = list(pool.map(book, (first, second), (row, row)))
            assert sorted(said) == ["booked", "more_than_open"]
            said = list(pool.map(book, (first, first), (other, other)))
            assert said.count("booked") <= 1
    with app.app_context():
        assert queries.disagreements() == []
