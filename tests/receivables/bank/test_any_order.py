"""Any order of confirming, dividing, ignoring and undoing leaves sums that agree."""

from decimal import Decimal

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from app.blueprints.receivables.bank import deciding, queries, taking, undoing
from app.blueprints.receivables.bank.deciding import Part
from app.blueprints.receivables.ledger import queries as ledger_queries
from app.blueprints.receivables.rules.sums import Share
from app.errors import SigningDayError
from app.extensions import db
from app.models import (
    BankFile,
    BankFileRow,
    BankMatch,
    BankRow,
    BankRowState,
    PayerAlias,
    Posting,
    Receipt,
    Receivable,
)
from tests.receivables.bank.conftest import csv

AMOUNTS = ("100", "100", "250", "400", "-50")
ACTS = st.lists(
    st.tuples(st.sampled_from(("confirm", "divide", "ignore", "undo", "refresh")), st.integers(0, len(AMOUNTS) - 1)),
    max_size=14,
)


def act(kind, row, owed, dealer_id):
    if kind == "confirm":
        deciding.confirm(row.id, by_id=None, looked_at=deciding.seen(row))
    elif kind == "divide":
        share = Share(owed[row.id % len(owed)], min(row.amount, Decimal(60)))
        deciding.settle(row.id, [Part(dealer_id, row.amount, (share,))], by_id=None)
    elif kind == "ignore":
        deciding.ignore([row.id], reason="x", by_id=None)
    elif kind == "undo":
        undoing.undo(row.id, reason="x", by_id=None)
    else:
        taking.refresh([dealer_id], [row.payer], [row.id])


def agree(file_id):
    assert ledger_queries.disagreements() == []
    assert all(total.agree for total in queries.totals(file_id))
    live = queries.live_matches(list(db.session.scalars(select(BankRow.id))))
    for row in db.session.scalars(select(BankRow)):
        decided = sum(each.amount for each in live if each.row_id == row.id)
        assert decided == (0 if row.state is BankRowState.OPEN else row.amount)
    paid = {each.receipt_id for each in live if each.receipt_id and each.amount > 0}
    for receipt in db.session.scalars(select(Receipt)):
        assert (receipt.id in paid) == (receipt.bounced_at is None)


def clear():
    for model in (BankMatch, Posting, PayerAlias, Receipt, BankFileRow, BankRow, BankFile):
        db.session.execute(delete(model))
    for row in db.session.scalars(select(Receivable)):
        row.settled = Decimal(0)


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ACTS)
def test_whatever_is_done(bank, books, acts):
    bank.do(clear)
    if not bank.all(Receivable):
        for amount in ("100", "100", "400"):
            books.owed(amount, 3)
    file_id = bank.bring(
        csv(*((a, books.dealer.company if n % 2 else "张三", "", str(n)) for n, a in enumerate(AMOUNTS)))
    )
    with bank.app.app_context():
        owed = list(db.session.scalars(select(Receivable.id).order_by(Receivable.id)))
        for kind, number in acts:
            row = db.session.scalars(select(BankRow).order_by(BankRow.id)).all()[number]
            try:
                act(kind, row, owed, books.dealer.id)
                db.session.commit()
            except SigningDayError:
                db.session.rollback()
        agree(file_id)
