"""Undoing what was decided of a row of the bank: by reversal, so that everything that ever happened can be seen."""

from sqlalchemy import select

from app import clock, journal
from app.blueprints.receivables.bank import payers, queries
from app.blueprints.receivables.ledger import actions as ledger
from app.blueprints.receivables.ledger import queries as ledger_queries
from app.blueprints.receivables.receipts import actions as receipts
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import BankMatch, BankMatchKind, BankRow, BankRowState, Posting, PostingKind, Receipt

K = BankMatchKind


class BankRowUndecided(SigningDayError):
    """There is nothing to undo."""

    code = "bank_row_undecided"
    sentence = N_("Nothing was decided of this row, so there is nothing to undo.")


class BounceStays(SigningDayError):
    """A receipt that bounced is gone; if the money came after all, that is another receipt."""

    code = "bounce_stays"
    sentence = N_("A receipt that bounced is not brought back. If the money came after all, take it down anew.")


class GivenBackMeanwhile(SigningDayError):
    """Money of the receipt went back to the dealer, so it did come."""

    code = "given_back_meanwhile"
    sentence = N_("Money of this receipt was given back since. Undo that first.")


def undo(row_id: int, *, reason: str, by_id: int | None) -> set[int]:
    """Take back what was decided of a row; returns the dealers whose money it was.

    A receipt that the row made is taken back with all it paid. One that was there before is provisional again, and
    only what this row booked of it is reversed.
    """
    statement = select(BankRow).where(BankRow.id == row_id).with_for_update()
    row = db.session.scalars(statement.execution_options(populate_existing=True)).one()
    if row.state is BankRowState.OPEN:
        raise BankRowUndecided
    dealers = set()
    for match in queries.live_matches([row_id]):
        if match.receipt_id is not None:
            receipt = ledger.held_receipt(match.receipt_id)
            dealers.add(receipt.dealer_id)
            _take_back(match, receipt, reason, by_id)
        undone = BankMatch(
            row_id=row.id,
            kind=match.kind,
            receipt_id=match.receipt_id,
            amount=-match.amount,
            fee=-match.fee,
            reverses_id=match.id,
            reason=reason,
            at=clock.now(),
            by_id=by_id,
        )
        db.session.add(undone)
    said = {"state": [row.state.value, BankRowState.OPEN.value], "reason": [None, reason]}
    row.state = BankRowState.OPEN
    journal.record("bank_row.undone", row, changes=said)
    for dealer in dealers:
        payers.forget_unless_seen(row, dealer)
    db.session.flush()
    return dealers


def _take_back(match: BankMatch, receipt: Receipt, reason: str, by_id: int | None) -> None:
    if match.kind is K.BOUNCE:
        raise BounceStays
    if receipt.bounced_at:
        return
    live = ledger_queries.live_postings(receipt.id)
    if match.kind is not K.REFUND and any(each.kind is PostingKind.REFUND for each in live):
        raise GivenBackMeanwhile
    if match.kind is K.RECEIPT:
        ledger.bounce(receipt.id, reason=reason, by_id=by_id, action="receipt.withdrawn")
        return
    _reverse([each for each in live if each.id in match.postings], reason, by_id)
    if match.kind is K.CONFIRMATION:
        receipts.unconfirm(receipt.id, reason=reason)


def _reverse(postings: list[Posting], reason: str, by_id: int | None) -> None:
    for posting in postings:
        ledger.reverse(posting.id, reason=reason, by_id=by_id)
