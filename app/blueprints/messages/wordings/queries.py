"""What the page Wording looks up."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models import Channel, Dealer, Event, Invitation, MessageTemplate

MOST_GUESTS = 100


def own_row(event: Event, key: str, channel: Channel, locale: str) -> MessageTemplate | None:
    """Return the event's own words for one message, or None."""
    return db.session.scalar(
        select(MessageTemplate).where(
            MessageTemplate.event_id == event.id,
            MessageTemplate.key == key,
            MessageTemplate.channel == channel,
            MessageTemplate.locale == locale,
        )
    )


def own_keys(event: Event) -> set[tuple[str, Channel, str]]:
    """Return for which messages an event has its own words."""
    rows = db.session.execute(
        select(MessageTemplate.key, MessageTemplate.channel, MessageTemplate.locale).where(
            MessageTemplate.event_id == event.id
        )
    )
    return {(key, channel, locale) for key, channel, locale in rows}


def guests(event: Event) -> list[Invitation]:
    """Return guests to preview a message with, by name; of a long list the first hundred."""
    statement = select(Invitation).join(Invitation.dealer).where(Invitation.event_id == event.id)
    options = (joinedload(Invitation.dealer), joinedload(Invitation.rep))
    ordered = statement.order_by(Dealer.sort_key, Invitation.id).options(*options).limit(MOST_GUESTS)
    return list(db.session.scalars(ordered))


def guest(event: Event, invitation_id: int | None) -> Invitation | None:
    """Return the guest to preview with: the one asked for, else the first on the list."""
    statement = select(Invitation).where(Invitation.event_id == event.id)
    if invitation_id is not None:
        return db.session.scalar(statement.where(Invitation.id == invitation_id))
    return db.session.scalar(statement.join(Invitation.dealer).order_by(Dealer.sort_key, Invitation.id).limit(1))
