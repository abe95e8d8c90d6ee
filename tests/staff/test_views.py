"""The pages of the staff plan: who may see them, what they do, and that another event's ids lead nowhere."""

import re
from datetime import timedelta
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from app.access import Permission, Role, permissions_of
from app.extensions import db
from app.models import Duty, DutyState, EventStatus, Shift, StaffNeed, StaffPerson, StaffRole
from app.web.guards import GUARD
from tests.build.statements import noted

S = DutyState
READ_ONLY = (Role.DIRECTOR, Role.SALES_MANAGER)
EDITORS = (Role.PLANNER, Role.CONFERENCE_AFFAIRS, Role.ADMINISTRATOR)
NOBODY = (Role.SALES_REP, Role.FINANCE, Role.CONTRACT_ADMINISTRATOR, Role.COMPLIANCE, Role.RECEPTION)


@pytest.fixture
def planner(build):
    return build.client(Role.PLANNER)


def count(app, model):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def loaded(app, model, key):
    with app.app_context():
        return db.session.get(model, key)


def undo(response, client):
    """Follow the redirect and press the last Undo that the page offers."""
    shown = client.get(response.location)
    offers = re.findall(r'<form method="post" action="([^"]+)">\s*<input[^>]+>\s*<button[^>]+data-undo', shown.text)
    return client.post(offers[-1].replace("&amp;", "&"))


def test_who_may_see_and_who_may_edit():
    for role in EDITORS:
        assert {Permission.VIEW_STAFF, Permission.EDIT_STAFF} <= permissions_of([role])
    for role in READ_ONLY:
        assert permissions_of([role]) & {Permission.VIEW_STAFF, Permission.EDIT_STAFF} == {Permission.VIEW_STAFF}
    for role in NOBODY:
        assert not permissions_of([role]) & {Permission.VIEW_STAFF, Permission.EDIT_STAFF}


def test_every_endpoint_wants_one_of_the_two(app):
    guards = {
        endpoint: getattr(view, GUARD)
        for endpoint, view in app.view_functions.items()
        if endpoint.startswith("staff.") and not endpoint.startswith("staff.my_")
    }
    report = (Permission.VIEW_STAFF, Permission.CHECK_IN)  # reception reports what goes wrong, and closes it
    assert {endpoint for endpoint, guard in guards.items() if guard == report} == {
        *("staff.incidents", "staff.incident", "staff.incident_new", "staff.incident_done", "staff.incident_reopen"),
    }
    assert set(guards.values()) == {(Permission.VIEW_STAFF,), (Permission.EDIT_STAFF,), report}
    reading = {endpoint for endpoint, guard in guards.items() if guard == (Permission.VIEW_STAFF,)}
    assert reading == {
        *("staff.index", "staff.by_person", "staff.by_hour", "staff.duty"),
        *("staff.people", "staff.person", "staff.day", "staff.incident_log"),
        *("staff.closeout", "staff.closeout_person", "staff.closeout_print"),
    }


@pytest.mark.parametrize("path", ["", "by-person", "by-hour"])
def test_views_by_role(crew, build, path):
    event, role, shift = crew.place()
    crew.duty(role, shift, crew.person())
    address = f"/events/{event.slug}/staff/{path}"
    assert build.client(Role.PLANNER).get(address).status_code == 200
    seen = build.client(Role.DIRECTOR).get(address)
    assert seen.status_code == 200
    assert "data-carry" not in seen.text
    assert "staff/pick" not in seen.text
    assert build.client(Role.FINANCE).get(address).status_code == 403


def test_rates_are_for_those_who_plan(crew, build):
    person = crew.person(day_rate=Decimal(777))
    for role, sees in ((Role.PLANNER, True), (Role.DIRECTOR, False)):
        client = build.client(role)
        assert ("777" in client.get("/staff/people/").text) is sees
        assert "777" not in client.get(f"/staff/people/{person.id}").text or sees


def test_an_empty_event_offers_two_ways_to_begin(app, crew, planner, build):
    earlier, _, _ = crew.place()
    event = crew.event(copied_from_id=earlier.id)
    start = planner.get(f"/events/{event.slug}/staff/")
    assert f"/events/{event.slug}/staff/prepare" in start.text
    assert f"source_id={earlier.id}" in start.text
    assert "staff/prepare" not in build.client(Role.DIRECTOR).get(f"/events/{event.slug}/staff/").text
    assert planner.post(f"/events/{event.slug}/staff/prepare").status_code == 303
    assert count(app, StaffRole) == 8
    assert planner.get(f"/events/{event.slug}/staff/").status_code == 200


def test_picking_somebody_without_script(app, crew, planner):
    event, role, shift = crew.place(required=2)
    later = crew.shift(event, 15, 17)
    crew.need(role, later)
    person = crew.person()
    address = f"/events/{event.slug}/staff/pick?role_id={role.id}&shift_id={shift.id}&slot=2"
    assert f'value="{person.id}"' in planner.get(address).text
    answer = planner.post(address, data={"shift_id": [shift.id, later.id], "person_id": person.id})
    assert answer.status_code == 303
    assert count(app, Duty) == 2
    assert undo(answer, planner).status_code == 303
    assert count(app, Duty) == 0


