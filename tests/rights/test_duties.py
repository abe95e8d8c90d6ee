"""What ends a right, who sees what of other events, and that nobody widens their own rights."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.access import Grant, Role
from app.extensions import db
from app.models import Duty, DutyState, Event, EventStatus, InvitationState, JournalEntry, StaffPerson, StaffRole, User
from tests.build.statements import noted


@pytest.fixture
def own(build):
    return build.event(name="Ours")


@pytest.fixture
def lead(build, posts, own):
    """Somebody who is hall lead of our event and nothing else, signed in."""
    user = posts.nobody()
    duty = posts.duty(own, posts.person(user), Grant.HALL)
    client = build.app.test_client()
    build.sign_in(client, user)
    return client, user, duty


def change(app, kind, row_id, **values):
    with app.app_context():
        row = db.session.get_one(kind, row_id)
        for name, value in values.items():
            setattr(row, name, value)
        db.session.commit()


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Event, {"status": EventStatus.CLOSED}),
        (Event, {"status": EventStatus.ARCHIVED}),
        (Duty, {"state": DutyState.REFUSED}),
        (StaffPerson, {"is_active": False}),
        (StaffRole, {"grant": Grant.NONE}),
        (Duty, {"is_deputy": True}),  # ten days before
        (StaffRole, {"grant_days": 1}),
    ],
    ids=["closed", "archived", "refused", "left", "none", "deputy too early", "too early"],
)
def test_a_right_ends_with_what_it_came_from(app, lead, own, kind, values):
    client, _user, duty = lead
    address = f"/events/{own.slug}/zones/"
    assert client.get(address).status_code == 200
    row_id = {Event: own.id, Duty: duty.id, StaffPerson: duty.person_id, StaffRole: duty.role_id}[kind]
    change(app, kind, row_id, **values)
    assert client.get(address).status_code == 403
    assert client.get("/events/").status_code == 403
    assert own.name not in client.get("/").text


def test_an_account_that_is_turned_off_has_nothing(app, lead, own):
    client, user, _duty = lead
    change(app, User, user.id, is_active=False)
    assert client.get(f"/events/{own.slug}/zones/").status_code == 303


def test_reopening_brings_it_back(app, lead, own):
    client, _user, _duty = lead
    for status, code in ((EventStatus.CLOSED, 403), (EventStatus.RUNNING, 200)):
        change(app, Event, own.id, status=status)
        assert client.get(f"/events/{own.slug}/zones/").status_code == code


def test_on_the_day_before_reception_works(build, holder):
    event = build.event()
    client = holder(event, Grant.DOOR, days=1)
    assert client.get(f"/events/{event.slug}/door/").status_code == 403
    with clock.stopped_at(event.starts_at - timedelta(hours=20)):
        assert client.get(f"/events/{event.slug}/door/").status_code == 200


def test_only_the_own_event_is_seen_anywhere(build, lead, own):
    client, _user, _duty = lead
    other = build.event(name="Theirs")
    for event in (own, other):
        build.invitation(event, build.dealer(contact="王小明", search_key="wangxiaoming wxm 王小明"))
    for path in ("/", "/events/", "/search?q=theirs", "/search?q=wxm", "/account"):
        assert "Theirs" not in client.get(path).text, path
    assert own.name in client.get("/events/").text
    assert f"/events/{own.slug}/guests/" in client.get("/search?q=wxm").text
    for path in ("", "guests/", "zones/", "arrivals/"):
        assert client.get(f"/events/{own.slug}/{path}").status_code == 200
        assert client.get(f"/events/{other.slug}/{path}").status_code == 403


def test_the_plan_does_not_say_at_which_other_event_somebody_is(build, posts, holder, own):
    other, person = build.event(name="Theirs", starts_at=own.starts_at), posts.person(None)
    posts.duty(other, person, Grant.NONE)
    duty = posts.duty(own, person, Grant.NONE)
    client = holder(own, Grant.CONFERENCE_AFFAIRS)
    for path in ("", "by-person", "by-hour", f"duties/{duty.id}"):
        address = f"/events/{own.slug}/staff/{path}"
        assert "Theirs" not in client.get(address).text, path
    assert "Theirs" in build.client(Role.PLANNER).get(f"/events/{own.slug}/staff/").text


def test_a_rep_who_leads_the_hall_sees_all_guests_there_and_own_ones_elsewhere(app, build, posts, own):
    other, rep = build.event(), build.user(Role.SALES_REP)
    posts.duty(own, posts.person(rep), Grant.HALL)
    client = app.test_client()
    build.sign_in(client, rep)
    for event in (own, other):
        build.invitation(event, build.dealer(contact="别人的"), state=InvitationState.FIRM)
    assert "别人的" in client.get(f"/events/{own.slug}/guests/").text
    assert "别人的" not in client.get(f"/events/{other.slug}/guests/").text


def test_it_costs_one_query_and_only_for_whom_it_may_help(app, build, posts, own):
    def cost(client):
        address = f"/events/{own.slug}/arrivals/"
        assert client.get(address).status_code == 200
        with noted(app) as seen:
            client.get(address)
        return sum("staff_roles" in each and "staff_people" in each for each in seen)

    assert cost(build.client(Role.ADMINISTRATOR)) == 0
    assert cost(build.client(Role.SALES_REP)) == 1


def test_a_duty_brings_the_work_and_not_the_record(build, lead, own):
    planner, (client, _user, _duty) = build.client(Role.PLANNER), lead
    planner.post(f"/events/{own.slug}/staff/prepare")
    for each, told in ((planner, True), (client, False)):
        assert ("127.0.0.1" in each.get(f"/events/{own.slug}/").text) is told


# -- handing rights on


@pytest.fixture
def affairs(app, build, posts):
    """Somebody of conference affairs: plans the staff everywhere, but may not accept zones."""
    user = build.user(Role.CONFERENCE_AFFAIRS)
    client = app.test_client()
    build.sign_in(client, user)
    return client, posts.person(user)


def form(role, **values):
    given = {"name": role.name, "for_kind": "own", "grant": role.grant.value, "version": role.version}
    return {key: value for key, value in (given | values).items() if value is not None}


def role_of(app, duty):
    with app.app_context():
        row = db.session.get_one(StaffRole, duty.role_id)
        db.session.expunge(row)
        return row


def test_only_what_one_holds_is_handed_on(app, build, affairs, lead, own, posts):
    client, _person = affairs
    hall = role_of(app, lead[2])
    door = role_of(app, posts.duty(own, posts.person(None), Grant.DOOR))
    base = f"/events/{own.slug}/staff/roles"
    assert client.post(f"{base}/{door.id}", data=form(door, grant="hall")).status_code == 422
    assert client.post(f"{base}/new", data=form(door, grant="hall", name="New")).status_code == 422
    assert client.post(f"{base}/{hall.id}", data=form(hall, grant_days="3")).status_code == 422
    assert (
        client.post(f"{base}/{hall.id}", data=form(hall, name="Hall")).status_code == 303
    )  # the rest is theirs to plan
    assert client.post(f"{base}/{door.id}", data=form(door, grant="conference_affairs")).status_code == 303
    planner = build.client(Role.PLANNER)
    door = role_of(app, Duty(role_id=door.id))
    assert planner.post(f"{base}/{door.id}", data=form(door, grant="hall", grant_days="2")).status_code == 303
    with app.app_context():
        entry = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
        assert entry is not None
        assert entry.action == "staff_role.edited"
        assert entry.changes == {"grant": ["conference_affairs", "hall"], "grant_days": [None, 2]}


def test_nobody_takes_a_role_with_more_rights_than_they_have(app, affairs, lead, own, posts):
    client, person = affairs
    duty = lead[2]
    base = f"/events/{own.slug}/staff"
    place = {"role_id": duty.role_id, "shift_id": duty.shift_id, "slot": 2, "person_id": person.id}
    assert client.post(f"{base}/duties", data=place).status_code == 409
    assert client.post(f"{base}/duties/{duty.id}/hand-over", data={"person_id": person.id}).status_code == 409
    door = posts.duty(own, person, Grant.DOOR)
    assert client.post(f"{base}/duties/{door.id}/move", data={**place, "slot": 3}).status_code == 409
    with app.app_context():
        assert {each.role_id for each in db.session.scalars(select(Duty).where(Duty.person_id == person.id))} == {
            door.role_id
        }
    other = posts.person(posts.nobody(name="Other"))
    assert client.post(f"{base}/duties", data={**place, "person_id": other.id}).status_code == 303


def test_a_list_is_copied_only_from_an_event_that_one_may_see(build, holder, own):
    other = build.event(starts_at=own.starts_at - timedelta(days=30))
    planner = build.client(Role.PLANNER)
    planner.post(f"/events/{other.slug}/materials/prepare")
    client = holder(own, Grant.CONFERENCE_AFFAIRS)
    assert other.slug not in client.get(f"/events/{own.slug}/materials/").text
    assert client.post(f"/events/{own.slug}/materials/copy", data={"source": other.slug}).status_code == 404
    assert planner.post(f"/events/{own.slug}/materials/copy", data={"source": other.slug}).status_code == 303


def test_who_holds_what_is_written_where_administrators_and_oneself_look(build, lead, own):
    client, user, _duty = lead
    for page in (build.client(Role.ADMINISTRATOR).get("/permissions").text, client.get("/account").text):
        assert own.name in page
    assert user.name in build.client(Role.ADMINISTRATOR).get("/permissions").text
