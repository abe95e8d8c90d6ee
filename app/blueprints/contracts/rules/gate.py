"""The readiness gate: what must be there before the pen is given. Values in, verdict out.

Each point is met, missing with the reason (a stable code and what it speaks of), let pass by somebody with the right
to, or not needed. An approval can never be let pass, nor a document that is not made.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from app.errors import N_, SigningDayError
from app.models import ContractKind, PaymentKind, SignatoryKind, TerritoryState, Tier


class Point(StrEnum):
    """One thing that must be there."""

    APPROVAL = "approval"
    DOCUMENT = "document"
    PAPERS = "papers"
    SIGNATORY = "signatory"
    SCREENING = "screening"
    TERRITORY = "territory"
    PACKAGE = "package"
    DEPOSIT = "deposit"


class Light(StrEnum):
    """How a point stands."""

    MET = "met"
    MISSING = "missing"
    OVERRIDDEN = "overridden"
    NOT_NEEDED = "not_needed"


FIXED = frozenset({Point.APPROVAL, Point.DOCUMENT})  # nobody can let these pass


class NotOverridable(SigningDayError):
    """Approval and document cannot be let pass."""

    code = "not_overridable"
    sentence = N_("This point cannot be let pass: it has to be mended.")


class NothingToOverride(SigningDayError):
    """The point is there, or was let pass already."""

    code = "nothing_to_override"
    sentence = N_("This point is not missing.")


class OverrideReasonWanted(SigningDayError):
    """A point is let pass with a reason."""

    code = "override_reason_wanted"
    sentence = N_("Please say why this point may pass, in a few words.")


@dataclass(frozen=True)
class Finding:
    """A point as it stands. `why`: codes with what they speak of, [("expired", "business_licence")].

    `warns` are of the same kind and stand in nobody's way: they are worth a second look before the pen is given.
    """

    point: Point
    light: Light
    why: tuple[tuple[str, str], ...] = ()
    warns: tuple[tuple[str, str], ...] = ()

    @property
    def is_in_the_way(self) -> bool:
        return self.light is Light.MISSING


@dataclass(frozen=True)
class Hold:
    """A territory of the contract."""

    name: str
    state: TerritoryState
    held_until: datetime | None
    is_ours: bool  # for this dealer
    is_exclusive: bool = True


@dataclass(frozen=True)
class Offer:
    """The package of the contract, or what there is to choose when it has none."""

    name: str = ""
    is_active: bool = True
    expires_at: datetime | None = None
    stock: int | None = None
    taken: int = 0


@dataclass(frozen=True)
class Payment:
    """A payment agreed on. It has a date when one of the two is set."""

    kind: PaymentKind
    due_days: int | None
    due_on: date | None


@dataclass(frozen=True)
class Facts:
    """Everything the gate looks at."""

    now: datetime
    is_approved: bool
    has_document: bool
    paper_faults: Sequence[tuple[str, str]]  # (fault, paper kind)
    signatory_kind: SignatoryKind
    signatory: str
    legal_representative: str  # as the business licence names them, "" where it is not on record
    authorization_fault: str | None  # what is wrong with the letter of authorization; None: nothing
    authorized: str  # whom it names
    screening: bool | None  # passed, refused, or none yet
    kind: ContractKind
    tier: Tier
    holds: Sequence[Hold]
    package: Offer | None
    packages_open: int  # how many the event offers now
    deposit: Decimal
    payments: Sequence[Payment]
    overridden: Collection[str] = field(default_factory=frozenset)
    supply_stopped: bool = False


@dataclass(frozen=True)
class Gate:
    """All points of one contract."""

    findings: Sequence[Finding]

    @property
    def is_open(self) -> bool:
        return not self.missing

    @property
    def missing(self) -> list[Finding]:
        return [each for each in self.findings if each.is_in_the_way]

    def of(self, point: Point) -> Finding:
        return next(each for each in self.findings if each.point is point)


def gate(facts: Facts) -> Gate:
    """Look at every point, in the order in which people mend them."""
    looked: Mapping[Point, tuple[Light, tuple[tuple[str, str], ...]]] = {
        Point.APPROVAL: _met(facts.is_approved, "not_approved"),
        Point.DOCUMENT: _met(facts.has_document, "no_document"),
        Point.PAPERS: _reasons(facts.paper_faults),
        Point.SIGNATORY: _signatory(facts),
        Point.SCREENING: _screening(facts.screening),
        Point.TERRITORY: _territory(facts),
        Point.PACKAGE: _package(facts),
        Point.DEPOSIT: _deposit(facts),
    }
    warnings = {Point.TERRITORY: _unsaid(facts), Point.DEPOSIT: _stopped(facts)}
    return Gate([_finding(point, *looked[point], facts.overridden, warnings.get(point, ())) for point in Point])


Told = tuple[tuple[str, str], ...]


def _finding(point: Point, light: Light, why: Told, overridden: Collection[str], warns: Told) -> Finding:
    if light is Light.MISSING and point.value in overridden and point not in FIXED:
        return Finding(point, Light.OVERRIDDEN, why, warns)
    return Finding(point, light, why, warns)


def _unsaid(facts: Facts) -> Told:
    """Territories that the document grants exclusively although the dealer's tier is another one."""
    if facts.tier is Tier.EXCLUSIVE:
        return ()
    live = [hold for hold in facts.holds if hold.is_exclusive and not _fault_of_hold(hold, facts.now)]
    return tuple(("exclusive_unsaid", hold.name) for hold in live)


