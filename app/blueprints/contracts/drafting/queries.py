"""What a draft is written from: versions, territories, packages, and guests without a contract."""

from collections.abc import Sequence

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app import clock
from app.blueprints.contracts.rules.life import OPEN, STANDING
from app.blueprints.territories.packages import queries as packages
from app.extensions import db
from app.models import (
    Contract,
    ContractKind,
    ContractTemplate,
    Dealer,
    Event,
    GuestKind,
    Invitation,
    Package,
    TemplateState,
    TemplateVersion,
    TerritoryGrant,
    TerritoryState,
)


def versions(*, amendments: bool = False) -> list[TemplateVersion]:
    """Return the approved version of each template in use, the templates in their order of names."""
    of_kind = (
        ContractTemplate.kind == ContractKind.AMENDMENT
        if amendments
        else ContractTemplate.kind != ContractKind.AMENDMENT
    )
    rows = db.session.scalars(
        select(TemplateVersion)
        .join(TemplateVersion.template)
        .where(TemplateVersion.state == TemplateState.APPROVED, ContractTemplate.is_active, of_kind)
        .options(joinedload(TemplateVersion.template), selectinload(TemplateVersion.variables))
        .order_by(ContractTemplate.id, TemplateVersion.number)
    )
    return list({row.template_id: row for row in rows}.values())  # the newest of each


def version(version_id: int) -> TemplateVersion | None:
    """Return a version that contracts may be made from."""
    return db.session.scalar(
        select(TemplateVersion)
        .where(TemplateVersion.id == version_id, TemplateVersion.state == TemplateState.APPROVED)
        .options(joinedload(TemplateVersion.template), selectinload(TemplateVersion.variables))
    )


def grants(contract: Contract) -> list[TerritoryGrant]:
    """Return the territories the dealer holds and no other contract names, with those of this contract."""
    alive = TerritoryGrant.state.in_((TerritoryState.HELD, TerritoryState.SIGNED))
    return list(
        db.session.scalars(
            select(TerritoryGrant)
            .where(
                TerritoryGrant.dealer_id == contract.dealer_id,
                alive,
                or_(TerritoryGrant.contract_id.is_(None), TerritoryGrant.contract_id == contract.id),
            )
            .options(
                joinedload(TerritoryGrant.region), joinedload(TerritoryGrant.line), joinedload(TerritoryGrant.channel)
            )
            .order_by(TerritoryGrant.id)
        )
    )


def open_packages(event: Event | None, keep: Package | None = None) -> list[Package]:
    """Return the packages a contract may name now, and the one it names already."""
    found = packages.takeable(event, clock.now()) if event is not None else []
    return found if keep is None or keep in found else [keep, *found]


def guests_without(event: Event, only_of: int | None = None) -> list[Invitation]:
    """Return the dealers on the list of an event who have no contract there yet, those ready to sign first."""
    counts = (*OPEN, *STANDING)
    has_one = exists().where(
        Contract.event_id == event.id, Contract.dealer_id == Invitation.dealer_id, Contract.state.in_(counts)
    )
    statement = (
        select(Invitation)
        .join(Invitation.dealer)
        .where(Invitation.event_id == event.id, Invitation.kind == GuestKind.DEALER, ~has_one)
        .options(joinedload(Invitation.dealer))
        .order_by(Dealer.sort_key, Invitation.id)
    )
    if only_of is not None:
        statement = statement.where(Invitation.rep_id == only_of)
    return list(db.session.scalars(statement))


def invitation(event: Event, invitation_id: int, only_of: int | None = None) -> Invitation | None:
    """Return one guest of this event whom a contract can be made with."""
    statement = (
        select(Invitation)
        .where(Invitation.event_id == event.id, Invitation.id == invitation_id, Invitation.kind == GuestKind.DEALER)
        .options(joinedload(Invitation.dealer), joinedload(Invitation.rep))
    )
    return db.session.scalar(statement if only_of is None else statement.where(Invitation.rep_id == only_of))


def open_grants(dealer_ids: Sequence[int], event: Event) -> dict[int, list[TerritoryGrant]]:
    """Return what each dealer holds for an event and no contract names yet; one query."""
    rows = db.session.scalars(
        select(TerritoryGrant)
        .where(
            TerritoryGrant.dealer_id.in_(dealer_ids),
            TerritoryGrant.event_id == event.id,
            TerritoryGrant.contract_id.is_(None),
            TerritoryGrant.state == TerritoryState.HELD,
        )
        .order_by(TerritoryGrant.id)
    )
    found: dict[int, list[TerritoryGrant]] = {}
    for row in rows:
        found.setdefault(row.dealer_id, []).append(row)
    return found
