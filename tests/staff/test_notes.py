"""A note to the staff: looked at first, sent once, to those it is for; and telling people by hand."""

import re
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from app import clock
from app.access import Role
from app.blueprints.staff import queries
from app.blueprints.staff.notes import actions, audience
from app.blueprints.staff.rules.alarms import Matter
from app.extensions import db
from app.models import Duty, DutyState, Event, EventStatus, JournalEntry, Message
from tests.staff.conftest import NOW
from tests.staff.test_races import at_once

NIGHT = NOW + timedelta(hours=14)  # midnight in Shanghai


@pytest.fixture
def plan(crew):
    """Two at the desk, one of them without any address, and a host in another shift."""
    event = crew.event(status=EventStatus.OPEN)
    desk, stage = crew.role(event, name="接待"), crew.role(event, name="主持")
    morning, noon = crew.shift(event, 8, 12), crew.shift(event, 12, 15)
    people = [crew.person("林晚晴"), crew.person("无号人", mobile=None), crew.person("周子墨", mail="z@example.com")]
    crew.duty(desk, morning, people[0], station="1 号签到台")
    crew.duty(desk, morning, people[1], slot=2, station="2 号签到台")
    crew.duty(stage, noon, people[2])
    return event, desk, noon, people


@pytest.fixture
def planner(build):
    return build.client(Role.PLANNER)


def all_of(app, model):
    with app.app_context():
        return list(db.session.scalars(select(model).order_by(model.id)))


def write(client, event, **data):
    return client.post(f"/events/{event.slug}/staff/note", data={"nonce": "nonce-0001", "text": "八点集合", **data})


def test_it_is_shown_before_it_goes(app, planner, plan):
    event, _desk, _noon, _people = plan
    assert planner.get(f"/events/{event.slug}/staff/note").status_code == 200
    shown = write(planner, event, audience="all")
    assert shown.status_code == 200
    assert "无号人" in shown.text
    assert 'name="send"' in shown.text
    assert all_of(app, Message) == []


def test_sent_twice_goes_once(app, planner, plan):
    event, *_ = plan
    (nonce,) = re.findall(r'name="nonce"[^>]*value="([^"]+)"', planner.get(f"/events/{event.slug}/staff/note").text)
    for _ in range(2):
        assert write(planner, event, audience="all", send="1", nonce=nonce).status_code == 303
    assert {(each.channel.value, each.template) for each in all_of(app, Message)} == {
        ("sms", "staff_note"),
        ("mail", "staff_note"),
    }
    assert sum(1 for each in all_of(app, JournalEntry) if each.action == "staff.note_sent") == 1


def test_only_those_it_is_for(app, planner, plan):
    event, desk, noon, people = plan
    for number, (to, expected) in enumerate(
        (
            (f"role:{desk.id}", {people[0].mobile}),
            ("station:1 号签到台", {people[0].mobile}),
            (f"shift:{noon.id}", {"z@example.com"}),
        )
    ):
        before = len(all_of(app, Message))
        assert write(planner, event, audience=to, send="1", nonce=f"nonce-{number:04}").status_code == 303
        assert {each.address for each in all_of(app, Message)[before:]} == expected


def test_quiet_hours_hold_it_unless_it_is_urgent(app, planner, plan):
    event, *_ = plan
    with clock.stopped_at(NIGHT):
        write(planner, event, audience="all", send="1")
        write(planner, event, audience="all", send="1", urgent="y", nonce="nonce-0002")
    due = {each.template: each.due_at for each in all_of(app, Message)}
    assert due["staff_note"] == NIGHT + timedelta(hours=8, minutes=30)
    assert due["staff_note_urgent"] == NIGHT


@pytest.mark.parametrize(
    "bad",
    [
        {"text": ""},
        {"text": "x" * 501},
        {"text": "a\x00b"},
        {"audience": "role:999"},
        {"audience": "x"},
        {"nonce": "!"},
    ],
)
def test_bad_input_is_told(app, planner, plan, bad):
    event, *_ = plan
    assert write(planner, event, **{"audience": "all", "send": "1", **bad}).status_code == 422
    assert all_of(app, Message) == []


def test_pressed_twice_at_the_same_moment(app, plan):
    event, *_ = plan

    def send():
        here = db.session.get_one(Event, event.id)
        people = audience.people(queries.plan(here).duties, audience.read("all"))
        return actions.send(here, people, actions.Note("八点集合", "方静怡", False, "nonce-0009"), to="全体")

    at_once(app, [partial(send)] * 3)
    assert len(all_of(app, Message)) == 2


def test_a_draft_writes_nothing_and_others_may_not(app, build, crew, planner):
    event, role, shift = crew.place(status=EventStatus.DRAFT)
    crew.duty(role, shift, crew.person())
    assert write(planner, event, audience="all", send="1").status_code == 409
    assert write(build.client(Role.DIRECTOR), event, audience="all", send="1").status_code == 403
    assert all_of(app, Message) == []


# -- told by hand


def by_hand(client, event, **data):
    return client.post(f"/events/{event.slug}/staff/notices/by-hand", data=data)


def matters(app, event):
    with app.app_context():
        return {each.matter for each in queries.alarms(db.session.get_one(Event, event.id))}


def test_told_by_hand_ends_the_alarm_and_says_by_whom(app, planner, plan):
    event, _desk, _noon, people = plan
    assert Matter.NOT_TOLD in matters(app, event)
    assert by_hand(planner, event, ids=[each.id for each in people], how="by_phone").status_code == 303
    assert {each.state for each in all_of(app, Duty)} == {DutyState.TOLD}
    assert Matter.NOT_TOLD not in matters(app, event)
    assert by_hand(planner, event, ids=[people[1].id], how="in_person", said_yes="1").status_code == 303
    duties = {each.person_id: each for each in all_of(app, Duty)}
    assert duties[people[1].id].state is DutyState.ACKNOWLEDGED
    assert duties[people[0].id].state is DutyState.TOLD
    entry = [each for each in all_of(app, JournalEntry) if each.action == "duty.told_by_hand"][-1]
    assert entry.changes["how"] == [None, "in_person"]
    assert entry.actor in planner.get(f"/events/{event.slug}/staff/notices").text
    count = len(all_of(app, JournalEntry))
    by_hand(planner, event, ids=[people[1].id], how="in_person", said_yes="1")
    assert len(all_of(app, JournalEntry)) == count


def test_by_hand_wants_people_and_a_way_and_leaves_a_refusal(app, crew, planner, plan):
    event, *_ = plan
    for bad in ({}, {"how": "by_phone"}, {"ids": 1}, {"ids": 1, "how": "by owl"}):
        assert by_hand(planner, event, **bad).status_code == 303
    assert {each.state for each in all_of(app, Duty)} == {DutyState.PLANNED}
    with app.app_context():
        duty = db.session.get_one(Duty, 1)
        duty.state, person_id = DutyState.REFUSED, duty.person_id
        db.session.commit()
    by_hand(planner, event, ids=person_id, how="by_phone", said_yes="1")
    assert all_of(app, Duty)[0].state is DutyState.REFUSED
