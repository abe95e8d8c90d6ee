"""What adjustments are worked out from, and those that were asked for."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, exists, func, or_, select, type_coerce
from sqlalchemy.orm import joinedload, selectinload

from app import clock
from app.blueprints.receivables import queries as receivables
from app.blueprints.receivables.ledger import queries as ledger
from app.blueprints.receivables.rules import interest, refunds
from app.blueprints.receivables.rules.interest import Paid, Terms, Worked
from app.blueprints.receivables.rules.sums import ZERO
from app.blueprints.receivables.rules.votes import NEEDED
from app.extensions import db
from app.models import (
    Adjustment,
    AdjustmentEntry,
    AdjustmentKind,
    AdjustmentState,
    AdjustmentVote,
    Amount,
    Event,
    PaymentKind,
    PaymentRules,
    Posting,
    PostingKind,
    Receipt,
    Receivable,
    RefundRule,
)

_WHOLE = (
    joinedload(Adjustment.receivable).joinedload(Receivable.dealer),
    joinedload(Adjustment.receivable).joinedload(Receivable.contract),
    joinedload(Adjustment.receivable).joinedload(Receivable.event),
    joinedload(Adjustment.asked_by),
    selectinload(Adjustment.votes).joinedload(AdjustmentVote.by),
)


def terms_of(event: Event | None) -> Terms:
    """Return what early and late payment is worth at an event."""
    row = db.session.get(PaymentRules, event.id) if event is not None else None
    if row is None:
        return interest.STANDARD
    return Terms(row.late_rate, row.grace_days, row.late_cap, row.early_rate, row.early_most_days, row.release_days)


def refund_rules_of(event: Event | None) -> dict[PaymentKind, refunds.Rule]:
    """Return the rule of each kind: the event's own, or else the house's."""
    found = dict(refunds.STANDARD)
    if event is not None:
        for row in db.session.scalars(select(RefundRule).where(RefundRule.event_id == event.id)):
            found[row.kind] = refunds.Rule(row.free_days, row.kept_percent, row.outlets, row.outlets_days)
    return found


def signed_on(row: Receivable) -> date:
    """Return the day from which the contract counts, where the event is."""
    contract = row.contract
    at = contract.countersigned_at or contract.signed_at or contract.created_at
    return clock.local(at, zone_of(row)).date()


def zone_of(row: Receivable) -> str:
    return row.event.time_zone if row.event else "Asia/Shanghai"


def paid_on(row: Receivable) -> date | None:
    """Return the day the first confirmed money came."""
    return db.session.scalar(
        select(func.min(Receipt.received_on))
        .join(Posting, Posting.receipt_id == Receipt.id)
        .where(Posting.receivable_id == row.id, Receipt.confirmed_at.is_not(None), Receipt.bounced_at.is_(None))
    )


def late_interest(row: Receivable, until: date) -> Worked:
    """Work out the interest on a receivable up to a day; no interest counts on interest."""
    moves, booked = [], ZERO
    for posting in ledger.postings_of(row):
        if posting.kind is PostingKind.INTEREST:
            booked -= posting.amount
        else:
            on = posting.receipt.received_on if posting.receipt else clock.local(posting.at, zone_of(row)).date()
            moves.append(Paid(on, posting.amount))
    terms = terms_of(row.event)
    return interest.interest(row.amount, row.due_on, moves, terms, until, booked=booked, currency=row.currency)


def early_bonus(row: Receivable) -> Worked:
    """Work out the bonus for confirmed money that came before the due date."""
    moves = [
        Paid(posting.receipt.received_on, posting.amount)
        for posting in ledger.postings_of(row)
        if posting.kind is PostingKind.ALLOCATION and posting.receipt and posting.receipt.confirmed_at
    ]
    granted = db.session.scalar(
        select(type_coerce(func.sum(Adjustment.amount), Amount())).where(
            Adjustment.receivable_id == row.id,
            Adjustment.kind == AdjustmentKind.BONUS,
            Adjustment.state == AdjustmentState.POSTED,
        )
    )
    return interest.bonus(row.due_on, moves, terms_of(row.event), booked=granted or ZERO, currency=row.currency)


def place_for_bonus(row: Receivable, amount: Decimal) -> Receivable | None:
    """Return what a bonus is taken off: this sum while enough of it is open, or the dealer's next one."""
    if row.cancelled_at is None and row.open_amount >= amount:
        return row
    others = receivables.open_of_dealer(row.dealer_id, row.currency)
    return next((each for each in others if each.open_amount >= amount), None)


def is_asked(receivable_id: int, kind: AdjustmentKind) -> bool:
    """Tell whether the same is waiting for approval already."""
    waiting = exists().where(
        Adjustment.receivable_id == receivable_id,
        Adjustment.kind == kind,
        Adjustment.state == AdjustmentState.ASKED,
    )
    return bool(db.session.scalar(select(waiting)))


def adjustments(only_of: int | None = None) -> Select[Adjustment]:
    """Select adjustments; with `only_of` those of sums this person chases, or asked for."""
    statement = select(Adjustment).join(Receivable, Receivable.id == Adjustment.receivable_id).options(*_WHOLE)
    if only_of is None:
        return statement
    return statement.where(or_(Receivable.rep_id == only_of, Adjustment.asked_by_id == only_of))


def adjustment(adjustment_id: int, only_of: int | None = None) -> Adjustment | None:
    """Return one adjustment with what its page shows, when this person may see it."""
    return db.session.scalar(adjustments(only_of).where(Adjustment.id == adjustment_id))


def of_receivable(receivable_id: int) -> Sequence[Adjustment]:
    """Return what was asked for about a sum, newest first."""
    statement = adjustments().where(Adjustment.receivable_id == receivable_id).order_by(Adjustment.id.desc())
    return db.session.scalars(statement).all()


def waiting_for(person_id: int) -> Sequence[Adjustment]:
    """Return what somebody who may approve has not said anything to yet, the oldest first."""
    said = exists().where(AdjustmentVote.adjustment_id == Adjustment.id, AdjustmentVote.by_id == person_id)
    statement = adjustments().where(
        Adjustment.state == AdjustmentState.ASKED,
        Adjustment.kind.in_([kind for kind, needed in NEEDED.items() if needed]),
        ~said,
        or_(Adjustment.asked_by_id.is_(None), Adjustment.asked_by_id != person_id),
    )
    return db.session.scalars(statement.order_by(Adjustment.id)).all()


def entries_of(row: Adjustment) -> Sequence[Posting]:
    """Return the rows of the ledger an adjustment brought about, oldest first."""
    statement = (
        select(Posting)
        .join(AdjustmentEntry, AdjustmentEntry.posting_id == Posting.id)
        .where(AdjustmentEntry.adjustment_id == row.id)
        .order_by(Posting.id)
    )
    return db.session.scalars(statement).all()


def last_position(contract_id: int) -> int:
    """Return the highest position of a contract's receivables."""
    found = db.session.scalar(select(func.max(Receivable.position)).where(Receivable.contract_id == contract_id))
    return found or 0
