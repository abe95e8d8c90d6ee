"""Reading journeys, runs, rooms, meals and groups: a fixed number of queries, however many guests there are."""

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.blueprints.checkin.queries import COMES_INSTEAD
from app.blueprints.invitations import queries as invitations
from app.blueprints.invitations.rules import SEATED
from app.blueprints.travel.who import Traveller
from app.extensions import db
from app.models import (
    Companion,
    Dealer,
    Event,
    Invitation,
    IssuedSheet,
    Journey,
    Passenger,
    PickupRun,
    Reply,
    Room,
    RoomBlock,
    RoomGuest,
    SheetKind,
    StaffPerson,
    TravelPlan,
    Vehicle,
)


def plan(event: Event) -> TravelPlan:
    """Return what holds for the event's pick-ups; the standard, in no session, when nothing has been set yet."""
    return db.session.get(TravelPlan, event.id) or TravelPlan(
        event_id=event.id, train_station="", airport="", window_minutes=45, ready_minutes=15, version=1
    )


def travellers(event: Event, *only: ColumnElement[bool]) -> dict[int, Traveller]:
    """Return whoever comes, or stands on a run or in a room of ours, by invitation, in the order of names.

    Conditions on passengers and runs leave only those who ride so.
    """
    listed = select(Passenger.invitation_id).join(Passenger.run).where(PickupRun.event_id == event.id, *only)
    come_along = _companions(event, listed if only else None)
    in_rooms = select(RoomGuest.invitation_id).join(RoomGuest.room).where(Room.event_id == event.id)
    rows = db.session.execute(
        select(*_OF_GUEST, *_OF_REPLY, *_OF_JOURNEY)
        .join(Invitation.dealer)
        .outerjoin(Reply, Reply.invitation_id == Invitation.id)
        .outerjoin(Journey, Journey.invitation_id == Invitation.id)
        .where(
            Invitation.event_id == event.id,
            Invitation.id.in_(listed)
            if only
            else Invitation.state.in_(SEATED) | Invitation.id.in_(listed) | Invitation.id.in_(in_rooms),
        )
        .order_by(Dealer.sort_key, Invitation.id)
    )
    told: list[tuple[Any, ...]] = [(*row, tuple(come_along.get(row[0], ()))) for row in rows]
    return {each[0]: Traveller(*each) for each in told}


# In the order of the fields of `Traveller`.
_OF_GUEST = (
    Invitation.id,
    func.coalesce(func.nullif(COMES_INSTEAD, ""), Dealer.contact),
    Dealer.company,
    case((COMES_INSTEAD != "", Reply.substitute_mobile), else_=func.coalesce(Dealer.mobile, "")),
    Dealer.city,
    Invitation.kind,
    Invitation.state,
)
_OF_REPLY = (
    Reply.travel_mode,
    func.coalesce(Reply.travel_number, ""),
    Reply.arrives_at,
    func.coalesce(Reply.pickup_wanted, False),
    Reply.hotel_from,
    func.coalesce(Reply.hotel_nights, 0),
    func.coalesce(Reply.diet, ""),
)
_OF_JOURNEY = (
    func.coalesce(Journey.arrival_place, ""),
    Journey.leaves_by,
    func.coalesce(Journey.leaves_number, ""),
    Journey.leaves_at,
    func.coalesce(Journey.leaves_from, ""),
    func.coalesce(Journey.ride_wanted, False),
    Journey.room_wish,
    Journey.shares_with_id,
)


def _companions(event: Event, guests: Select[int] | None) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = select(Companion.invitation_id, Companion.id, Companion.name).join(Companion.invitation)
    if guests is not None:
        rows = rows.where(Companion.invitation_id.in_(guests))
    for invitation_id, companion_id, name in db.session.execute(
        rows.where(Invitation.event_id == event.id).order_by(Companion.id)
    ):
        found[invitation_id].append((companion_id, name))
    return found


def guest(event: Event, typed: str) -> Invitation | None:
    """Return the guest a form names; a number no row can have is none."""
    is_id = typed.isdecimal() and len(typed) < 10
    return invitations.invitation(event, int(typed)) if is_id else None


def journey(invitation: Invitation) -> Journey | None:
    """Return what was noted of a guest's journey."""
    return db.session.get(Journey, invitation.id)


