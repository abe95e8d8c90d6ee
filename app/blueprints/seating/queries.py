"""Reading the seating of an event: a fixed number of queries, however many guests there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import func, select

from app import clock
from app.blueprints.checkin.queries import COMES_INSTEAD
from app.blueprints.invitations.rules import SEATED
from app.blueprints.seating.rules.apart import Candidate, foes
from app.blueprints.seating.rules.facts import Foes
from app.blueprints.seating.situation import Guest, Situation
from app.blueprints.territories import queries as territories
from app.blueprints.territories.rules.overlap import Claim
from app.extensions import db
from app.models import (
    BidState,
    Companion,
    Dealer,
    Event,
    GuestMark,
    HallItem,
    HallPlan,
    Invitation,
    PairRule,
    PairWish,
    Region,
    Reply,
    Seat,
    SeatStep,
    TerritoryBid,
    TerritoryGrant,
    User,
)

Row = TypeVar("Row", HallItem, Seat, PairWish)


def plan(event: Event) -> HallPlan | None:
    return db.session.get(HallPlan, event.id)


def plans(events: Sequence[Event]) -> dict[int, HallPlan]:
    """Return the hall plans of those events that have one, by event: one query."""
    ids = [event.id for event in events]
    return {each.event_id: each for each in db.session.scalars(select(HallPlan).where(HallPlan.event_id.in_(ids)))}


def items(event: Event) -> list[HallItem]:
    return _items([event.id])


def _items(event_ids: Collection[int]) -> list[HallItem]:
    return list(db.session.scalars(select(HallItem).where(HallItem.event_id.in_(event_ids)).order_by(HallItem.id)))


def item(event: Event, item_id: int) -> HallItem | None:
    """Return one thing in the hall of this event."""
    return db.session.scalar(select(HallItem).where(HallItem.event_id == event.id, HallItem.id == item_id))


def situation(event: Event) -> Situation:
    """Read everything about the seating of an event."""
    hall = plan(event)
    return situations([event], {event.id: hall} if hall is not None else {})[event.id]


def situations(events: Sequence[Event], halls: Mapping[int, HallPlan]) -> dict[int, Situation]:
    """Read everything about the seating of several events, by event; as many queries as for one."""
    ids = [event.id for event in events]
    by_place = select(Seat).where(Seat.event_id.in_(ids)).order_by(Seat.item_id, Seat.number)
    seats = _by_event(db.session.scalars(by_place))
    things, guests, wishes = _by_event(_items(ids)), _guests(ids), _by_event(_pair_wishes(ids))
    claims = _claims(ids, {each.dealer_id for of in guests.values() for each in of.values() if _bids(each)})
    found = {}
    for event in events:
        hall, of = halls.get(event.id), guests[event.id]
        foes_ = _foes(hall, of.values(), claims[event.id], wishes[event.id])
        found[event.id] = Situation(event, hall, things[event.id], of, seats[event.id], foes_)
    return found


def _by_event(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for each in rows:
        found[each.event_id].append(each)
    return found


def _bids(guest: Guest) -> bool:
    return guest.comes and guest.is_dealer


def _guests(event_ids: Collection[int]) -> defaultdict[int, dict[int, Guest]]:
    """Return by event whoever comes or has a seat, by name; who comes instead stands for the guest."""
    come_along: dict[int, list[tuple[int, str]]] = defaultdict(list)
    of_events = select(Companion.invitation_id, Companion.id, Companion.name).join(Companion.invitation)
    rows_of_companions = of_events.where(Invitation.event_id.in_(event_ids)).order_by(Companion.id)
    for invitation_id, companion_id, name in db.session.execute(rows_of_companions):
        come_along[invitation_id].append((companion_id, name))
    marked = select(GuestMark).join(Invitation, Invitation.id == GuestMark.invitation_id)
    marks = {each.invitation_id: each for each in db.session.scalars(marked.where(Invitation.event_id.in_(event_ids)))}
    seated = select(Seat.invitation_id).where(Seat.event_id.in_(event_ids))
    rows = db.session.execute(
        select(
            Invitation.event_id,
            Invitation.id,
            func.coalesce(func.nullif(COMES_INSTEAD, ""), Dealer.contact),
            Dealer.company,
            Dealer.company_key,
            Dealer.id,
            Dealer.city,
            Invitation.kind,
            Invitation.readiness,
            Dealer.standing,
            Invitation.state,
            Invitation.rep_id,
            func.coalesce(User.name, ""),
            Dealer.sort_key,
        )
        .join(Invitation.dealer)
        .outerjoin(User, User.id == Invitation.rep_id)
        .outerjoin(Reply, Reply.invitation_id == Invitation.id)
        .where(Invitation.event_id.in_(event_ids), Invitation.state.in_(SEATED) | Invitation.id.in_(seated))
        .order_by(Dealer.sort_key, Invitation.id)
    )
    found: defaultdict[int, dict[int, Guest]] = defaultdict(dict)
    for event_id, *columns in rows:
        key = columns[0]
        found[event_id][key] = Guest(tuple(come_along.get(key, ())), marks.get(key), *columns)
    return found


def _foes(
    hall: HallPlan | None,
    guests: Iterable[Guest],
    claims: Mapping[int, Sequence[tuple[Claim, str]]],
    wishes: Iterable[PairWish],
) -> list[Foes]:
    open_cities = set(hall.open_cities) if hall else set()
    candidates = [
        Candidate(
            each.id,
            each.firm or str(each.dealer_id),
            "" if each.city in open_cities else each.city,
            tuple(claims.get(each.dealer_id, ())),
        )
        for each in guests
        if _bids(each)
    ]
    pairs: dict[PairRule, set[tuple[int, int]]] = {rule: set() for rule in PairRule}
    for wish in wishes:
        pairs[wish.rule].add((wish.one_id, wish.other_id))
    return foes(
        candidates,
        cities_apart=hall.cities_apart if hall else True,
        asked=pairs[PairRule.APART],
        may_meet=pairs[PairRule.MAY_MEET],
    )


def _pair_wishes(event_ids: Collection[int]) -> list[PairWish]:
    return list(db.session.scalars(select(PairWish).where(PairWish.event_id.in_(event_ids)).order_by(PairWish.id)))


def _claims(event_ids: Collection[int], dealer_ids: set[int]) -> defaultdict[int, dict[int, list[tuple[Claim, str]]]]:
    """Return by event and dealer what they hold or have, and queue for at that event, with the region's name."""
    invited = select(Invitation.event_id, Invitation.dealer_id).where(Invitation.event_id.in_(event_ids)).subquery()
    live = (
        select(invited.c.event_id, TerritoryGrant, Region.path, Region.name)
        .join(invited, invited.c.dealer_id == TerritoryGrant.dealer_id)
        .join(TerritoryGrant.region)
        .where(territories.is_live(clock.now()))
    )
    waiting = select(TerritoryBid.event_id, TerritoryBid, Region.path, Region.name).join(TerritoryBid.region)
    rows = [
        *db.session.execute(live.order_by(TerritoryGrant.id)),
        *db.session.execute(
            waiting.where(
                TerritoryBid.event_id.in_(event_ids), TerritoryBid.state.in_((BidState.WAITING, BidState.OFFERED))
            ).order_by(TerritoryBid.id)
        ),
    ]
    rows = [row for row in rows if row[1].dealer_id in dealer_ids]
    members = territories.members_of({row[1].region_id for row in rows}) if rows else {}
    found: defaultdict[int, dict[int, list[tuple[Claim, str]]]] = defaultdict(dict)
    for event_id, row, path, name in rows:
        paths = members.get(row.region_id, frozenset((path,)))
        claim = Claim(row.line_id, row.channel_id, paths, row.starts_on, row.ends_on, row.is_exclusive)
        found[event_id].setdefault(row.dealer_id, []).append((claim, name))
    return found


def last_step(event: Event) -> SeatStep | None:
    """Return what can be undone next."""
    return db.session.scalar(
        select(SeatStep).where(SeatStep.event_id == event.id).order_by(SeatStep.id.desc()).limit(1)
    )


def hosts() -> list[tuple[int, str]]:
    """Return who may look after a table: everybody with an account in use."""
    rows = db.session.execute(select(User.id, User.name).where(User.is_active).order_by(User.name, User.id))
    return [(user_id, name) for user_id, name in rows]
