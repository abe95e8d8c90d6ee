"""Who has which territory, what stands against a wish, and what is free nearby."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, union
from sqlalchemy.orm import joinedload

from app import clock
from app.blueprints.territories.rules.overlap import Claim, ancestors, is_free, paths_of
from app.blueprints.territories.rules.taken import Choice, Clash
from app.extensions import db
from app.models import (
    Contract,
    ProductLine,
    Region,
    RegionLevel,
    RegionMember,
    SalesChannel,
    TerritoryGrant,
    TerritorySettings,
    TerritoryState,
)

MOST_CHOICES = 6  # of what is free nearby
TIMED_OUT = "timed_out"  # in `ended_why`: nobody let go of it, the time ran out


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: a promise that is not there yet, or one that is to be looked at again."""

    region: Region
    line_id: int
    channel_id: int | None
    starts_on: date
    ends_on: date
    is_exclusive: bool
    dealer_id: int | None = None  # whose own promises do not stand against it

    @property
    def claim(self) -> Claim:
        return Claim(
            self.line_id, self.channel_id, paths_of(self.region), self.starts_on, self.ends_on, self.is_exclusive
        )


def wish_of(grant: TerritoryGrant) -> Wish:
    """Return what a grant asks for."""
    return Wish(
        grant.region,
        grant.line_id,
        grant.channel_id,
        grant.starts_on,
        grant.ends_on,
        grant.is_exclusive,
        grant.dealer_id,
    )


