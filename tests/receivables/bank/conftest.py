"""What the tests of bank files share: an account of ours, and files made of a few rows."""

from decimal import Decimal

import pytest

from app import clock, files
from app.access import Role
from app.blueprints.receivables.bank import steps, taking
from app.blueprints.receivables.bank.reading.files import read
from app.extensions import db
from app.models import BankAccount, BankFile, BankFileState, BankMatch, BankRow, Receipt, Receivable
from tests.receivables.conftest import TODAY, Books

HEAD = "交易日期,收入,支出,对方户名,摘要,交易流水号\n"


def csv(*rows, head=HEAD, day=TODAY):
    """A bank's CSV. Rows are (sum, payer, memo, serial); what left has a sum below zero."""
    lines = []
    for amount, payer, memo, serial in rows:
        came, left = (amount, "") if Decimal(amount) > 0 else ("", str(amount).lstrip("-"))
        lines.append(f"{day},{came},{left},{payer},{memo},{serial}\n")
    return (head + "".join(lines)).encode()


class Bank:
    """An account, and its files."""

    def __init__(self, books: Books, build):
        self.books, self.app, self.build = books, books.app, build
        self.finance = build.user(Role.FINANCE)
        self.account = build.save(
            BankAccount(name="基本户", number="", currency="CNY", mappings={}, created_at=clock.now())
        )

    def bring(self, data, name="bank.csv"):
        """Take a file in as the page does; returns its id."""
        with self.app.app_context():
            file_id = self.begin(data, name)
            db.session.commit()
            steps.take(file_id, self.app.config["SIGNING_DAY_HOME"])
            return file_id

    def begin(self, data, name="bank.csv"):
        account = db.session.get_one(BankAccount, self.account.id)
        statement = read(data, account=account.number, currency=account.currency, today=TODAY)
        assert not statement.faults
        kept = files.keep(data, folder=self.app.config["SIGNING_DAY_HOME"], name=name, media_type="")
        made = taking.begin(account, statement, file=kept, file_name=name, by_id=self.finance.id)
        made.state = BankFileState.WORKING
        db.session.flush()
        return made.id

    def do(self, work, *args, **values):
        with self.app.app_context():
            done = work(*args, **values)
            db.session.commit()
            return done

    def rows(self):
        """All rows by their payer, detached."""
        with self.app.app_context():
            rows = db.session.query(BankRow).order_by(BankRow.id).all()
            db.session.expunge_all()
            return rows

    def row(self, payer):
        return next(each for each in self.rows() if each.payer == payer)

    def all(self, model):
        with self.app.app_context():
            rows = db.session.query(model).order_by(model.id).all()
            db.session.expunge_all()
            return rows

    def settled(self, row):
        with self.app.app_context():
            return db.session.get_one(Receivable, row.id).settled


@pytest.fixture
def bank(books, build) -> Bank:
    return Bank(books, build)


__all__ = ["Bank", "BankFile", "BankMatch", "Receipt", "csv"]
