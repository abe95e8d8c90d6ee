"""What comes back about receipts."""

from sqlalchemy import Select, exists, func, or_, select

from app.extensions import db
from app.models import Receipt, Receivable

_LIVE = Receipt.bounced_at.is_(None)


def receipts(only_of: int | None = None) -> Select[Receipt]:
    """Select receipts; with `only_of` those this person took down, and of dealers they chase."""
    statement = select(Receipt)
    if only_of is None:
        return statement
    chased = exists().where(Receivable.dealer_id == Receipt.dealer_id, Receivable.rep_id == only_of)
    return statement.where(or_(Receipt.recorded_by_id == only_of, chased))


def to_confirm() -> int:
    """Return how many receipts nobody has confirmed yet."""
    waiting = select(func.count()).select_from(Receipt).where(_LIVE, Receipt.confirmed_at.is_(None))
    return int(db.session.scalar(waiting) or 0)


def not_booked() -> int:
    """Return of how many receipts something is left that pays nothing."""
    waiting = select(func.count()).select_from(Receipt).where(_LIVE, Receipt.used < Receipt.amount)
    return int(db.session.scalar(waiting) or 0)
