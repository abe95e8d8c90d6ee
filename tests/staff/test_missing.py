"""Who has not come is an alarm, and the executive commander is told once."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from app import clock
from app.access import Role
from app.blueprints.staff import jobs
from app.blueprints.staff.day.alarm_rows import rows_of_events
from app.blueprints.staff.day.board import board
from app.extensions import db
from app.models import Event, EventStatus, Message, StaffAlert, StaffPass
from tests.build.statements import noted
from tests.staff.conftest import START
from tests.staff.test_races import at_once

EIGHT = START - timedelta(hours=1)


@pytest.fixture
def day(crew):
    """A set-up shift at eight: a commander with a deputy, and two receptionists; one of them has no mobile."""
    event = crew.event(status=EventStatus.RUNNING)
    shift = crew.shift(event, 8, 12)
    command = crew.role(event, key="executive_commander", name="执行总指挥", is_lead=True)
    desk = crew.role(event, name="接待", position=9)
    people = {name: crew.person(name) for name in ("沈若溪", "韩卫东", "林晚晴", "许佳怡")}
    crew.duty(command, shift, people["沈若溪"])
    crew.duty(command, shift, people["韩卫东"], is_deputy=True)
    crew.duty(desk, shift, people["林晚晴"], station="1 号签到台")
    crew.duty(desk, shift, people["许佳怡"], slot=2)
    crew.duty(desk, shift, people["韩卫东"], is_deputy=True)
    return event, people


def here(crew, event, person, at):
    return crew.save(
        StaffPass(
            event_id=event.id, person_id=person.id, code=f"C{person.id:08d}", token=f"t{person.id}", arrived_at=at
        )
    )


def run(app, at):
    with clock.stopped_at(at), app.app_context():
        done = jobs.run_missing(at)
        db.session.commit()
        return done


def messages(app):
    with app.app_context():
        return list(db.session.scalars(select(Message).order_by(Message.id)))


def test_the_commander_is_told_once_of_everybody_who_is_missing(app, crew, day):
    event, people = day
    here(crew, event, people["沈若溪"], EIGHT - timedelta(minutes=5))
    assert run(app, EIGHT + timedelta(minutes=9)) == 0
    assert run(app, EIGHT + timedelta(minutes=10)) == 2
    assert run(app, EIGHT + timedelta(minutes=11)) == 0
    (message,) = messages(app)
    assert message.address == people["沈若溪"].mobile
    assert message.due_at == EIGHT + timedelta(minutes=10)  # half past eight is still quiet; this cannot wait
    for word in ("林晚晴", "许佳怡", "韩卫东", "1 号签到台"):
        assert word in message.text
    here(crew, event, people["许佳怡"], EIGHT + timedelta(minutes=20))
    assert run(app, EIGHT + timedelta(minutes=21)) == 0


def test_a_commander_who_is_missing_is_told_to_the_deputy(app, crew, day):
    _event, people = day
    assert run(app, EIGHT + timedelta(minutes=10)) == 3
    (message,) = messages(app)
    assert message.address == people["韩卫东"].mobile


def test_the_grace_is_the_events(app, crew, day):
    event, _people = day
    with app.app_context():
        db.session.get_one(Event, event.id).staff_grace_minutes = 45
        db.session.commit()
    assert run(app, EIGHT + timedelta(minutes=44)) == 0
    assert run(app, EIGHT + timedelta(minutes=45)) == 3


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.CLOSED])
def test_nobody_is_missing_at_an_event_that_is_not_on(app, crew, day, status):
    event, _people = day
    with app.app_context():
        db.session.get_one(Event, event.id).status = status
        db.session.commit()
    assert run(app, EIGHT + timedelta(hours=1)) == 0


def test_a_look_writes_nothing(app, day):
    event, _people = day
    at = EIGHT + timedelta(minutes=30)
    with clock.stopped_at(at), app.app_context():
        assert [(each.event_slug, each.count) for each in jobs.plan_missing(at)] == [(event.slug, 3)]
        assert db.session.scalar(select(func.count()).select_from(StaffAlert)) == 0


def test_two_workers_tell_it_once(app, day):
    at = EIGHT + timedelta(minutes=10)
    with clock.stopped_at(at):
        at_once(app, [partial(jobs.run_missing, at)] * 3)
    assert len(messages(app)) == 1


def test_missing_people_are_alarms_with_their_number(app, crew, build, day):
    event, people = day
    here(crew, event, people["许佳怡"], EIGHT)
    with clock.stopped_at(EIGHT + timedelta(minutes=15)):
        client = build.client(Role.PLANNER)
        for address in (f"/events/{event.slug}/", f"/events/{event.slug}/staff/", f"/events/{event.slug}/staff/day"):
            shown = client.get(address)
            assert shown.status_code == 200
            assert f"tel:{people['林晚晴'].mobile}" in shown.text
        with app.test_request_context(), noted(app) as seen:
            here_event = db.session.get_one(Event, event.id)
            rows_of_events([here_event])
        assert len(seen) <= 4
        with app.app_context():
            shown_board = board(db.session.get_one(Event, event.id))
            assert {each.person.name for each in shown_board.missing} == {"沈若溪", "林晚晴"}


def test_the_day_page_costs_the_same_for_many(app, crew, build, day):
    event, _people = day
    client = build.client(Role.PLANNER)
    address = f"/events/{event.slug}/staff/day"
    with clock.stopped_at(EIGHT + timedelta(minutes=15)):
        client.get(address)
        with noted(app) as few:
            assert client.get(address).status_code == 200
        role, shift = crew.role(event), crew.shift(event, 8, 12)
        for slot in range(1, 16):
            crew.duty(role, shift, crew.person(), slot=slot)
        with noted(app) as many:
            assert client.get(address).status_code == 200
    assert len(few) == len(many)


def test_the_grace_is_set_on_the_page(app, build, day):
    event, _people = day
    client, address = build.client(Role.PLANNER), f"/events/{event.slug}/staff/day/grace"
    for bad in ("", "-1", "1.5", "181", "x"):
        assert client.post(address, data={"minutes": bad}).status_code == 422
    assert client.post(address, data={"minutes": "20"}).status_code == 303
    with app.app_context():
        assert db.session.get_one(Event, event.id).staff_grace_minutes == 20
    assert build.client(Role.DIRECTOR).post(address, data={"minutes": "5"}).status_code == 403