def _stopped(facts: Facts) -> Told:
    return (("supply_stopped", ""),) if facts.supply_stopped else ()


def _met(is_met: bool, code: str, detail: str = "") -> tuple[Light, tuple[tuple[str, str], ...]]:
    return (Light.MET, ()) if is_met else (Light.MISSING, ((code, detail),))


def _reasons(faults: Sequence[tuple[str, str]]) -> tuple[Light, tuple[tuple[str, str], ...]]:
    return (Light.MISSING, tuple(faults)) if faults else (Light.MET, ())


def _signatory(facts: Facts) -> tuple[Light, tuple[tuple[str, str], ...]]:
    name = _plain(facts.signatory)
    if not name:
        return _met(False, "no_signatory")
    if facts.signatory_kind is SignatoryKind.LEGAL_REPRESENTATIVE:
        known = _plain(facts.legal_representative)
        return _met(not known or known == name, "not_the_representative", facts.legal_representative)
    if facts.authorization_fault is not None:
        return _met(False, f"authorization_{facts.authorization_fault}", facts.signatory)
    return _met(_plain(facts.authorized) == name, "authorization_names_another", facts.authorized)


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def _screening(passed: bool | None) -> tuple[Light, tuple[tuple[str, str], ...]]:
    return _met(bool(passed), "not_screened" if passed is None else "screening_refused")


def needs_territory(kind: ContractKind, tier: Tier) -> bool:
    """Tell whether a contract is nothing without a territory: sub-dealers and trial dealers have accounts only."""
    return kind is ContractKind.DISTRIBUTION and tier in {Tier.EXCLUSIVE, Tier.GENERAL}


def _territory(facts: Facts) -> tuple[Light, tuple[tuple[str, str], ...]]:
    if not facts.holds:
        if needs_territory(facts.kind, facts.tier):
            return _met(False, "no_territory")
        return Light.NOT_NEEDED, ()
    why = [(code, hold.name) for hold in facts.holds if (code := _fault_of_hold(hold, facts.now))]
    if facts.tier is Tier.EXCLUSIVE and not any(hold.is_exclusive for hold in facts.holds):
        why.append(("none_exclusive", ""))
    return _reasons(why)


def _fault_of_hold(hold: Hold, now: datetime) -> str:
    if not hold.is_ours or hold.state in {TerritoryState.RELEASED, TerritoryState.ENDED}:
        return "let_go"
    if hold.state is TerritoryState.HELD and hold.held_until is not None and hold.held_until <= now:
        return "hold_expired"
    return ""


def _package(facts: Facts) -> tuple[Light, tuple[tuple[str, str], ...]]:
    offer = facts.package
    if offer is None:
        if facts.kind is ContractKind.AMENDMENT or not facts.packages_open:
            return Light.NOT_NEEDED, ()
        return _met(False, "no_package")
    if not offer.is_active or (offer.expires_at is not None and offer.expires_at <= facts.now):
        return _met(False, "package_over", offer.name)
    return _met(offer.stock is None or offer.taken < offer.stock, "package_gone", offer.name)


def _deposit(facts: Facts) -> tuple[Light, tuple[tuple[str, str], ...]]:
    dated = [each for each in facts.payments if each.due_days is not None or each.due_on is not None]
    if facts.deposit > 0:
        of_deposit = {PaymentKind.DEPOSIT, PaymentKind.EARNEST}
        return _met(any(each.kind in of_deposit for each in dated), "deposit_undated")
    return _met(bool(dated), "no_payment_date")


def check_override(gate_: Gate, point: Point, reason: str) -> None:
    """Raise when a point may not be let pass, is not missing, or no reason is given."""
    if point in FIXED:
        raise NotOverridable
    if gate_.of(point).light is not Light.MISSING:
        raise NothingToOverride
    if len(reason.strip()) < 2:
        raise OverrideReasonWanted
