"""Who signs today, in which order, and who waits for the pen since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload, selectinload

from app.blueprints.contracts.rules.life import STANDING
from app.blueprints.contracts.rules.signing_order import Signer, ordered
from app.extensions import db
from app.models import (
    Arrival,
    Contract,
    ContractKind,
    ContractState,
    Event,
    Invitation,
    Talk,
    TalkState,
    TerritoryGrant,
)

TO_SIGN = (ContractState.APPROVED, ContractState.SIGNING)


@dataclass(frozen=True)
class Place:
    """One dealer in the order of signing."""

    contract: Contract
    is_lead: bool
    arrived_at: datetime | None
    talk: Talk | None

    @property
    def is_signed(self) -> bool:
        return self.contract.state in STANDING

    @property
    def waits_since(self) -> datetime | None:
        """Since when the dealer could sign: agreed at the table, and here."""
        if self.is_signed or self.contract.state is ContractState.SIGNING or self.talk is None:
            return None
        return self.talk.since if self.talk.state is TalkState.AGREED else None


def places(event: Event) -> list[Place]:
    """Return everybody with an approved or signed contract, in the order of signing; a fixed number of queries."""
    rows = list(
        db.session.scalars(
            select(Contract)
            .where(
                Contract.event_id == event.id,
                Contract.state.in_((*TO_SIGN, *STANDING)),
                Contract.kind != ContractKind.AMENDMENT,
            )
            .options(
                joinedload(Contract.dealer),
                joinedload(Contract.rep),
                joinedload(Contract.invitation),
                selectinload(Contract.grants).joinedload(TerritoryGrant.region),
            )
        )
    )
    arrived, talks = _arrived(event), _talks(event)
    by_id = {row.id: row for row in rows}
    return [
        Place(
            by_id[signer.contract_id],
            signer.is_lead,
            arrived.get(by_id[signer.contract_id].dealer_id),
            talks.get(by_id[signer.contract_id].dealer_id),
        )
        for signer in ordered(_signers(rows))
    ]


def _signers(rows: Sequence[Contract]) -> list[Signer]:
    return [
        Signer(
            row.id,
            bool(row.invitation and row.invitation.is_lead_signer),
            row.signing_position,
            row.total,
            row.dealer.sort_key,
        )
        for row in rows
    ]


def signers(event: Event) -> list[Signer]:
    """Return what the rule of the order looks at."""
    return _signers([place.contract for place in places(event)])


def _arrived(event: Event) -> Mapping[int, datetime]:
    rows = db.session.execute(
        select(Invitation.dealer_id, Arrival.arrived_at)
        .join(Arrival, and_(Arrival.invitation_id == Invitation.id, Arrival.companion_id.is_(None)))
        .where(Invitation.event_id == event.id)
    )
    return dict(rows.all())


def _talks(event: Event) -> Mapping[int, Talk]:
    rows = db.session.execute(
        select(Invitation.dealer_id, Talk)
        .join(Talk, Talk.invitation_id == Invitation.id)
        .where(Talk.event_id == event.id)
        .options(joinedload(Talk.host))
    )
    return dict(rows.all())
