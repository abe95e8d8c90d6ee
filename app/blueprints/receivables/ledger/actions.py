"""Posting and reversing. Whoever posts holds the rows: first the receipt, then the receivables in the order of ids."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app import clock, journal
from app.blueprints.contracts.register.targets import actions as targets
from app.blueprints.receivables.ledger import queries
from app.blueprints.receivables.rules.refunds import GOODS
from app.blueprints.receivables.rules.sums import Share
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Posting, PostingKind, Receipt, Receivable

# What makes a receivable larger, so that its sum is negative.
_ADDS = {PostingKind.INTEREST, PostingKind.RETURN, PostingKind.FORFEIT}


class MoreThanFree(SigningDayError):
    """More was to be taken from a receipt than is free on it."""

    code = "more_than_free"
    sentence = N_("Only %(free)s %(currency)s of this receipt are free.")


class MoreThanOpen(SigningDayError):
    """More was to be put on a receivable than is open."""

    code = "more_than_open"
    sentence = N_("Only %(open)s %(currency)s are open there.")


class OtherCurrency(SigningDayError):
    """Receipt and receivable are in different currencies."""

    code = "other_currency"
    sentence = N_("The receipt is in %(receipt)s, what is owed in %(owed)s.")


class OtherDealer(SigningDayError):
    """Money of one dealer was to pay what another owes."""

    code = "other_dealer"
    sentence = N_("This receipt belongs to another dealer.")


class NothingOwed(SigningDayError):
    """The contract became void, so nothing is owed any more."""

    code = "nothing_owed"
    sentence = N_("The contract is void, so nothing is owed here.")


class ReceiptBounced(SigningDayError):
    """The money is gone again."""

    code = "receipt_bounced"
    sentence = N_("This receipt has bounced, so nothing can be done with it.")


class AlreadyReversed(SigningDayError):
    """A row was undone before, or undoes another one itself."""

    code = "already_reversed"
    sentence = N_("This entry has been reversed already.")


class MoneyWentBack(SigningDayError):
    """A payment was to be reversed whose money has been given back, or kept for good, already."""

    code = "money_went_back"
    sentence = N_("This money has been refunded or kept for good; reverse that first.")


class NotAnAmount(SigningDayError):
    """A sum of nothing, or below it."""

    code = "not_an_amount"
    sentence = N_("A sum above zero is wanted.")


def held_receipt(receipt_id: int) -> Receipt:
    """Return the receipt as it is now, held until the transaction ends."""
    statement = select(Receipt).where(Receipt.id == receipt_id).with_for_update()
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def held_receivables(ids: Sequence[int]) -> dict[int, Receivable]:
    """Return receivables as they are now, held until the transaction ends."""
    statement = select(Receivable).where(Receivable.id.in_(ids)).order_by(Receivable.id).with_for_update()
    return {row.id: row for row in db.session.scalars(statement.execution_options(populate_existing=True))}


def allocate(receipt_id: int, shares: Sequence[Share], *, by_id: int | None) -> list[Posting]:
    """Let a receipt pay receivables of the same dealer. All shares, or an error and none."""
    db.session.flush()
    receipt = held_receipt(receipt_id)
    if receipt.bounced_at:
        raise ReceiptBounced
    rows = held_receivables([share.receivable_id for share in shares])
    made = [_allocate(receipt, rows[share.receivable_id], share.amount, by_id) for share in shares]
    if receipt.confirmed_at is not None:
        tell_targets(rows.values())
    return made


def tell_targets(rows: Iterable[Receivable]) -> None:
    """Bring the sales targets up to what is at the bank for these; only what pays for goods counts there."""
    contract_ids = {row.contract_id for row in rows if row.kind in GOODS}
    if contract_ids:
        targets.follow(contract_ids)


def _allocate(receipt: Receipt, row: Receivable, amount: Decimal, by_id: int | None) -> Posting:
    if row.dealer_id != receipt.dealer_id:
        raise OtherDealer
    if row.currency != receipt.currency:
        raise OtherCurrency(receipt=receipt.currency, owed=row.currency)
    if row.cancelled_at:
        raise NothingOwed
    return _post(Posting(kind=PostingKind.ALLOCATION, amount=amount, by_id=by_id), row, receipt)


def refund(receipt_id: int, amount: Decimal, *, reason: str, by_id: int | None) -> Posting:
    """Give back money of a receipt that pays nothing."""
    receipt = held_receipt(receipt_id)
    if receipt.bounced_at:
        raise ReceiptBounced
    return _post(Posting(kind=PostingKind.REFUND, amount=amount, reason=reason, by_id=by_id), None, receipt)


def adjust(receivable_id: int, kind: PostingKind, amount: Decimal, *, reason: str, by_id: int | None) -> Posting:
    """Write a sum off, grant a bonus (less is owed), or charge interest (more is owed); `amount` is above zero."""
    row = held_receivables([receivable_id])[receivable_id]
    if row.cancelled_at:
        raise NothingOwed
    if amount <= 0:
        raise NotAnAmount
    signed = -amount if kind is PostingKind.INTEREST else amount
    return _post(Posting(kind=kind, amount=signed, reason=reason, by_id=by_id), row, None)


def enter(row: Receivable, kind: PostingKind, amount: Decimal, *, reason: str, by_id: int | None) -> Posting:
    """Write a row of the ledger about a receivable the caller holds, cancelled or not; `amount` has its own sign."""
    posting = _post(Posting(kind=kind, amount=amount, reason=reason, by_id=by_id), row, None)
    if kind in queries.LEFT:
        tell_targets([row])
    return posting


def _post(posting: Posting, row: Receivable | None, receipt: Receipt | None) -> Posting:
    """Write a row of the ledger and count it. The rows are held by the caller."""
    is_wrong = (posting.amount < 0) != (posting.kind in _ADDS)
    if not posting.amount or (posting.reverses_id is None and is_wrong):
        raise NotAnAmount
    if receipt is not None:
        if posting.amount > receipt.amount - receipt.used:
            raise MoreThanFree(free=receipt.amount - receipt.used, currency=receipt.currency)
        receipt.used += posting.amount
        posting.receipt = receipt
    if row is not None:
        if posting.amount > row.amount - row.settled:
            raise MoreThanOpen(open=row.amount - row.settled, currency=row.currency)
        row.settled += posting.amount
        posting.receivable = row
    posting.at = clock.now()
    db.session.add(posting)
    db.session.flush()
    _journal(posting)
    return posting


def _journal(posting: Posting) -> None:
    """A row of the ledger is told where people look for it: on the receivable, or else on the receipt."""
    action = f"payment.{posting.kind.value}" if posting.reverses_id is None else "payment.reversed"
    said: dict[str, list[Any]] = {
        "sum": [None, f"{abs(posting.amount):,.2f}"],
        "receipt_id": [None, posting.receipt_id],
        "reason": [None, posting.reason or None],
    }
    changes = {name: pair for name, pair in said.items() if pair[1] is not None}
    for subject in (posting.receivable, posting.receipt):
        if subject is not None:
            event_id = posting.receivable.event_id if posting.receivable else None
            journal.record(action, subject, event_id=event_id, changes=changes)


def reverse(posting_id: int, *, reason: str, by_id: int | None, is_gone: bool = False) -> Posting:
    """Undo a row of the ledger by one that says the opposite. Raises AlreadyReversed the second time.

    A payment whose money went back is reversed only when it never came (`is_gone`): then the dealer owes it again.
    """
    db.session.flush()
    posting = db.session.get_one(Posting, posting_id)
    receipt = held_receipt(posting.receipt_id) if posting.receipt_id else None
    rows = held_receivables([posting.receivable_id]) if posting.receivable_id else {}
    if posting.reverses_id is not None or queries.is_reversed(posting_id):
        raise AlreadyReversed
    if not is_gone and _is_without(posting):
        raise MoneyWentBack
    undone = Posting(kind=posting.kind, amount=-posting.amount, reverses_id=posting_id, reason=reason, by_id=by_id)
    _post(undone, next(iter(rows.values()), None), receipt)
    if posting.kind in queries.LEFT or (receipt is not None and receipt.confirmed_at is not None):
        tell_targets(rows.values())
    return undone


def _is_without(posting: Posting) -> bool:
    """Tell whether the money of a payment is no longer held where it was booked."""
    if posting.kind is not PostingKind.ALLOCATION or posting.receivable_id is None:
        return False
    return queries.held(posting.receivable_id, also_provisional=True) < posting.amount


def confirm(receipt_id: int, *, by_id: int | None) -> Receipt:
    """Say that the money is at the bank. Doing it twice is doing it once."""
    receipt = held_receipt(receipt_id)
    if receipt.bounced_at:
        raise ReceiptBounced
    if receipt.confirmed_at is None:
        receipt.confirmed_at, receipt.confirmed_by_id = clock.now(), by_id
        journal.record("receipt.confirmed", receipt, changes={})
        db.session.flush()
        tell_targets(queries.paid_by(receipt.id))
    return receipt


def bounce(receipt_id: int, *, reason: str, by_id: int | None, action: str = "receipt.bounced") -> Receipt:
    """Say that the money never came, or went back: everything it paid is open again. The journal calls it `action`."""
    db.session.flush()
    receipt = held_receipt(receipt_id)
    if receipt.bounced_at:
        raise ReceiptBounced
    live = queries.live_postings(receipt_id)
    held_receivables(sorted({each.receivable_id for each in live if each.receivable_id}))
    for posting in live:
        reverse(posting.id, reason=reason, by_id=by_id, is_gone=True)
    receipt.bounced_at, receipt.bounced_by_id, receipt.bounce_reason = clock.now(), by_id, reason
    journal.record(action, receipt, changes={"reason": [None, reason]})
    db.session.flush()
    return receipt
