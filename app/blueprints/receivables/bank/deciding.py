"""Deciding on rows of the bank: booked as proposed or divided by hand, ignored, given back, and each undone again.

Whoever decides holds the row first, then receipt and receivables as the ledger does. A row is decided whole
or not at all.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app import clock, journal
from app.blueprints.receivables.bank import payers
from app.blueprints.receivables.bank.rules import terminal
from app.blueprints.receivables.ledger import actions as ledger
from app.blueprints.receivables.receipts import actions as receipts
from app.blueprints.receivables.receipts.actions import Given
from app.blueprints.receivables.rules.sums import ZERO, Share
from app.errors import N_, SigningDayError, StaleChange
from app.extensions import db
from app.models import (
    BankMatch,
    BankMatchKind,
    BankRow,
    BankRowState,
    BankVerdict,
    Dealer,
    Posting,
    Receipt,
    ReceiptWay,
)
from app.money import rounded

K = BankMatchKind


class BankRowDecided(SigningDayError):
    """Somebody has decided on the row already."""

    code = "bank_row_decided"
    sentence = N_("This row has been decided already.")


class NothingProposed(SigningDayError):
    """There is nothing to confirm: no proposal, or several that a person has to choose from."""

    code = "nothing_proposed"
    sentence = N_("Nothing certain is proposed here. Please choose what this money pays.")


class PartsDoNotAddUp(SigningDayError):
    """A row is decided whole."""

    code = "parts_do_not_add_up"
    sentence = N_("The parts come to %(parts)s, the row to %(whole)s.")


class RateWanted(SigningDayError):
    """Money in another currency is never converted silently."""

    code = "rate_wanted"
    sentence = N_("The row is in %(row)s, what is owed in %(owed)s. Please give the rate.")


class NotTheSlip(SigningDayError):
    """Only a provisional receipt of the same sum becomes confirmed by a row."""

    code = "not_the_slip"
    sentence = N_("This receipt is not waiting for a row of this sum any more.")


class WrongDirection(SigningDayError):
    """Money that left pays nothing, and money that came is not given back."""

    code = "wrong_direction"
    sentence = N_("This is not possible with money that moved in this direction.")


@dataclass(frozen=True)
class Part:
    """So much of a row for one dealer, in the currency of what is owed; the shares may come to less than that."""

    dealer_id: int
    amount: Decimal
    shares: tuple[Share, ...] = ()
    receipt_id: int | None = None  # a provisional receipt that this money is


def held_row(row_id: int) -> BankRow:
    """Return the row as it is now, held until the transaction ends; raises when it is decided already."""
    statement = select(BankRow).where(BankRow.id == row_id).with_for_update()
    row = db.session.scalars(statement.execution_options(populate_existing=True)).one()
    if row.state is not BankRowState.OPEN:
        raise BankRowDecided
    return row


def seen(row: BankRow) -> str:
    """What a page hands back, so that nobody confirms another proposal than the one they looked at."""
    return hashlib.sha256(json.dumps(row.proposal, sort_keys=True).encode()).hexdigest()[:16]


def confirm(row_id: int, *, by_id: int | None, way: int = 0, looked_at: str | None = None) -> BankRow:
    """Do what is proposed. Of a tie only a person chooses, by naming the way they saw (`looked_at`)."""
    row = held_row(row_id)
    ways = row.proposal.get("ways", [])
    if looked_at is not None and looked_at != seen(row):
        raise StaleChange
    is_choice = row.verdict is BankVerdict.TIE
    if not 0 <= way < len(ways) or (is_choice and looked_at is None) or row.verdict is BankVerdict.NONE:
        raise NothingProposed
    chosen = ways[way]
    if chosen.get("slips"):
        return settle(row.id, _of_slips(chosen["slips"]), by_id=by_id, fee=Decimal(chosen["fee"]))
    if row.amount < 0:
        return give_back(row.id, chosen["receipt"], by_id=by_id, is_bounce=chosen["kind"] == "bounce")
    shares = tuple(Share(item, Decimal(amount)) for item, amount in chosen["shares"])
    return settle(row.id, [Part(chosen["dealer"], row.amount, shares, chosen["receipt"])], by_id=by_id)


def _of_slips(ids: Sequence[int]) -> list[Part]:
    rows = db.session.scalars(select(Receipt).where(Receipt.id.in_(ids)).order_by(Receipt.id)).all()
    return [Part(each.dealer_id, each.amount, (), each.id) for each in rows]


def settle(
    row_id: int,
    parts: Sequence[Part],
    *,
    by_id: int | None,
    rate: Decimal | None = None,
    currency: str = "",
    fee: Decimal = ZERO,
) -> BankRow:
    """Book a row that came: a receipt for each dealer, new or taken down before, confirmed and divided.

    `currency` is that of what is owed when it is not the row's; `rate` is then how many of it one of the row's is.
    `fee` is what a terminal took off the slips that came as this row: the dealers have paid them whole.
    """
    row = held_row(row_id)
    if row.amount <= 0:
        raise WrongDirection
    currency = currency or row.currency
    whole = converted(row, currency, rate) + fee
    in_all = sum((part.amount for part in parts), ZERO)
    if in_all != whole or not parts or any(part.amount <= 0 for part in parts):
        raise PartsDoNotAddUp(parts=f"{in_all:,.2f}", whole=f"{whole:,.2f}")
    only_slips = all(part.receipt_id is not None for part in parts)
    terminal.check_fee(fee, whole, only_slips=only_slips, same_currency=currency == row.currency)
    fees = terminal.shared(fee, [part.amount for part in parts])
    for number, part in enumerate(parts):
        own = part.amount - fees[number] if fee else row.amount if len(parts) == 1 else _own(row, parts, number, whole)
        said = "" if currency == row.currency else f"{rate}"
        _settle_part(row, part, own, currency, said, by_id).fee = fees[number]
    _decided(row, BankRowState.MATCHED, "bank_row.matched", **({"fee": f"{fee:,.2f}"} if fee else {}))
    if len(parts) == 1 and not terminal.is_named(row.payer, row.memo):
        payers.learn(row.payer, db.session.get_one(Dealer, parts[0].dealer_id), by_id=by_id)
    return row


def converted(row: BankRow, currency: str, rate: Decimal | None) -> Decimal:
    """Return what the row is worth in the currency of what is owed. Raises RateWanted where only a rate can say."""
    if currency == row.currency:
        return row.amount
    if not rate:
        raise RateWanted(row=row.currency, owed=currency)
    return rounded(row.amount * rate, currency)


def _own(row: BankRow, parts: Sequence[Part], number: int, whole: Decimal) -> Decimal:
    """A part in the row's currency; the last takes what rounding leaves."""
    if whole == row.amount:
        return parts[number].amount
    shares = [rounded(row.amount * part.amount / whole, row.currency) for part in parts]
    return row.amount - sum(shares[:-1], ZERO) if number == len(parts) - 1 else shares[number]


