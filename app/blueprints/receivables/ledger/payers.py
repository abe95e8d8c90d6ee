"""Who signed at an event, and whose money is still there: said once, for the budget and the report."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select

from app.models import Contract, ContractKind, ContractState, Event, Posting, PostingKind, Receipt, Receivable


def signs(now: datetime) -> ColumnElement[bool]:
    """What makes a contract count: signed by the dealer, not void, and more than a letter of intent."""
    return and_(
        Contract.signed_at <= now,
        Contract.state != ContractState.VOID,
        Contract.kind != ContractKind.LETTER_OF_INTENT,
    )


def _confirmed(now: datetime) -> ColumnElement[bool]:
    """Money counts when finance has seen it. Asks for Posting, and Receipt by an outer join."""
    return and_(Posting.kind == PostingKind.ALLOCATION, Receipt.confirmed_at <= now, Receipt.bounced_at.is_(None))


def reached(now: datetime) -> ColumnElement[Decimal]:
    """Sum up what has come for a receivable, or was granted as a bonus: a step reached is not lost by a refund."""
    counts = and_(Posting.at <= now, or_(_confirmed(now), Posting.kind == PostingKind.BONUS))
    return func.sum(case((counts, Posting.amount), else_=Decimal(0)))


def kept(now: datetime) -> ColumnElement[Decimal]:
    """Sum up the money that is still with us: what came, less what went back, compensation with it.

    A bonus is no money, and earnest money that was forfeited has stayed.
    """
    counts = and_(Posting.at <= now, or_(_confirmed(now), Posting.kind == PostingKind.RETURN))
    return func.sum(case((counts, Posting.amount), else_=Decimal(0)))


def by_dealer(event_ids: Collection[int], now: datetime) -> Subquery:
    """Return `event_id`, `dealer_id` and `money` of everybody who signed: a payer is who has `money` above zero.

    In the event's currency; what is owed by a void contract is left out with its contract.
    """
    signed = select(Contract.event_id, Contract.dealer_id).where(Contract.event_id.in_(event_ids), signs(now))
    who = signed.distinct().subquery()
    return (
        select(Receivable.event_id, Receivable.dealer_id, kept(now).label("money"))
        .join(who, and_(who.c.event_id == Receivable.event_id, who.c.dealer_id == Receivable.dealer_id))
        .join(Event, Event.id == Receivable.event_id)
        .join(Posting, Posting.receivable_id == Receivable.id)
        .outerjoin(Receipt, Receipt.id == Posting.receipt_id)
        .where(
            Receivable.event_id.in_(event_ids),
            Receivable.currency == Event.currency,
            Receivable.cancelled_at.is_(None),
        )
        .group_by(Receivable.event_id, Receivable.dealer_id)
        .subquery()
    )
