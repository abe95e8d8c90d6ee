"""Drafting contracts. Nothing here commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from app import clock, journal
from app.blueprints.contracts.drafting.typed import KEY, values_of
from app.blueprints.contracts.rules.life import EDITABLE, STANDING, ContractCannotMove
from app.errors import StaleChange
from app.extensions import db
from app.models import (
    ConcessionKind,
    Contract,
    ContractGoods,
    ContractKind,
    ContractTarget,
    Dealer,
    Event,
    Invitation,
    Package,
    PaymentKind,
    PaymentTerm,
    SignatoryKind,
    TemplateVersion,
    TerritoryGrant,
    Tier,
    User,
)
from app.money import rounded
from app.names import search_key

_YEAR = timedelta(days=364)
_DEPOSIT_SHARE = Decimal("0.1")
_PAY_WITHIN = 7  # days after signing, until somebody says otherwise
_COPIED = (
    *("kind", "event_id", "invitation_id", "dealer_id", "rep_id", "tier", "starts_on", "ends_on", "currency"),
    *("signatory_kind", "signatory", "signatory_title", "signatory_mobile", "credit_days"),
    *("discount_percent", "rebate_percent", "deposit_refund"),
)


@dataclass(frozen=True)
class Lines:
    """The rows below a contract, ready to be stored: column -> value of each."""

    goods: Sequence[Mapping[str, Any]] = field(default_factory=list)
    targets: Sequence[Mapping[str, Any]] = field(default_factory=list)
    payments: Sequence[Mapping[str, Any]] = field(default_factory=list)


def draft(
    event: Event,
    dealer: Dealer,
    version: TemplateVersion,
    *,
    invitation: Invitation | None = None,
    grants: Sequence[TerritoryGrant] = (),
    package: Package | None = None,
    by: User,
) -> Contract:
    """Draft a contract from what is known: dealer, guest, event, package and the territories held. Flushed."""
    today = clock.today(event.time_zone)
    exclusive = any(grant.is_exclusive for grant in grants)
    contract = Contract(
        kind=version.template.kind,
        event_id=event.id,
        invitation_id=invitation.id if invitation else None,
        dealer_id=dealer.id,
        rep_id=(invitation.rep_id if invitation else None) or dealer.owner_id or by.id,
        template_version_id=version.id,
        package_id=package.id if package else None,
        tier=_tier(version.template.kind, exclusive=exclusive, has_grants=bool(grants)),
        starts_on=min((grant.starts_on for grant in grants), default=today),
        ends_on=max((grant.ends_on for grant in grants), default=today + _YEAR),
        currency=event.currency,
        signatory_kind=SignatoryKind.LEGAL_REPRESENTATIVE,
        signatory=dealer.contact,
        signatory_title=dealer.contact_title,
        signatory_mobile=dealer.mobile or "",
        created_at=clock.now(),
        created_by_id=by.id,
        search_key=search_key(dealer.contact, dealer.company),
        values={},
    )
    db.session.add(contract)
    db.session.flush()
    _first_sums(contract, invitation, event)
    if package:
        take_terms(contract, package)
    tie(contract, grants)
    journal.record("contract.drafted", contract, changes={"dealer_id": [None, dealer.company]})
    db.session.flush()
    return contract


def _tier(kind: ContractKind, *, exclusive: bool, has_grants: bool) -> Tier:
    if kind is ContractKind.TRIAL:
        return Tier.TRIAL
    if exclusive:
        return Tier.EXCLUSIVE
    return Tier.GENERAL if has_grants else Tier.SUB_DEALER


def _first_sums(contract: Contract, invitation: Invitation | None, event: Event) -> None:
    """Sum, deposit and payments as they usually are, from what the guest is expected to sign."""
    if invitation is None or not invitation.expected_amount:
        return
    contract.total = invitation.expected_amount
    contract.deposit = rounded(contract.total * _DEPOSIT_SHARE, event.currency)
    contract.payment_terms = [
        PaymentTerm(position=1, kind=PaymentKind.DEPOSIT, amount=contract.deposit, due_days=_PAY_WITHIN),
        PaymentTerm(position=2, kind=PaymentKind.FIRST_ORDER, amount=contract.total, due_days=30),
    ]
    contract.targets = _quarters(contract, event.currency)


def _quarters(contract: Contract, currency: str) -> list[ContractTarget]:
    """Four quarters that come to the contract's sum; the last one takes what rounding leaves."""
    if contract.starts_on is None or contract.ends_on is None or contract.ends_on - contract.starts_on < _YEAR:
        return []
    days = [contract.starts_on + timedelta(days=91 * quarter) for quarter in range(4)]
    each = rounded(contract.total / 4, currency)
    return [
        ContractTarget(
            position=number,
            starts_on=start,
            ends_on=days[number] - timedelta(days=1) if number < 4 else contract.ends_on,
            amount=each if number < 4 else contract.total - 3 * each,
        )
        for number, start in enumerate(days, start=1)
    ]


