"""Tasks in the hall on the personal page of whoever sees to them, without an account."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.http import parse_options_header

from app import clock
from app.blueprints.materials import actions as material_actions
from app.blueprints.materials.zones import queries
from app.blueprints.materials.zones.telling import is_told
from app.blueprints.staff import passes
from app.blueprints.staff.incidents import actions as incidents
from app.models import (
    Duty,
    Event,
    EventStatus,
    JournalEntry,
    Message,
    Severity,
    Shift,
    StaffKind,
    StaffPerson,
    StaffRole,
    Zone,
    ZoneTask,
)
from tests.materials.test_pages import PNG
from tests.materials.test_zones import picture


@pytest.fixture
def hall(event, session):
    made = event()
    material_actions.prepare(made)
    session.commit()
    return made


@pytest.fixture
def hired(session):
    row = StaffPerson(name="林晚晴", kind=StaffKind.RECEPTIONIST, created_at=clock.now())
    session.add(row)
    session.commit()
    return row


@pytest.fixture
def task(hall, hired, session):
    zone = session.scalar(select(Zone).where(Zone.event_id == hall.id, Zone.key == "stage"))
    zone.tasks[0].owner_id = hired.id
    session.commit()
    return zone.tasks[0]


@pytest.fixture
def page(hall, hired, session):
    token = passes.ensure(hall, [hired])[hired.id].token
    session.commit()
    return f"/d/{token}"


@pytest.fixture
def send(client, page, session):
    def post(task, **data):
        address = f"{page}/hall/{task.id}"
        session.commit()
        answer = client.post(address, data=data, content_type="multipart/form-data")
        session.expire_all()
        return answer.status_code

    return post


def test_a_tick_there_stands_on_the_board(client, send, task, page, hall, session):
    assert task.text in client.get(page).text
    assert send(task, act="done") == 303
    assert (task.done_by, task.done_at) == ("林晚晴", clock.now())
    part = next(part for part in queries.hall(hall).parts if part.zone.id == task.zone_id)
    assert part.done == 1
    entry = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert (entry.action, entry.actor) == ("zone_task.done", "林晚晴")
    assert send(task, act="done") == 303  # twice is once
    assert send(task, act="open") == 303
    assert task.done_at is None


def test_a_picture_comes_along_or_later_and_is_shown_there(client, send, task, page):
    assert client.get(f"{page}/hall/{task.id}/photo").status_code == 404
    assert send(task, act="done", file=picture(PNG)) == 303
    assert task.done_at is not None
    first = task.photo_id
    assert client.get(f"{page}/hall/{task.id}/photo").mimetype == "image/png"
    assert send(task, act="picture", file=picture(PNG)) == 303
    assert task.photo_id != first


@pytest.mark.parametrize("data", [{"act": "picture"}, {}, {"act": "x"}])
def test_what_says_nothing_changes_nothing(send, task, data):
    assert send(task, **data) == 422
    assert (task.done_at, task.photo_id) == (None, None)


def test_what_is_no_picture_ticks_nothing_either(send, task):
    assert send(task, act="done", file=picture(b"<svg/>")) == 422
    assert (task.done_at, task.photo_id) == (None, None)


def test_only_own_tasks_of_this_event(client, send, task, page, hall, session, event, hired):
    other_task = next(each for each in task.zone.tasks if each.id != task.id)
    assert send(other_task, act="done") == 404
    theirs = event()
    material_actions.prepare(theirs)
    foreign = session.scalar(select(ZoneTask).join(Zone).where(Zone.event_id == theirs.id))
    foreign.owner_id = hired.id
    assert send(foreign, act="done") == 404
    assert client.post(f"/d/unknown/hall/{task.id}", data={"act": "done"}).status_code == 404


def test_what_is_accepted_is_opened_by_the_lead_only(send, task, session):
    for each in task.zone.tasks:
        each.done_at = clock.now()
    task.zone.accepted_at = clock.now()
    assert send(task, act="open") == 409
    assert task.done_at is not None


def test_a_closed_event_takes_nothing(send, task, hall, session):
    session.get(Event, hall.id).status = EventStatus.CLOSED
    assert send(task, act="done") == 410
    assert task.done_at is None


@pytest.fixture
def told(planner, hall, session):
    """Press *Tell them* and return the messages there are by then."""
    session.get_one(Event, hall.id).status = EventStatus.OPEN
    session.commit()

    def press(**data):
        session.commit()
        assert planner.post(f"/events/{hall.slug}/staff/notices", data=data or {"all": "1"}).status_code == 303
        session.expire_all()
        return session.scalars(select(Message).order_by(Message.id)).all()

    return press


def test_who_has_only_a_task_is_told_it_once_and_again_when_it_changes(planner, hall, hired, task, told, session):
    hired.mobile = "+8613912345678"
    (message,) = told()
    assert (message.template, message.address) == ("hall_tasks", hired.mobile)
    assert is_told(task, session.get_one(Event, hall.id))
    assert len(told()) == 1
    assert hired.name in planner.get(f"/events/{hall.slug}/staff/notices").text
    assert "NOT_TOLD" not in {each.trouble.name for each in queries.hall(hall).alarms()}
    task.due_at = clock.now() + timedelta(hours=5)
    session.commit()
    assert "NOT_TOLD" in {each.trouble.name for each in queries.hall(hall).alarms()}
    assert len(told(ids=[hired.id])) == 2
    task.done_at = clock.now()
    assert len(told()) == 2


def test_who_has_a_duty_too_gets_one_message_with_both(planner, hall, hired, task, told, session):
    hired.mail = "lin@example.com"
    at = {"starts_at": hall.starts_at, "ends_at": hall.ends_at}
    shift = Shift(event_id=hall.id, name="全天", for_start_at=hall.starts_at, for_time_zone=hall.time_zone, **at)
    role = StaffRole(event_id=hall.id, name="接待")
    session.add_all([shift, role])
    session.flush()
    here = {"event_id": hall.id, "role_id": role.id, "shift_id": shift.id, "slot": 1}
    session.add(Duty(person_id=hired.id, created_at=clock.now(), **here))
    (message,) = told()
    assert message.template == "duty_notice"
    assert task.text in message.text
    assert is_told(task, session.get_one(Event, hall.id))
    assert len(told()) == 1


def test_who_has_no_address_is_told_by_hand(planner, hall, hired, task, told, session):
    assert told() == []
    assert not is_told(task, session.get_one(Event, hall.id))
    data = {"how": "in_person", "ids": [hired.id]}
    assert planner.post(f"/events/{hall.slug}/staff/notices/by-hand", data=data).status_code == 303
    session.expire_all()
    assert is_told(task, session.get_one(Event, hall.id))


@pytest.fixture
def alone(task, session):
    """The task without the others of the template: the overview shows only the first of what is late."""
    for zone in session.scalars(select(Zone)):
        for each in list(zone.tasks):
            if each.id != task.id:
                session.delete(each)
    task.material_id = None
    session.commit()
    session.expire_all()
    return task


def unaccepted(session, event):
    session.expire_all()
    return [part.zone.key for part in queries.hall(event).unaccepted()]


def test_late_tasks_are_told_on_the_overview_and_at_home(planner, hall, alone, session):
    doors, address, text = hall.starts_at, f"/events/{hall.slug}/", alone.text
    session.commit()
    for minutes, told in ((61, False), (59, True)):
        with clock.stopped_at(doors - timedelta(minutes=minutes)):
            assert (text in planner.get(address).text) is told
    with clock.stopped_at(doors - timedelta(minutes=59)):
        assert f"{address}zones/" in planner.get("/").text


def test_a_zone_that_nobody_accepts_is_an_alarm_half_an_hour_before_the_doors(planner, hall, alone, session):
    doors, ends, address = hall.starts_at, hall.ends_at, f"/events/{hall.slug}/"
    accept = f"/zones/{alone.zone_id}/accept"
    alone.done_at = doors - timedelta(hours=2)
    session.commit()
    with clock.stopped_at(doors - timedelta(minutes=31)):
        assert unaccepted(session, hall) == []
    with clock.stopped_at(doors - timedelta(minutes=30)):
        assert unaccepted(session, hall) == ["stage"]
        assert accept in planner.get(f"{address}zones/").text
        assert alone.zone.name in planner.get(address).text
        assert planner.post(f"{address}zones/{alone.zone_id}/accept").status_code == 303
        assert unaccepted(session, hall) == []
    with clock.stopped_at(ends):
        assert unaccepted(session, hall) == []


def test_whoever_is_given_a_task_has_a_page_without_any_duty(planner, client, hall, hired, session):
    zone = session.scalar(select(Zone).where(Zone.event_id == hall.id, Zone.key == "stage"))
    base, slug = f"/events/{hall.slug}/zones/tasks/{zone.tasks[1].id}", hall.slug
    assert passes.of(hall) == {}
    session.commit()
    form = {"text": "音响", "owner_id": hired.id, "due_at": "", "material_id": "", "version": zone.tasks[1].version}
    assert planner.post(base, data=form).status_code == 303
    session.expire_all()
    token = passes.of(hall)[hired.id].token
    session.commit()
    assert f"/d/{token}" in planner.get(base).text
    own = client.get(f"/d/{token}").text
    assert "音响" in own
    assert client.get(f"/d/{token}/incident").status_code == 200
    assert f"/events/{slug}" not in own


def test_an_owner_from_before_is_given_a_link_by_a_press(planner, task, hall, hired, session):
    base = f"/events/{hall.slug}/zones/tasks/{task.id}"
    session.commit()
    assert f"{base}/link" in planner.get(base).text
    assert planner.post(f"{base}/link").status_code == 303
    session.expire_all()
    assert f"/d/{passes.of(hall)[hired.id].token}" in planner.get(base).text


def test_open_incidents_stand_on_the_board_emergencies_on_top(planner, hall, session):
    base = f"/events/{hall.slug}/zones/board"
    incidents.report(hall, incidents.Report("投影仪坏了", "主会场", Severity.MINOR, "林晚晴"))
    session.commit()
    assert "zb-emergency" not in planner.get(base).text
    incidents.report(hall, incidents.Report("有人晕倒", "签到处", Severity.EMERGENCY, "林晚晴"))
    session.commit()
    text = planner.get(f"{base}/live").text
    assert text.index("有人晕倒") < text.index("zb-top")
    assert "投影仪坏了" not in text


def test_a_picture_with_a_chinese_name_travels_in_a_plain_header(client, send, task, page):
    assert send(task, act="picture", file=picture(PNG, "微信图片.png")) == 303
    said = client.get(f"{page}/hall/{task.id}/photo").headers["Content-Disposition"]
    assert said.isascii()
    assert parse_options_header(said)[1]["filename"] == "微信图片.png"
