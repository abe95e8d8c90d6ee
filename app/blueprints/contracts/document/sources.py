"""Where the values of variables come from besides what was typed: the dealer, the company, the contract's own terms."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from app.blueprints.contracts.document.rules.values import (
    Chosen,
    Goods,
    GoodsTable,
    Money,
    Payment,
    PaymentTable,
    Promise,
    Target,
    TargetTable,
    Value,
)
from app.errors import N_
from app.models import Contract, PaymentKind, SignatoryKind, Tier, VariableKind
from app.phones import national


@dataclass(frozen=True, slots=True)
class Company:
    """Our side of the contract, as the settings name it."""

    name: str
    address: str = ""
    credit_code: str = ""
    representative: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A contract with what has to be looked up beside it."""

    contract: Contract
    company: Company
    licence: str = ""  # the dealer's number of registration
    promises: tuple[Promise, ...] = ()
    earlier: dict[str, Value | None] = field(default_factory=dict)  # of the contract it amends


_Read = Callable[[Facts], Value | None]
_K = VariableKind


@dataclass(frozen=True, slots=True)
class Source:
    """One place a value comes from, the kind of variable it fits and what it is called."""

    label: str
    kind: VariableKind
    read: _Read


TIERS: Final = {
    Tier.EXCLUSIVE: Chosen("exclusive", "独家经销商", "exclusive dealer"),
    Tier.GENERAL: Chosen("general", "一般经销商", "non-exclusive dealer"),
    Tier.SUB_DEALER: Chosen("sub_dealer", "分销商", "sub-dealer"),
    Tier.TRIAL: Chosen("trial", "试销商", "trial dealer"),
}
SIGNATORIES: Final = {
    SignatoryKind.LEGAL_REPRESENTATIVE: Chosen("legal_representative", "法定代表人", "legal representative"),
    SignatoryKind.AUTHORIZED: Chosen("authorized", "授权代表", "authorized representative"),
}


def _money(read: Callable[[Contract], object]) -> _Read:
    def value(facts: Facts) -> Value | None:
        amount = read(facts.contract)
        return None if amount is None else Money(amount, facts.contract.currency)  # type: ignore[arg-type]

    return value


def _of_kind(kind: PaymentKind) -> Callable[[Contract], object]:
    def amount(contract: Contract) -> object:
        sums = [term.amount for term in contract.payment_terms if term.kind is kind]
        return sum(sums) if sums else None

    return amount


def _payment_days(facts: Facts) -> int | None:
    """The longest time the dealer has to pay; None while no payment is agreed on."""
    return max((term.due_days for term in facts.contract.payment_terms if term.due_days is not None), default=None)


def _goods(facts: Facts) -> GoodsTable:
    rows = (Goods(g.name, g.specification, g.unit, g.quantity, g.unit_price) for g in facts.contract.goods)
    return GoodsTable(tuple(rows), facts.contract.currency)


def _goods_total(contract: Contract) -> object:
    rows = tuple(Goods(g.name, "", "", g.quantity, g.unit_price) for g in contract.goods)
    return GoodsTable(rows, contract.currency).total if rows else None


def _targets(facts: Facts) -> TargetTable:
    rows = (Target(row.starts_on, row.ends_on, row.amount) for row in facts.contract.targets)
    return TargetTable(tuple(rows), facts.contract.currency)


def _target_total(contract: Contract) -> object:
    return sum(row.amount for row in contract.targets) if contract.targets else None


def _payments(facts: Facts) -> PaymentTable:
    rows = (Payment(row.kind, row.amount, row.due_days, row.due_on) for row in facts.contract.payment_terms)
    return PaymentTable(tuple(rows), facts.contract.currency)


def _is_exclusive(facts: Facts) -> bool:
    if facts.promises:
        return any(promise.is_exclusive for promise in facts.promises)
    return facts.contract.tier is Tier.EXCLUSIVE


def _package(facts: Facts) -> str:
    package = facts.contract.package
    return "；".join([package.name, *(each.name for each in package.concessions)]) if package else ""


def _mobile(facts: Facts) -> str:
    mobile = facts.contract.dealer.mobile
    return national(mobile) if mobile else ""


def _event_name(facts: Facts) -> str:
    return facts.contract.event.name if facts.contract.event else ""


def _place(facts: Facts) -> str:
    event = facts.contract.event
    return (event.venue_address or event.venue) if event else ""


def _rep(facts: Facts) -> str:
    return facts.contract.rep.name if facts.contract.rep else ""


