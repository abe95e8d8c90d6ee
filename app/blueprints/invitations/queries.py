"""What the invite list asks of the database. Everything is loaded through the event."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app import names
from app.access import Permission
from app.extensions import db
from app.models import (
    Badge,
    Call,
    Companion,
    Confirmation,
    Contract,
    Dealer,
    Event,
    HallPlan,
    Invitation,
    InvitationState,
    Message,
    Readiness,
    Reply,
    User,
)

READINESS_ORDER = case(
    {word: place for place, word in enumerate(Readiness)}, value=Invitation.readiness, else_=len(Readiness)
)
STATE_ORDER = case(
    {word: place for place, word in enumerate(InvitationState)}, value=Invitation.state, else_=len(InvitationState)
)
ROW_OPTIONS = (contains_eager(Invitation.dealer), joinedload(Invitation.rep))


def invitations(event: Event, rep_id: int | None = None) -> Select[Invitation]:
    """Return the select of an event's invitations, joined with their dealers; with `rep_id` only that rep's."""
    statement = select(Invitation).join(Invitation.dealer).where(Invitation.event_id == event.id)
    return statement if rep_id is None else statement.where(Invitation.rep_id == rep_id)


def matching(query: str) -> ColumnElement[bool]:
    """Return the condition that finds a guest by name, company, phone tail, pinyin or initials."""
    return and_(*(Dealer.search_key.like(pattern) for pattern in names.search_patterns(query)))


def invitation(event: Event, invitation_id: int, rep_id: int | None = None) -> Invitation | None:
    """Return one invitation of the event, with its dealer and rep."""
    statement = invitations(event, rep_id).where(Invitation.id == invitation_id)
    return db.session.scalar(statement.options(*ROW_OPTIONS))


def chosen(event: Event, ids: Sequence[int], rep_id: int | None = None) -> list[Invitation]:
    """Return the event's invitations among these ids, in the order of their ids."""
    statement = invitations(event, rep_id).where(Invitation.id.in_(ids)).order_by(Invitation.id)
    return list(db.session.scalars(statement.options(*ROW_OPTIONS)))


def has_hall(event: Event) -> bool:
    """Tell whether the event has a hall plan; from then on a guest's table follows from the seat in it."""
    return db.session.get(HallPlan, event.id) is not None


def reps() -> list[User]:
    """Return the people who may be responsible for a guest, by name."""
    people = db.session.scalars(select(User).where(User.is_active).order_by(User.name))
    return [person for person in people if Permission.RECORD_REPLIES in person.permissions]


def invited_dealer_ids(event: Event, dealer_ids: Sequence[int]) -> set[int]:
    """Return which of these dealers are on the event's list already."""
    statement = select(Invitation.dealer_id).where(
        Invitation.event_id == event.id, Invitation.dealer_id.in_(dealer_ids)
    )
    return set(db.session.scalars(statement))


@dataclass(frozen=True)
class Story:
    """All that is known about one invitation, for its page."""

    reply: Reply | None
    companions: list[Companion]
    confirmations: list[Confirmation]
    calls: list[Call]
    messages: list[Message]
    contracts: list[Contract]
    badges: list[Badge]


def story(invitation: Invitation) -> Story:
    """Return what has happened with an invitation, the newest first."""
    return Story(
        reply=db.session.scalar(select(Reply).where(Reply.invitation_id == invitation.id)),
        companions=list(
            db.session.scalars(select(Companion).where(Companion.invitation_id == invitation.id).order_by(Companion.id))
        ),
        confirmations=list(
            db.session.scalars(
                select(Confirmation).where(Confirmation.invitation_id == invitation.id).order_by(Confirmation.id.desc())
            )
        ),
        calls=list(
            db.session.scalars(
                select(Call).where(Call.invitation_id == invitation.id).order_by(Call.called_at.desc()).limit(20)
            )
        ),
        messages=list(
            db.session.scalars(
                select(Message).where(Message.invitation_id == invitation.id).order_by(Message.id.desc()).limit(20)
            )
        ),
        contracts=list(
            db.session.scalars(
                select(Contract).where(Contract.invitation_id == invitation.id).order_by(Contract.id.desc())
            )
        ),
        badges=list(
            db.session.scalars(select(Badge).where(Badge.invitation_id == invitation.id).order_by(Badge.id.desc()))
        ),
    )


def count_by_state(event: Event, rep_id: int | None = None) -> dict[InvitationState, int]:
    """Return how many invitations stand at each state."""
    statement = select(Invitation.state, func.count()).where(Invitation.event_id == event.id)
    if rep_id is not None:
        statement = statement.where(Invitation.rep_id == rep_id)
    return {row[0]: row[1] for row in db.session.execute(statement.group_by(Invitation.state))}
