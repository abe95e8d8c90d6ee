"""Staffing an event like an earlier one."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.access import Role
from app.blueprints.staff import actions as duties
from app.blueprints.staff import queries
from app.blueprints.staff.earlier import actions
from app.blueprints.staff.rules.places import StaffPlanClosed
from app.errors import SigningDayError
from app.extensions import db
from app.models import Duty, DutyState, EventStatus, Grant, StaffKind, StaffRole
from tests.staff.conftest import NOW, START


@pytest.fixture
def earlier(session, crew, fresh):
    """A spring conference with the standard plan, its host and two receptionists, and the autumn one without any."""
    spring = fresh(crew.event(starts_at=START - timedelta(days=200), status=EventStatus.OPEN))
    duties.prepare(spring)
    session.commit()
    people = [fresh(crew.person(name)) for name in ("周子墨", "林晚晴", "许佳怡")]
    plan = queries.plan(spring)
    roles = {role.key: role for role in plan.roles}
    shifts = {shift.key: shift for shift in plan.shifts}
    duties.assign(spring, roles["host"], people[0], [shifts["conference"], shifts["signing"]])
    duties.assign(spring, roles["receptionist"], people[1], [shifts["reception"]])
    duties.assign(spring, roles["receptionist"], people[2], [shifts["reception"]], slot=3)
    duties.assign(spring, roles["hall_lead"], people[1], [shifts["conference"]], is_deputy=True)
    spring.status = EventStatus.CLOSED
    session.commit()
    autumn = fresh(crew.event())
    return spring, autumn, people


def laid_out(plan):
    return [(shift.key, f"{clock.local(shift.starts_at, plan.event.time_zone):%m-%d %H:%M}") for shift in plan.shifts]


def held(plan):
    return sorted((duty.role.key, duty.shift.key, duty.slot, duty.is_deputy, duty.person.name) for duty in plan.duties)


def test_everything_comes_along_and_moves_with_the_date(session, earlier):
    spring, autumn, _ = earlier
    found = actions.copy(spring, autumn, with_people=True)
    session.commit()
    before, after = queries.plan(spring), queries.plan(autumn)
    assert [role.key for role in after.roles] == [role.key for role in before.roles]
    assert [role.duties for role in after.roles] == [role.duties for role in before.roles]
    assert laid_out(after) == [
        ("set_up", "12-17 14:00"),
        ("reception", "12-18 08:00"),
        ("conference", "12-18 09:00"),
        ("signing", "12-18 15:00"),
        ("tear_down", "12-18 16:30"),
    ]
    assert held(after) == held(before)
    assert (found.duties, len(found.roles), len(found.shifts)) == (5, 7, 5)
    assert after.required == before.required
    assert {duty.state for duty in after.duties} == {DutyState.PLANNED}
    assert all(shift.for_start_at == autumn.starts_at for shift in after.shifts)
    assert after.roles[-2].grant is Grant.DOOR


def test_twice_is_once(session, earlier):
    spring, autumn, _ = earlier
    actions.copy(spring, autumn, with_people=True)
    session.commit()
    once = held(queries.plan(autumn))
    found = actions.copy(spring, autumn, with_people=True)
    session.commit()
    assert held(queries.plan(autumn)) == once
    assert (found.duties, found.roles, found.shifts) == (0, [], [])


def test_what_is_here_already_stays_and_is_filled_up(session, crew, fresh, earlier):
    spring, autumn, people = earlier
    duties.prepare(autumn)
    session.commit()
    plan = queries.plan(autumn)
    host = next(role for role in plan.roles if role.key == "host")
    conference = next(shift for shift in plan.shifts if shift.key == "conference")
    host.name = "双语主持人"
    mine = fresh(crew.person("本场主持"))
    duties.assign(autumn, host, mine, [conference])
    session.commit()
    found = actions.copy(spring, autumn, with_people=True)
    session.commit()
    after = queries.plan(autumn)
    assert (len(after.roles), found.duties) == (7, 4)
    assert [row for row in held(after) if row[0] == "host"] == [
        ("host", "conference", 1, False, "本场主持"),
        ("host", "signing", 1, False, people[0].name),
    ]


def test_who_left_or_refused_does_not_come_along_and_who_is_busy_does(session, crew, fresh, earlier):
    spring, autumn, people = earlier
    people[0].is_active = False
    refused = next(duty for duty in queries.plan(spring).duties if duty.person_id == people[2].id)
    refused.state = DutyState.REFUSED
    other = crew.event()
    crew.duty(crew.role(other), crew.shift(other, 7, 9), fresh(people[1]))
    session.commit()
    seen = actions.preview(spring, autumn, with_people=True)
    found = actions.copy(spring, autumn, with_people=True)
    session.commit()
    for copied in (seen, found):
        assert (copied.left, copied.refused, copied.busy) == ({"周子墨"}, {"许佳怡"}, {"林晚晴"})
        assert (copied.duties, copied.people) == (2, {"林晚晴"})
    assert {duty.person.name for duty in queries.plan(autumn).duties} == {"林晚晴"}


def test_without_people(session, earlier):
    spring, autumn, _ = earlier
    assert actions.preview(spring, autumn, with_people=False).duties == 0
    actions.copy(spring, autumn, with_people=False)
    session.commit()
    plan = queries.plan(autumn)
    assert (len(plan.roles), list(plan.duties)) == (7, [])


def test_roles_of_ones_own_are_known_again_by_name(session, crew, fresh, earlier):
    spring, autumn, _ = earlier
    for event in (spring, autumn):
        crew.role(event, name="摄影师", for_kind=StaffKind.OTHER)
    session.commit()
    actions.copy(spring, autumn, with_people=True)
    session.commit()
    assert session.scalar(select(func.count()).where(StaffRole.event_id == autumn.id, StaffRole.name == "摄影师")) == 1


def test_shifts_that_would_be_over_bring_nobody(session, crew, fresh, earlier):
    spring, _, _ = earlier
    soon = fresh(crew.event(starts_at=NOW - timedelta(hours=2)))
    found = actions.copy(spring, soon, with_people=True)
    session.commit()
    assert found.over == {"签到接待"}
    assert {duty.shift.key for duty in queries.plan(soon).duties} == {"conference", "signing"}


def test_an_event_without_a_plan_brings_nothing(session, crew, fresh, earlier):
    _, autumn, _ = earlier
    with pytest.raises(SigningDayError) as refused:
        actions.copy(fresh(crew.event()), autumn, with_people=True)
    assert refused.value.code == "nothing_to_copy"


def test_a_closed_event_is_not_staffed_any_more(session, earlier):
    spring, autumn, _ = earlier
    autumn.status = EventStatus.CLOSED
    with pytest.raises(StaffPlanClosed):
        actions.copy(spring, autumn, with_people=True)


def test_experience_is_known_from_earlier_events(session, earlier):
    spring, autumn, people = earlier
    duties.prepare(autumn)
    session.commit()
    roles = {role.key: role for role in queries.roles(autumn)}
    assert queries.did_it(autumn, roles["host"]) == {people[0].id: (spring.name,)}
    assert queries.did_it(spring, roles["host"]) == {}  # nobody has worked in the future


def test_the_page_shows_first_and_does_then(app, session, build, earlier):
    spring, autumn, _ = (row for row in earlier)
    ids = (spring.id, autumn.slug)
    session.commit()
    client = build.client(Role.PLANNER)
    base = f"/events/{ids[1]}/staff/copy"
    shown = client.get(base, query_string={"source_id": ids[0], "with_people": "y"})
    assert shown.status_code == 200
    assert "周子墨" in shown.text
    assert "周子墨" not in client.get(base, query_string={"source_id": ids[0]}).text
    assert client.post(base, data={"source_id": 999, "with_people": "y"}).status_code == 422
    assert db.session.scalar(select(func.count(Duty.id))) == 5
    session.commit()
    assert client.post(base, data={"source_id": ids[0], "with_people": "y"}).status_code == 303
    assert db.session.scalar(select(func.count(Duty.id))) == 10
