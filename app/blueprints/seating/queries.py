"""Reading the seating of an event: a fixed number of queries, however many guests there are."""

from collections import defaultdict
from collections.abc import Iterable

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


def plan(event: Event) -> HallPlan | None:
    return db.session.get(HallPlan, event.id)


def items(event: Event) -> list[HallItem]:
    return list(db.session.scalars(select(HallItem).where(HallItem.event_id == event.id).order_by(HallItem.id)))


def item(event: Event, item_id: int) -> HallItem | None:
    """Return one thing in the hall of this event."""
    return db.session.scalar(select(HallItem).where(HallItem.event_id == event.id, HallItem.id == item_id))


def situation(event: Event) -> Situation:
    """Read everything about the seating of an event."""
    hall = plan(event)
    seats = list(db.session.scalars(select(Seat).where(Seat.event_id == event.id).order_by(Seat.item_id, Seat.number)))
    guests = _guests(event)
    return Situation(event, hall, items(event), guests, seats, _foes(event, hall, guests.values()))


def _guests(event: Event) -> dict[int, Guest]:
    """Return whoever comes or has a seat, by name; who comes instead stands for the guest."""
    come_along: dict[int, list[tuple[int, str]]] = defaultdict(list)
    of_event = select(Companion.invitation_id, Companion.id, Companion.name).join(Companion.invitation)
    rows_of_companions = of_event.where(Invitation.event_id == event.id).order_by(Companion.id)
    for invitation_id, companion_id, name in db.session.execute(rows_of_companions):
        come_along[invitation_id].append((companion_id, name))
    marked = select(GuestMark).join(Invitation, Invitation.id == GuestMark.invitation_id)
    marks = {each.invitation_id: each for each in db.session.scalars(marked.where(Invitation.event_id == event.id))}
    seated = select(Seat.invitation_id).where(Seat.event_id == event.id)
    rows = db.session.execute(
        select(
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
        .where(Invitation.event_id == event.id, Invitation.state.in_(SEATED) | Invitation.id.in_(seated))
        .order_by(Dealer.sort_key, Invitation.id)
    )
    return {row[0]: Guest(tuple(come_along.get(row[0], ())), marks.get(row[0]), *row) for row in rows}


def _foes(event: Event, hall: HallPlan | None, guests: Iterable[Guest]) -> list[Foes]:
    dealers = [each for each in guests if each.comes and each.is_dealer]
    claims = _claims(event, {each.dealer_id for each in dealers})
    open_cities = set(hall.open_cities) if hall else set()
    candidates = [
        Candidate(
            each.id,
            each.firm or str(each.dealer_id),
            "" if each.city in open_cities else each.city,
            tuple(claims.get(each.dealer_id, ())),
        )
        for each in dealers
    ]
    pairs: dict[PairRule, set[tuple[int, int]]] = {rule: set() for rule in PairRule}
    for wish in pair_wishes(event):
        pairs[wish.rule].add((wish.one_id, wish.other_id))
    return foes(
        candidates,
        cities_apart=hall.cities_apart if hall else True,
        asked=pairs[PairRule.APART],
        may_meet=pairs[PairRule.MAY_MEET],
    )


def pair_wishes(event: Event) -> list[PairWish]:
    return list(db.session.scalars(select(PairWish).where(PairWish.event_id == event.id).order_by(PairWish.id)))


def _claims(event: Event, dealer_ids: set[int]) -> dict[int, list[tuple[Claim, str]]]:
    """Return what these dealers hold, have or queue for, each with the region's name."""
    invited = select(Invitation.dealer_id).where(Invitation.event_id == event.id)
    live = (
        select(TerritoryGrant, Region.path, Region.name)
        .join(TerritoryGrant.region)
        .where(TerritoryGrant.dealer_id.in_(invited), territories.is_live(clock.now()))
    )
    waiting = select(TerritoryBid, Region.path, Region.name).join(TerritoryBid.region)
    rows = [
        *db.session.execute(live.order_by(TerritoryGrant.id)),
        *db.session.execute(
            waiting.where(
                TerritoryBid.event_id == event.id, TerritoryBid.state.in_((BidState.WAITING, BidState.OFFERED))
            ).order_by(TerritoryBid.id)
        ),
    ]
    rows = [row for row in rows if row[0].dealer_id in dealer_ids]
    members = territories.members_of({row[0].region_id for row in rows}) if rows else {}
    found: dict[int, list[tuple[Claim, str]]] = defaultdict(list)
    for row, path, name in rows:
        paths = members.get(row.region_id, frozenset((path,)))
        claim = Claim(row.line_id, row.channel_id, paths, row.starts_on, row.ends_on, row.is_exclusive)
        found[row.dealer_id].append((claim, name))
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