def vehicles(event: Event) -> list[Vehicle]:
    """Return the event's cars, the smallest first."""
    statement = select(Vehicle).where(Vehicle.event_id == event.id)
    return list(db.session.scalars(statement.order_by(Vehicle.seats, Vehicle.label, Vehicle.id)))


def vehicle(event: Event, vehicle_id: int) -> Vehicle | None:
    return db.session.scalar(select(Vehicle).where(Vehicle.event_id == event.id, Vehicle.id == vehicle_id))


RUN_PARTS = (joinedload(PickupRun.vehicle), joinedload(PickupRun.host), selectinload(PickupRun.stops))


def runs(event: Event, *only: ColumnElement[bool]) -> list[PickupRun]:
    """Return the event's runs by time, with car, host and stops; with conditions on runs or riders, those only."""
    statement = select(PickupRun).where(PickupRun.event_id == event.id)
    if only:
        ridden = select(PickupRun.id).outerjoin(Passenger, Passenger.run_id == PickupRun.id)
        statement = statement.where(PickupRun.id.in_(ridden.where(PickupRun.event_id == event.id, *only)))
    return list(db.session.scalars(statement.options(*RUN_PARTS).order_by(PickupRun.starts_at, PickupRun.id)))


def run(event: Event, run_id: int) -> PickupRun | None:
    """Return one run of this event."""
    statement = select(PickupRun).where(PickupRun.event_id == event.id, PickupRun.id == run_id)
    return db.session.scalar(statement.options(*RUN_PARTS))


def passengers(event: Event, *only: ColumnElement[bool]) -> list[Passenger]:
    """Return who rides on which run of this event."""
    statement = select(Passenger).join(Passenger.run).where(PickupRun.event_id == event.id, *only)
    return list(db.session.scalars(statement.order_by(Passenger.run_id, Passenger.stop_id, Passenger.id)))


def blocks(event: Event) -> list[RoomBlock]:
    """Return the rooms hotels keep for this event, with their release dates."""
    statement = select(RoomBlock).where(RoomBlock.event_id == event.id).options(selectinload(RoomBlock.releases))
    return list(db.session.scalars(statement.order_by(RoomBlock.first_on, RoomBlock.hotel, RoomBlock.id)))


def block(event: Event, block_id: int) -> RoomBlock | None:
    return db.session.scalar(select(RoomBlock).where(RoomBlock.event_id == event.id, RoomBlock.id == block_id))


def rooms(event: Event) -> list[Room]:
    """Return the rooming list: rooms with block and who sleeps there."""
    parts = (joinedload(Room.block), selectinload(Room.guests))
    return list(db.session.scalars(select(Room).where(Room.event_id == event.id).options(*parts).order_by(Room.id)))


def room(event: Event, room_id: int) -> Room | None:
    return db.session.scalar(select(Room).where(Room.event_id == event.id, Room.id == room_id))


def last_sheet(event: Event, kind: SheetKind, subject: int = 0) -> IssuedSheet | None:
    """Return the newest sheet of its kind that was handed out."""
    return db.session.scalar(
        select(IssuedSheet)
        .where(IssuedSheet.event_id == event.id, IssuedSheet.kind == kind, IssuedSheet.subject == subject)
        .order_by(IssuedSheet.number.desc())
        .limit(1)
    )


def last_sheets(event: Event, kind: SheetKind) -> dict[int, IssuedSheet]:
    """Return the newest sheet of a kind by its subject."""
    statement = select(IssuedSheet).where(IssuedSheet.event_id == event.id, IssuedSheet.kind == kind)
    return {each.subject: each for each in db.session.scalars(statement.order_by(IssuedSheet.number))}


def sheet(event: Event, sheet_id: int) -> IssuedSheet | None:
    """Return one sheet of this event that was handed out."""
    return db.session.scalar(select(IssuedSheet).where(IssuedSheet.event_id == event.id, IssuedSheet.id == sheet_id))


def hosts() -> list[tuple[int, str]]:
    """Return who may meet guests or look after a group, by name: whoever is on file as staff and still with us."""
    statement = select(StaffPerson.id, StaffPerson.name).where(StaffPerson.is_active)
    rows = db.session.execute(statement.order_by(StaffPerson.sort_key, StaffPerson.id))
    return [(row[0], row[1]) for row in rows]