def test_picking_keeps_the_place_asked_for(app, crew, planner):
    event, role, shift = crew.place(required=2)
    person = crew.person()
    address = f"/events/{event.slug}/staff/pick?role_id={role.id}&shift_id={shift.id}&slot=2"
    planner.post(address, data={"shift_id": shift.id, "person_id": person.id, "station": "入口"})
    duty = loaded(app, Duty, 1)
    assert (duty.slot, duty.station) == (2, "入口")


@pytest.mark.parametrize("sent", [{}, {"person_id": "x"}, {"person_id": "1", "shift_id": "9999"}])
def test_a_bad_pick_shows_the_page_again(app, crew, planner, sent):
    event, role, shift = crew.place()
    crew.person()
    address = f"/events/{event.slug}/staff/pick?role_id={role.id}&shift_id={shift.id}"
    assert planner.post(address, data=sent).status_code == 422
    assert count(app, Duty) == 0


def test_a_pick_of_nobody_known(crew, planner):
    event, role, shift = crew.place()
    address = f"/events/{event.slug}/staff/pick?role_id={role.id}"
    assert planner.post(address, data={"person_id": 99, "shift_id": shift.id}).status_code == 404


def test_somebody_else_for_a_refused_duty(app, crew, planner):
    event, role, shift = crew.place()
    duty = crew.duty(role, shift, crew.person(), state=S.REFUSED, refusal="出差")
    other = crew.person()
    address = f"/events/{event.slug}/staff/pick?duty_id={duty.id}"
    assert "出差" in planner.get(address).text
    answer = planner.post(address, data={"shift_id": shift.id, "person_id": other.id})
    assert answer.status_code == 303
    with app.app_context():
        assert [each.person_id for each in db.session.scalars(select(Duty))] == [other.id]
    undo(answer, planner)
    with app.app_context():
        assert [(each.person_id, each.state) for each in db.session.scalars(select(Duty))] == [
            (duty.person_id, S.REFUSED)
        ]


def test_what_dragging_sends(app, crew, planner):
    event, role, shift = crew.place(required=2)
    base = f"/events/{event.slug}/staff/duties"
    first, second = crew.person(), crew.person()
    place = {"role_id": role.id, "shift_id": shift.id, "slot": 1, "deputy": 0}
    assert planner.post(base, data={**place, "person_id": first.id}).status_code == 303
    assert planner.post(base, data={**place, "person_id": second.id}).status_code == 409  # somebody was quicker
    moved = planner.post(f"{base}/1/move", data={**place, "slot": 2})
    assert loaded(app, Duty, 1).slot == 2
    undo(moved, planner)
    assert loaded(app, Duty, 1).slot == 1
    planner.post(f"{base}/1/hand-over", data={"person_id": second.id})
    with app.app_context():
        given = db.session.scalars(select(Duty)).one()
        assert (given.person_id, given.slot) == (second.id, 1)
    gone = planner.post(f"{base}/remove", data={"ids": given.id})
    assert count(app, Duty) == 0
    undo(gone, planner)
    assert count(app, Duty) == 1


@pytest.mark.parametrize("data", [{}, {"role_id": "x"}, {"role_id": 1, "shift_id": 1, "slot": -1}])
def test_nonsense_from_a_script(crew, planner, data):
    event, _, _ = crew.place()
    assert planner.post(f"/events/{event.slug}/staff/duties", data=data).status_code == 400


def test_two_places_at_once_is_told_but_done(app, crew, planner):
    event, role, shift = crew.place(required=2)
    other = crew.role(event)
    crew.need(other, shift)
    person = crew.person()
    crew.duty(role, shift, person)
    data = {"role_id": other.id, "shift_id": shift.id, "slot": 1, "person_id": person.id}
    answer = planner.post(f"/events/{event.slug}/staff/duties", data=data)
    assert count(app, Duty) == 2
    assert "tone-warning" in planner.get(answer.location).text.split('id="flashes"')[1]


def test_where_somebody_stands(app, crew, planner):
    event, role, shift = crew.place()
    duty = crew.duty(role, shift, crew.person())
    base = f"/events/{event.slug}/staff/duties/{duty.id}"
    assert planner.get(base).status_code == 200
    assert planner.post(f"{base}/station", data={"station": " 2 号 签到台 "}).status_code == 303
    assert loaded(app, Duty, duty.id).station == "2 号 签到台"
    assert planner.post(f"{base}/station", data={"station": "长" * 61}).status_code == 422


def test_it_comes_back_to_where_one_was_and_nowhere_else(crew, planner):
    event, role, shift = crew.place()
    duty = crew.duty(role, shift, crew.person())
    back = f"/events/{event.slug}/staff/by-hour"
    base = f"/events/{event.slug}/staff/duties/remove"
    answer = planner.post(base, data={"ids": duty.id, "next": back})
    assert answer.location == back
    duty = crew.duty(role, shift, crew.person())
    answer = planner.post(base, data={"ids": duty.id, "next": "https://elsewhere.example/"})
    assert urlsplit(answer.location).path == f"/events/{event.slug}/staff/"


