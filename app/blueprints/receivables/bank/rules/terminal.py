"""A card terminal's day at the bank: the slips of one day, or of a weekend, in one sum, and mostly a fee less. Pure.

Nobody's name is on such a row, so what is found here is looked at by a person, whatever fits.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from app.blueprints.receivables.bank.rules.known import Incoming, Plan, Reason, Slip
from app.blueprints.receivables.rules.sums import ZERO
from app.errors import N_, SigningDayError

WORDS = ("POS", "银联商务", "拉卡拉", "通联支付", "收单", "商户结算", "商户清算", "刷卡", "CARD TERMINAL", "ACQUIR")
LATEST = 4  # days from a card to the bank, a weekend between
LONGEST = timedelta(days=3)  # that come in one settlement
USUAL_FEE = Decimal("0.012")  # of the slips: up to so much is proposed; cards cost 0.4 to 0.6 %, foreign ones more
MOST_FEE = Decimal("0.05")  # more than that is no fee, but a slip too many
_CENT = Decimal("0.01")


class NotAFee(SigningDayError):
    """Only a small part of slips, in the same currency, is a terminal's fee."""

    code = "not_a_fee"
    sentence = N_("A fee is taken off slips only, in the currency of the row, and at most %(share)s %% of them.")


def is_named(payer: str, memo: str) -> bool:
    """Tell whether a row is of a card terminal, by what the bank writes."""
    said = unicodedata.normalize("NFKC", f"{payer} {memo}").upper()
    return any(word in said for word in WORDS)


def ways(row: Incoming, cards: Mapping[tuple[str, date], Sequence[Slip]]) -> list[Plan]:
    """Return which days' card slips (by currency and day) may have come as this row, the ones without a fee first.

    A fee is only believed of a row that names a terminal; several slips that come to the very sum speak for themselves.
    """
    found = []
    named = is_named(row.payer, row.memo)
    for some in _spans(row, cards):
        whole = sum((slip.amount for slip in some), ZERO)
        fee = whole - row.amount
        if (fee == ZERO and len(some) > 1) or (named and ZERO < fee <= whole * USUAL_FEE):
            found.append((fee, _plan(some, fee, whole, named=named)))
    return [plan for _fee, plan in sorted(found, key=lambda pair: (pair[0], pair[1].slips))]


def _spans(row: Incoming, cards: Mapping[tuple[str, date], Sequence[Slip]]) -> Iterator[list[Slip]]:
    """All slips of each run of days shortly before the row that begins and ends with a card."""
    days = [row.booked_on - timedelta(days=ago) for ago in range(LATEST, -1, -1)]
    of = {day: cards[(row.currency, day)] for day in days if (row.currency, day) in cards}
    for first in of:
        for last in of:
            if first <= last < first + LONGEST:
                yield sorted((slip for day in of if first <= day <= last for slip in of[day]), key=lambda slip: slip.id)


def _plan(slips: Sequence[Slip], fee: Decimal, whole: Decimal, *, named: bool) -> Plan:
    last = max(slip.received_on for slip in slips)
    reasons: list[Reason] = [("terminal", "")] if named else []
    reasons.append(("slips_of_day", f"{len(slips)}|{last.isoformat()}"))
    if fee:
        reasons.append(("fee", f"{fee:.2f}|{fee / whole * 100:.2f}"))
    return Plan(slips[0].dealer_id, slips=tuple(slip.id for slip in slips), fee=fee, reasons=tuple(reasons))


def check_fee(fee: Decimal, whole: Decimal, *, only_slips: bool, same_currency: bool) -> None:
    """Raise NotAFee for what cannot be the fee of slips that come to `whole`."""
    if fee and not (only_slips and same_currency and ZERO < fee <= whole * MOST_FEE):
        raise NotAFee(share=f"{MOST_FEE * 100:.0f}")


def shared(fee: Decimal, amounts: Sequence[Decimal]) -> list[Decimal]:
    """Divide a fee over slips by their sums, to the cent; the last takes what rounding leaves."""
    whole = sum(amounts, ZERO)
    parts = [(fee * amount / whole).quantize(_CENT, ROUND_HALF_UP) for amount in amounts[:-1]]
    return [*parts, fee - sum(parts, ZERO)]
