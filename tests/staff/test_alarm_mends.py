"""Each alarm leads to a page from which one press mends it."""

import re
from datetime import timedelta

import pytest

from app import clock
from app.access import Role
from app.blueprints.staff import queries
from app.blueprints.staff.plan import digest_of
from app.blueprints.staff.rules.alarms import Matter
from app.extensions import db
from app.models import Duty, DutyState, Event

M = Matter


@pytest.fixture
def planner(build):
    return build.client(Role.PLANNER)


def matters(app, event):
    with app.app_context():
        return {each.matter for each in queries.alarms(db.session.get_one(Event, event.id))}


def act_of(planner, event, part):
    """Return the address that an alarm's line leads to: the one with this part in it."""
    text = planner.get(f"/events/{event.slug}/staff/").text.replace("&amp;", "&")
    found = [each for each in re.findall(r'(?:href|action)="([^"]+)"', text) if part in each]
    assert found, part
    return found[0]


def told(app, crew, role, shift, person, state):
    """A duty the person was told two days ago, as it stands."""
    duty = crew.duty(role, shift, person)
    with app.app_context():
        row = db.session.get_one(Duty, duty.id)
        row.state, row.told_at, row.told_digest = state, clock.now() - timedelta(days=2), digest_of(row)
        db.session.commit()
    return duty


def test_no_plan(app, crew, planner):
    event = crew.event()
    assert M.NOT_PLANNED in matters(app, event)
    assert planner.post(act_of(planner, event, "/staff/prepare")).status_code == 303
    assert M.NOT_PLANNED not in matters(app, event)


def test_an_empty_place_and_one_more(app, crew, planner):
    event, role, shift = crew.place(required=2)
    people = [crew.person(), crew.person()]
    for matter, person in zip((M.ROLE_EMPTY, M.ROLE_SHORT), people, strict=True):
        assert matter in matters(app, event)
        address = act_of(planner, event, f"/staff/pick?role_id={role.id}")
        assert f'value="{person.id}"' in planner.get(address).text
        assert planner.post(address, data={"person_id": person.id, "shift_id": shift.id}).status_code == 303
    assert not {M.ROLE_EMPTY, M.ROLE_SHORT} & matters(app, event)


@pytest.mark.parametrize("matter", [M.REFUSED, M.TWO_PLACES, M.HOURS_OVER, M.PERSON_LEFT])
def test_somebody_else_takes_the_duty(app, crew, planner, matter):
    event, role, shift = crew.place()
    person, other = crew.person(), crew.person()
    state = DutyState.REFUSED if matter is M.REFUSED else DutyState.ACKNOWLEDGED
    last = crew.shift(event, 15, 20) if matter is M.HOURS_OVER else shift
    duty = told(app, crew, role, last, person, state)
    if matter in {M.TWO_PLACES, M.HOURS_OVER}:
        told(app, crew, crew.role(event), shift, person, state)
    if matter is M.PERSON_LEFT:
        planner.post(f"/staff/people/{person.id}/left")
    assert matter in matters(app, event)
    if matter is M.PERSON_LEFT:
        row = planner.get(act_of(planner, event, f"by-person#p{person.id}")).text.replace("&amp;", "&")
        duty_page = re.search(rf'href="([^"]*/staff/duties/{duty.id}[^"]*)"', row)
        assert duty_page is not None
        address = f"/events/{event.slug}/staff/pick?duty_id={duty.id}"
        assert f"pick?duty_id={duty.id}" in planner.get(duty_page[1]).text.replace("&amp;", "&")
    else:
        address = act_of(planner, event, "/staff/pick?duty_id=")
        assert address.endswith(f"duty_id={duty.id}") or matter is M.TWO_PLACES
    assert planner.post(address, data={"person_id": other.id, "shift_id": last.id}).status_code == 303
    assert matter not in matters(app, event)


def test_a_deputy_is_named(app, crew, planner):
    event, role, shift = crew.place()
    with app.app_context():
        db.session.merge(role).is_lead = True
        db.session.commit()
    told(app, crew, role, shift, crew.person(), DutyState.ACKNOWLEDGED)
    assert M.DEPUTY_MISSING in matters(app, event)
    deputy = crew.person()
    address = act_of(planner, event, "deputy=1")
    assert planner.post(address, data={"person_id": deputy.id, "shift_id": shift.id}).status_code == 303
    assert M.DEPUTY_MISSING not in matters(app, event)


def test_whoever_does_not_know_is_told(app, crew, planner):
    event, role, shift = crew.place()
    crew.duty(role, shift, crew.person())
    assert M.NOT_TOLD in matters(app, event)
    address = act_of(planner, event, "/staff/notices")
    assert 'name="all"' in planner.get(address).text
    assert planner.post(address, data={"all": "1"}).status_code == 303
    assert M.NOT_TOLD not in matters(app, event)


def test_whoever_has_not_answered_is_ticked_already(app, crew, planner):
    event, role, shift = crew.place(required=2)
    silent, agreed = crew.person(), crew.person()
    told(app, crew, role, shift, silent, DutyState.TOLD)
    crew.duty(role, shift, agreed, slot=2)
    assert M.NOT_ANSWERED in matters(app, event)
    address = act_of(planner, event, "/staff/notices?standing=told")
    ticked = re.findall(r'name="ids" value="(\d+)"[^>]*checked', planner.get(address).text)
    assert ticked == [str(silent.id)]
    said_yes = {"ids": ticked, "how": "by_phone", "said_yes": "1"}
    assert planner.post(f"/events/{event.slug}/staff/notices/by-hand", data=said_yes).status_code == 303
    assert M.NOT_ANSWERED not in matters(app, event)