def take_terms(contract: Contract, package: Package) -> None:
    """Let a contract have what a package gives."""
    contract.package = package
    contract.package_id = package.id
    of = {each.kind: each.value for each in package.concessions}
    contract.rebate_percent = of.get(ConcessionKind.REBATE, contract.rebate_percent or Decimal(0))
    contract.discount_percent = of.get(ConcessionKind.DISCOUNT, contract.discount_percent or Decimal(0))
    contract.credit_days = int(of.get(ConcessionKind.CREDIT_DAYS, Decimal(contract.credit_days or 0)))


def tie(contract: Contract, grants: Sequence[TerritoryGrant]) -> None:
    """Say which of the dealer's territories the contract is about; others it named are set free of it."""
    chosen = {grant.id for grant in grants}
    for grant in list(contract.grants):
        if grant.id not in chosen:
            grant.contract_id = None
    for grant in grants:
        grant.contract_id = contract.id
    db.session.flush()
    db.session.expire(contract, ["grants"])


def check_editable(contract: Contract) -> None:
    """Raise unless the terms may be changed: an approved contract goes back to the draft first."""
    if contract.state not in EDITABLE:
        raise ContractCannotMove(state=contract.state.value, to="edited")


def save(
    contract: Contract,
    terms: Mapping[str, Any],
    lines: Lines,
    grants: Sequence[TerritoryGrant],
    *,
    values: Mapping[str, str],
    typed: Mapping[str, list[str]] | None,
    version: int,
) -> None:
    """Set the terms. `typed`: the whole form as typed, where something in it could not be read; it comes back so.

    Raises StaleChange when somebody else has saved in the meantime: `version` is what the form was opened with.
    """
    check_editable(contract)
    if contract.version != version:
        raise StaleChange
    for name, value in terms.items():
        setattr(contract, name, value)
    contract.values = {**values, **({KEY: dict(typed)} if typed else {})}
    changes = {name: pair for name, pair in journal.changes_of(contract).items() if name != "values"}
    changes |= _set_lines(contract, lines)
    tie(contract, grants)
    contract.search_key = search_key(contract.dealer.contact, contract.dealer.company, contract.number or "")
    if changes:
        journal.record("contract.edited", contract, changes=changes)
    db.session.flush()


def _set_lines(contract: Contract, lines: Lines) -> dict[str, Any]:
    """Replace the rows that differ from what is stored. The old ones go first: their positions are unique."""
    changes: dict[str, Any] = {}
    for name, model, rows in (
        ("goods", ContractGoods, lines.goods),
        ("targets", ContractTarget, lines.targets),
        ("payment_terms", PaymentTerm, lines.payments),
    ):
        have = getattr(contract, name)
        before = [{key: getattr(row, key) for key in wanted} for row, wanted in zip(have, rows, strict=False)]
        if len(have) == len(rows) and before == [dict(row) for row in rows]:
            continue
        changes[name.removesuffix("_terms") + ("s" if name == "payment_terms" else "")] = [len(have), len(rows)]
        setattr(contract, name, [])
        db.session.flush()
        setattr(contract, name, [model(position=position, **row) for position, row in enumerate(rows, start=1)])
        db.session.flush()
    return changes


def amend(contract: Contract, version: TemplateVersion, by: User) -> Contract:
    """Draft an amendment: a contract of its own, tied to the one it changes, beginning with its terms."""
    if contract.state not in STANDING:
        raise ContractCannotMove(state=contract.state.value, to="amended")
    copy = Contract(
        **{name: getattr(contract, name) for name in _COPIED},
        template_version_id=version.id,
        amends_id=contract.id,
        created_at=clock.now(),
        created_by_id=by.id,
        search_key=contract.search_key,
        values=dict(values_of(contract)),
        total=Decimal(0),
        deposit=Decimal(0),
    )
    copy.kind = ContractKind.AMENDMENT
    db.session.add(copy)
    db.session.flush()
    journal.record("contract.drafted", copy, changes={"amends_id": [None, contract.number]})
    return copy
