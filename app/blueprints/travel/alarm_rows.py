"""What travel and rooms need somebody for, as lines of the overview and home."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from sqlalchemy import func, or_, select
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
    Invitation,
    Passenger,
    PickupRun,
    Reply,
    RoomBlock,
)
from app.web import alarms
from app.web.alarms import Row
from app.web.locale import day
from app.web.nav import door

_ALIVE = {EventStatus.OPEN, EventStatus.RUNNING}
_NEAR = timedelta(days=3)  # before the event: from then on a guest without a run is grave


@alarms.source("travel.index", _("Travel, rooms, meals"), Permission.VIEW_TRAVEL)
def rows(events: Sequence[Event]) -> Mapping[int, Sequence[Row]]:
    """Return what is open about runs and rooms kept, grave lines first: three queries."""
    alive = {event.id: event for event in events if event.status in _ALIVE}
    if not alive:
        return {}
    found: dict[int, list[Row]] = defaultdict(list)
    for event_id, number in _without_run(alive):
        found[event_id].append(_waiting(alive[event_id], number))
    for event_id, number in _incomplete(alive):
        found[event_id].append(_lacking(alive[event_id], number))
    for release in _undecided(alive):
        event = alive[release.block.event_id]
        if is_pressing(release.due_on, clock.today(event.time_zone)):
            found[event.id].append(_pressing(event, release))
    return {event_id: sorted(lines, key=lambda row: not row.is_grave) for event_id, lines in found.items()}


def _without_run(alive: Mapping[int, Event]) -> list[tuple[int, int]]:
    """Return how many who want a pick-up are on no run, by event; whoever is here needs none."""
    rides = select(Passenger.invitation_id).where(Passenger.direction == Direction.ARRIVAL)
    statement = (
        select(Invitation.event_id, func.count())
        .join(Reply, Reply.invitation_id == Invitation.id)
        .where(
            Invitation.event_id.in_(alive),
            Invitation.state.in_(SEATED),
            Invitation.id.not_in(rides),
            Reply.pickup_wanted,
            or_(Reply.arrives_at.is_(None), Reply.arrives_at > clock.now()),
        )
        .group_by(Invitation.event_id)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


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


def _waiting(event: Event, number: int) -> Row:
    text = ngettext(
        "%(num)d guest wants a pick-up and is on no run", "%(num)d guests want a pick-up and are on no run", number
    )
    url = door("travel.runs", slug=event.slug)
    act = {"label": gettext("Make runs"), "url": url} if url else None
    return Row(text, "bus", event.starts_at - clock.now() < _NEAR, act=act)


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
