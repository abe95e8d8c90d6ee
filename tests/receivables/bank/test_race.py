"""Two at once: the same file taken in by two workers, the same row confirmed by two people. Both databases."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

from app.blueprints.receivables.bank import deciding, steps
from app.blueprints.receivables.ledger import actions as ledger
from app.blueprints.receivables.ledger import queries as ledger_queries
from app.blueprints.receivables.rules.sums import Share
from app.errors import SigningDayError
from app.extensions import db
from app.models import BankFile, BankFileRow, BankFileState, BankMatch, Receipt
from tests.receivables.bank.conftest import csv


def at_once(app, *works):
    """Run each in a thread of its own, all starting together; returns what each gave, or the code of its error."""
    barrier = Barrier(len(works))

    def run(work):
        with app.app_context():
            db.session.rollback()
            barrier.wait(10)
            try:
                given = work()
                db.session.commit()
            except SigningDayError as fault:
                db.session.rollback()
                return fault.code
            return given

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_two_workers_take_the_same_file_in_once(bank, books):
    company = books.dealer.company
    for n in range(12):
        books.owed(str(100 + n), 3)
    data = csv(*((str(100 + n), company, "货款", str(n) if n % 2 else "") for n in range(12)))
    home = bank.app.config["SIGNING_DAY_HOME"]
    with bank.app.app_context():
        first, second = bank.begin(data), bank.begin(data)
        db.session.commit()
    at_once(bank.app, *(lambda each=each: steps.take(each, home) for each in (first, second, first)))
    assert len(bank.rows()) == 12
    counts = sorted(each.counts["new"] for each in bank.all(BankFile))
    assert counts == [0, 12]
    assert {each.state for each in bank.all(BankFile)} == {BankFileState.READY}
    with bank.app.app_context():
        assert db.session.query(BankFileRow).count() == 24
    done = at_once(bank.app, *(lambda each=each: steps.confirm_certain(each, None) for each in (first, second)))
    assert sum(done) == 12
    assert len(bank.all(Receipt)) == len(bank.all(BankMatch)) == 12
    with bank.app.app_context():
        assert ledger_queries.disagreements() == []


def test_two_people_confirm_the_same_row_and_a_third_books_by_hand(bank, books):
    owed = books.owed("500", 3)
    bank.bring(csv(("500", books.dealer.company, "货款", "1")))
    row_id, slip = bank.rows()[0].id, books.receipt("500")

    def confirm():
        return deciding.confirm(row_id, by_id=None).state

    def by_hand():
        return len(ledger.allocate(slip, [Share(owed.id, Decimal(500))], by_id=None))

    said = at_once(bank.app, confirm, confirm, by_hand)
    assert bank.settled(owed) == 500
    assert said.count("matched") + said.count(1) == 1
    assert set(said) <= {"matched", 1, "bank_row_decided", "more_than_open"}
    with bank.app.app_context():
        assert ledger_queries.disagreements() == []
