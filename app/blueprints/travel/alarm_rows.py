"""What travel and rooms need somebody for, as lines of the overview and home."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, func, literal, not_, or_, select, union_all
from sqlalchemy.orm import contains_eager

from app import clock
from app.access import Permission
from app.blueprints.invitations.rules import SEATED
from app.blueprints.travel.rules.block import SOON, is_pressing
from app.extensions import db
from app.models import (
    BlockRelease,
    Direction,
    Event,
    EventStatus,
    GuestGroup,
    Invitation,
    Journey,
    Passenger,
    PickupRun,
    Reply,
    Room,
    RoomBlock,
    RoomGuest,
)
from app.web import alarms
from app.web.alarms import Row
from app.web.locale import day
from app.web.nav import door

_ALIVE = {EventStatus.OPEN, EventStatus.RUNNING}
_NEAR = timedelta(days=3)  # before the event: from then on a guest without a run is grave


@alarms.source("travel.index", _("Travel, rooms, meals"), Permission.VIEW_TRAVEL)
def rows(events: Sequence[Event]) -> Mapping[int, Sequence[Row]]:
    """Return what is open about runs, rooms and groups, grave lines first: four queries."""
    alive = {event.id: event for event in events if event.status in _ALIVE}
    if not alive:
        return {}
    found: dict[int, list[Row]] = defaultdict(list)
    for event_id, direction, number in _without_run(alive):
        found[event_id].append(_waiting(alive[event_id], direction, number))
    for event_id, what, number in _rooms_and_groups(alive):
        found[event_id].append(_ROWS[what](alive[event_id], number))
    for event_id, number in _incomplete(alive):
        found[event_id].append(_lacking(alive[event_id], number))
    for release in _undecided(alive):
        event = alive[release.block.event_id]
        if is_pressing(release.due_on, clock.today(event.time_zone)):
            found[event.id].append(_pressing(event, release))
    return {event_id: sorted(lines, key=lambda row: not row.is_grave) for event_id, lines in found.items()}


def _without_run(alive: Mapping[int, Event]) -> list[tuple[int, Direction, int]]:
    """Return by event how many who want a ride here or away are on no run; whoever is here or gone needs none."""
    arriving = _on_no_run(alive, Direction.ARRIVAL).join(Reply, Reply.invitation_id == Invitation.id)
    leaving = _on_no_run(alive, Direction.DEPARTURE).join(Journey, Journey.invitation_id == Invitation.id)
    now = clock.now()
    both = union_all(
        arriving.where(Reply.pickup_wanted, or_(Reply.arrives_at.is_(None), Reply.arrives_at > now)),
        leaving.where(Journey.ride_wanted, or_(Journey.leaves_at.is_(None), Journey.leaves_at > now)),
    )
    return [(row[0], Direction(row[1]), row[2]) for row in db.session.execute(both)]


def _on_no_run(alive: Mapping[int, Event], direction: Direction) -> Select[int, str, int]:
    rides = select(Passenger.invitation_id).where(Passenger.direction == direction)
    return (
        select(Invitation.event_id, literal(direction.value), func.count())
        .where(Invitation.event_id.in_(alive), Invitation.state.in_(SEATED), Invitation.id.not_in(rides))
        .group_by(Invitation.event_id)
    )


def _rooms_and_groups(alive: Mapping[int, Event]) -> list[tuple[int, str, int]]:
    """Return by event how many guests have no bed, beds are somebody's who needs none, and groups lack leader or host.

    Guests without a bed count once somebody has begun with the list.
    """
    begun = select(Room.event_id).where(Room.event_id.in_(alive))
    beds = select(RoomGuest.invitation_id)
    wants = (Reply.hotel_nights > 0) & Reply.hotel_from.is_not(None) & Invitation.state.in_(SEATED)
    replies = select(Invitation.event_id, literal("bedless"), func.count()).join(
        Reply, Reply.invitation_id == Invitation.id
    )
    lying = select(Room.event_id, literal("stale"), func.count(Room.id.distinct())).join(Room.guests)
    lying = lying.join(RoomGuest.invitation).outerjoin(Reply, Reply.invitation_id == Invitation.id)
    groups = select(GuestGroup.event_id, literal("group"), func.count())
    lacking = or_(GuestGroup.leader_id.is_(None), GuestGroup.host_id.is_(None))
    both = union_all(
        replies.where(Invitation.event_id.in_(begun), wants, Invitation.id.not_in(beds)).group_by(Invitation.event_id),
        lying.where(Room.event_id.in_(alive), func.coalesce(not_(wants), True)).group_by(Room.event_id),
        groups.where(GuestGroup.event_id.in_(alive), lacking).group_by(GuestGroup.event_id),
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(both)]


def _incomplete(alive: Mapping[int, Event]) -> list[tuple[int, int]]:
    """Return how many runs with people on them lack car or, on the way here, host, by event."""
    statement = (
        select(PickupRun.event_id, func.count(PickupRun.id.distinct()))
        .join(Passenger, Passenger.run_id == PickupRun.id)
        .where(
            PickupRun.event_id.in_(alive),
            PickupRun.done_at.is_(None),
            or_(
                PickupRun.vehicle_id.is_(None),
                PickupRun.host_id.is_(None) & (PickupRun.direction == Direction.ARRIVAL),
            ),
        )
        .group_by(PickupRun.event_id)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def _undecided(alive: Mapping[int, Event]) -> list[BlockRelease]:
    latest = max(clock.today(event.time_zone) for event in alive.values()) + timedelta(days=SOON)
    statement = select(BlockRelease).join(BlockRelease.block).options(contains_eager(BlockRelease.block))
    mine = (RoomBlock.event_id.in_(alive), BlockRelease.decided_at.is_(None), BlockRelease.due_on <= latest)
    return list(db.session.scalars(statement.where(*mine).order_by(BlockRelease.due_on, BlockRelease.id)))


def _waiting(event: Event, direction: Direction, number: int) -> Row:
    if direction is Direction.ARRIVAL:
        text = ngettext(
            "%(num)d guest wants a pick-up and is on no run", "%(num)d guests want a pick-up and are on no run", number
        )
    else:
        text = ngettext(
            "%(num)d guest wants a ride back and is on no run",
            "%(num)d guests want a ride back and are on no run",
            number,
        )
    url = door("travel.runs", slug=event.slug, direction=direction.value)
    act = {"label": gettext("Make runs"), "url": url} if url else None
    begins = event.starts_at if direction is Direction.ARRIVAL else event.ends_at
    return Row(text, "bus", begins - clock.now() < _NEAR, act=act)


def _bedless(event: Event, number: int) -> Row:
    text = ngettext("%(num)d guest has no room yet", "%(num)d guests have no room yet", number)
    return Row(text, "bed", event.starts_at - clock.now() < _NEAR, act=_to("travel.rooms", event))


def _stale(event: Event, number: int) -> Row:
    text = ngettext(
        "In %(num)d room is somebody who needs none any more",
        "In %(num)d rooms is somebody who needs none any more",
        number,
    )
    return Row(text, "user-off", act=_to("travel.rooms", event))


def _ungrouped(event: Event, number: int) -> Row:
    text = ngettext("%(num)d group lacks leader or host", "%(num)d groups lack leader or host", number)
    return Row(text, "users", act=_to("travel.groups", event))


def _to(endpoint: str, event: Event) -> dict[str, str] | None:
    url = door(endpoint, slug=event.slug)
    return {"label": gettext("See them"), "url": url} if url else None


_ROWS: dict[str, Callable[[Event, int], Row]] = {"bedless": _bedless, "stale": _stale, "group": _ungrouped}


def _lacking(event: Event, number: int) -> Row:
    text = ngettext("%(num)d run lacks car or host", "%(num)d runs lack car or host", number)
    url = door("travel.runs", slug=event.slug)
    act = {"label": gettext("See them"), "url": url} if url else None
    return Row(text, "car", event.starts_at - clock.now() < _NEAR, act=act)


def _pressing(event: Event, release: BlockRelease) -> Row:
    text = gettext("Decide by %(day)s how many hotel rooms go back", day=day(release.due_on))
    url = door("travel.blocks", slug=event.slug)
    act = {"label": gettext("See the nights"), "url": url} if url else None
    return Row(text, "bed", detail=release.block.hotel, act=act)
