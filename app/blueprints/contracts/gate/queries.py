"""The facts of the readiness gate, from the rows."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, or_, select

from app import clock
from app.blueprints.contracts.queries import supply_stopped
from app.blueprints.contracts.rules import gate as rules
from app.blueprints.contracts.rules.approving import is_approved
from app.blueprints.dealers.papers import queries as papers
from app.blueprints.dealers.papers.rules import REQUIRED, fault_of, is_passed, wanted
from app.extensions import db
from app.models import (
    Contract,
    Event,
    GateOverride,
    Package,
    PaperKind,
    QualificationPaper,
    Screening,
    TerritoryGrant,
)

_ZONE = "Asia/Shanghai"


def gate(contract: Contract) -> rules.Gate:
    """Return how every point stands for one contract now."""
    return gates([contract])[contract.id]


def gates(contracts: Sequence[Contract]) -> dict[int, rules.Gate]:
    """Return the gate of each contract; a fixed number of queries however many there are."""
    dealers = {each.dealer_id for each in contracts}
    stopped = supply_stopped(dealers)
    papers_of, screenings = papers.papers_of(dealers), papers.screenings_of(dealers)
    overridden = _overridden([each.id for each in contracts])
    offered = _packages_open({each.event_id for each in contracts if each.event_id})
    return {
        each.id: rules.gate(
            facts(
                each,
                papers_of[each.dealer_id],
                screenings.get(each.dealer_id),
                overridden.get(each.id, frozenset()),
                offered.get(each.event_id or 0, 0),
                is_stopped=each.dealer_id in stopped,
            )
        )
        for each in contracts
    }


def facts(
    contract: Contract,
    have: Mapping[PaperKind, QualificationPaper],
    screening: Screening | None,
    overridden: frozenset[str],
    packages_open: int,
    *,
    is_stopped: bool = False,
) -> rules.Facts:
    today = clock.today(contract.event.time_zone if contract.event else _ZONE)
    lines = {(grant.line.key, grant.line.name) for grant in contract.grants}
    licence, letter = have.get(PaperKind.BUSINESS_LICENCE), have.get(PaperKind.AUTHORIZATION)
    fault = fault_of(letter, today)
    return rules.Facts(
        now=clock.now(),
        is_approved=is_approved(contract.approvals, contract.submitted_at),
        has_document=contract.document_id is not None,
        paper_faults=[
            (each.fault.value, each.kind.value) for each in wanted(REQUIRED, have, today, lines) if each.fault
        ],
        signatory_kind=contract.signatory_kind,
        signatory=contract.signatory,
        legal_representative=licence.holder if licence else "",
        authorization_fault=fault.value if fault else None,
        authorized=letter.holder if letter else "",
        screening=None if screening is None else is_passed(screening.verdict),
        kind=contract.kind,
        tier=contract.tier,
        holds=[_hold(contract, grant) for grant in contract.grants],
        package=_offer(contract),
        packages_open=packages_open,
        deposit=contract.deposit,
        payments=[rules.Payment(term.kind, term.due_days, term.due_on) for term in contract.payment_terms],
        overridden=overridden,
        supply_stopped=is_stopped,
    )


def _hold(contract: Contract, grant: TerritoryGrant) -> rules.Hold:
    return rules.Hold(
        grant.region.name, grant.state, grant.held_until, grant.dealer_id == contract.dealer_id, grant.is_exclusive
    )


def _offer(contract: Contract) -> rules.Offer | None:
    package = contract.package
    if package is None:
        return None
    ends = contract.event.ends_at if contract.event else None
    return rules.Offer(package.name, package.is_active, package.expires_at or ends, package.stock, package.taken)


def overrides(contract: Contract) -> list[GateOverride]:
    """Return the points of a contract that somebody has let pass."""
    return list(
        db.session.scalars(
            select(GateOverride).where(GateOverride.contract_id == contract.id).order_by(GateOverride.id)
        )
    )


def _overridden(contract_ids: Sequence[int]) -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = {}
    rows = db.session.execute(
        select(GateOverride.contract_id, GateOverride.point).where(GateOverride.contract_id.in_(contract_ids))
    )
    for contract_id, point in rows:
        found[contract_id] = found.get(contract_id, frozenset()) | {point}
    return found


def _packages_open(event_ids: set[int]) -> dict[int, int]:
    """Return how many packages each event offers at this moment."""
    now = clock.now()
    rows = db.session.execute(
        select(Package.event_id, func.count())
        .join(Event, Event.id == Package.event_id)
        .where(
            Package.event_id.in_(event_ids),
            Package.is_active,
            func.coalesce(Package.expires_at, Event.ends_at) > now,
            or_(Package.stock.is_(None), Package.taken < Package.stock),
        )
        .group_by(Package.event_id)
    )
    return dict(rows.all())
