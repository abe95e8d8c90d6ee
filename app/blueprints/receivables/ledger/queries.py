"""What the ledger says."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import and_, exists, false, func, or_, select, true, type_coerce
from sqlalchemy.orm import aliased, joinedload

from app.blueprints.receivables.rules.sums import ZERO
from app.extensions import db
from app.models import Amount, Posting, PostingKind, Receipt, Receivable

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


def paid_by(receipt_id: int) -> Sequence[Receivable]:
    """Return the receivables that a receipt was booked on."""
    booked = select(Posting.receivable_id).where(Posting.receipt_id == receipt_id)
    return db.session.scalars(select(Receivable).where(Receivable.id.in_(booked)).order_by(Receivable.id)).all()


def postings_of(receivable: Receivable) -> Sequence[Posting]:
    """Return the ledger of a receivable, oldest first."""
    statement = select(Posting).where(Posting.receivable_id == receivable.id).order_by(Posting.id)
    return db.session.scalars(statement.options(joinedload(Posting.receipt), joinedload(Posting.by))).all()


# Postings about money that was paid and is no longer held: it went back, or is ours for good.
LEFT = (PostingKind.RETURN, PostingKind.FORFEIT, PostingKind.COMPENSATION)


def held(receivable_id: int, *, also_provisional: bool = False) -> Decimal:
    """Return how much money paid on a receivable is still with us: confirmed, not given back and not kept for good."""
    is_there = or_(Receipt.confirmed_at.is_not(None), true() if also_provisional else false())
    paid = and_(Posting.kind == PostingKind.ALLOCATION, is_there)
    total = type_coerce(func.sum(Posting.amount), Amount())
    statement = (
        select(total)
        .outerjoin(Receipt, Receipt.id == Posting.receipt_id)
        .where(Posting.receivable_id == receivable_id, or_(paid, Posting.kind.in_(LEFT)))
    )
    return db.session.scalar(statement) or ZERO


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
