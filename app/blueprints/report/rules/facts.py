"""How far each guest came, and how many came how far."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.blueprints.events.rules.head_count import ACCEPTED_STEP, FIRM_STEP, INVITED_STEP
from app.models import GuestKind, InvitationState, PaymentKind, Readiness, TalkState

NOTHING = Decimal(0)
TALKED = frozenset({TalkState.TALKING, TalkState.STUCK, TalkState.AGREED})
UPFRONT = frozenset({PaymentKind.INTENT, PaymentKind.PREPAYMENT, PaymentKind.EARNEST, PaymentKind.DEPOSIT})


class Mark(StrEnum):
    """Something that is true of a guest. The first eleven are the steps of the funnel, in order."""

    LISTED = "listed"
    INVITED = "invited"
    ACCEPTED = "accepted"
    FIRM = "firm"
    ARRIVED = "arrived"
    TALKED = "talked"
    SIGNED = "signed"
    COUNTERSIGNED = "countersigned"
    DEPOSIT = "deposit"  # what was agreed up front came to the bank, all of it
    FIRST_ORDER = "first_order"  # the first payment for goods came to the bank
    SECOND = "second"  # and the second
    PAID = "paid"  # some money is at the bank and has not gone back
    OVERDUE = "overdue"  # something is due and not paid
    HAS_STEP = "has_step"  # somebody has said what happens next
    LEAD = "lead"  # was to sign first
    UNASKED = "unasked"  # came without having been firm


STEPS = tuple(Mark)[:11]
AGREED_OF = {Mark.DEPOSIT: "deposit", Mark.FIRST_ORDER: "first_order", Mark.SECOND: "second"}


@dataclass(frozen=True, slots=True)
class Owed:
    """One receivable: what was agreed, how much of it came to the bank, and how much of that is still there."""

    position: int
    kind: PaymentKind
    amount: Decimal  # less what an instalment agreement made rows of their own
    came: Decimal  # or was given as a bonus
    due_on: date
    open: Decimal  # by the ledger, provisional receipts taken off
    got: Decimal  # what came less what went back; below zero where compensation was paid

    @property
    def is_paid(self) -> bool:
        """A deposit that went back by its rule was paid all the same."""
        return self.came >= self.amount


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a dealer has signed at an event, all contracts together, and what of it is paid."""

    is_countersigned: bool = False
    total: Decimal = NOTHING  # in the event's currency
    owed: Sequence[Owed] = ()

    def agreed(self) -> frozenset[Mark]:
        """Return the steps of payment that the contracts speak of at all."""
        goods = sum(each.kind not in UPFRONT for each in self.owed)
        found = {Mark.DEPOSIT} if goods < len(self.owed) else set()
        return frozenset(found | {mark for mark, least in ((Mark.FIRST_ORDER, 1), (Mark.SECOND, 2)) if goods >= least})

    def marks(self, today: date) -> set[Mark]:
        upfront = [each for each in self.owed if each.kind in UPFRONT]
        goods = sorted(
            (each for each in self.owed if each.kind not in UPFRONT), key=lambda one: (one.due_on, one.position)
        )
        found = {Mark.SIGNED}
        found |= {Mark.COUNTERSIGNED} if self.is_countersigned else set()
        found |= {Mark.DEPOSIT} if upfront and all(each.is_paid for each in upfront) else set()
        found |= {mark for mark, row in zip((Mark.FIRST_ORDER, Mark.SECOND), goods, strict=False) if row.is_paid}
        found |= {Mark.PAID} if self.got > 0 else set()
        found |= {Mark.OVERDUE} if any(each.open > 0 and each.due_on < today for each in self.owed) else set()
        return found

    @property
    def got(self) -> Decimal:
        return sum((each.got for each in self.owed), NOTHING)

    def overdue(self, today: date) -> Decimal:
        return sum((each.open for each in self.owed if each.due_on < today), NOTHING)


