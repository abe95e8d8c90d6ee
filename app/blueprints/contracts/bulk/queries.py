"""Who is to be prepared for, and what stands against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import clock
from app.blueprints.contracts.drafting import queries as drafting
from app.blueprints.contracts.rules.life import OPEN, STANDING
from app.extensions import db
from app.models import (
    Contract,
    Dealer,
    Event,
    GuestKind,
    Invitation,
    InvitationState,
    Readiness,
    Region,
    TerritoryGrant,
    TerritoryOffer,
)

OUT = (InvitationState.DECLINED, InvitationState.DECLINED_LATE, InvitationState.NO_SHOW)


@dataclass(frozen=True)
class Candidate:
    """A dealer who is ready to sign, with the contract they have, if any, and what is held for them."""

    invitation: Invitation
    contract: Contract | None
    grants: Sequence[TerritoryGrant]

    @property
    def has_sum(self) -> bool:
        return bool(self.invitation.expected_amount)


def candidates(event: Event, only_of: int | None = None) -> list[Candidate]:
    """Return the dealers of an event who are ready to sign and still come, lead signers first; three queries."""
    statement = (
        select(Invitation)
        .join(Invitation.dealer)
        .where(
            Invitation.event_id == event.id,
            Invitation.kind == GuestKind.DEALER,
            Invitation.readiness == Readiness.READY,
            Invitation.state.not_in(OUT),
        )
        .options(joinedload(Invitation.dealer), joinedload(Invitation.rep))
        .order_by(Invitation.is_lead_signer.desc(), Dealer.sort_key, Invitation.id)
    )
    if only_of is not None:
        statement = statement.where(Invitation.rep_id == only_of)
    guests = list(db.session.scalars(statement))
    ids = [guest.dealer_id for guest in guests]
    have = contracts_of(event, ids)
    grants = drafting.open_grants(ids, event)
    return [Candidate(guest, have.get(guest.dealer_id), grants.get(guest.dealer_id, [])) for guest in guests]


def contracts_of(event: Event, dealer_ids: Sequence[int]) -> dict[int, Contract]:
    """Return the newest contract of each dealer at an event that is neither void nor over."""
    rows = db.session.scalars(
        select(Contract)
        .where(
            Contract.event_id == event.id,
            Contract.dealer_id.in_(dealer_ids),
            Contract.state.in_((*OPEN, *STANDING)),
            Contract.amends_id.is_(None),
        )
        .order_by(Contract.id)
    )
    return {row.dealer_id: row for row in rows}


def offers_for(event: Event, city: str) -> list[TerritoryOffer]:
    """Return what an event offers of a city, by name: 武汉 finds 武汉市."""
    if not city:
        return []
    return list(
        db.session.scalars(
            select(TerritoryOffer)
            .join(Region, Region.id == TerritoryOffer.region_id)
            .where(TerritoryOffer.event_id == event.id, Region.name.startswith(city, autoescape=True), Region.is_active)
            .options(
                joinedload(TerritoryOffer.region).selectinload(Region.members),
                joinedload(TerritoryOffer.line),
                joinedload(TerritoryOffer.channel),
            )
            .order_by(TerritoryOffer.id)
        )
    )


def usual_days(event: Event) -> tuple[date, date]:
    """Return first and last day of what is promised at an event: a year from its day."""
    first = clock.local(event.starts_at, event.time_zone).date()
    return first, first + timedelta(days=364)
