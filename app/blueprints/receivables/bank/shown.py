"""Rows of the bank as pages show them: the proposal in names, sums and reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from app.blueprints.receivables.bank import queries, words
from app.models import BankMatchKind, BankRow, BankRowState, Dealer, Receipt, Receivable


@dataclass(frozen=True)
class ShownShare:
    """So much for one receivable."""

    receivable: Receivable
    amount: Decimal


@dataclass(frozen=True)
class ShownWay:
    """One way to book a row, in words."""

    number: int
    kind: str
    dealer: Dealer
    receipt_id: int | None
    shares: list[ShownShare]
    rest: Decimal
    reasons: list[str]
    slips: Sequence[Receipt] = ()
    fee: Decimal = Decimal(0)


def ways(rows: Sequence[BankRow]) -> dict[int, list[ShownWay]]:
    """Return the proposals of rows by their ids, with a fixed number of statements however many there are."""
    plain = {row.id: row.proposal.get("ways", []) for row in rows}
    every = [way for some in plain.values() for way in some]
    dealers = queries.dealers([way["dealer"] for way in every])
    items = queries.receivables([share[0] for way in every for share in way["shares"]])
    receipts = queries.receipts([slip for way in every for slip in way.get("slips", ())])
    return {
        row.id: [_way(row, number, way, dealers, items, receipts) for number, way in enumerate(plain[row.id])]
        for row in rows
    }


def _way(
    row: BankRow,
    number: int,
    way: Mapping[str, Any],
    dealers: Mapping[int, Dealer],
    items: Mapping[int, Receivable],
    receipts: Mapping[int, Receipt],
) -> ShownWay:
    slips = [receipts[each] for each in way.get("slips", ()) if each in receipts]
    shares = [ShownShare(items[item], Decimal(amount)) for item, amount in way["shares"]]
    booked = sum((share.amount for share in shares), Decimal(0))
    rest = Decimal(0) if way["receipt"] or slips else row.amount - booked
    return ShownWay(
        number,
        way["kind"],
        dealers[way["dealer"]],
        way["receipt"],
        shares,
        max(rest, Decimal(0)),
        words.reasons(way["reasons"], row.currency),
        slips,
        Decimal(way.get("fee", 0)),
    )


@dataclass
class Decided:
    """What holds of a row that somebody has decided on."""

    kinds: list[BankMatchKind] = field(default_factory=list)
    dealers: list[str] = field(default_factory=list)
    reason: str = ""


def decided(rows: Sequence[BankRow]) -> dict[int, Decided]:
    """Return what was decided of rows, with one statement for all."""
    found = {row.id: Decided() for row in rows if row.state is not BankRowState.OPEN}
    for match in queries.live_matches(list(found)):
        one = found[match.row_id]
        one.kinds += [] if match.kind in one.kinds else [match.kind]
        one.dealers += [match.receipt.dealer.company] if match.receipt else []
        one.reason = match.reason
    return found