@dataclass(frozen=True, slots=True)
class Fact:
    """One guest, or a dealer who signed without being on the list (then without an invitation)."""

    dealer_id: int
    invitation_id: int | None
    company: str
    contact: str
    kind: GuestKind
    readiness: Readiness | None
    rep_id: int | None
    rep: str
    region: str
    source: str
    state: InvitationState | None
    marks: frozenset[Mark]
    expected: Decimal = NOTHING  # of the first contract, as the rep said before
    total: Decimal = NOTHING
    got: Decimal = NOTHING
    overdue: Decimal = NOTHING
    agreed: frozenset[Mark] = frozenset()
    hint: str = ""  # what is known of the next step: open points of the talk


def marks_of_state(state: InvitationState) -> set[Mark]:
    """Return how far an invitation came; a no-show was expected until the doors closed."""
    found = {Mark.LISTED}
    for mark, states in ((Mark.INVITED, INVITED_STEP), (Mark.ACCEPTED, ACCEPTED_STEP), (Mark.FIRM, FIRM_STEP)):
        found |= {mark} if state in states else set()
    return found | ({Mark.ARRIVED} if state is InvitationState.ARRIVED else set())


@dataclass(frozen=True)
class Choice:
    """Which facts a figure counts: what they have, what they lack, and of which part."""

    has: frozenset[Mark] = frozenset()
    lacks: frozenset[Mark] = frozenset()
    dealers_only: bool = True
    by: str = ""
    of: str = ""

    def fits(self, fact: Fact) -> bool:
        if self.dealers_only and fact.kind is not GuestKind.DEALER:
            return False
        return self.has <= fact.marks and not self.lacks & fact.marks and (not self.by or key(fact, self.by) == self.of)

    def of_facts(self, facts: Iterable[Fact]) -> list[Fact]:
        return [each for each in facts if self.fits(each)]


CUTS = ("readiness", "kind", "rep", "region", "source")


def key(fact: Fact, by: str) -> str:
    """Return in which part of a cut a fact is, as an address names it."""
    match by:
        case "readiness":
            return fact.readiness.value if fact.readiness else ""
        case "kind":
            return fact.kind.value
        case "rep":
            return str(fact.rep_id or "")
        case "region":
            return fact.region
        case "source":
            return fact.source
    return ""


@dataclass(frozen=True)
class Counted:
    """How many of a group of guests have each mark."""

    facts: Sequence[Fact] = field(repr=False)

    def of(self, *has: Mark, lacks: Collection[Mark] = ()) -> int:
        wanted, unwanted = set(has), set(lacks)
        return sum(wanted <= each.marks and not unwanted & each.marks for each in self.facts)

    def agreed(self, mark: Mark) -> int:
        """How many have a contract that speaks of this payment at all."""
        return sum(mark in each.agreed for each in self.facts)

    @property
    def total(self) -> Decimal:
        return sum((each.total for each in self.facts), NOTHING)

    @property
    def got(self) -> Decimal:
        return sum((each.got for each in self.facts), NOTHING)

    @property
    def overdue(self) -> Decimal:
        return sum((each.overdue for each in self.facts), NOTHING)

    @property
    def expected(self) -> Decimal:
        return sum((each.expected for each in self.facts), NOTHING)


def dealers(facts: Iterable[Fact]) -> Counted:
    return Counted([each for each in facts if each.kind is GuestKind.DEALER])


def cut(facts: Iterable[Fact], by: str) -> dict[str, Counted]:
    """Return the guests by the parts of a cut; only the cut by kind counts others than dealers. Largest first."""
    parts: dict[str, list[Fact]] = {}
    for each in facts:
        if by == "kind" or each.kind is GuestKind.DEALER:
            parts.setdefault(key(each, by), []).append(each)
    order = sorted(parts, key=lambda part: (_place(by, part), -len(parts[part]), part))
    return {part: Counted(parts[part]) for part in order}


_OWN_ORDER = {"readiness": [each.value for each in Readiness], "kind": [each.value for each in GuestKind]}


def _place(by: str, part: str) -> int:
    """Closed sets of words keep their own order."""
    words = _OWN_ORDER.get(by, [])
    return words.index(part) if part in words else len(words)
