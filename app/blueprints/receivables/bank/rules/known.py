"""What the matcher is given: rows, what is open, slips, by what dealers are known; and what it answers."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from app.blueprints.receivables.rules.sums import Share
from app.models import BankVerdict

_TOKEN = re.compile(r"[A-Z0-9](?:[A-Z0-9\-_/.]*[A-Z0-9])?")
_SEPARATORS = re.compile(r"[-_/.]+")
SHORTEST_NUMBER = 5


@dataclass(frozen=True)
class Incoming:
    """A row of the bank that is still to be decided. `payer_key` is the name as companies are known again by."""

    id: int
    key: str
    booked_on: date
    amount: Decimal
    currency: str
    payer: str = ""
    payer_key: str = ""
    memo: str = ""
    serial: str = ""
    is_odd: bool = False


@dataclass(frozen=True)
class Open:
    """A receivable with something open, and the number of its contract as `number` makes it."""

    id: int
    dealer_id: int
    contract: str
    kind: str
    due_on: date
    amount: Decimal  # what is open
    currency: str


@dataclass(frozen=True)
class Slip:
    """A provisional receipt, taken down by hand."""

    id: int
    dealer_id: int
    amount: Decimal
    currency: str
    received_on: date
    reference: str = ""
    is_pos: bool = False  # a card at the terminal


@dataclass(frozen=True)
class Sent:
    """Money of a dealer that may go back: a receipt with something free, or one that may have bounced."""

    receipt_id: int
    dealer_id: int
    amount: Decimal
    free: Decimal
    currency: str
    received_on: date
    noted: tuple[Decimal, ...] = ()  # refunds that finance has noted and no row of the bank has shown yet


@dataclass
class Known:
    """All that a set of rows has to be compared with."""

    items: Mapping[int, list[Open]] = field(default_factory=dict)  # of each dealer, oldest due first
    slips: Mapping[int, list[Slip]] = field(default_factory=dict)
    receipts: Mapping[int, list[Sent]] = field(default_factory=dict)
    companies: Mapping[str, frozenset[int]] = field(default_factory=dict)
    aliases: Mapping[str, frozenset[int]] = field(default_factory=dict)
    contacts: Mapping[str, frozenset[int]] = field(default_factory=dict)
    contracts: Mapping[str, int] = field(default_factory=dict)
    spelled: Mapping[str, str] = field(default_factory=dict)  # numbers of contracts as they are written
    named: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # first letters -> company's key -> dealer
    slip_numbers: Mapping[str, frozenset[int]] = field(default_factory=dict)
    by_amount: Mapping[tuple[str, Decimal], list[Open]] = field(default_factory=dict)
    slips_by_amount: Mapping[tuple[str, Decimal], list[Slip]] = field(default_factory=dict)
    cards: Mapping[tuple[str, date], list[Slip]] = field(default_factory=dict)  # slips of the terminal by their day


Reason = tuple[str, str]


@dataclass(frozen=True)
class Plan:
    """One way to book a row: confirm a slip, or shares of what the dealer owes; the rest stays free.

    A terminal's day confirms `slips` of one or more dealers, and `fee` is what it took off; `dealer_id` is the first's.
    """

    dealer_id: int
    receipt_id: int | None = None
    shares: tuple[Share, ...] = ()
    kind: str = "receipt"  # or refund, bounce
    slips: tuple[int, ...] = ()
    fee: Decimal = Decimal(0)
    reasons: tuple[Reason, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The plan as a row of the database keeps it."""
        return {
            "dealer": self.dealer_id,
            "receipt": self.receipt_id,
            "shares": [[share.receivable_id, str(share.amount)] for share in self.shares],
            "kind": self.kind,
            "reasons": [list(each) for each in self.reasons],
            **({"slips": list(self.slips), "fee": str(self.fee)} if self.slips else {}),
        }


@dataclass(frozen=True)
class Proposal:
    """What the matcher makes of a row. Only a CERTAIN one may be booked together with others."""

    row_id: int
    verdict: BankVerdict
    plans: tuple[Plan, ...] = ()  # exactly one when certain or likely, several of a tie
    reasons: tuple[Reason, ...] = ()

    @property
    def plan(self) -> Plan | None:
        return self.plans[0] if len(self.plans) == 1 else None


def number(text: str) -> str:
    """A contract's number as it is compared: capitals and figures only."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).upper()))


def numbers(memo: str) -> set[str]:
    """Return all that may be the number of a contract or of a slip in a memo."""
    found = set()
    for token in _TOKEN.findall(unicodedata.normalize("NFKC", memo).upper()):
        parts = _SEPARATORS.split(token)[:12]
        for start in range(len(parts)):
            for end in range(start + 1, len(parts) + 1):
                joined = "".join(parts[start:end])
                if len(joined) >= SHORTEST_NUMBER and any(map(str.isdigit, joined)):
                    found.add(joined)
    return found


def longest(found: set[str]) -> set[str]:
    """Drop numbers that are only parts of others: 2026001 of XG2026001."""
    return {each for each in found if not any(each != other and each in other for other in found)}
