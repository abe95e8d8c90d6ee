"""From what the next document of a contract is drafted."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.blueprints.contracts.drafting import queries as drafting
from app.blueprints.territories.queries import with_members
from app.extensions import db
from app.models import (
    Contract,
    ContractState,
    Event,
    EventStatus,
    Invitation,
    TemplateVersion,
    TerritoryGrant,
    TerritoryState,
)


def version_for(contract: Contract) -> TemplateVersion | None:
    """Return the approved version the next contract is made from: of the same template, else of the same kind."""
    versions = drafting.versions()
    same = [each for each in versions if each.template_id == contract.template_version.template_id]
    alike = [each for each in versions if each.template.kind is contract.kind]
    return next(iter([*same, *alike]), None)


def invitation_for(contract: Contract, now: datetime) -> Invitation | None:
    """Return the dealer's place on the list of the next event that is open: the renewal is signed there."""
    return db.session.scalar(
        select(Invitation)
        .join(Invitation.event)
        .where(
            Invitation.dealer_id == contract.dealer_id,
            Event.status.in_((EventStatus.OPEN, EventStatus.RUNNING)),
            Event.ends_at > now,
        )
        .options(joinedload(Invitation.event))
        .order_by(Event.starts_at)
        .limit(1)
    )


def renewal_of(contract: Contract, last: date) -> Contract | None:
    """Return the contract that follows this one: the same dealer and kind, from the day after its last."""
    return db.session.scalar(
        select(Contract)
        .where(
            Contract.dealer_id == contract.dealer_id,
            Contract.kind == contract.kind,
            Contract.id != contract.id,
            Contract.starts_on == last + timedelta(days=1),
            Contract.state != ContractState.VOID,
        )
        .limit(1)
    )


def signed_grants(contract_ids: list[int]) -> list[TerritoryGrant]:
    """Return what contracts promise now, with all that is needed to promise it again."""
    statement = (
        select(TerritoryGrant)
        .where(TerritoryGrant.contract_id.in_(contract_ids), TerritoryGrant.state == TerritoryState.SIGNED)
        .options(with_members(), joinedload(TerritoryGrant.line), joinedload(TerritoryGrant.channel))
        .order_by(TerritoryGrant.id)
    )
    return list(db.session.scalars(statement))