def test_another_events_ids_lead_nowhere(app, crew, planner):
    event, role, shift = crew.place()
    theirs, their_role, their_shift = crew.place()
    duty = crew.duty(their_role, their_shift, crew.person())
    mine = crew.duty(role, shift, crew.person())
    base = f"/events/{event.slug}/staff"
    place = {"role_id": role.id, "shift_id": shift.id, "slot": 2}
    for method, path, data in (
        ("get", f"duties/{duty.id}", {}),
        ("post", f"duties/{duty.id}/station", {"station": "x"}),
        ("post", f"duties/{duty.id}/move", place),
        ("post", f"duties/{duty.id}/hand-over", {"person_id": mine.person_id}),
        ("post", "duties/remove", {"ids": duty.id}),
        ("post", "duties", {**place, "role_id": their_role.id, "person_id": mine.person_id}),
        ("post", "duties", {**place, "shift_id": their_shift.id, "person_id": mine.person_id}),
        ("post", f"duties/{mine.id}/move", {**place, "role_id": their_role.id}),
        ("get", f"pick?role_id={their_role.id}", {}),
        ("get", f"pick?duty_id={duty.id}", {}),
        ("get", f"give/{mine.person_id}/{their_shift.id}", {}),
        ("get", f"roles/{their_role.id}", {}),
        ("post", f"roles/{their_role.id}/remove", {}),
        ("post", f"roles/{their_role.id}/place", {}),
        ("get", f"shifts/{their_shift.id}", {}),
        ("post", f"shifts/{their_shift.id}/remove", {}),
    ):
        answer = getattr(planner, method)(f"{base}/{path}", **({"data": data} if method == "post" else {}))
        assert answer.status_code == 404, path
    removed = planner.post(f"/events/{theirs.slug}/staff/duties/remove", data={"ids": duty.id})
    assert removed.status_code == 303
    (offer,) = re.findall(r'action="([^"]*put-back[^"]*)"', planner.get(removed.location).text)
    entry = parse_qs(urlsplit(offer).query)
    assert planner.post(f"{base}/duties/put-back?ids={entry['ids'][0]}").status_code == 404
    assert planner.post(f"{base}/roles", data={f"need-{their_role.id}-{shift.id}": "5"}).status_code == 303
    with app.app_context():
        assert db.session.get(StaffNeed, (their_role.id, shift.id)) is None


def test_a_closed_event_is_only_looked_at(crew, planner):
    event, role, shift = crew.place(status=EventStatus.CLOSED)
    duty = crew.duty(role, shift, crew.person())
    base = f"/events/{event.slug}/staff"
    shown = planner.get(f"{base}/")
    assert shown.status_code == 200
    assert "data-carry" not in shown.text
    for path in ("duties/remove?ids=1", f"duties/{duty.id}/hand-over", "prepare", f"roles/{role.id}/remove"):
        answer = planner.post(f"{base}/{path}", data={"person_id": duty.person_id})
        assert (answer.status_code, answer.json) == (409, None), path


@pytest.mark.parametrize("path", ["", "by-person", "by-hour", "pick"])
def test_a_view_costs_the_same_for_few_and_for_many(app, crew, planner, path):
    event, role, shift = crew.place(required=60)
    address = f"/events/{event.slug}/staff/{path}"
    if path == "pick":
        address += f"?role_id={role.id}&shift_id={shift.id}"
    counts = []
    for _ in range(2):
        start = count(app, Duty)
        for slot in range(start + 1, start + 9):
            crew.duty(role, shift, crew.person(), slot=slot)
        planner.get(address)
        with noted(app) as statements:
            assert planner.get(address).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12


def test_shifts_follow_the_event(app, crew, planner):
    event, _role, shift = crew.place()
    with app.app_context():
        moved = db.session.merge(event)
        moved.starts_at += timedelta(days=3)
        moved.ends_at += timedelta(days=3)
        db.session.commit()
    base = f"/events/{event.slug}/staff"
    assert "staff/shifts/moved" in planner.get(f"{base}/").text
    assert planner.get(f"{base}/shifts/moved").status_code == 200
    assert planner.post(f"{base}/shifts/moved").status_code == 303
    assert loaded(app, Shift, shift.id).starts_at == shift.starts_at + timedelta(days=3)
    assert "staff/shifts/moved" not in planner.get(f"{base}/").text


def test_leaving_raises_an_alarm_and_lists_the_duties(app, crew, planner):
    event, role, shift = crew.place()
    duty = crew.duty(role, shift, crew.person())
    planner.post(f"/staff/people/{duty.person_id}/left")
    assert loaded(app, StaffPerson, duty.person_id).is_active is False
    assert f"pick?duty_id={duty.id}" in planner.get(f"/staff/people/{duty.person_id}").text
    assert f"by-person#p{duty.person_id}" in planner.get(f"/events/{event.slug}/staff/").text
    planner.post(f"/staff/people/{duty.person_id}/back")
    assert loaded(app, StaffPerson, duty.person_id).is_active is True