def is_live(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a grant counts against others: signed, or held with time left."""
    time_left = or_(TerritoryGrant.held_until.is_(None), TerritoryGrant.held_until > now)
    return or_(
        TerritoryGrant.state == TerritoryState.SIGNED,
        and_(TerritoryGrant.state == TerritoryState.HELD, time_left),
    )


def touching(*regions: Region) -> Select[Any]:
    """Return a SELECT of the ids of all regions that have a place in common with these.

    Those are the ones above it, the ones below it, and the groups with a member among either.
    """
    places = [place for each in regions for place in (each.members if each.level is RegionLevel.GROUP else (each,))]
    codes = sorted({code for place in places for code in ancestors(place.path)})
    below = select(Region.id).where(Region.id.in_([place.id for place in places])).cte("below", recursive=True)
    below = below.union_all(select(Region.id).where(Region.parent_id == below.c.id))
    tree = union(select(Region.id).where(Region.code.in_(codes)), select(below.c.id)).cte("tree")
    groups = select(RegionMember.group_id).where(RegionMember.region_id.in_(select(tree.c.id)))
    met = union(select(tree.c.id), groups).subquery()
    return select(met.c.id)


def standing_against(wish: Wish, now: datetime) -> Select[Any]:
    """Return the SELECT of live grants of others that clash with the wish: `rules.overlap.clash` said in SQL."""
    grant = TerritoryGrant
    statement = select(grant).where(
        grant.line_id == wish.line_id,
        grant.region_id.in_(touching(wish.region)),
        is_live(now),
        grant.starts_on <= wish.ends_on,
        grant.ends_on >= wish.starts_on,
    )
    if wish.channel_id is not None:
        statement = statement.where(or_(grant.channel_id.is_(None), grant.channel_id == wish.channel_id))
    if not wish.is_exclusive:
        statement = statement.where(grant.is_exclusive)
    if wish.dealer_id is not None:
        statement = statement.where(grant.dealer_id != wish.dealer_id)
    return statement


def first_clash(wish: Wish, now: datetime) -> TerritoryGrant | None:
    """Return one promise that stands against the wish, a signed one if there is any; None when it is free."""
    order = (TerritoryGrant.state.desc(), TerritoryGrant.id)  # "signed" comes after "held"
    statement = standing_against(wish, now).order_by(*order).limit(1)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def own_promise(wish: Wish, now: datetime) -> TerritoryGrant | None:
    """Return what the same dealer holds or has of exactly this region, line and channel on the same days."""
    grant = TerritoryGrant
    channel = grant.channel_id.is_(None) if wish.channel_id is None else grant.channel_id == wish.channel_id
    statement = select(grant).where(
        grant.dealer_id == wish.dealer_id,
        grant.line_id == wish.line_id,
        grant.region_id == wish.region.id,
        channel,
        is_live(now),
        grant.starts_on <= wish.ends_on,
        grant.ends_on >= wish.starts_on,
    )
    return db.session.scalar(statement.limit(1))


def described(grant: TerritoryGrant) -> Clash:
    """Return a promise as plain facts, which are still there when the transaction is rolled back."""
    held = grant.held_until if grant.state is TerritoryState.HELD else None
    return Clash(
        grant_id=grant.id,
        region_id=grant.region_id,
        region=grant.region.name,
        dealer_id=grant.dealer_id,
        dealer=grant.dealer.company,
        rep_id=grant.held_by_id,
        rep=grant.held_by.name if grant.held_by else "",
        is_signed=grant.state is TerritoryState.SIGNED,
        until=grant.ends_on,
        held_until=held,
    )


def clashes_of(contract: Contract, now: datetime) -> list[tuple[Clash, list[Choice]]]:
    """Return what stands against the unsigned territories of a contract, each with what is free nearby instead."""
    found = []
    for grant in grants_of(contract):
        if grant.state is TerritoryState.SIGNED:
            continue
        wish = wish_of(grant)
        if (other := first_clash(wish, now)) is not None:
            found.append((described(other), free_choices(wish, now)))
    return found


def with_members() -> Any:
    """Return how to load grants so that nothing more is asked for each one's region."""
    return joinedload(TerritoryGrant.region).selectinload(Region.members)


def grants_by_id(ids: Collection[int]) -> list[TerritoryGrant]:
    """Return grants as they are in the database now, whatever this session has seen before, in the order of ids."""
    statement = select(TerritoryGrant).where(TerritoryGrant.id.in_(ids)).order_by(TerritoryGrant.id)
    return list(db.session.scalars(statement.options(with_members()).execution_options(populate_existing=True)))


def grants_of(contract: Contract) -> list[TerritoryGrant]:
    """Return the grants tied to a contract, fresh from the database."""
    statement = select(TerritoryGrant).where(TerritoryGrant.contract_id == contract.id).order_by(TerritoryGrant.id)
    return list(db.session.scalars(statement.options(with_members()).execution_options(populate_existing=True)))


def open_grants(dealer_id: int, event_id: int | None = None) -> list[TerritoryGrant]:
    """Return what a dealer holds or has, for the forms of other rooms; those of one event if it is named."""
    statement = select(TerritoryGrant).where(TerritoryGrant.dealer_id == dealer_id, is_live(clock.now()))
    if event_id is not None:
        statement = statement.where(TerritoryGrant.event_id == event_id)
    eager = (with_members(), joinedload(TerritoryGrant.line), joinedload(TerritoryGrant.channel))
    return list(db.session.scalars(statement.options(*eager).order_by(TerritoryGrant.id)))


def settings_of(event_id: int | None) -> TerritorySettings:
    """Return how an event deals with its territories; the defaults (not in the session) when it says nothing."""
    found = db.session.get(TerritorySettings, event_id) if event_id is not None else None
    return found or TerritorySettings(event_id=event_id, hold_minutes=120, offer_minutes=15)


# --- What is free nearby ------------------------------------------------------------------------------------


def free_choices(wish: Wish, now: datetime, most: int = MOST_CHOICES) -> list[Choice]:
    """Return what the dealer could have instead: the parts of the region that are free, its neighbours, other channels.

    When all around is taken, the neighbours of the region above are looked at. It is asked only when something
    clashes, and costs a handful of statements for each level.
    """
    region, channel_id = wish.region, wish.channel_id
    taken = _taken_around(region, wish, now)
    channel = db.session.get(SalesChannel, channel_id) if channel_id is not None else None
    free = [place for place in _nearby(region) if _is_free(wish, place, taken)]
    above = region.parent
    while not free and above is not None and above.parent is not None:
        around = _taken_around(above, wish, now)
        free = [place for place in _nearby(above) if place.id != region.id and _is_free(wish, place, around)]
        above = above.parent
    choices = [Choice(place.id, place.name, channel_id, channel.name if channel else "") for place in free]
    others = [
        Choice(region.id, region.name, other.id, other.name)
        for other in active_channels()
        if other.id != channel_id and is_free(_moved(wish, paths_of(region), other.id), taken)
    ]
    return [*choices[: most - min(len(others), 2)], *others][:most]


def _is_free(wish: Wish, place: Region, taken: list[Claim]) -> bool:
    return is_free(_moved(wish, frozenset((place.path,)), wish.channel_id), taken)


def _moved(wish: Wish, paths: frozenset[str], channel_id: int | None) -> Claim:
    return Claim(wish.line_id, channel_id, paths, wish.starts_on, wish.ends_on, wish.is_exclusive)


def _nearby(region: Region) -> list[Region]:
    """Parts first (members of a group, children), then neighbours."""
    if region.level is RegionLevel.GROUP:
        return [member for member in region.members if member.is_active]
    around = [Region.parent_id == region.id]
    if region.parent_id is not None:
        around.append(Region.parent_id == region.parent_id)
    statement = select(Region).where(or_(*around), Region.id != region.id, Region.is_active)
    found = db.session.scalars(statement.order_by(Region.position, Region.code))
    return sorted(found, key=lambda place: place.parent_id != region.id)


def _taken_around(region: Region, wish: Wish, now: datetime) -> list[Claim]:
    """What others hold or have in the region above: enough to judge its children, and what covers it."""
    around = region.parent if region.parent is not None else region
    wide = Wish(around, wish.line_id, None, wish.starts_on, wish.ends_on, True, wish.dealer_id)
    grant = TerritoryGrant
    columns = (grant.region_id, Region.path, grant.channel_id, grant.is_exclusive)
    rows = db.session.execute(
        standing_against(wide, now).with_only_columns(*columns).join(Region, Region.id == grant.region_id).distinct()
    ).all()
    members = members_of({row.region_id for row in rows})
    return [
        Claim(
            wish.line_id,
            row.channel_id,
            members.get(row.region_id) or frozenset((row.path,)),
            wish.starts_on,
            wish.ends_on,
            row.is_exclusive,
        )
        for row in rows
    ]


def members_of(region_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return the paths of the members of those of these regions that are groups."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = (
        select(RegionMember.group_id, Region.path)
        .join(Region, Region.id == RegionMember.region_id)
        .where(RegionMember.group_id.in_(sorted(region_ids)))
    )
    for group_id, path in db.session.execute(rows):
        found[group_id].add(path)
    return {group_id: frozenset(paths) for group_id, paths in found.items()}


# --- Lines and channels -------------------------------------------------------------------------------------


def active_lines() -> Sequence[ProductLine]:
    """Return the product lines that may be promised, in their order."""
    statement = select(ProductLine).where(ProductLine.is_active).order_by(ProductLine.position, ProductLine.id)
    return db.session.scalars(statement).all()


def active_channels() -> Sequence[SalesChannel]:
    """Return the channels that may be promised, in their order."""
    statement = select(SalesChannel).where(SalesChannel.is_active).order_by(SalesChannel.position, SalesChannel.id)
    return db.session.scalars(statement).all()
