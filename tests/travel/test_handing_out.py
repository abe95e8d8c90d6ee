"""Sheets that are overtaken, what the host ticks, what the guest sees, what goes along with an event."""

from datetime import timedelta

from sqlalchemy import select

from app import clock
from app.access import Role
from app.blueprints.events import following
from app.blueprints.events.rules.dates import Move, Start
from app.blueprints.travel import queries
from app.blueprints.travel.groups.actions import grouping
from app.blueprints.travel.groups.actions import save as save_group
from app.blueprints.travel.meals.actions import start
from app.blueprints.travel.runs import actions
from app.blueprints.travel.runs.situation import situation
from app.blueprints.travel.sheets import overtaken
from app.blueprints.travel.sheets.jobs import KEPT, plan_forgetting, run_forgetting
from app.blueprints.travel.taking_along import _move
from app.extensions import db
from app.models import (
    Direction,
    Event,
    GroupMember,
    IssuedSheet,
    Passenger,
    PickupRun,
    SheetKind,
    StaffPass,
    StaffPerson,
)
from tests.travel.problems import day_before, guest


def _run(app, event):
    with app.app_context():
        here = db.session.get_one(Event, event.id)
        actions.set_plan(here, train_station="武汉站")
        actions.group(situation(here), Direction.ARRIVAL)
        db.session.commit()
        return db.session.scalars(select(PickupRun.id).where(PickupRun.event_id == event.id)).one()


def test_each_sheet_is_a_pdf_and_says_when_it_is_overtaken(app, build):
    event = build.event(slug="wuhan")
    coming = guest(build, event, day_before(event, 2), diet="清真")
    run_id, client = _run(app, event), build.client(Role.PLANNER)
    with app.app_context():
        here = db.session.get_one(Event, event.id)
        start(here)
        group_id = save_group(here, name="一组").id
        db.session.commit()
    joined = client.post(f"/events/wuhan/travel/groups/{group_id}/members", data={"guest": [coming.id]})
    assert joined.status_code == 303
    assert client.post(f"/events/wuhan/travel/groups/{group_id}/members", data={}).status_code == 303
    for address in (f"runs/{run_id}", "meals/3", f"groups/{group_id}"):
        sheet = client.post(f"/events/wuhan/travel/{address}/issue", follow_redirects=True)
        assert sheet.data.startswith(b"%PDF"), address
        assert client.get(f"/events/wuhan/travel/{address}").status_code == 200
    assert client.post("/events/wuhan/travel/meals/999/issue").status_code == 404
    with app.app_context():
        here = db.session.get_one(Event, event.id)
        assert not overtaken.of_runs(situation(here))[run_id].changes
        situation(here).runs[0].note = "B口"
        db.session.flush()
        assert overtaken.of_runs(situation(here))[run_id].changes.count == 1
        assert {each.kind for each in db.session.scalars(select(IssuedSheet))} == set(SheetKind) - {SheetKind.ROOMS}
        assert grouping(here).people(grouping(here).groups[0]) == 1


def test_sheets_of_events_long_past_are_destroyed(app, build):
    event = build.event(slug="wuhan")
    guest(build, event, day_before(event, 2))
    run_id = _run(app, event)
    build.client(Role.PLANNER).post(f"/events/wuhan/travel/runs/{run_id}/issue")
    with app.app_context():
        assert plan_forgetting(event.ends_at + KEPT) == []
        assert run_forgetting(event.ends_at + KEPT) == 0
        late = event.ends_at + KEPT + timedelta(seconds=1)
        assert len(plan_forgetting(late)) == run_forgetting(late) == 1
        assert db.session.scalars(select(IssuedSheet)).all() == []


def test_the_host_ticks_by_the_own_link_and_nobody_else(app, build):
    event = build.event(slug="wuhan")
    guest(build, event, day_before(event, 2))
    run_id = _run(app, event)
    host = build.save(StaffPerson(name="林小雅", created_at=clock.now()))
    other = build.save(StaffPerson(name="周立", created_at=clock.now()))
    tokens = {}
    for person in (host, other):
        tokens[person.id] = build.save(
            StaffPass(event_id=event.id, person_id=person.id, code=f"S{person.id:05}", token=f"t{person.id}" * 12)
        ).token
    with app.app_context():
        db.session.get_one(PickupRun, run_id).host_id = host.id
        passenger = db.session.scalars(select(Passenger.id)).one()
        db.session.commit()
    client = app.test_client()
    page = client.get(f"/d/{tokens[host.id]}").text
    assert f"/runs/{run_id}/passengers/{passenger}" in page
    assert f"/runs/{run_id}" not in client.get(f"/d/{tokens[other.id]}").text
    tick = f"/runs/{run_id}/passengers/{passenger}"
    assert client.post(f"/d/{tokens[other.id]}{tick}", data={"on": "1"}).status_code == 404
    assert client.post(f"/d/{tokens[host.id]}{tick}", data={"on": "1"}).status_code == 303
    assert client.post(f"/d/{tokens[host.id]}/runs/{run_id}/done", data={"on": "1"}).status_code == 303
    # Without network the phone keeps it and tells it later: what was ticked after that stays ticked.
    assert f'data-keeps="met{passenger}"' in page
    assert f'data-keeps="run{run_id}"' in page
    before = str(int((clock.now() - timedelta(minutes=5)).timestamp() * 1000))
    for path in (tick, f"/runs/{run_id}/done"):
        late = {"on": "0", "happened_at": before}
        answer = client.post(f"/d/{tokens[host.id]}{path}", data=late, headers={"Accept": "application/json"})
        assert answer.get_json()["state"] == "accepted"
    with app.app_context():
        assert db.session.get_one(Passenger, passenger).met_at is not None
        assert db.session.get_one(PickupRun, run_id).done_at is not None


def test_a_guest_sees_the_ride_once_it_is_told(app, build):
    event = build.event(slug="wuhan")
    coming = guest(build, event, day_before(event, 2))
    run_id = _run(app, event)
    client = app.test_client()
    assert "武汉站" not in client.get(f"/r/{coming.token}").text
    build.client(Role.PLANNER).post(f"/events/wuhan/travel/runs/{run_id}/tell")
    with app.app_context():
        db.session.get_one(PickupRun, run_id).told_at = clock.now()
        db.session.commit()
    assert "武汉站" in client.get(f"/r/{coming.token}").text


def test_runs_move_and_stations_cars_and_groups_are_copied(app, build):
    event, copy = build.event(), build.event()
    guest(build, event, day_before(event, 2))
    run_id = _run(app, event)
    with app.app_context():
        here, there = db.session.get_one(Event, event.id), db.session.get_one(Event, copy.id)
        actions.save_vehicle(here, label="A", seats=4)
        group = save_group(here, name="一组")
        following.copied(here, there, with_people=False)
        assert queries.plan(there).train_station == "武汉站"
        assert [each.label for each in queries.vehicles(there)] == ["A"]
        assert [each.name for each in grouping(there).groups] == [group.name]
        assert db.session.scalars(select(GroupMember)).all() == []
        assert queries.runs(there) == []
        run = db.session.get_one(PickupRun, run_id)
        run.told_at, before = clock.now(), run.starts_at
        was, later = Start(here.starts_at, here.time_zone), Start(here.starts_at + timedelta(days=3), here.time_zone)
        _move(here, Move(was, later, 0, here.starts_at, here.starts_at, False, None, None, 0))
        assert run.starts_at - before == timedelta(days=3)
        assert db.session.scalars(select(PickupRun.told_at)).all() == [None]
        assert run.stops[0].at - before >= timedelta(days=3)
