"""The talks of the day."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access import Permission
from app.blueprints.contracts.bulk.queries import OUT
from app.extensions import db
from app.models import (
    Contract,
    ContractKind,
    ContractState,
    Dealer,
    Event,
    GuestKind,
    Invitation,
    Readiness,
    Talk,
    TalkState,
    User,
)

# Where somebody is needed comes first, what is settled last.
ORDER = (TalkState.STUCK, TalkState.WAITING, TalkState.TALKING, TalkState.AGREED, TalkState.OFF)
_INTERESTED = (Readiness.READY, Readiness.LEANING, Readiness.WAVERING)


def talks(event: Event, host_id: int | None = None) -> list[Talk]:
    """Return the talks of an event, those that need somebody first, in each state the longest first."""
    statement = (
        select(Talk)
        .where(Talk.event_id == event.id)
        .options(joinedload(Talk.invitation).joinedload(Invitation.dealer), joinedload(Talk.host))
    )
    if host_id is not None:
        statement = statement.where(Talk.host_id == host_id)
    return sorted(db.session.scalars(statement), key=lambda talk: (ORDER.index(talk.state), talk.since, talk.id))


def contracts_of(event: Event) -> dict[int, Contract]:
    """Return the newest contract of each guest of an event, without amendments and what is void."""
    statement = select(Contract).where(
        Contract.event_id == event.id,
        Contract.invitation_id.is_not(None),
        Contract.kind != ContractKind.AMENDMENT,
        Contract.state != ContractState.VOID,
    )
    return {row.invitation_id: row for row in db.session.scalars(statement.order_by(Contract.id)) if row.invitation_id}


def talk(event: Event, talk_id: int) -> Talk | None:
    """Return one talk of this event."""
    return db.session.scalar(
        select(Talk)
        .where(Talk.id == talk_id, Talk.event_id == event.id)
        .options(joinedload(Talk.invitation).joinedload(Invitation.dealer))
    )


def guests_without(event: Event, only_of: int | None = None) -> list[Invitation]:
    """Return the interested dealers with whom no talk is open yet."""
    statement = (
        select(Invitation)
        .join(Invitation.dealer)
        .outerjoin(Talk, Talk.invitation_id == Invitation.id)
        .where(
            Invitation.event_id == event.id,
            Invitation.kind == GuestKind.DEALER,
            Invitation.readiness.in_(_INTERESTED),
            Invitation.state.not_in(OUT),
            Talk.id.is_(None),
        )
        .options(joinedload(Invitation.dealer))
        .order_by(Dealer.sort_key, Invitation.id)
    )
    if only_of is not None:
        statement = statement.where(Invitation.rep_id == only_of)
    return list(db.session.scalars(statement))


def hosts() -> list[User]:
    """Return our people who may sit with a dealer."""
    users = db.session.scalars(
        select(User).where(User.is_active).options(joinedload(User.role_rows)).order_by(User.name)
    ).unique()
    return [user for user in users if Permission.HOST_SIGNING in user.permissions]
