"""The pages of events: list, create, copy, edit, take a step."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from app import clock
from app.access import Role
from app.blueprints.events import template
from app.extensions import db
from app.models import Event, EventStatus, Invitation, InvitationState, Milestone
from tests.build.statements import noted

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
NEW = {
    "name": "华中渠道招商会",
    "slug": "",
    "time_zone": "Asia/Shanghai",
    "starts_at": "2027-01-15T09:00",
    "ends_at": "2027-01-15T16:30",
    "venue": "",
    "capacity": "120",
    "organizer": "",
    "language": "zh_CN",
}
WHOLE = NEW | {
    "theme": "",
    "purposes": "sign",
    "venue_address": "",
    "hall": "",
    "map_url": "",
    "co_organizer": "",
    "contact_name": "",
    "contact_phone": "027-8888 6666",
    "currency": "CNY",
    "signing_target": "30",
    "replies_close_at": "",
    "reconfirm_days_before": "3",
    "reconfirm_at": "10:00",
    "silent_after_hours": "4",
    "quiet_from": "21:00",
    "quiet_until": "08:30",
    "spare_percent": "5",
    "move_milestones": "y",
}


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def event(build):
    """An open event at the start that WHOLE names, with the standard milestones."""
    start = datetime(2027, 1, 15, 1, tzinfo=UTC)
    row = Event(
        slug="wuhan",
        name="华中渠道招商会",
        starts_at=start,
        ends_at=start + timedelta(hours=7, minutes=30),
        status=EventStatus.OPEN,
        created_at=NOW,
        language="zh_CN",
        time_zone="Asia/Shanghai",
        **{name: value for name, value in template.DEFAULTS.items() if name != "time_zone"},
    )
    template.add_milestones(row)
    return build.save(row)


def stored(app, slug="wuhan"):
    with app.app_context():
        return db.session.scalars(select(Event).where(Event.slug == slug)).one()


def days(app):
    with app.app_context():
        return dict(db.session.execute(select(Milestone.key, Milestone.due_on)).all())


def test_an_event_is_planned(app, build):
    answer = build.client(Role.PLANNER).post("/events/new", data=NEW)
    assert answer.status_code == 303
    assert answer.location == "/events/hua-zhong-qu-dao-zhao-shang-hui/"
    planned = stored(app, "hua-zhong-qu-dao-zhao-shang-hui")
    assert planned.starts_at == datetime(2027, 1, 15, 1, tzinfo=UTC)
    assert planned.status is EventStatus.DRAFT
    assert len(days(app)) == len(template.MILESTONES)


def test_times_are_wall_clock_of_the_zone_typed_beside_them(app, build):
    build.client().post("/events/new", data=NEW | {"slug": "berlin", "time_zone": "Europe/Berlin"})
    assert stored(app, "berlin").starts_at == datetime(2027, 1, 15, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"slug": "A b"}, "slug"),
        ({"slug": "new"}, "slug"),
        ({"slug": "wuhan"}, "slug"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"starts_at": "soon"}, "starts_at"),
        ({"ends_at": ""}, "ends_at"),
        ({"ends_at": "2027-01-15T09:00"}, "ends_at"),
        ({"capacity": "many"}, "capacity"),
        ({"capacity": "0"}, "capacity"),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(app, build, event, changed, field):
    answer = build.client().post("/events/new", data=NEW | {"venue": "typed words"} | changed)
    assert answer.status_code == 422
    assert "typed words" in answer.text
    assert f'id="{field}-error"' in answer.text
    assert next(iter(changed.values())).strip() in answer.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Event)) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"map_url": "javascript:alert(1)"}, "map_url"),
        ({"contact_phone": "call me"}, "contact_phone"),
        ({"replies_close_at": "2027-01-16T09:00"}, "replies_close_at"),
        ({"reconfirm_days_before": "-1"}, "reconfirm_days_before"),
        ({"reconfirm_at": "ten"}, "reconfirm_at"),
        ({"silent_after_hours": "0"}, "silent_after_hours"),
        ({"quiet_from": ""}, "quiet_from"),
        ({"spare_percent": "101"}, "spare_percent"),
        ({"signing_target": ""}, "signing_target"),
    ],
)
def test_an_edit_is_checked_too(app, build, event, changed, field):
    data = WHOLE | {"version": event.version, "theme": "typed words"} | changed
    answer = build.client().post("/events/wuhan/edit", data=data)
    assert answer.status_code == 422
    assert "typed words" in answer.text
    assert f'id="{field}-error"' in answer.text


def test_an_edit_is_saved(app, build, event):
    data = WHOLE | {"version": event.version, "theme": "一杯好水", "replies_close_at": "2027-01-14T18:00"}
    assert build.client().post("/events/wuhan/edit", data=data).status_code == 303
    saved = stored(app)
    assert (saved.theme, saved.signing_target) == ("一杯好水", 30)
    assert saved.replies_close_at == datetime(2027, 1, 14, 10, tzinfo=UTC)
    assert saved.starts_at == event.starts_at


@pytest.mark.parametrize(("wished", "moved"), [("y", 7), ("", 0)])
def test_a_move_is_shown_before_it_is_done(app, build, event, wished, moved):
    client = build.client()
    before = days(app)
    week = WHOLE | {"starts_at": "2027-01-22T09:00", "ends_at": "2027-01-22T16:30", "version": event.version}
    asked = client.post("/events/wuhan/edit", data=week)
    assert asked.status_code == 200
    assert 'name="move_is_meant" value="2027-01-22T01:00:00+00:00 Asia/Shanghai"' in asked.text
    assert stored(app).starts_at == event.starts_at
    meant = week | {"move_is_meant": "2027-01-22T01:00:00+00:00 Asia/Shanghai", "move_milestones": wished}
    assert client.post("/events/wuhan/edit", data=meant).status_code == 303
    assert stored(app).starts_at == event.starts_at + timedelta(days=7)
    assert all(day == before[key] + timedelta(days=moved) for key, day in days(app).items())


def test_a_move_that_was_changed_again_is_shown_again(app, build, event):
    data = WHOLE | {"starts_at": "2027-01-23T09:00", "ends_at": "2027-01-23T16:30", "version": event.version}
    data["move_is_meant"] = "2027-01-22T01:00:00+00:00 Asia/Shanghai"
    assert build.client().post("/events/wuhan/edit", data=data).status_code == 200
    assert stored(app).starts_at == event.starts_at


def test_a_stale_edit_shows_the_form_again_and_may_then_overwrite(app, build, event):
    client = build.client()
    client.post("/events/wuhan/edit", data=WHOLE | {"version": event.version, "hall": "first"})
    late = WHOLE | {"version": event.version, "hall": "second"}
    answer = client.post("/events/wuhan/edit", data=late)
    assert answer.status_code == 409
    assert 'value="second"' in answer.text
    assert stored(app).hall == "first"
    late["version"] = stored(app).version
    assert client.post("/events/wuhan/edit", data=late).status_code == 303
    assert stored(app).hall == "second"


def test_fewer_seats_than_firm_guests_is_a_warning_not_an_error(app, build, event):
    client = build.client()
    for _ in range(3):
        build.invitation(event, state=InvitationState.FIRM)
    data = WHOLE | {"version": event.version, "capacity": "2"}
    answer = client.post("/events/wuhan/edit", data=data, follow_redirects=True)
    assert answer.text.count("tone-warning") >= 1
    assert stored(app).capacity == 2


def test_an_archived_event_cannot_be_edited(app, build):
    build.event(slug="old", status=EventStatus.ARCHIVED)
    client = build.client()
    assert client.get("/events/old/edit").status_code == 409
    assert client.post("/events/old/edit", data=WHOLE).status_code == 409


@pytest.mark.parametrize("box", ["", "y"])
def test_an_event_is_planned_like_an_earlier_one(app, build, event, box):
    build.invitation(event, state=InvitationState.ARRIVED)
    data = NEW | {"name": "二月站", "starts_at": "2027-02-15T09:00", "ends_at": "2027-02-15T16:30", "with_guests": box}
    answer = build.client().post("/events/wuhan/copy", data=data)
    assert answer.location == "/events/er-yue-zhan/"
    copy = stored(app, "er-yue-zhan")
    with app.app_context():
        guests = db.session.scalars(select(Invitation.state).where(Invitation.event_id == copy.id)).all()
    assert guests == ([InvitationState.LISTED] if box else [])


def test_a_status_step_can_be_undone(app, build, event):
    client = build.client()
    page = client.post("/events/wuhan/status?to=running", follow_redirects=True)
    assert stored(app).status is EventStatus.RUNNING
    assert 'action="/events/wuhan/status?to=open"' in page.text
    client.post("/events/wuhan/status?to=open")
    assert stored(app).status is EventStatus.OPEN


def test_a_barred_step_is_refused_with_its_code(app, build, event):
    client = build.client()
    answer = client.post("/events/wuhan/status?to=closed", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (409, "event_not_begun")
    assert client.post("/events/wuhan/status?to=cancelled").status_code == 400
    assert stored(app).status is EventStatus.OPEN


@pytest.mark.parametrize("role", list(Role))
def test_who_may_look_and_who_may_write(app, build, event, role):
    client = build.client(role)
    writes = role in {Role.ADMINISTRATOR, Role.PLANNER}
    assert client.get("/events/").status_code == 200
    assert client.get("/events/wuhan/").status_code == 200
    for address in ("/events/new", "/events/wuhan/edit", "/events/wuhan/copy", "/events/wuhan/milestones/new"):
        assert client.get(address).status_code == (200 if writes else 403), address
    assert client.post("/events/wuhan/status?to=running").status_code == (303 if writes else 403)


def test_an_unknown_event_is_not_found(build, client):
    assert client.get("/events/nowhere/").status_code in {302, 303}  # to the sign-in page first
    assert build.client().get("/events/nowhere/").status_code == 404


def test_the_list_is_searched_filtered_and_taken_away(app, build, event):
    client = build.client()
    build.event(name="Spring Conference", status=EventStatus.DRAFT)
    assert "Spring Conference" not in client.get("/events/?q=华中").text
    assert "华中" not in client.get("/events/?status=draft").text
    build.invitation(event, state=InvitationState.FIRM)
    file = client.get("/events/?status=open&format=xlsx")
    [head, row] = CalamineWorkbook.from_filelike(io.BytesIO(file.data)).get_sheet_by_index(0).to_python()
    assert [row[head.index(each)] for each in ("Guests", "Firm", "Seats")] == [1, 1, 120]


def test_the_list_costs_the_same_for_one_event_and_for_twenty(app, build):
    client = build.client()
    counts = []
    for more in (1, 19):
        for _ in range(more):
            build.invitation(build.event())
        with noted(app) as statements:
            assert client.get("/events/").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 9
