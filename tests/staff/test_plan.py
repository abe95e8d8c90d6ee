"""A plan as loaded: its queries, its figures, the days by the hour, and what other pages hear of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app import clock, demo
from app.access import Role
from app.blueprints.staff import queries
from app.blueprints.staff.board import timeline
from app.blueprints.staff.rules.alarms import Matter
from app.extensions import db
from app.models import Duty, DutyState, Event, EventStatus, StaffKind, StaffPerson
from tests.build.statements import noted
from tests.staff.conftest import START

S = DutyState


def test_plans_cost_five_queries_however_many_there_are(app, session, crew, fresh):
    events = []
    for _ in range(4):
        event, role, shift = crew.place(required=3)
        for slot in (1, 2):
            crew.duty(role, shift, crew.person(), slot=slot)
        events.append(event)
    for some in (events[:1], events):
        loaded = [fresh(event) for event in some]
        session.commit()
        with noted(app) as statements:
            for plan in queries.plans(loaded).values():
                assert plan.filled == 2
                assert plan.alarms
                assert plan.facts.elsewhere == () or plan.elsewhere
        assert len([each for each in statements if "FROM events" not in each or "duties" in each]) == 5


def test_somebody_on_duty_at_two_events_is_an_alarm_at_both(session, crew, fresh):
    person = crew.person()
    events = []
    for _ in range(2):
        event, role, shift = crew.place()
        crew.duty(role, shift, person, state=S.ACKNOWLEDGED)
        events.append(event)
    plans = queries.plans([fresh(event) for event in events])
    for event in events:
        plan = plans[event.id]
        assert Matter.TWO_PLACES in [alarm.matter for alarm in plan.alarms]
        assert plan.clashing >= {duty.id for duty in plan.duties}


def test_an_archived_event_keeps_nobody_busy(session, crew, fresh):
    person = crew.person()
    for status in (EventStatus.OPEN, EventStatus.ARCHIVED):
        event, role, shift = crew.place(status=status)
        crew.duty(role, shift, person, state=S.ACKNOWLEDGED)
        if status is EventStatus.OPEN:
            ours = event
    assert queries.plan(fresh(ours)).elsewhere == []


def test_figures(session, crew, fresh):
    event, role, shift = crew.place(required=4)
    hired = [crew.person(kind=StaffKind.HOST, day_rate=Decimal(500)) for _ in range(3)]
    own = crew.person(day_rate=Decimal(900))
    for slot, (person, state) in enumerate(
        zip([*hired, own], (S.ACKNOWLEDGED, S.REFUSED, S.PLANNED, S.ACKNOWLEDGED), strict=True), start=1
    ):
        crew.duty(role, shift, person, slot=slot, state=state)
    later = crew.shift(event, 15, 17)
    crew.duty(role, later, hired[0], state=S.PLANNED)
    plan = queries.plan(fresh(event))
    assert (plan.required, plan.filled) == (4, 3)
    assert plan.hired_cost == Decimal(1000)  # the first one's day once, nothing for who refused
    assert plan.least_far[hired[0].id] is S.PLANNED
    assert plan.counts()[S.ACKNOWLEDGED] == 1
    assert plan.hours_of[hired[0].id] == timedelta(hours=8)
    assert plan.days_of[own.id] == {date(2026, 12, 18): timedelta(hours=6)}
    assert plan.busy_shifts(hired[0].id) == {shift.id, later.id}
    assert plan.busy_shifts(hired[1].id) == set()


def test_a_day_by_the_hour(session, crew, fresh):
    event = crew.event()
    role = crew.role(event)
    morning, noon, night = crew.shift(event, 8.5, 12), crew.shift(event, 11, 14.25), crew.shift(event, 20, 26)
    before = crew.shift(event, 14, 18, day=-1)
    for shift in (morning, noon, night, before):
        crew.need(role, shift)
    days = timeline.days(queries.plan(fresh(event)))
    assert [day.day for day in days] == [date(2026, 12, 17), date(2026, 12, 18)]
    day = days[1]
    # From 8:00 to 2:00 of the next morning, in columns of five minutes.
    assert (len(day.hours), day.columns) == (18, 18 * 12)
    assert [[bar.columns for bar in line] for line in day.shifts] == [[6, 42, 96, 72], [36, 39, 141]]
    (group,) = day.groups
    assert [[(bar.columns, bar.place is not None) for bar in track.bars] for track in group.tracks] == [
        [(6, False), (42, True), (96, False), (72, True)],
        [(36, False), (39, True), (141, False)],
    ]
    for track in group.tracks:
        assert sum(bar.columns for bar in track.bars) == day.columns


def test_the_overview_and_home_hear_of_it(crew, build):
    event, role, shift = crew.place()
    crew.duty(role, shift, crew.person(), state=S.REFUSED)
    pick = f"/events/{event.slug}/staff/pick?duty_id=1"
    planner = build.client(Role.PLANNER)
    assert pick in planner.get(f"/events/{event.slug}/").text
    assert pick in planner.get("/").text
    for role_ in (Role.SALES_REP, Role.FINANCE):
        assert "/staff/" not in build.client(role_).get(f"/events/{event.slug}/").text
    director = build.client(Role.DIRECTOR).get(f"/events/{event.slug}/").text
    assert f"/events/{event.slug}/staff/" in director
    assert pick not in director


def test_several_things_are_one_line_elsewhere(crew, build):
    event, _, _ = crew.place(required=2)
    for _ in range(5):
        role, shift = crew.role(event), crew.shift(event)
        crew.need(role, shift)
    text = build.client(Role.PLANNER).get(f"/events/{event.slug}/").text
    assert text.count("staff/pick?") == 3
    home = build.client(Role.PLANNER).get("/").text
    assert home.count(f"/events/{event.slug}/staff/") == 1


def test_of_an_event_far_off_only_what_is_grave_is_told_elsewhere(crew, build):
    event, _, _ = crew.place(starts_at=START + timedelta(days=60))
    planner = build.client(Role.PLANNER)
    assert "staff/pick?" not in planner.get(f"/events/{event.slug}/").text
    assert "staff/pick?" in planner.get(f"/events/{event.slug}/staff/").text


@pytest.mark.slow
def test_the_sample_conferences_are_staffed(app):
    with app.app_context(), clock.stopped_at(clock.now()):
        demo.make()
        plans = queries.plans(list(db.session.scalars(select(Event))))
        by_slug = {plan.event.slug: plan for plan in plans.values()}
        running = {alarm.matter for alarm in by_slug["autumn-central"].alarms}
        assert running == {Matter.REFUSED, Matter.NOT_ANSWERED}
        planned = {alarm.matter for alarm in by_slug["winter-east"].alarms}
        assert planned >= {
            *(Matter.PERSON_LEFT, Matter.TWO_PLACES, Matter.ROLE_EMPTY, Matter.ROLE_SHORT),
            *(Matter.NOT_TOLD, Matter.NOT_ANSWERED, Matter.DEPUTY_MISSING),
        }
        assert by_slug["spring-xianggan"].filled == by_slug["spring-xianggan"].required
        assert {each.kind for each in db.session.scalars(select(StaffPerson))} >= {StaffKind.OWN, StaffKind.HOST}
        assert db.session.scalar(select(Duty.id).limit(1))
        db.session.rollback()
