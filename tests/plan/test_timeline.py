"""The timeline: rules without a database, then days that move, late ones that reach people, the calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from app import clock
from app.access import Role
from app.blueprints.events import following
from app.blueprints.events.rules.dates import Move, Start
from app.blueprints.plan.timeline import actions, jobs, queries, rules, shown, template
from app.blueprints.plan.timeline.actions import Said
from app.models import Duty, Event, Message, PlanTask, Shift, StaffPerson, StaffRole, TaskState
from tests.plan.conftest import NOW, START

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("begins", "due", "is_done", "is_free", "state"),
    [
        (-3, -1, False, True, TaskState.LATE),
        (-3, -1, True, True, TaskState.DONE),
        (-3, 0, False, True, TaskState.RUNNING),
        (-3, 0, False, False, TaskState.WAITING),
        (1, 3, False, True, TaskState.AHEAD),
    ],
)
def test_where_a_task_stands(begins, due, is_done, is_free, state):
    stands = rules.state(TODAY + begins * DAY, TODAY + due * DAY, is_done=is_done, is_free=is_free, today=TODAY)
    assert stands is state


@settings(max_examples=60)
@given(
    st.dictionaries(st.integers(1, 8), st.integers(1, 8) | st.none(), max_size=8), st.integers(1, 8), st.integers(1, 8)
)
def test_nothing_ever_waits_for_itself(wanted, task, after):
    """Whatever is set one after the other, what is allowed leads to an end."""
    chain: dict[int, int | None] = {}
    for key, value in [*wanted.items(), (task, after)]:
        if not rules.goes_in_circles(key, value, chain):
            chain[key] = value
    for key in chain:
        seen: list[int] = []
        at: int | None = key
        while at is not None:
            assert at not in seen
            seen.append(at)
            at = chain.get(at)


def test_the_template_is_in_order():
    keys = [row.key for row in template.TASKS]
    assert len(keys) == len(set(keys)) > 25
    due = {row.key: row.due for row in template.TASKS}
    for row in template.TASKS:
        assert row.begins <= row.due
        assert not row.after or (keys.index(row.after) < keys.index(row.key) and due[row.after] <= row.due)


@pytest.fixture
def laid_out(event, session):
    def make(**values):
        row = event(**values)
        actions.lay_out(row)
        session.commit()
        return row, {task.key: task for task in queries.tasks(row)}

    return make


def test_the_template_counts_back_from_the_event(laid_out, session):
    row, tasks = laid_out()
    assert (tasks["held"].due_on, tasks["badges_printed"].due_on) == (date(2026, 12, 18), date(2026, 12, 17))
    assert tasks["plan_written"].due_on == TODAY  # nothing has been missed by whoever starts late
    assert tasks["held"].after_id == tasks["run_through"].id
    actions.remove(row, tasks["run_through"])
    assert tasks["held"].after_id == tasks["hall_set_up"].id
    assert actions.lay_out(row) == 1
    again = {task.key: task for task in queries.tasks(row)}
    assert again["run_through"].after_id == again["hall_set_up"].id
    assert len(again) == len(template.TASKS)
    picture = shown.picture(row, shown.shown(queries.tasks(row), TODAY), [], TODAY)
    assert picture is not None
    assert len(picture.bars) == len(again)
    assert all(0 < bar.x < picture.width for bar in picture.bars)


def test_moving_the_event_moves_what_is_not_done(laid_out, session, people):
    row, tasks = laid_out()
    actions.tick(row, tasks["badges_printed"], is_done=True, by_id=people[Role.PLANNER].id)
    before = {key: (task.starts_on, task.due_on) for key, task in tasks.items()}
    old = Start(row.starts_at, row.time_zone)
    new = Start(row.starts_at + 7 * DAY, row.time_zone)
    following.moved(row, Move(old, new, 0, row.starts_at, row.starts_at, False, None, None, 0))
    for key, task in tasks.items():
        days = 0 if key == "badges_printed" else 7
        assert (task.starts_on, task.due_on) == tuple(day + days * DAY for day in before[key])


def test_a_copy_takes_the_tasks_along(laid_out, event, session, people):
    row, tasks = laid_out()
    tasks["held"].owner_id = people[Role.DIRECTOR].id
    actions.tick(row, tasks["held"], is_done=True, by_id=people[Role.DIRECTOR].id)
    copy = event(starts_at=START + 30 * DAY, ends_at=START + 30 * DAY + timedelta(hours=5))
    for with_people, owner in ((False, None), (True, people[Role.DIRECTOR].id)):
        session.query(PlanTask).filter_by(event_id=copy.id).delete()
        actions._copy(row, copy, with_people)
        copied = {task.key: task for task in queries.tasks(copy)}
        assert copied["held"].due_on == date(2027, 1, 17)
        assert (copied["held"].done_at, copied["held"].owner_id) == (None, owner)
        assert copied["held"].after_id == copied["run_through"].id


def test_late_tasks_reach_whoever_is_in_charge_and_the_commander(laid_out, session, people, build):
    row, tasks = laid_out()
    owner, commander = people[Role.PLANNER], people[Role.DIRECTOR]
    for key in ("venue_booked", "talks_written"):
        tasks[key].owner_id = owner.id
    _command(session, row, commander)
    session.commit()
    late = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)  # 08:30: before the morning
    with clock.stopped_at(late):
        assert jobs.run_late(late) == 0
    late += timedelta(hours=1)
    with clock.stopped_at(late):
        assert sum(each.count for each in jobs.plan_late(late)) > 1
        assert jobs.run_late(late) == 2  # one mail each
        session.commit()
        assert jobs.run_late(late) == 0  # and not twice
    later = datetime(2026, 12, 5, 2, tzinfo=UTC)  # the talks should be written
    with clock.stopped_at(later):
        assert jobs.run_late(later) == 2
        session.commit()
        for task in queries.tasks(row):
            if task.due_on < later.date():
                actions.tick(row, task, is_done=True, by_id=owner.id)
        session.commit()
        assert jobs.run_late(later) == 0
    addresses = sorted(each.address for each in session.query(Message).filter_by(template=jobs.LATE))
    assert addresses == sorted([owner.login, commander.login] * 2)


def _command(session, event, user):
    person = StaffPerson(user_id=user.id, name=user.name, created_at=NOW)
    role = StaffRole(event_id=event.id, key=jobs.COMMANDER, name="执行总指挥")
    shift = Shift(
        event_id=event.id,
        name="全天",
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        for_start_at=event.starts_at,
        for_time_zone=event.time_zone,
    )
    session.add_all([person, role, shift])
    session.flush()
    session.add(
        Duty(event_id=event.id, role_id=role.id, person_id=person.id, shift_id=shift.id, slot=1, created_at=NOW)
    )


def test_pages_of_the_timeline_and_of_ones_own_tasks(event, people, ask, session):
    row = event()
    base = f"/events/{row.slug}/plan"
    planner, rep = people[Role.PLANNER], people[Role.SALES_REP]
    assert ask(planner, "GET", f"{base}/timeline").status_code == 200
    assert ask(planner, "POST", f"{base}/timeline/template").status_code == 303
    assert ask(planner, "GET", f"{base}/timeline?show=late").status_code == 200
    sent = {"title": "订花", "department": "市场部", "starts_on": "2026-12-01", "due_on": "2026-11-01", "after_id": ""}
    assert ask(planner, "POST", f"{base}/tasks/new", **sent).status_code == 422
    sent |= {"due_on": "2026-12-02", "owner_id": str(rep.id)}
    assert ask(planner, "POST", f"{base}/tasks/new", **sent).status_code == 303
    task = session.query(PlanTask).filter_by(title="订花").one()
    first = session.query(PlanTask).filter_by(key="plan_written").one()
    assert ask(planner, "POST", f"{base}/tasks/{task.id}", **sent | {"after_id": str(first.id)}).status_code == 303
    circle = sent | {"title": "x", "after_id": str(task.id)}
    assert ask(planner, "POST", f"{base}/tasks/{first.id}", **circle).status_code == 422
    assert ask(rep, "GET", f"{base}/timeline").status_code == 403
    assert "订花" in ask(rep, "GET", "/tasks/").text
    assert ask(rep, "POST", f"/tasks/{first.id}/done").status_code == 404  # somebody else's
    assert ask(rep, "POST", "/tasks/calendar").status_code == 303
    _calendar(ask, rep, task.id, session)
    assert ask(rep, "POST", f"/tasks/{task.id}/done").status_code == 303
    assert session.get(PlanTask, task.id).done_by_id == rep.id
    assert ask(planner, "POST", f"{base}/tasks/{task.id}/remove").status_code == 303


def _calendar(ask, rep, task_id, session):
    link = queries.calendar_link(rep.id)
    assert link is not None
    token = link.token
    answer = ask(rep, "GET", f"/calendar/{token}.ics")
    entries = Calendar.from_ical(answer.data).walk("VEVENT")
    assert [(str(each["UID"]).split("@")[0], each.decoded("DTSTART")) for each in entries] == [
        (f"task-{task_id}", date(2026, 12, 2))
    ]
    assert ask(rep, "POST", "/tasks/calendar").status_code == 303
    assert ask(rep, "GET", f"/calendar/{token}.ics").status_code == 404
    assert ask(rep, "GET", "/calendar/x.ics").status_code == 404


def test_who_is_asked_is_said(event, session):
    row = session.get(Event, event().id)
    with pytest.raises(rules.DaysTurnedRound):
        actions.add(row, Said("x", "", None, TODAY, TODAY - DAY, None))
