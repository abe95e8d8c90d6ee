"""The pages of this room: what they show, who may change it, and what belongs to another event."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.access import Role
from app.blueprints.travel.runs import actions
from app.extensions import db
from app.models import Direction, Event, Invitation, Journey, Passenger, PickupRun, RoomWish, TravelPlan, Vehicle
from tests.travel.problems import day_before, guest


@pytest.fixture
def event(build):
    return build.event(slug="wuhan", time_zone="Asia/Shanghai")


def _typed(moment):
    return clock.local(moment, "Asia/Shanghai").strftime("%Y-%m-%dT%H:%M")


def test_from_the_settings_to_a_driven_run(app, build, event):
    one = guest(build, event, day_before(event, 2))
    client = build.client(Role.CONFERENCE_AFFAIRS)
    for address in ("", "/runs", "/runs?direction=departure", "/settings", "/runs/new", "/vehicles/new"):
        assert client.get(f"/events/wuhan/travel{address}").status_code == 200
    good = {"train_station": "武汉站", "airport": "T3", "window_minutes": "30", "ready_minutes": "10", "version": "1"}
    assert client.post("/events/wuhan/travel/settings", data=good | {"window_minutes": "0"}).status_code == 422
    assert client.post("/events/wuhan/travel/settings", data=good).status_code == 303
    car = {"label": "鄂A12345", "seats": "7", "driver_mobile": "13812345678"}
    assert client.post("/events/wuhan/travel/vehicles/new", data=car).status_code == 303
    assert client.post("/events/wuhan/travel/vehicles/new", data=car).status_code == 422
    assert client.post("/events/wuhan/travel/runs/group", data={"direction": "arrival"}).status_code == 303
    with app.app_context():
        assert db.session.get_one(TravelPlan, event.id).window_minutes == 30
        run = db.session.scalars(select(PickupRun)).one()
        assert run.vehicle_id == db.session.scalars(select(Vehicle.id)).one()
        passenger_id, run_id = db.session.scalars(select(Passenger.id)).one(), run.id
        assert run.stops[0].at == day_before(event, 2, 10)
    here = f"/events/wuhan/travel/runs/{run_id}"
    for address in ("", "/edit"):
        assert client.get(here + address).status_code == 200
    client.post(f"{here}/passengers/{passenger_id}/meet", data={"on": "1"})
    client.post(f"{here}/done", data={"on": "1"})
    with app.app_context():
        assert db.session.get_one(Passenger, passenger_id).met_at
        assert db.session.get_one(PickupRun, run_id).done_at
    client.post(f"{here}/done", data={"on": "0"})
    client.post(f"{here}/passengers/{passenger_id}/take-off")
    assert client.post(f"{here}/put-on", data={"guest": "9" * 30}).status_code == 404
    client.post(f"{here}/put-on", data={"guest": str(one.id)})
    with app.app_context():
        assert db.session.scalars(select(Passenger)).one().is_by_hand
    assert client.post(f"{here}/remove").status_code == 303
    assert client.get("/events/wuhan/travel/runs").status_code == 200


def test_a_run_needs_a_stop_with_place_and_time_and_nobody_is_overwritten(app, build, event):
    client = build.client(Role.PLANNER)
    at = _typed(day_before(event, 3))
    data = {"direction": "arrival", "starts_at": at, "place_1": "武汉站", "version": "1"}
    assert client.post("/events/wuhan/travel/runs/new", data=data).status_code == 422
    assert client.post("/events/wuhan/travel/runs/new", data=data | {"place_1": ""}).status_code == 422
    assert client.post("/events/wuhan/travel/runs/new", data=data | {"at_1": at}).status_code == 303
    with app.app_context():
        run = db.session.scalars(select(PickupRun)).one()
        assert (run.direction, run.stops[0].at) == (Direction.ARRIVAL, day_before(event, 3))
        run_id = run.id
    edit = f"/events/wuhan/travel/runs/{run_id}/edit"
    assert client.post(edit, data=data | {"at_1": at, "note": "one"}).status_code == 303
    assert client.post(edit, data=data | {"at_1": at, "note": "two"}).status_code == 409
    with app.app_context():
        assert db.session.get_one(PickupRun, run_id).note == "one"


def test_what_is_noted_of_a_journey(app, build, event):
    one = guest(
        build, event, day_before(event, 2), hotel_from=event.starts_at.date() - timedelta(days=1), hotel_nights=2
    )
    client = build.client(Role.CONFERENCE_AFFAIRS)
    here = f"/events/wuhan/travel/guests/{one.id}"
    back = _typed(event.ends_at + timedelta(hours=2))
    data = {
        "arrival_place": "汉口站",
        "leaves_by": "flight",
        "leaves_at": back,
        "ride_wanted": "y",
        "room_wish": "shared",
    }
    assert client.get(here).status_code == 200
    assert client.post(here, data=data | {"leaves_at": _typed(day_before(event, 1))}).status_code == 422
    assert client.post(here, data=data).status_code == 303
    with app.app_context():
        noted = db.session.get_one(Journey, one.id)
        assert (noted.arrival_place, noted.room_wish, noted.ride_wanted) == ("汉口站", RoomWish.SHARED, True)
    assert client.get("/events/wuhan/travel/runs?direction=departure").status_code == 200


def test_nobody_reaches_another_events_runs_and_looking_is_not_arranging(app, build, event):
    other = build.event(slug="other")
    foreign = guest(build, other, day_before(other, 2))
    with app.app_context():
        there = db.session.get_one(Event, other.id)
        at = day_before(other, 3)
        run = actions.save_run(there, None, [("A", at)], direction=Direction.ARRIVAL, starts_at=at)
        passenger = actions.put_on(run, run.stops[0], db.session.get_one(Invitation, foreign.id))
        car = actions.save_vehicle(there, label="X", seats=4)
        db.session.commit()
        run_id, passenger_id, car_id = run.id, passenger.id, car.id
    planner = build.client(Role.PLANNER)
    base = "/events/wuhan/travel"
    for address in (f"/runs/{run_id}", f"/runs/{run_id}/edit", f"/guests/{foreign.id}", f"/vehicles/{car_id}"):
        assert planner.get(base + address).status_code == 404
    for address in (
        f"/runs/{run_id}/remove",
        f"/runs/{run_id}/done",
        f"/runs/{run_id}/put-on",
        f"/runs/{run_id}/passengers/{passenger_id}/meet",
        f"/runs/{run_id}/passengers/{passenger_id}/take-off",
        f"/vehicles/{car_id}/remove",
    ):
        assert planner.post(base + address, data={"guest": str(foreign.id)}).status_code == 404
    director = build.client(Role.DIRECTOR)
    assert director.get(f"/events/other/travel/runs/{run_id}").status_code == 200
    assert director.post(f"/events/other/travel/runs/{run_id}/done").status_code == 403
    assert build.client(Role.RECEPTION).get("/events/other/travel").status_code == 403
