"""The board's rows: offers with how each stands, in the order of the tree."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app import clock
from app.blueprints.territories.queries import is_live, touching, wish_of, with_members
from app.blueprints.territories.rules.board import Taken, state_of
from app.blueprints.territories.rules.overlap import Claim, ancestors, channels_meet, clash, paths_of, regions_meet
from app.extensions import db
from app.models import (
    BidState,
    Event,
    OfferState,
    Region,
    RegionLevel,
    TerritoryBid,
    TerritoryGrant,
    TerritoryOffer,
    TerritorySettings,
    TerritoryState,
)

OWN, WHOLE = "own", "whole"


@dataclass(frozen=True)
class Cell:
    """One offer as the board shows it. `grants` are those that stand against it, signed ones first."""

    offer: TerritoryOffer
    state: OfferState
    grants: Sequence[TerritoryGrant]
    waiting: int

    @property
    def held_until(self) -> datetime | None:
        """When the last hold on it runs out."""
        times = [each.held_until for each in self.grants if each.state is TerritoryState.HELD and each.held_until]
        return max(times) if self.state in {OfferState.HELD, OfferState.PARTLY} and times else None


@dataclass
class Block:
    """The cells of one province (`region`); own regions ("own") and whole provinces ("whole") stand by themselves."""

    kind: str
    region: Region | None
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Board:
    """All of it."""

    blocks: Sequence[Block]
    counts: Counter[OfferState]

    @property
    def cells(self) -> list[Cell]:
        return [cell for block in self.blocks for cell in block.cells]


def default_days(event: Event) -> tuple[date, date]:
    """Return the first and last day of a promise unless somebody says otherwise: a year from the event's day."""
    day = clock.local(event.starts_at, event.time_zone).date()
    return day, day + timedelta(days=364)


def offers(event: Event) -> Sequence[TerritoryOffer]:
    """Return everything an event offers, with what a cell shows of it."""
    statement = (
        select(TerritoryOffer)
        .where(TerritoryOffer.event_id == event.id)
        .join(Region, Region.id == TerritoryOffer.region_id)
        .order_by(Region.path, TerritoryOffer.line_id, TerritoryOffer.channel_id, TerritoryOffer.id)
        .options(
            joinedload(TerritoryOffer.region).selectinload(Region.members),
            joinedload(TerritoryOffer.line),
            joinedload(TerritoryOffer.channel),
        )
    )
    return db.session.scalars(statement).all()


def offer(event: Event, offer_id: int) -> TerritoryOffer | None:
    """Return one offer of an event."""
    statement = select(TerritoryOffer).where(TerritoryOffer.event_id == event.id, TerritoryOffer.id == offer_id)
    return db.session.scalar(statement.options(joinedload(TerritoryOffer.region).selectinload(Region.members)))


def board(event: Event, chosen: Sequence[TerritoryOffer], now: datetime) -> Board:
    """Return the board of these offers of an event, with a fixed number of queries."""
    grants = _grants(chosen, now)
    bids = open_bids(event)
    days = default_days(event)
    blocks: dict[str, Block] = {}
    provinces = _provinces(chosen)
    for each in chosen:
        key = _block_of(each.region)
        block = blocks.setdefault(key, Block(key, provinces.get(key)))
        block.cells.append(_cell(each, days, grants.get(each.line_id, []), bids))
    in_order = sorted(blocks.values(), key=lambda block: (block.region is not None, block.kind))
    return Board(in_order, Counter(cell.state for block in in_order for cell in block.cells))


def _block_of(region: Region) -> str:
    if region.level is RegionLevel.GROUP:
        return OWN
    codes = ancestors(region.path)
    return codes[1] if len(codes) > 2 else WHOLE


def _provinces(chosen: Sequence[TerritoryOffer]) -> dict[str, Region]:
    codes = {_block_of(each.region) for each in chosen} - {OWN, WHOLE}
    return {each.code: each for each in db.session.scalars(select(Region).where(Region.code.in_(codes)))}


def claim_of(offer: TerritoryOffer, days: tuple[date, date]) -> Claim:
    """Return what an offer would promise to whoever takes it."""
    return Claim(offer.line_id, offer.channel_id, paths_of(offer.region), *days, offer.is_exclusive)


