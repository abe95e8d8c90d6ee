"""The incident log: reported by anybody on duty, told at once, closed by one, never by two."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from app import clock
from app.access import Role
from app.blueprints.staff import passes
from app.blueprints.staff.incidents import actions
from app.extensions import db
from app.models import Event, EventStatus, Incident, JournalEntry, Message, Severity
from tests.build.statements import noted
from tests.staff.conftest import START
from tests.staff.test_races import at_once

NIGHT = START - timedelta(hours=3)  # six in the morning, quiet until half past eight


@pytest.fixture(autouse=True)
def _at_night():
    with clock.stopped_at(NIGHT):
        yield


@pytest.fixture
def day(crew):
    event = crew.event(status=EventStatus.RUNNING)
    shift = crew.shift(event, 5, 12)
    command = crew.role(event, key="executive_commander", name="执行总指挥", is_lead=True)
    desk = crew.role(event, name="接待", position=9)
    commander, clerk = crew.person("沈若溪"), crew.person("林晚晴")
    crew.duty(command, shift, commander)
    crew.duty(desk, shift, clerk, station="1 号签到台")
    return event, commander, clerk


@pytest.fixture
def planner(build):
    return build.client(Role.PLANNER)


def all_of(app, model):
    with app.app_context():
        return list(db.session.scalars(select(model).order_by(model.id)))


def report(client, event, **data):
    return client.post(f"/events/{event.slug}/staff/incidents/new", data=data)


def link_of(crew, event, person):
    """A person's own page; being told of an incident has brought some of them one already."""
    with crew.app.app_context():
        token = passes.ensure(db.session.merge(event), [db.session.merge(person)])[person.id].token
        db.session.commit()
    return f"/d/{token}"


def test_one_tile_is_a_report_and_an_emergency_does_not_wait(app, planner, day):
    event, commander, _clerk = day
    assert report(planner, event, preset="person", place="大厅").status_code == 303
    (made,) = all_of(app, Incident)
    assert (made.severity, made.acting_id, made.place) == (Severity.EMERGENCY, commander.id, "大厅")
    (message,) = all_of(app, Message)
    assert (message.template, message.address, message.due_at) == ("emergency", commander.mobile, NIGHT)


def test_what_can_wait_keeps_the_quiet_hours(app, planner, day):
    event, _commander, clerk = day
    assert report(planner, event, what="胸卡绳不够", acting_id=clerk.id).status_code == 303
    (made,), (message,) = all_of(app, Incident), all_of(app, Message)
    assert (made.severity, made.acting_id) == (Severity.MINOR, clerk.id)
    assert message.template == "incident"
    assert message.due_at > NIGHT


def test_bad_input_is_told_and_kept(app, planner, day):
    event, *_ = day
    for bad in ({}, {"what": " "}, {"what": "x" * 301}, {"preset": "nonsense"}, {"what": "好", "severity": "worst"}):
        assert report(planner, event, **bad).status_code == 422
    assert "坏" in report(planner, event, what="坏" * 301).text
    assert all_of(app, Incident) == []


def test_sent_twice_is_one_incident(app, planner, day):
    event, *_ = day
    for _ in range(2):
        assert report(planner, event, preset="sound").status_code == 303
    assert len(all_of(app, Incident)) == len(all_of(app, Message)) == 1
    with clock.stopped_at(NIGHT + timedelta(minutes=3)):
        report(planner, event, preset="sound")
    assert len(all_of(app, Incident)) == 2


def test_anybody_on_duty_reports_from_their_own_page(app, crew, client, day):
    event, commander, clerk = day
    link = link_of(crew, event, clerk)
    shown = client.get(f"{link}/incident")
    assert shown.status_code == 200
    assert "1 号签到台" in shown.text
    assert client.post(f"{link}/incident", data={}).status_code == 422
    assert client.post(f"{link}/incident", data={"preset": "fire", "place": "1 号签到台"}).status_code == 303
    (made,) = all_of(app, Incident)
    assert (made.reported_by, made.acting_id) == ("林晚晴", commander.id)
    assert all_of(app, JournalEntry)[-1].actor == "林晚晴"
    assert client.get("/d/unknown/incident").status_code == 404
    other = link_of(crew, event, crew.person())
    assert client.post(f"{other}/incident", data={"preset": "fire"}).status_code == 403


def test_who_acts_closes_it_and_nobody_else(app, crew, client, planner, day):
    event, commander, clerk = day
    report(planner, event, preset="power")
    (made,) = all_of(app, Incident)
    mine, theirs = link_of(crew, event, commander), link_of(crew, event, clerk)
    data = {"outcome": "备用电源已接通", "version": made.version}
    assert client.post(f"{theirs}/incidents/{made.id}/done", data=data).status_code == 404
    assert client.post(f"{mine}/incidents/{made.id}/done", data={**data, "outcome": ""}).status_code == 422
    assert client.post(f"{mine}/incidents/{made.id}/done", data={**data, "version": 7}).status_code == 409
    assert client.post(f"{mine}/incidents/{made.id}/done", data=data).status_code == 303
    (made,) = all_of(app, Incident)
    assert (made.done_at, made.outcome) == (NIGHT, "备用电源已接通")


