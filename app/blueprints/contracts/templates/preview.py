"""A version as it would read, with a real dealer and the terms of that dealer's latest contract, or with examples."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app import clock
from app.blueprints.contracts.document import print as drawing
from app.blueprints.contracts.document import queries as document_queries
from app.blueprints.contracts.document.print import Frame
from app.blueprints.contracts.document.rules.filling import LANGUAGES
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
    choices,
    is_empty,
    read,
)
from app.blueprints.contracts.document.sources import SIGNATORIES, SOURCES, TIERS, Facts
from app.blueprints.contracts.templates import queries
from app.errors import SigningDayError
from app.models import (
    Contract,
    Dealer,
    PaymentKind,
    SignatoryKind,
    TemplateVariable,
    TemplateVersion,
    Tier,
    VariableKind,
)

_K = VariableKind


@dataclass(frozen=True, slots=True)
class Sample:
    """What a preview is filled with."""

    values: dict[str, Value | None]
    frame: Frame


def sample(version: TemplateVersion, dealer: Dealer | None) -> Sample:
    """Return the values of a preview: what is known of the dealer, and an example of everything else."""
    languages = LANGUAGES[version.language]
    facts = _facts(dealer) if dealer else None
    values: dict[str, Value | None] = {variable.key: _value(variable, facts) for variable in version.variables}
    frame = drawing.frame_of(facts, languages) if facts else drawing.sample_frame(languages)
    return Sample(values, Frame("", frame.parties))


def _facts(dealer: Dealer) -> Facts:
    """The dealer's latest contract; without one a contract that is never stored."""
    contract = queries.newest_contract(dealer)
    if contract is not None:
        return document_queries.facts_of([contract])[0]
    blank = Contract(
        tier=Tier.GENERAL, currency="CNY", signatory_kind=SignatoryKind.LEGAL_REPRESENTATIVE, signatory="", values={}
    )
    blank.dealer = dealer
    return Facts(blank, document_queries.company())


def _value(variable: TemplateVariable, facts: Facts | None) -> Value:
    source = SOURCES.get(variable.source)
    known = source.read(facts) if source and facts and source.kind is variable.kind else None
    if facts and not source:
        known = _typed(variable, facts)
    return example(variable) if known is None or is_empty(known) else known


def _typed(variable: TemplateVariable, facts: Facts) -> Value | None:
    typed = str((facts.contract.values or {}).get(variable.key, "") or "")
    try:
        return read(variable.kind, typed, label=variable.label, given=variable.choices or ())
    except SigningDayError:
        return None


def example(variable: TemplateVariable) -> Value:
    """Return something that could stand for a variable."""
    today = clock.today("Asia/Shanghai")
    year = today + timedelta(days=364)
    plain: dict[VariableKind, Value] = {
        _K.MONEY: Money(Decimal(100000)),
        _K.NUMBER: Decimal(5),
        _K.PERCENT: Decimal(3),
        _K.DATE: year if variable.key.startswith("end") else today,
        _K.DAYS: 15,
        _K.YES_NO: True,
        _K.TEXT: f"〔{variable.label}〕",
    }
    if variable.kind is _K.CHOICE:
        return _first_choice(variable)
    return plain[variable.kind] if variable.kind in plain else _table(variable.kind, today, year)


def _table(kind: VariableKind, today: date, year: date) -> Value:
    if kind is _K.GOODS:
        goods = (("示例产品一", "10 支/盒", 200, "128.00"), ("示例产品二", "100 片/盒", 500, "36.50"))
        return GoodsTable(tuple(Goods(name, spec, "盒", count, Decimal(price)) for name, spec, count, price in goods))
    if kind is _K.TARGETS:
        half = today + timedelta(days=182)
        first, second = Decimal(400000), Decimal(600000)
        return TargetTable((Target(today, half, first), Target(half + timedelta(days=1), year, second)))
    if kind is _K.PAYMENTS:
        deposit = Payment(PaymentKind.DEPOSIT, Decimal(50000), 7, None)
        return PaymentTable((deposit, Payment(PaymentKind.FIRST_ORDER, Decimal(43850), 15, None)))
    line, channel = "示例产品线", "零售渠道"
    return (Promise("广东省广州市", "Guangzhou, Guangdong", line, channel, True, today, year),)


def _first_choice(variable: TemplateVariable) -> Chosen:
    if variable.source == "contract.tier":
        return TIERS[Tier.GENERAL]
    if variable.source == "contract.signatory_kind":
        return SIGNATORIES[SignatoryKind.LEGAL_REPRESENTATIVE]
    given = choices(variable.choices or ())
    return given[0] if given else Chosen("", f"〔{variable.label}〕")