def _settle_part(row: BankRow, part: Part, own: Decimal, currency: str, rate: str, by_id: int | None) -> BankMatch:
    if part.receipt_id is not None:
        receipt, kind = ledger.held_receipt(part.receipt_id), K.CONFIRMATION
        if receipt.confirmed_at or receipt.bounced_at or (receipt.amount, receipt.currency) != (part.amount, currency):
            raise NotTheSlip
    else:
        dealer = db.session.get_one(Dealer, part.dealer_id)
        said = f"{row.currency} {row.amount:,.2f} @ {rate} " if rate else ""
        given = Given(
            way=ReceiptWay.TRANSFER,
            amount=part.amount,
            currency=currency,
            received_on=row.booked_on,
            payer=row.payer[:120],
            reference=row.serial[:60],
            note=(said + row.memo)[:200],
        )
        receipt, kind = receipts.record(dealer, given, by_id=by_id), K.RECEIPT
    posted = ledger.allocate(receipt.id, part.shares, by_id=by_id) if part.shares else []
    ledger.confirm(receipt.id, by_id=by_id)
    return _matched(row, kind, own, by_id, receipt=receipt, rate=rate, postings=[each.id for each in posted])


def _matched(row: BankRow, kind: BankMatchKind, amount: Decimal, by_id: int | None, **values: Any) -> BankMatch:
    made = BankMatch(row_id=row.id, kind=kind, amount=amount, at=clock.now(), by_id=by_id, **values)
    db.session.add(made)
    db.session.flush()
    return made


def _decided(row: BankRow, state: BankRowState, action: str, **said: Any) -> None:
    changes = {"state": [row.state.value, state.value]} | {name: [None, value] for name, value in said.items()}
    row.state = state
    journal.record(action, row, changes=changes)
    db.session.flush()


def give_back(row_id: int, receipt_id: int, *, by_id: int | None, is_bounce: bool = False) -> BankRow:
    """Book a row that left: money of a receipt given back, or the receipt itself bounced.

    A refund of this sum that finance has noted before is only found again, not noted twice.
    """
    row = held_row(row_id)
    if row.amount >= 0:
        raise WrongDirection
    receipt, amount = ledger.held_receipt(receipt_id), -row.amount
    reason = (row.memo or row.serial or "-")[:200]
    if receipt.currency != row.currency:
        raise ledger.OtherCurrency(receipt=receipt.currency, owed=row.currency)
    if is_bounce:
        if receipt.amount != amount:
            raise PartsDoNotAddUp(parts=f"{receipt.amount:,.2f}", whole=f"{amount:,.2f}")
        ledger.bounce(receipt_id, reason=reason, by_id=by_id)
        _matched(row, K.BOUNCE, row.amount, by_id, receipt=receipt)
    else:
        posted = (
            [] if _is_noted(receipt, amount) else [ledger.refund(receipt_id, amount, reason=reason, by_id=by_id).id]
        )
        _matched(row, K.REFUND, row.amount, by_id, receipt=receipt, postings=posted)
    _decided(row, BankRowState.MATCHED, "bank_row.matched")
    return row


def _is_noted(receipt: Receipt, amount: Decimal) -> bool:
    from_bank = db.session.scalars(
        select(BankMatch.amount).where(BankMatch.receipt_id == receipt.id, BankMatch.kind == K.REFUND)
    ).all()
    posted = db.session.scalars(
        select(Posting.amount).where(Posting.receipt_id == receipt.id, Posting.kind == "refund")
    ).all()
    noted = posted.count(amount) - posted.count(-amount)
    return noted > from_bank.count(-amount) - from_bank.count(amount)


def ignore(row_ids: Collection[int], *, reason: str, by_id: int | None) -> int:
    """Say that rows have nothing to do with what dealers owe. Rows decided meanwhile are passed over."""
    done = 0
    for row_id in sorted(row_ids):
        try:
            row = held_row(row_id)
        except BankRowDecided:
            continue
        _matched(row, K.IGNORED, row.amount, by_id, reason=reason)
        _decided(row, BankRowState.IGNORED, "bank_row.ignored", reason=reason)
        done += 1
    return done