def _earlier(key: str) -> _Read:
    return lambda facts: facts.earlier.get(key)


SOURCES: Final[dict[str, Source]] = {
    "company.name": Source(N_("Company: name"), _K.TEXT, lambda f: f.company.name),
    "company.address": Source(N_("Company: address"), _K.TEXT, lambda f: f.company.address),
    "company.representative": Source(N_("Company: representative"), _K.TEXT, lambda f: f.company.representative),
    "dealer.company": Source(N_("Dealer: company"), _K.TEXT, lambda f: f.contract.dealer.company),
    "dealer.licence": Source(N_("Dealer: registration number"), _K.TEXT, lambda f: f.licence),
    "dealer.address": Source(N_("Dealer: address"), _K.TEXT, lambda f: f.contract.dealer.address),
    "dealer.contact": Source(N_("Dealer: contact"), _K.TEXT, lambda f: f.contract.dealer.contact),
    "dealer.mobile": Source(N_("Dealer: mobile"), _K.TEXT, _mobile),
    "dealer.mail": Source(N_("Dealer: mail"), _K.TEXT, lambda f: f.contract.dealer.mail),
    "contract.number": Source(N_("Contract: number"), _K.TEXT, lambda f: f.contract.number),
    "contract.tier": Source(N_("Contract: tier"), _K.CHOICE, lambda f: TIERS[f.contract.tier]),
    "contract.is_exclusive": Source(N_("Contract: exclusive territory"), _K.YES_NO, _is_exclusive),
    "contract.starts_on": Source(N_("Contract: first day"), _K.DATE, lambda f: f.contract.starts_on),
    "contract.ends_on": Source(N_("Contract: last day"), _K.DATE, lambda f: f.contract.ends_on),
    "contract.total": Source(N_("Contract: sum"), _K.MONEY, _money(lambda c: c.total)),
    "contract.deposit": Source(N_("Contract: deposit"), _K.MONEY, _money(lambda c: c.deposit)),
    "contract.deposit_refund": Source(
        N_("Contract: refund rule of the deposit"), _K.TEXT, lambda f: f.contract.deposit_refund
    ),
    "contract.discount": Source(N_("Contract: discount"), _K.PERCENT, lambda f: f.contract.discount_percent),
    "contract.rebate": Source(N_("Contract: rebate"), _K.PERCENT, lambda f: f.contract.rebate_percent),
    "contract.credit_days": Source(N_("Contract: credit days"), _K.DAYS, lambda f: f.contract.credit_days),
    "contract.territory": Source(N_("Contract: territory"), _K.TERRITORY, lambda f: f.promises),
    "contract.goods": Source(N_("Contract: table of goods"), _K.GOODS, _goods),
    "contract.goods_total": Source(N_("Contract: sum of the goods"), _K.MONEY, _money(_goods_total)),
    "contract.targets": Source(N_("Contract: table of targets"), _K.TARGETS, _targets),
    "contract.target_total": Source(N_("Contract: sum of the targets"), _K.MONEY, _money(_target_total)),
    "contract.payments": Source(N_("Contract: table of payments"), _K.PAYMENTS, _payments),
    "contract.payment_days": Source(N_("Contract: payment deadline in days"), _K.DAYS, _payment_days),
    "contract.first_order": Source(N_("Contract: first order"), _K.MONEY, _money(_of_kind(PaymentKind.FIRST_ORDER))),
    "contract.intent": Source(N_("Contract: intent money"), _K.MONEY, _money(_of_kind(PaymentKind.INTENT))),
    "contract.package": Source(N_("Contract: policy package"), _K.TEXT, _package),
    "contract.signatory": Source(N_("Contract: signatory"), _K.TEXT, lambda f: f.contract.signatory),
    "contract.signatory_kind": Source(
        N_("Contract: right of the signatory"), _K.CHOICE, lambda f: SIGNATORIES[f.contract.signatory_kind]
    ),
    "amended.number": Source(N_("Amended contract: number"), _K.TEXT, _earlier("number")),
    "amended.title": Source(N_("Amended contract: title"), _K.TEXT, _earlier("title")),
    "amended.signed_on": Source(N_("Amended contract: signed on"), _K.DATE, _earlier("signed_on")),
    "event.name": Source(N_("Event: name"), _K.TEXT, _event_name),
    "event.place": Source(N_("Event: place"), _K.TEXT, _place),
    "rep.name": Source(N_("Our rep: name"), _K.TEXT, _rep),
}
