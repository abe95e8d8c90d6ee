"""The lists of this room that have as many rows as there are guests: in pages, searched and sorted."""

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column, or_, select
from sqlalchemy.orm import contains_eager

from app.blueprints.invitations.queries import matching
from app.blueprints.invitations.rules import SEATED
from app.blueprints.travel import queries
from app.models import (
    Companion,
    Dealer,
    Direction,
    Event,
    Invitation,
    Passenger,
    PickupRun,
    Reply,
    Room,
    RoomBlock,
    RoomGuest,
    RoomKind,
    RoomPayer,
)
from app.web.tables import Column, Filter, Option, TableSpec, counted
from app.web.words import word

SHOWN = 20  # lines of what needs a person or waits, before the rest is only counted

# Spelt out, not bound: PostgreSQL must see the same text where it groups.
_RIDE = case(
    (Passenger.id.is_not(None), literal_column("'run'")),
    (Reply.pickup_wanted, literal_column("'waits'")),
    else_=literal_column("'own'"),
)


def _guest(typed: str) -> ColumnElement[bool]:
    """Find a guest by name, company or phone, by who comes instead, or by train or flight."""
    texts = (Reply.substitute_name, Reply.travel_number)
    return or_(matching(typed), *(each.icontains(typed, autoescape=True) for each in texts))


def _rides(counts: dict[Any, int]) -> list[Option]:
    chips = [
        Option("run", _("on a run"), icon="bus"),
        Option("waits", _("waits for a run"), icon="clock-question"),
        Option("own", _("makes their own way")),
    ]
    return counted(chips, counts)


def arrival_list(event: Event, *, may_edit: bool) -> TableSpec:
    """Return the description of the list of arrivals; whoever wants a car and has not said when stands last."""
    return TableSpec(
        name="arrivals-of-guests",
        columns=(
            Column("guest", _("Guest"), Dealer.sort_key, hideable=False),
            Column("arrival", _("Arrival"), func.coalesce(Reply.arrives_at, event.ends_at)),
            Column("number", _("Train or flight"), Reply.travel_number),
            Column("where", _("Where")),
            Column("people", _("People"), numeric=True),
            Column("run", _("Run")),
        ),
        tie=Invitation.id,
        default_sort="arrival",
        filters=(Filter("ride", _("Run"), _RIDE, _rides),),
        search=_guest,
        row_url=lambda row: url_for("travel.journey", slug=event.slug, invitation_id=row.id) if may_edit else "",
        load=(contains_eager(Invitation.dealer),),
    )


def arrivals(event: Event) -> Select[Invitation]:
    """Return whoever comes and has said when, or wants to be fetched."""
    brought = and_(Passenger.invitation_id == Invitation.id, Passenger.direction == Direction.ARRIVAL)
    return (
        select(Invitation)
        .join(Invitation.dealer)
        .join(Reply, Reply.invitation_id == Invitation.id)
        .outerjoin(Passenger, brought)
        .where(Invitation.event_id == event.id, Invitation.state.in_(SEATED))
        .where(Reply.arrives_at.is_not(None) | Reply.pickup_wanted)
    )


def _room(typed: str) -> ColumnElement[bool]:
    """Find a room by its number, its hotel, or whoever sleeps there."""
    sleeps = (
        select(RoomGuest.room_id)
        .join(Invitation, Invitation.id == RoomGuest.invitation_id)
        .join(Invitation.dealer)
        .outerjoin(Reply, Reply.invitation_id == Invitation.id)
        .outerjoin(Companion, Companion.id == RoomGuest.companion_id)
        .where(or_(_guest(typed), Companion.name.icontains(typed, autoescape=True)))
    )
    texts = (Room.number, RoomBlock.hotel)
    return or_(Room.id.in_(sleeps), *(each.icontains(typed, autoescape=True) for each in texts))


def _words(kind: type[RoomKind] | type[RoomPayer]) -> Any:
    pairs = [Option(each.value, word(each).text, icon=word(each).icon) for each in kind]
    return lambda counts: counted(pairs, counts)


def room_list(event: Event, *, may_edit: bool) -> TableSpec:
    """Return the description of the rooming list, in the order in which the hotel has it."""
    return TableSpec(
        name="rooms",
        columns=(
            Column("sleeps", _("Sleeps there"), hideable=False),
            Column("kind", _("Kind"), Room.kind),
            Column("hotel", _("Hotel’s name"), RoomBlock.hotel),
            Column("number", _("Room number"), Room.number),
            Column("first", _("First night")),
            Column("nights", _("Nights"), numeric=True),
            Column("payer", _("Who pays"), Room.payer),
        ),
        tie=Room.id,
        default_sort="",
        filters=(
            Filter("kind", _("Kind"), Room.kind, _words(RoomKind), RoomKind),
            Filter("payer", _("Who pays"), Room.payer, _words(RoomPayer), RoomPayer),
        ),
        search=_room,
        row_url=lambda row: url_for("travel.room_edit", slug=event.slug, room_id=row.id) if may_edit else "",
        load=(contains_eager(Room.block),),
    )


def rooms(event: Event) -> Select[Room]:
    return select(Room).outerjoin(Room.block).where(Room.event_id == event.id)


def _run(typed: str) -> ColumnElement[bool]:
    """Find a run by who rides."""
    rides = select(Passenger.run_id).join(Passenger.invitation).join(Invitation.dealer)
    return PickupRun.id.in_(rides.outerjoin(Reply, Reply.invitation_id == Invitation.id).where(_guest(typed)))


RUNS = TableSpec(
    name="runs",
    columns=(Column("begins", _("Begins"), PickupRun.starts_at, hideable=False),),
    tie=PickupRun.id,
    default_sort="begins",
    search=_run,
    load=queries.RUN_PARTS,
)


def runs(event: Event, direction: Direction) -> Select[PickupRun]:
    return select(PickupRun).where(PickupRun.event_id == event.id, PickupRun.direction == direction)
