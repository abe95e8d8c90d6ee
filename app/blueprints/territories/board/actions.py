"""What an event puts on the table, and the link of its public board. Nothing here commits."""

from collections.abc import Sequence

from sqlalchemy import select

from app import journal, tokens
from app.extensions import db
from app.models import Event, ProductLine, Region, SalesChannel, TerritoryOffer, TerritorySettings


def offer(
    event: Event,
    regions: Sequence[Region],
    lines: Sequence[ProductLine],
    channels: Sequence[SalesChannel | None],
    *,
    exclusive: bool,
) -> int:
    """Offer each region for each line and channel (None: all). What is offered already stays; returns how many came."""
    known = {
        (row.region_id, row.line_id, row.channel_id): row
        for row in db.session.scalars(select(TerritoryOffer).where(TerritoryOffer.event_id == event.id))
    }
    added = 0
    for region in regions:
        for line in lines:
            for channel in channels:
                channel_id = channel.id if channel else None
                if (region.id, line.id, channel_id) not in known:
                    row = TerritoryOffer(
                        event_id=event.id,
                        region_id=region.id,
                        line_id=line.id,
                        channel_id=channel_id,
                        is_exclusive=exclusive,
                    )
                    db.session.add(row)
                    known[region.id, line.id, channel_id] = row
                    added += 1
    if added:
        said = {"regions": [None, [each.name for each in regions][:20]], "lines": [None, [each.name for each in lines]]}
        journal.record("event.offered", event, event_id=event.id, changes=said)
    db.session.flush()
    return added


def withdraw(row: TerritoryOffer) -> None:
    """Offer something no longer; what is held or signed of it stays."""
    journal.record("event.offer_withdrawn", row, changes={"region": [row.region.name, None]})
    db.session.delete(row)
    db.session.flush()


def settings(event: Event, *, hold_minutes: int, offer_minutes: int) -> TerritorySettings:
    """Set how long a hold lasts and how long the first in the queue has time, in minutes."""
    row = db.session.get(TerritorySettings, event.id)
    if row is None:
        row = TerritorySettings(event_id=event.id)
        db.session.add(row)
    row.hold_minutes, row.offer_minutes = hold_minutes, offer_minutes
    db.session.flush()
    return row


def publish(event: Event) -> str:
    """Give the board an address that everybody may open, or a new one in place of the old; return its token."""
    current = db.session.get(TerritorySettings, event.id)
    row = current or settings(event, hold_minutes=120, offer_minutes=15)
    row.board_token = tokens.new_link_token()
    journal.record("event.board_published", event, event_id=event.id, changes={})
    db.session.flush()
    return row.board_token


def unpublish(event: Event) -> None:
    """Take the public address away."""
    row = db.session.get(TerritorySettings, event.id)
    if row is not None and row.board_token is not None:
        row.board_token = None
        journal.record("event.board_closed", event, event_id=event.id, changes={})
        db.session.flush()
