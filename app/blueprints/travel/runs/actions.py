"""Setting up cars and runs, and who rides where. No verb commits."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import clock, journal
from app.blueprints.travel.errors import RunUnderWay, VehicleLabelTaken
from app.blueprints.travel.rules.runs import Ride, grouped
from app.blueprints.travel.runs.situation import Situation
from app.extensions import db
from app.models import Direction, Event, Invitation, Journey, Passenger, PickupRun, RunStop, TravelPlan, Vehicle

DRIVE = timedelta(minutes=45)  # from the hotel to the station, until somebody says better


def lock(event: Event) -> TravelPlan:
    """Return the event's travel plan, made if need be; nobody else changes runs or rooms until this transaction ends.

    Two people may be the first at once: one of them makes the row, the other waits for it.
    """
    mine = select(TravelPlan).where(TravelPlan.event_id == event.id).with_for_update()
    plan = db.session.scalar(mine)
    if plan is None:
        try:
            with db.session.begin_nested():
                db.session.add(TravelPlan(event_id=event.id))
        except IntegrityError:
            pass
        plan = db.session.scalars(mine).one()
    return plan


def set_plan(event: Event, **values: Any) -> TravelPlan:
    """Say where trains and flights arrive, how long the first of a run waits, how long the way to the exit takes."""
    plan = lock(event)
    for name, value in values.items():
        setattr(plan, name, value)
    journal.record("travel.plan_set", event, event_id=event.id, changes=journal.changes_of(plan))
    db.session.flush()
    return plan


def note_journey(invitation: Invitation, **values: Any) -> Journey:
    """Note what the reply does not say: the station, the way back, the wish to share a room."""
    journey = db.session.get(Journey, invitation.id)
    if journey is None:
        journey = Journey(invitation_id=invitation.id)
        db.session.add(journey)
    for name, value in values.items():
        setattr(journey, name, value)
    journal.record("travel.journey_noted", invitation, changes=journal.changes_of(journey))
    db.session.flush()
    return journey


def save_vehicle(event: Event, vehicle: Vehicle | None = None, **values: Any) -> Vehicle:
    """Add a car, or change one. Raises VehicleLabelTaken."""
    code = "vehicle.edited" if vehicle else "vehicle.added"
    vehicle = vehicle or Vehicle(event_id=event.id)
    for name, value in values.items():
        setattr(vehicle, name, value)
    try:
        with db.session.begin_nested():
            db.session.add(vehicle)
            journal.record(code, vehicle, event_id=event.id)
    except IntegrityError as error:
        raise VehicleLabelTaken(label=values["label"]) from error
    return vehicle


def remove_vehicle(vehicle: Vehicle) -> None:
    """Take a car away; its runs stay, without a car."""
    journal.record("vehicle.removed", vehicle, changes={"label": [vehicle.label, None]})
    for run in db.session.scalars(select(PickupRun).where(PickupRun.vehicle_id == vehicle.id)):
        run.vehicle_id = None
    db.session.delete(vehicle)
    db.session.flush()


def group(now: Situation, direction: Direction) -> int:
    """Make runs for everybody who wants to be taken and is on none; return how many runs that makes.

    Runs that stand are left as they are. Call it with a situation read after `lock`.
    """
    rides = grouped(now.parties(direction), now.cars, now.window, now.busy())
    for ride in rides:
        run = _run_of(now.event, direction, ride)
        for party in ride.parties:
            _put(run, run.stops[0], party.id, is_by_hand=False)
    if rides:
        people = sum(each.people for each in rides)
        changes = {"runs": [None, len(rides)], "people": [None, people]}
        journal.record("travel.grouped", now.event, event_id=now.event.id, changes=changes)
    db.session.flush()
    return len(rides)


def _run_of(event: Event, direction: Direction, ride: Ride) -> PickupRun:
    """The car leaves the station when the last one is there, or is there when the first one has to be."""
    is_arrival = direction is Direction.ARRIVAL
    run = PickupRun(
        event_id=event.id,
        direction=direction,
        starts_at=ride.first_at if is_arrival else ride.first_at - DRIVE,
        vehicle_id=ride.car_id,
    )
    run.stops = [RunStop(position=1, place=ride.station, at=ride.last_at if is_arrival else ride.first_at)]
    db.session.add(run)
    db.session.flush()
    return run


def _put(run: PickupRun, stop: RunStop, invitation_id: int, *, is_by_hand: bool) -> Passenger:
    passenger = Passenger(
        run_id=run.id,
        stop_id=stop.id,
        invitation_id=invitation_id,
        direction=run.direction,
        is_by_hand=is_by_hand,
    )
    db.session.add(passenger)
    return passenger


def ungroup(now: Situation, direction: Direction) -> int:
    """Take away the runs nobody has touched: not told, not driven, without host, nobody put on by hand."""
    loose = [
        each
        for each in now.runs
        if each.direction is direction
        and not (each.told_at or each.done_at or each.host_id or each.note)
        and not any(passenger.is_by_hand for passenger in now.by_run.get(each.id, ()))
    ]
    for run in loose:
        _delete(run)
    if loose:
        journal.record("travel.ungrouped", now.event, event_id=now.event.id, changes={"runs": [len(loose), None]})
    db.session.flush()
    return len(loose)


def save_run(event: Event, run: PickupRun | None, stops: Sequence[tuple[str, datetime]], **values: Any) -> PickupRun:
    """Make a run, or change one. Stops are (place, time) in the order of driving, at least one.

    Passengers of a stop that falls away go to the last one that is left.
    """
    code = "run.edited" if run else "run.added"
    run = run or PickupRun(event_id=event.id, direction=values.pop("direction"))
    for name, value in values.items():
        setattr(run, name, value)
    before = [[stop.place, journal.plain(stop.at)] for stop in run.stops]
    after = [[place, journal.plain(at)] for place, at in stops]
    changes = journal.changes_of(run) | ({"stops": [before, after]} if before != after else {})
    for position, (place, at) in enumerate(stops):
        if position < len(run.stops):
            run.stops[position].place, run.stops[position].at = place, at
        else:
            run.stops.append(RunStop(position=position + 1, place=place, at=at))
    gone = run.stops[len(stops) :]
    db.session.add(run)
    db.session.flush()
    for passenger in db.session.scalars(select(Passenger).where(Passenger.stop_id.in_([each.id for each in gone]))):
        passenger.stop_id = run.stops[len(stops) - 1].id
    db.session.flush()
    for stop in gone:
        run.stops.remove(stop)
    journal.record(code, run, event_id=event.id, changes=changes)
    db.session.flush()
    return run


def remove_run(run: PickupRun) -> None:
    """Take a run away; its guests wait again. Raises RunUnderWay when they have been told of it and are still on it."""
    riding = db.session.scalar(select(Passenger.id).where(Passenger.run_id == run.id).limit(1))
    if run.done_at or (run.told_at and riding):
        raise RunUnderWay
    journal.record("run.removed", run, changes={"starts_at": [journal.plain(run.starts_at), None]})
    _delete(run)
    db.session.flush()


def _delete(run: PickupRun) -> None:
    for passenger in db.session.scalars(select(Passenger).where(Passenger.run_id == run.id)):
        db.session.delete(passenger)
    db.session.flush()
    db.session.delete(run)


def put_on(run: PickupRun, stop: RunStop, invitation: Invitation) -> Passenger:
    """Put a guest with companions on a run by hand, whichever run they were on before."""
    known = db.session.scalar(
        select(Passenger).where(Passenger.invitation_id == invitation.id, Passenger.direction == run.direction)
    )
    before = known.run_id if known else None
    if known:
        known.run_id, known.stop_id, known.is_by_hand, known.met_at = run.id, stop.id, True, None
    else:
        known = _put(run, stop, invitation.id, is_by_hand=True)
    journal.record("travel.put_on", invitation, changes={"run": [before, run.id]})
    db.session.flush()
    return known


def take_off(passenger: Passenger) -> None:
    """Take a guest off a run; whoever still wants to be taken waits again."""
    journal.record("travel.taken_off", passenger.invitation, changes={"run": [passenger.run_id, None]})
    db.session.delete(passenger)
    db.session.flush()


def meet(passenger: Passenger, *, met: bool, at: datetime | None = None) -> None:
    """Note that the host has met a guest, or take that back. Saying it twice changes nothing.

    `at` is when it was done on a phone, which may tell it late: what was ticked after that stays ticked.
    """
    at = at or clock.now()
    if (passenger.met_at is not None) == met or (passenger.met_at is not None and passenger.met_at > at):
        return
    passenger.met_at = at if met else None
    code = "travel.met" if met else "travel.met_undone"
    journal.record(code, passenger.invitation, changes=journal.changes_of(passenger))
    db.session.flush()


def finish(run: PickupRun, *, done: bool, at: datetime | None = None) -> None:
    """Note that a run has been driven, or take that back; `at` as with `meet`."""
    at = at or clock.now()
    if (run.done_at is not None) == done or (run.done_at is not None and run.done_at > at):
        return
    run.done_at = at if done else None
    journal.record("run.done" if done else "run.reopened", run)
    db.session.flush()
