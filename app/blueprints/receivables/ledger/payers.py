"""Who signed at an event, and whose money is still there: said once, for the budget and the report."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Subquery, and_, case, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.models import Contract, ContractKind, ContractState, Event, Instant, Posting, PostingKind, Receipt, Receivable

Moment = datetime | ColumnElement[datetime]
Moments = datetime | Mapping[int, datetime]  # one for all events, or one of each


def moment(at: Moments, event_id: InstrumentedAttribute[int | None] | InstrumentedAttribute[int]) -> Moment:
    """Return the instant at which an event is looked at, as SQL where each has its own."""
    if isinstance(at, datetime):
        return at
    return case(*((event_id == each, literal(then, Instant())) for each, then in sorted(at.items())))


def signs(now: Moment) -> ColumnElement[bool]:
    """What makes a contract count: signed by the dealer, not void then, and more than a letter of intent."""
    return and_(
        Contract.signed_at <= now,
        or_(Contract.state != ContractState.VOID, Contract.voided_at > now),
        Contract.kind != ContractKind.LETTER_OF_INTENT,
    )


def _confirmed(now: Moment) -> ColumnElement[bool]:
    """Money counts when finance has seen it. Asks for Posting, and Receipt by an outer join."""
    return and_(Posting.kind == PostingKind.ALLOCATION, Receipt.confirmed_at <= now, _stands(now))


def _stands(now: Moment) -> ColumnElement[bool]:
    """A receipt that bounced later was money until then; from then on its postings are reversed."""
    return or_(Receipt.bounced_at.is_(None), Receipt.bounced_at > now)


def reached(now: Moment) -> ColumnElement[Decimal]:
    """Sum up what has come for a receivable, or was granted as a bonus: a step reached is not lost by a refund."""
    counts = and_(Posting.at <= now, or_(_confirmed(now), Posting.kind == PostingKind.BONUS))
    return func.sum(case((counts, Posting.amount), else_=Decimal(0)))


def kept(now: Moment) -> ColumnElement[Decimal]:
    """Sum up the money that is still with us: what came, less what went back, compensation with it.

    A bonus is no money, and earnest money that was forfeited has stayed.
    """
    counts = and_(Posting.at <= now, or_(_confirmed(now), Posting.kind == PostingKind.RETURN))
    return func.sum(case((counts, Posting.amount), else_=Decimal(0)))


def by_dealer(event_ids: Collection[int], at: Moments) -> Subquery:
    """Return `event_id`, `dealer_id` and `money` of everybody who signed: a payer is who has `money` above zero.

    In the event's currency; what is owed by a contract that is void then is left out with its contract.
    """
    signed = select(Contract.event_id, Contract.dealer_id).where(
        Contract.event_id.in_(event_ids), signs(moment(at, Contract.event_id))
    )
    now = moment(at, Receivable.event_id)
    # Added up first and joined then: the other way round SQLite takes four times as long over many events.
    held = (
        select(Receivable.event_id, Receivable.dealer_id, kept(now).label("money"))
        .join(Event, Event.id == Receivable.event_id)
        .join(Posting, Posting.receivable_id == Receivable.id)
        .outerjoin(Receipt, Receipt.id == Posting.receipt_id)
        .where(
            Receivable.event_id.in_(event_ids),
            Receivable.currency == Event.currency,
            or_(Receivable.cancelled_at.is_(None), Receivable.cancelled_at > now),
        )
        .group_by(Receivable.event_id, Receivable.dealer_id)
        .subquery()
    )
    who = signed.distinct().subquery()
    is_who = and_(who.c.event_id == held.c.event_id, who.c.dealer_id == held.c.dealer_id)
    return select(held).join(who, is_who).subquery()