def test_who_saves_after_somebody_else_sees_it_first(app, planner, day):
    event, _commander, clerk = day
    report(planner, event, what="投影不亮", acting_id=clerk.id)
    (made,) = all_of(app, Incident)
    address = f"/events/{event.slug}/staff/incidents/{made.id}"
    data = {"what": "投影不亮", "place": "主屏", "severity": "serious", "acting_id": clerk.id, "version": made.version}
    assert planner.post(address, data=data).status_code == 303
    assert planner.post(address, data={**data, "place": "侧屏"}).status_code == 409
    assert planner.post(f"{address}/done", data={"outcome": "好了", "version": made.version}).status_code == 409
    (made,) = all_of(app, Incident)
    assert (made.place, made.severity, made.done_at) == ("主屏", Severity.SERIOUS, None)
    assert planner.post(f"{address}/done", data={"outcome": "好了", "version": made.version}).status_code == 303
    assert planner.post(f"{address}/done", data={"outcome": "好了", "version": made.version + 1}).status_code == 409
    assert planner.post(f"{address}/reopen").status_code == 303
    assert all_of(app, Incident)[0].done_at is None


def test_handing_it_over_and_making_it_an_emergency_tells_again(app, planner, day):
    event, commander, clerk = day
    report(planner, event, what="有人晕倒", severity="minor", acting_id=clerk.id)
    (made,) = all_of(app, Incident)
    address = f"/events/{event.slug}/staff/incidents/{made.id}"
    data = {"what": made.what, "place": "", "severity": "emergency", "acting_id": clerk.id, "version": made.version}
    assert planner.post(address, data=data).status_code == 303
    told = [(each.template, each.address) for each in all_of(app, Message)]
    assert told == [
        ("incident", clerk.mobile),
        ("emergency", clerk.mobile),
        ("emergency", commander.mobile),
    ]


def test_emergencies_come_first_in_the_list_and_the_log(app, planner, day):
    event, *_ = day
    for words in ({"what": "小事一桩"}, {"preset": "fire", "what": "后台"}, {"preset": "sound"}):
        report(planner, event, **words)
    shown = planner.get(f"/events/{event.slug}/staff/incidents/").text
    assert shown.index("is-emergency") < shown.index("小事一桩")
    assert "小事一桩" not in planner.get(f"/events/{event.slug}/staff/incidents/?severity=emergency").text
    assert planner.get(f"/events/{event.slug}/staff/incidents/?state=done&severity=x").status_code == 200
    log = planner.get(f"/events/{event.slug}/staff/incidents/log.pdf")
    assert log.data.startswith(b"%PDF")
    assert "is-emergency" in planner.get(f"/events/{event.slug}/staff/day").text


def test_the_list_costs_the_same_for_many(app, planner, day):
    event, *_ = day
    address = f"/events/{event.slug}/staff/incidents/"
    report(planner, event, what="一")
    planner.get(address)
    with noted(app) as few:
        planner.get(address)
    for number in range(12):
        report(planner, event, what=f"第{number}件")
    with noted(app) as many:
        planner.get(address)
    assert len(few) == len(many)


def test_reception_may_report_and_finance_may_not(build, day):
    event, *_ = day
    assert report(build.client(Role.RECEPTION), event, preset="staff").status_code == 303
    assert report(build.client(Role.FINANCE), event, preset="staff").status_code == 403


def test_a_closed_event_takes_no_more(app, crew, build, client, planner, day):
    event, _commander, clerk = day
    link = link_of(crew, event, clerk)
    with app.app_context():
        db.session.merge(event).status = EventStatus.CLOSED
        db.session.commit()
    assert report(planner, event, preset="fire").status_code == 409
    assert client.post(f"{link}/incident", data={"preset": "fire"}).status_code == 410
    assert all_of(app, Incident) == []


def test_two_who_close_it_at_the_same_moment(app, planner, day):
    event, *_ = day
    report(planner, event, preset="power")
    (made,) = all_of(app, Incident)

    def close(outcome):
        def work():
            here = db.session.get_one(Event, event.id)
            actions.done(here, db.session.get_one(Incident, made.id), outcome)
            return outcome

        return work

    results = at_once(app, [close("甲"), close("乙"), close("丙")])
    closed = [each for each in results if isinstance(each, str)]
    assert len(closed) == 1
    assert all(isinstance(each, StaleDataError | actions.IncidentIsDone) for each in results if each not in closed)
    assert all_of(app, Incident)[0].outcome == closed[0]
