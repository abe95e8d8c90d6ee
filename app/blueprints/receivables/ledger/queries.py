"""What the ledger says."""

from collections.abc import Sequence

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.blueprints.receivables.rules.sums import ZERO
from app.extensions import db
from app.models import Posting, Receipt, Receivable

_UNDOING = aliased(Posting)


def is_reversed(posting_id: int) -> bool:
    return bool(db.session.scalar(select(exists().where(Posting.reverses_id == posting_id))))


def live_postings(receipt_id: int) -> Sequence[Posting]:
    """Return the rows of a receipt that are not undone, oldest first."""
    return db.session.scalars(
        select(Posting)
        .where(
            Posting.receipt_id == receipt_id,
            Posting.reverses_id.is_(None),
            ~exists().where(_UNDOING.reverses_id == Posting.id),
        )
        .order_by(Posting.id)
    ).all()


def postings_of(receivable: Receivable) -> Sequence[Posting]:
    """Return the ledger of a receivable, oldest first."""
    statement = select(Posting).where(Posting.receivable_id == receivable.id).order_by(Posting.id)
    return db.session.scalars(statement.options(joinedload(Posting.receipt), joinedload(Posting.by))).all()


def disagreements() -> list[tuple[str, int]]:
    """Return the rows whose running total is not the sum of their postings; there should be none."""
    found = []
    for model, column, total in (
        (Receivable, Posting.receivable_id, Receivable.settled),
        (Receipt, Posting.receipt_id, Receipt.used),
    ):
        sums = select(column.label("id"), func.sum(Posting.amount).label("total")).group_by(column).subquery()
        wrong = (
            select(model.id)
            .outerjoin(sums, sums.c.id == model.id)
            .where(or_(sums.c.total != total, sums.c.total.is_(None) & (total != ZERO)))
        )
        found += [(model.__tablename__, row_id) for row_id in db.session.scalars(wrong)]
    return found
