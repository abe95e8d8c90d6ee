"""What is on record of a guest's answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.blueprints.invitations.rules import SEATED
from app.blueprints.rsvp.reply.rules import Window, window
from app.blueprints.rsvp.rounds import queries as rounds
from app.extensions import db
from app.models import Badge, Companion, Confirmation, HallItem, HallPlan, Invitation, ProgrammePage, Reply, Round, Seat


def invitation_by_token(token: str) -> Invitation | None:
    """Return the invitation of a personal link, with what its page shows and no more."""
    return db.session.scalar(
        select(Invitation)
        .where(Invitation.token == token)
        .options(joinedload(Invitation.dealer), joinedload(Invitation.event), joinedload(Invitation.rep))
    )


def reply_of(invitation: Invitation) -> Reply | None:
    """Return the answer on record, fresh from the database."""
    return db.session.scalar(
        select(Reply)
        .where(Reply.invitation_id == invitation.id)
        .options(joinedload(Reply.invitation))
        .execution_options(populate_existing=True)
    )


def companions_of(invitation: Invitation) -> list[Companion]:
    """Return who comes along, in the order they were named."""
    return list(
        db.session.scalars(select(Companion).where(Companion.invitation_id == invitation.id).order_by(Companion.id))
    )


@dataclass(frozen=True)
class OnRecord:
    """All that a guest's page knows about the answer."""

    reply: Reply | None
    companions: list[Companion]
    round: Round | None
    confirmation: Confirmation | None

    @property
    def version(self) -> int:
        """What a form says it has seen, so that two open pages do not silently overwrite each other."""
        return self.reply.version if self.reply else 0

    @property
    def is_asked(self) -> bool:
        """Whether the question before the day waits for an answer."""
        return self.confirmation is not None and self.confirmation.answer is None


def seat_of(invitation: Invitation) -> tuple[str, int] | None:
    """Return the guest's table and chair, once the hall lead lets guests see them."""
    row = db.session.execute(
        select(HallItem.label, Seat.number)
        .join(Seat.item)
        .join(HallPlan, HallPlan.event_id == Seat.event_id)
        .where(Seat.invitation_id == invitation.id, Seat.companion_id.is_(None), HallPlan.shown_at.is_not(None))
    ).first()
    return (row[0], row[1]) if row and invitation.state in SEATED else None


def programme_of(invitation: Invitation) -> str:
    """Return the address of the event's programme, "" until it is opened to guests."""
    page = db.session.get(ProgrammePage, invitation.event_id)
    return f"/p/{page.token}" if page else ""


def on_record(invitation: Invitation) -> OnRecord:
    """Return the answer on record, companions, and the question asked again."""
    current = rounds.current_round(invitation.event)
    return OnRecord(
        reply=reply_of(invitation),
        companions=companions_of(invitation),
        round=current,
        confirmation=rounds.confirmation_of(invitation, current),
    )


def window_of(invitation: Invitation, record: OnRecord, now: datetime) -> Window:
    """Return what the guest can do now."""
    event = invitation.event
    return window(
        status=event.status,
        state=invitation.state,
        now=now,
        closes_at=event.replies_close,
        starts_at=event.starts_at,
        was_asked=record.confirmation is not None,
    )


def badge_code(invitation: Invitation) -> str | None:
    """Return the code of the guest's own valid badge, if one was made."""
    return db.session.scalar(
        select(Badge.code).where(
            Badge.invitation_id == invitation.id, Badge.companion_id.is_(None), Badge.revoked_at.is_(None)
        )
    )
