"""What the document of a contract is filled with. Nothing is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app import clock, links
from app.blueprints.contracts.document.rules import filling
from app.blueprints.contracts.document.rules.values import Promise, Value, read
from app.blueprints.contracts.document.sources import SOURCES, Company, Facts
from app.extensions import db
from app.models import (
    Contract,
    PaperKind,
    PaperState,
    QualificationPaper,
    Region,
    RegionLevel,
    TemplateVariable,
    TemplateVersion,
    TerritoryGrant,
    TerritoryState,
)

_HOUSE_ZONE = "Asia/Shanghai"  # of contracts that belong to no event
_COUNTS = {TerritoryState.HELD, TerritoryState.SIGNED}


@dataclass(frozen=True, slots=True)
class Ready:
    """A contract with what its document shows: the facts around it and the values of its variables."""

    contract: Contract
    facts: Facts
    values: dict[str, Value | None]


def values_of(contract: Contract) -> dict[str, Value | None]:
    """Return the value of each variable of the contract's version: from its source, else what was typed.

    Raises ValueUnreadable when something typed is not of the variable's kind.
    """
    return gathered([contract])[0].values


def missing(version: TemplateVersion, contract: Contract) -> list[TemplateVariable]:
    """Return the variables that still have to be filled in before the document can be made."""
    return filling.missing(version, _values(version, facts_of([contract])[0]))


def gathered(contracts: Sequence[Contract]) -> list[Ready]:
    """Return contracts, ready to be drawn, with a number of statements that does not grow with them."""
    return [
        Ready(facts.contract, facts, _values(facts.contract.template_version, facts)) for facts in facts_of(contracts)
    ]


def facts_of(contracts: Sequence[Contract]) -> list[Facts]:
    """Return what has to be looked up beside the contracts, in their order."""
    _load(contracts)
    regions = _regions(grant for contract in contracts for grant in contract.grants)
    licences = _licences({contract.dealer_id for contract in contracts})
    return [
        Facts(
            contract,
            company(contract),
            licences.get(contract.dealer_id, ""),
            tuple(_promise(grant, regions) for grant in contract.grants if grant.state in _COUNTS),
            _earlier(contract),
        )
        for contract in contracts
    ]


def company(contract: Contract | None = None) -> Company:
    """Return our side of a contract: without a legal name in the settings it is the event's organizer."""
    ours = links.company_particulars()
    organizer = contract.event.organizer if contract and contract.event else ""
    return Company(**ours | {"name": ours["name"] or organizer or links.company_name()})


def _load(contracts: Sequence[Contract]) -> None:
    """Bring along what every document reads, for all contracts that are stored at once."""
    ids = [contract.id for contract in contracts]
    if not ids:
        return
    version = selectinload(Contract.template_version)
    db.session.scalars(
        select(Contract)
        .where(Contract.id.in_(ids))
        .options(
            joinedload(Contract.dealer),
            joinedload(Contract.event),
            joinedload(Contract.rep),
            version.selectinload(TemplateVersion.clauses),
            version.selectinload(TemplateVersion.variables),
            selectinload(Contract.goods),
            selectinload(Contract.targets),
            selectinload(Contract.payment_terms),
            selectinload(Contract.grants).joinedload(TerritoryGrant.region),
            selectinload(Contract.grants).joinedload(TerritoryGrant.line),
            selectinload(Contract.grants).joinedload(TerritoryGrant.channel),
        )
    ).unique().all()


def _regions(grants: Iterable[TerritoryGrant]) -> dict[str, Region]:
    codes = {code for grant in grants for code in grant.region.path.split("/") if code}
    if not codes:
        return {}
    return {region.code: region for region in db.session.scalars(select(Region).where(Region.code.in_(codes)))}


def _promise(grant: TerritoryGrant, regions: dict[str, Region]) -> Promise:
    return Promise(
        _named(grant.region, regions, latin=False),
        _named(grant.region, regions, latin=True),
        grant.line.name,
        grant.channel.name if grant.channel else "",
        grant.is_exclusive,
        grant.starts_on,
        grant.ends_on,
    )


def _named(region: Region, regions: dict[str, Region], *, latin: bool) -> str:
    """A region by its whole name, so that two places of one name are never mistaken; a group with its members."""
    if region.level is RegionLevel.GROUP:
        members = [_named(member, {}, latin=latin) for member in region.members]
        name = (latin and region.latin_name) or region.name
        if not members:
            return name
        return f"{name} ({', '.join(members)})" if latin else f"{name}（{'、'.join(members)}）"
    above = [regions[code] for code in region.path.split("/") if code in regions and code != region.code]
    chain = [each for each in above if each.level is not RegionLevel.COUNTRY] + [region]
    if latin:
        return ", ".join(each.latin_name or each.name for each in reversed(chain))
    return "".join(each.name for each in chain)


def _licences(dealer_ids: set[int]) -> dict[int, str]:
    """The number on each dealer's business licence, of those that compliance passed."""
    statement = (
        select(QualificationPaper.dealer_id, QualificationPaper.number)
        .where(
            QualificationPaper.dealer_id.in_(dealer_ids),
            QualificationPaper.kind == PaperKind.BUSINESS_LICENCE,
            QualificationPaper.state == PaperState.PASSED,
            QualificationPaper.replaced_at.is_(None),
        )
        .order_by(QualificationPaper.id)
    )
    return {row.dealer_id: row.number for row in db.session.execute(statement)}


def _earlier(contract: Contract) -> dict[str, Value | None]:
    amended = contract.amends
    if amended is None:
        return {}
    zone = amended.event.time_zone if amended.event else _HOUSE_ZONE
    signed = clock.local(amended.signed_at, zone).date() if amended.signed_at else None
    return {"number": amended.number, "title": amended.template_version.title, "signed_on": signed}


def _values(version: TemplateVersion, facts: Facts) -> dict[str, Value | None]:
    return {variable.key: _value(variable, facts) for variable in version.variables}


def _value(variable: TemplateVariable, facts: Facts) -> Value | None:
    source = SOURCES.get(variable.source)
    if source is not None:
        return source.read(facts)
    typed = str((facts.contract.values or {}).get(variable.key, "") or "")
    return read(
        variable.kind, typed, label=variable.label, given=variable.choices or (), currency=facts.contract.currency
    )
