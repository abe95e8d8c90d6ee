"""Who waits for what, and which holds have run out."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from app.blueprints.territories.queries import touching
from app.extensions import db
from app.models import BidState, Event, EventStatus, Region, TerritoryBid, TerritoryGrant, TerritoryState

_EAGER = (
    joinedload(TerritoryBid.region).selectinload(Region.members),
    joinedload(TerritoryBid.rep),
    joinedload(TerritoryBid.event),
    joinedload(TerritoryBid.dealer),
    joinedload(TerritoryBid.line),
)


def _channel_is(channel_id: int | None) -> ColumnElement[bool]:
    column = TerritoryBid.channel_id
    return column.is_(None) if channel_id is None else column == channel_id


def bid_of(event_id: int, dealer_id: int, region_id: int, line_id: int, channel_id: int | None) -> TerritoryBid | None:
    """Return the row of a dealer's bid at an event, whatever became of it."""
    statement = select(TerritoryBid).where(
        TerritoryBid.event_id == event_id,
        TerritoryBid.dealer_id == dealer_id,
        TerritoryBid.region_id == region_id,
        TerritoryBid.line_id == line_id,
        _channel_is(channel_id),
    )
    return db.session.scalar(statement.execution_options(populate_existing=True))


def bid_offered(grant_id: int) -> TerritoryBid | None:
    """Return the bid to which this hold is an offer."""
    return db.session.scalar(
        select(TerritoryBid).where(TerritoryBid.grant_id == grant_id, TerritoryBid.state == BidState.OFFERED)
    )


def bids_won_by(grant: TerritoryGrant) -> Sequence[TerritoryBid]:
    """Return the open bids of a dealer for exactly what the grant gives."""
    statement = select(TerritoryBid).where(
        TerritoryBid.line_id == grant.line_id,
        TerritoryBid.dealer_id == grant.dealer_id,
        TerritoryBid.region_id == grant.region_id,
        TerritoryBid.state.in_((BidState.WAITING, BidState.OFFERED)),
        or_(_channel_is(grant.channel_id), TerritoryBid.grant_id == grant.id),
    )
    return db.session.scalars(statement).all()


def waiting_for(region: Region, line_id: int, now: datetime) -> list[TerritoryBid]:
    """Return who waits for a place in this region, the longest waiting first, at events that still go on."""
    statement = (
        select(TerritoryBid)
        .join(Event, Event.id == TerritoryBid.event_id)
        .where(
            TerritoryBid.line_id == line_id,
            TerritoryBid.state == BidState.WAITING,
            TerritoryBid.region_id.in_(touching(region)),
            Event.status.in_((EventStatus.OPEN, EventStatus.RUNNING)),
            Event.ends_at > now,
        )
        .order_by(TerritoryBid.waiting_since, TerritoryBid.id)
        .options(*_EAGER)
    )
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def expired(line_ids: Collection[int], now: datetime) -> Sequence[int]:
    """Return the ids of the holds of these lines whose time has run out."""
    statement = select(TerritoryGrant.id).where(
        TerritoryGrant.line_id.in_(line_ids),
        TerritoryGrant.state == TerritoryState.HELD,
        TerritoryGrant.held_until <= now,
    )
    return db.session.scalars(statement).all()


def lines_with_expired(now: datetime) -> list[int]:
    """Return the product lines with holds whose time has run out."""
    statement = (
        select(TerritoryGrant.line_id)
        .where(TerritoryGrant.state == TerritoryState.HELD, TerritoryGrant.held_until <= now)
        .distinct()
    )
    return sorted(db.session.scalars(statement))


def expired_by_event(now: datetime) -> list[tuple[str, int, datetime]]:
    """Return (slug, how many, since when) of holds whose time has run out; those of no event have the slug ""."""
    statement = (
        select(Event.slug, func.count(TerritoryGrant.id), func.min(TerritoryGrant.held_until))
        .outerjoin(Event, Event.id == TerritoryGrant.event_id)
        .where(TerritoryGrant.state == TerritoryState.HELD, TerritoryGrant.held_until <= now)
        .group_by(Event.slug)
    )
    return [(slug or "", count, since or now) for slug, count, since in db.session.execute(statement)]
