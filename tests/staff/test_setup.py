"""Roles, shifts and needs: adding, changing, removing, and following an event that moves."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.access import Role
from app.blueprints.events.rules.dates import Start
from app.blueprints.staff import queries
from app.blueprints.staff.plan import digest_of
from app.blueprints.staff.rules.alarms import Matter
from app.blueprints.staff.setup import actions
from app.errors import StaleChange
from app.extensions import db
from app.models import Duty, DutyState, Grant, Shift, StaffKind, StaffNeed, StaffRole
from tests.staff.conftest import NOW

VALUES = {
    "name": "摄影师",
    "held_by": "",
    "department": "",
    "duties": "会场摄影",
    "stations": "",
    "for_kind": StaffKind.OTHER,
}


@pytest.fixture
def planner(build):
    return build.client(Role.PLANNER)


def count(app, model):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def test_a_role_of_ones_own_stands_below_the_others(session, crew, fresh):
    event = fresh(crew.event())
    first = actions.add_role(event, {**VALUES, "is_lead": False, "grant": Grant.NONE})
    second = actions.add_role(event, {**VALUES, "name": "司机", "is_lead": False, "grant": Grant.DOOR})
    assert [role.id for role in queries.roles(event)] == [first.id, second.id]
    actions.place_role(event, second, up=True)
    assert [role.id for role in queries.roles(event)] == [second.id, first.id]
    actions.place_role(event, second, up=True)  # is first already
    actions.place_role(event, second, up=False)
    assert [role.id for role in queries.roles(event)] == [first.id, second.id]


def test_other_duties_of_a_role_ask_its_people_again(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place())
    duty = fresh(crew.duty(role, shift, crew.person(), state=DutyState.ACKNOWLEDGED))
    duty.told_digest = digest_of(duty)
    session.commit()
    actions.edit_role(event, role, {"held_by": "市场部经理"}, version=role.version)
    assert queries.plan(event).fact_of[duty.id].standing is DutyState.ACKNOWLEDGED
    actions.edit_role(event, role, {"duties": "另一项职责"}, version=role.version)
    assert queries.plan(event).fact_of[duty.id].standing is DutyState.CHANGED
    with pytest.raises(StaleChange):
        actions.edit_role(event, role, {"duties": "x"}, version=1)


def test_needs_are_set_all_at_once(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place(required=2))
    later = fresh(crew.shift(event, 15, 17))
    crew.duty(role, shift, crew.person(), slot=2)
    assert actions.set_needs(event, {(role.id, shift.id): 1, (role.id, later.id): 3}) == 2
    session.commit()
    plan = queries.plan(event)
    assert plan.needs == {(role.id, shift.id): 1, (role.id, later.id): 3}
    assert [(place.slot, place.is_extra) for place in plan.cell(role, shift).places] == [(1, False), (2, True)]
    assert actions.set_needs(event, {(role.id, shift.id): 1}) == 0
    actions.set_needs(event, {(role.id, later.id): 0})
    session.commit()
    assert queries.plan(event).needs == {(role.id, shift.id): 1}


def test_with_a_role_or_shift_its_duties_go(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place())
    other = fresh(crew.role(event))
    crew.duty(role, shift, crew.person())
    crew.duty(other, shift, crew.person())
    actions.remove_role(event, role)
    session.commit()
    assert [duty.role_id for duty in queries.plan(event).duties] == [other.id]
    actions.remove_shift(event, shift)
    session.commit()
    assert session.scalar(select(func.count(Duty.id))) == 0
    assert session.scalar(select(func.count()).select_from(StaffNeed)) == 0


def test_an_event_moved_by_a_month_takes_its_future_shifts_along(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place())
    before = fresh(crew.shift(event, 14, 18, day=-1))
    night = fresh(crew.shift(event, 20, 31, day=-1))
    crew.duty(role, shift, crew.person())
    old = [(each.starts_at, each.ends_at) for each in (before, night, shift)]
    event.starts_at += timedelta(days=31)
    event.ends_at += timedelta(days=31)
    session.commit()
    assert Matter.SHIFTS_NOT_MOVED in [alarm.matter for alarm in queries.alarms(event)]
    assert actions.move_shifts(event) == 3
    session.commit()
    assert Matter.SHIFTS_NOT_MOVED not in [alarm.matter for alarm in queries.alarms(event)]
    assert [(each.starts_at, each.ends_at) for each in (before, night, shift)] == [
        (starts + timedelta(days=31), ends + timedelta(days=31)) for starts, ends in old
    ]
    assert actions.move_shifts(event) == 0


def test_shifts_that_are_over_stay_where_they_were_worked(session, crew, fresh):
    event = fresh(crew.event(starts_at=NOW - timedelta(hours=1)))
    over, ahead = fresh(crew.shift(event, -6, -4)), fresh(crew.shift(event, 9, 15))
    was = over.starts_at
    event.starts_at += timedelta(days=2)
    event.ends_at += timedelta(days=2)
    session.commit()
    assert [shift.id for shift, _ in actions.moved_shifts(event)] == [ahead.id]
    actions.move_shifts(event)
    assert over.starts_at == was


def test_an_event_in_another_zone_keeps_the_clock_on_the_wall(session, crew, fresh):
    event = fresh(crew.event())
    shift = fresh(crew.shift(event, 8, 9))
    event.time_zone = "America/New_York"
    event.starts_at = clock.instant(date(2027, 3, 20), time(9), event.time_zone)
    event.ends_at = event.starts_at + timedelta(hours=8)
    session.commit()
    actions.move_shifts(event)
    assert f"{clock.local(shift.starts_at, 'America/New_York'):%m-%d %H:%M}" == "03-20 08:00"
    assert Start(shift.for_start_at, shift.for_time_zone) == Start(event.starts_at, event.time_zone)


def test_shifts_may_be_meant_to_stay(session, crew, fresh):
    event = fresh(crew.event())
    shift = fresh(crew.shift(event))
    was = shift.starts_at
    event.starts_at += timedelta(hours=1)
    session.commit()
    assert actions.keep_shifts(event) == 1
    session.commit()
    assert (shift.starts_at, actions.moved_shifts(event)) == (was, [])


# --- Pages


def test_the_grid_of_needs(app, crew, planner):
    event, role, shift = crew.place()
    base = f"/events/{event.slug}/staff/roles"
    name = f"need-{role.id}-{shift.id}"
    assert name in planner.get(base).text
    assert planner.post(base, data={name: "４"}).status_code == 303
    with app.app_context():
        assert db.session.get_one(StaffNeed, (role.id, shift.id)).required == 4
    assert planner.post(base, data={name: ""}).status_code == 303
    assert count(app, StaffNeed) == 0


@pytest.mark.parametrize("typed", ["-1", "1.5", "1,5", "两", "1000", "1e3", "٣"])
def test_a_number_of_people_that_is_none(app, crew, planner, typed):
    event, role, shift = crew.place()
    answer = planner.post(f"/events/{event.slug}/staff/roles", data={f"need-{role.id}-{shift.id}": typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    with app.app_context():
        assert db.session.get_one(StaffNeed, (role.id, shift.id)).required == 1


def test_moving_a_role_keeps_typed_numbers(app, crew, planner):
    event, role, shift = crew.place()
    planner.post(f"/events/{event.slug}/staff/roles/{role.id}/place", data={f"need-{role.id}-{shift.id}": "7"})
    with app.app_context():
        assert db.session.get_one(StaffNeed, (role.id, shift.id)).required == 7


def test_the_form_of_a_role(app, crew, planner):
    event, role, _ = crew.place()
    base = f"/events/{event.slug}/staff/roles"
    data = {"name": "摄影师", "duties": "摄影\n\n  录像 ", "for_kind": "other", "grant": "none", "is_lead": "y"}
    assert planner.post(f"{base}/new", data=data).status_code == 303
    with app.app_context():
        made = db.session.scalars(select(StaffRole).where(StaffRole.name == "摄影师")).one()
        assert (made.duties, made.is_lead, made.for_kind) == ("摄影\n录像", True, StaffKind.OTHER)
    for bad in ({"name": ""}, {"duties": "长" * 201}, {"stations": "长" * 61}, {"grant": "admin"}, {"for_kind": "x"}):
        answer = planner.post(f"{base}/{role.id}", data={**data, "version": role.version, **bad})
        assert answer.status_code == 422, bad
    stale = planner.post(f"{base}/{role.id}", data={**data, "version": 99})
    assert (stale.status_code, "摄影师" in stale.text) == (409, True)
    assert planner.post(f"{base}/{role.id}", data={**data, "version": role.version}).status_code == 303
    assert planner.post(f"{base}/{role.id}/remove").status_code == 303


def test_the_form_of_a_shift(app, crew, planner):
    event, _, shift = crew.place()
    base = f"/events/{event.slug}/staff/shifts"
    night = {"name": "夜间值守", "starts_at": "2026-12-17T20:00", "ends_at": "2026-12-18T07:00"}
    assert planner.get(f"{base}/new").status_code == 200
    assert planner.post(f"{base}/new", data=night).status_code == 303
    with app.app_context():
        made = db.session.scalars(select(Shift).where(Shift.name == "夜间值守")).one()
        assert made.starts_at == datetime(2026, 12, 17, 12, tzinfo=UTC)
        assert made.ends_at - made.starts_at == timedelta(hours=11)
    for bad in (
        {"name": ""},
        {"ends_at": "2026-12-17T20:00"},
        {"ends_at": "2026-12-19T20:00"},
        {"starts_at": "soon"},
    ):
        answer = planner.post(f"{base}/{shift.id}", data={**night, "version": shift.version, **bad})
        assert answer.status_code == 422, bad
    assert planner.post(f"{base}/{shift.id}", data={**night, "version": 99}).status_code == 409
    assert planner.post(f"{base}/{shift.id}", data={**night, "version": shift.version}).status_code == 303
    assert planner.post(f"{base}/{shift.id}/remove").status_code == 303
    assert count(app, Shift) == 1


@pytest.mark.parametrize("path", ["roles", "roles/new", "shifts/new", "shifts/moved", "copy"])
def test_only_who_plans_sets_up(crew, build, path):
    event, _, _ = crew.place()
    address = f"/events/{event.slug}/staff/{path}"
    assert build.client(Role.CONFERENCE_AFFAIRS).get(address).status_code == 200
    assert build.client(Role.DIRECTOR).get(address).status_code == 403