def _cell(
    offer: TerritoryOffer, days: tuple[date, date], grants: Sequence[TerritoryGrant], bids: Sequence[TerritoryBid]
) -> Cell:
    claim = claim_of(offer, days)
    against = [each for each in grants if clash(claim, wish_of(each).claim)]
    state = state_of(claim, [Taken(wish_of(each).claim, each.state is TerritoryState.SIGNED) for each in against])
    waiting = sum(1 for bid in bids if _waits_for(bid, claim))
    return Cell(offer, state, against, waiting)


def _waits_for(bid: TerritoryBid, claim: Claim) -> bool:
    return (
        bid.line_id == claim.line_id
        and bid.state is BidState.WAITING
        and channels_meet(bid.channel_id, claim.channel_id)
        and regions_meet(paths_of(bid.region), claim.paths)
    )


def _grants(chosen: Sequence[TerritoryOffer], now: datetime) -> dict[int, list[TerritoryGrant]]:
    """The live grants that have a place in common with any of the offers, by product line, signed ones first."""
    if not chosen:
        return {}
    statement = (
        select(TerritoryGrant)
        .where(
            TerritoryGrant.line_id.in_({each.line_id for each in chosen}),
            TerritoryGrant.region_id.in_(touching(*{each.region_id: each.region for each in chosen}.values())),
            is_live(now),
        )
        .order_by(TerritoryGrant.state.desc(), TerritoryGrant.id)
        .options(with_members(), joinedload(TerritoryGrant.dealer), joinedload(TerritoryGrant.held_by))
        .options(joinedload(TerritoryGrant.channel))
    )
    found: dict[int, list[TerritoryGrant]] = defaultdict(list)
    for grant in db.session.scalars(statement):
        found[grant.line_id].append(grant)
    return found


def open_bids(event: Event) -> Sequence[TerritoryBid]:
    """Return who waits at an event or has been offered something, in the order of waiting."""
    statement = (
        select(TerritoryBid)
        .where(TerritoryBid.event_id == event.id, TerritoryBid.state.in_((BidState.WAITING, BidState.OFFERED)))
        .order_by(TerritoryBid.waiting_since, TerritoryBid.id)
        .options(
            joinedload(TerritoryBid.region).selectinload(Region.members),
            joinedload(TerritoryBid.dealer),
            joinedload(TerritoryBid.rep),
        )
    )
    return db.session.scalars(statement).all()


def queue_of(event: Event, claim: Claim) -> list[TerritoryBid]:
    """Return who waits for a place in what a cell offers."""
    return [
        bid
        for bid in open_bids(event)
        if bid.line_id == claim.line_id
        and channels_meet(bid.channel_id, claim.channel_id)
        and regions_meet(paths_of(bid.region), claim.paths)
    ]


def grant(event: Event, grant_id: int) -> TerritoryGrant | None:
    """Return a grant that was held at this event."""
    statement = select(TerritoryGrant).where(TerritoryGrant.id == grant_id, TerritoryGrant.event_id == event.id)
    return db.session.scalar(statement.options(selectinload(TerritoryGrant.region)))


def bid(event: Event, bid_id: int) -> TerritoryBid | None:
    """Return a bid of this event."""
    return db.session.scalar(select(TerritoryBid).where(TerritoryBid.id == bid_id, TerritoryBid.event_id == event.id))


def event_of_board(token: str) -> Event | None:
    """Return the event whose public board has this token."""
    statement = select(Event).join(TerritorySettings, TerritorySettings.event_id == Event.id)
    return db.session.scalar(statement.where(TerritorySettings.board_token == token))


def my_holds(event: Event, rep_id: int | None, now: datetime) -> Sequence[TerritoryGrant]:
    """Return the holds of an event with time left, of one rep or (None) of all, the first to run out first."""
    statement = select(TerritoryGrant).where(
        TerritoryGrant.event_id == event.id,
        TerritoryGrant.state == TerritoryState.HELD,
        TerritoryGrant.held_until > now,
    )
    if rep_id is not None:
        statement = statement.where(TerritoryGrant.held_by_id == rep_id)
    eager = (joinedload(TerritoryGrant.region), joinedload(TerritoryGrant.dealer), joinedload(TerritoryGrant.line))
    return db.session.scalars(statement.order_by(TerritoryGrant.held_until).options(*eager)).all()
