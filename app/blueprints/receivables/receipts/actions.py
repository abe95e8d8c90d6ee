"""Taking money down."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app import clock, journal
from app.blueprints.receivables.ledger import queries
from app.blueprints.receivables.ledger.actions import held_receipt, tell_targets
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Dealer, File, Receipt, ReceiptWay
from app.money import rounded


class FinerThanCoins(SigningDayError):
    """A sum with more decimals than the currency has."""

    code = "finer_than_coins"
    sentence = N_("%(currency)s has no such small coins.")


@dataclass(frozen=True)
class Given:
    """What a slip says. `amount` is in `currency`."""

    way: ReceiptWay
    amount: Decimal
    currency: str
    received_on: date
    payer: str = ""
    reference: str = ""
    note: str = ""


def record(dealer: Dealer, given: Given, *, by_id: int | None, file: File | None = None) -> Receipt:
    """Take money down as provisional: it pays what it is allocated to, until finance says otherwise."""
    if rounded(given.amount, given.currency) != given.amount:
        raise FinerThanCoins(currency=given.currency)
    receipt = Receipt(
        dealer_id=dealer.id,
        way=given.way,
        currency=given.currency,
        amount=given.amount,
        used=Decimal(0),
        received_on=given.received_on,
        payer=given.payer,
        reference=given.reference,
        note=given.note,
        file=file,
        recorded_at=clock.now(),
        recorded_by_id=by_id,
    )
    db.session.add(receipt)
    db.session.flush()
    journal.record("receipt.recorded", receipt, changes={"sum": [None, f"{given.amount:,.2f}"]})
    return receipt


def unconfirm(receipt_id: int, *, reason: str) -> Receipt:
    """Take back that the money is at the bank: the row that said so was another payment's. It is provisional again."""
    receipt = held_receipt(receipt_id)
    if receipt.confirmed_at is not None and receipt.bounced_at is None:
        receipt.confirmed_at, receipt.confirmed_by_id = None, None
        journal.record("receipt.unconfirmed", receipt, changes={"reason": [None, reason]})
        db.session.flush()
        tell_targets(queries.paid_by(receipt.id))
    return receipt
