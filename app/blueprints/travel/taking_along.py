"""What goes along when an event is copied or moved.

A copy begins with the stations, the cars, the meals and the names of the groups: guests, runs and rooms are of one day.
When an event moves, everything that is dated moves with it, and whoever was told of a ride has to be told anew.
"""

from sqlalchemy import select

from app import journal
from app.blueprints.events import following
from app.blueprints.events.rules.dates import Move, Start, moved_day, moved_instant
from app.blueprints.travel import queries
from app.blueprints.travel.meals.situation import sittings
from app.extensions import db
from app.models import Event, GuestGroup, Invitation, Journey, MealSitting, TravelPlan, Vehicle

_OF_PLAN = ("train_station", "airport", "window_minutes", "ready_minutes")
_OF_CAR = ("label", "model", "seats", "driver_name", "driver_mobile", "note")
_OF_MEAL = ("name", "place", "served_to", "extra", "at_tables", "note")


def _copy(source: Event, event: Event, with_people: bool) -> None:
    before, after = Start(source.starts_at, source.time_zone), Start(event.starts_at, event.time_zone)
    plan = db.session.get(TravelPlan, source.id)
    if plan is not None:
        db.session.add(TravelPlan(event_id=event.id, **{name: getattr(plan, name) for name in _OF_PLAN}))
    for car in queries.vehicles(source):
        db.session.add(Vehicle(event_id=event.id, **{name: getattr(car, name) for name in _OF_CAR}))
    for meal in sittings(source):
        at = moved_instant(meal.starts_at, before, after)
        values = {name: getattr(meal, name) for name in _OF_MEAL}
        db.session.add(MealSitting(event_id=event.id, starts_at=at, **values))
    groups = select(GuestGroup).where(GuestGroup.event_id == source.id).order_by(GuestGroup.id)
    for group in db.session.scalars(groups):
        host_id = group.host_id if with_people else None
        db.session.add(GuestGroup(event_id=event.id, name=group.name, note=group.note, host_id=host_id))
    db.session.flush()


def _move(event: Event, move: Move) -> None:
    for meal in sittings(event):
        meal.starts_at = moved_instant(meal.starts_at, move.before, move.after)
        journal.record("meal.edited", meal, changes=journal.changes_of(meal))
    _move_runs(event, move)
    _move_nights(event, move)
    db.session.flush()


def _move_runs(event: Event, move: Move) -> None:
    """What was driven is past. A run that moves is news to its guests."""
    for run in queries.runs(event):
        if run.done_at is None:
            run.starts_at = moved_instant(run.starts_at, move.before, move.after)
            for stop in run.stops:
                stop.at = moved_instant(stop.at, move.before, move.after)
            run.told_at = None
            journal.record("run.edited", run, event_id=event.id, changes=journal.changes_of(run))
    journeys = select(Journey).join(Journey.invitation).where(Invitation.event_id == event.id)
    for journey in db.session.scalars(journeys.where(Journey.leaves_at.is_not(None)).order_by(Journey.invitation_id)):
        if journey.leaves_at is not None:
            journey.leaves_at = moved_instant(journey.leaves_at, move.before, move.after)


def _move_nights(event: Event, move: Move) -> None:
    """The hotel still has to agree to other nights; a release that was decided stays as it was."""
    for block in queries.blocks(event):
        block.first_on = moved_day(block.first_on, move.before, move.after)
        for release in block.releases:
            if release.decided_at is None:
                release.due_on = moved_day(release.due_on, move.before, move.after)
        journal.record("block.edited", block, event_id=event.id, changes=journal.changes_of(block))


following.on_copy("travel", _copy)
following.on_move("travel", _move)
