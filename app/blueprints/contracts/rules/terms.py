"""What must be right in the terms of a contract before anybody is asked to approve it. Values in, verdict out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.errors import N_, SigningDayError
from app.models import ContractKind, PaymentKind, Tier

# Earnest money beyond a fifth of the contract's sum does not bind as earnest money: Civil Code of the PRC, art. 586.
EARNEST_SHARE = Decimal("0.2")
OF_DEPOSIT = PaymentKind.DEPOSIT
# Terms that are there and do not agree with each other. They are said while the draft is written, not at its end.
CONTRADICTIONS = frozenset({"deposit_differs", "payments_exceed", "goods_exceed", "ends_before_start"})


class TermsIncomplete(SigningDayError):
    """Something in the terms is missing or does not fit; the form says what."""

    code = "terms_incomplete"
    sentence = N_("The terms are not complete yet. Please open the contract and see what is missing.")


class Fault(NamedTuple):
    """One thing about one field. Warnings stop nothing."""

    field: str
    code: str
    facts: dict[str, Decimal | str] = {}
    is_warning: bool = False


@dataclass(frozen=True)
class Payment:
    """A payment agreed on."""

    kind: PaymentKind
    amount: Decimal
    due_days: int | None
    due_on: date | None

    @property
    def has_date(self) -> bool:
        return self.due_days is not None or self.due_on is not None


@dataclass(frozen=True)
class Terms:
    """The terms as far as the rules look at them; sums in the contract's currency."""

    kind: ContractKind
    tier: Tier
    signatory: str
    starts_on: date | None
    ends_on: date | None
    total: Decimal
    deposit: Decimal
    payments: Sequence[Payment] = ()
    goods_total: Decimal | None = None  # None: no goods listed
    holds: int = 0  # territories held for the dealer
    exclusive_holds: int = 0
    missing: Sequence[str] = field(default_factory=tuple)  # labels of template variables that are empty
    supply_stopped: bool = False  # the dealer owes money, and nothing is delivered


def faults(terms: Terms) -> list[Fault]:
    """Return everything that stands against submitting, then what is only worth a second look."""
    found = [*_people(terms), *_days(terms), *_territory(terms), *_money(terms)]
    found += [Fault("values", "value_missing", {"label": label}) for label in terms.missing]
    return sorted(found, key=lambda fault: fault.is_warning)


def stops(found: Sequence[Fault]) -> bool:
    return any(not fault.is_warning for fault in found)


def _people(terms: Terms) -> list[Fault]:
    found = [] if terms.signatory.strip() else [Fault("signatory", "no_signatory")]
    return [*found, Fault("dealer", "supply_stopped", is_warning=True)] if terms.supply_stopped else found


def _days(terms: Terms) -> list[Fault]:
    if terms.kind is ContractKind.LETTER_OF_INTENT and terms.starts_on is None and terms.ends_on is None:
        return []
    found = [Fault(name, "no_day") for name in ("starts_on", "ends_on") if getattr(terms, name) is None]
    if terms.starts_on and terms.ends_on and terms.ends_on < terms.starts_on:
        found.append(Fault("ends_on", "ends_before_start"))
    return found


def _territory(terms: Terms) -> list[Fault]:
    if terms.tier is Tier.EXCLUSIVE and not terms.exclusive_holds:
        return [Fault("grants", "exclusive_without_hold")]
    if terms.kind is ContractKind.DISTRIBUTION and terms.tier is Tier.GENERAL and not terms.holds:
        return [Fault("grants", "no_territory", is_warning=True)]
    if terms.tier is not Tier.EXCLUSIVE and terms.exclusive_holds:
        return [Fault("grants", "exclusive_unsaid", is_warning=True)]
    return []


def _money(terms: Terms) -> list[Fault]:
    if terms.total <= 0 and terms.kind is not ContractKind.AMENDMENT:
        return [Fault("total", "no_total"), *_dates(terms)]
    return [*_dates(terms), *_sums(terms), *_earnest(terms)]


def _dates(terms: Terms) -> list[Fault]:
    """A contract with no date for payment is not to be signed."""
    if terms.kind is ContractKind.AMENDMENT and not terms.payments:
        return []
    return [] if any(each.has_date for each in terms.payments) else [Fault("payments", "no_payment_date")]


def _sums(terms: Terms) -> list[Fault]:
    """Deposits make up the deposit; the other payments may not exceed the contract's sum."""
    deposits = sum((each.amount for each in terms.payments if each.kind is OF_DEPOSIT), Decimal(0))
    others = sum((each.amount for each in terms.payments if each.kind is not OF_DEPOSIT), Decimal(0))
    found = []
    if deposits != terms.deposit:
        found.append(Fault("payments", "deposit_differs", {"is": deposits, "should": terms.deposit}))
    if others > terms.total:
        found.append(Fault("payments", "payments_exceed", {"is": others, "should": terms.total}))
    elif 0 < others < terms.total:
        found.append(Fault("payments", "payments_fall_short", {"left": terms.total - others}, is_warning=True))
    if terms.goods_total is not None and terms.goods_total > terms.total > 0:
        found.append(Fault("goods", "goods_exceed", {"is": terms.goods_total, "should": terms.total}))
    return found


def _earnest(terms: Terms) -> list[Fault]:
    earnest = sum((each.amount for each in terms.payments if each.kind is PaymentKind.EARNEST), Decimal(0))
    most = terms.total * EARNEST_SHARE
    if earnest <= most:
        return []
    return [Fault("payments", "earnest_above_fifth", {"is": earnest, "most": most}, is_warning=True)]
