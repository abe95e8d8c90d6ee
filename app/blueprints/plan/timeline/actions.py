"""What is done to the timeline. Nothing here commits."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app import clock, journal, tokens
from app.blueprints.events import following
from app.blueprints.events.rules.dates import Move, Start, days_moved
from app.blueprints.plan.actions import check_open
from app.blueprints.plan.timeline import queries, template
from app.blueprints.plan.timeline.rules import DaysTurnedRound, TaskGoesInCircles, goes_in_circles
from app.extensions import db
from app.models import CalendarLink, Event, PlanTask


@dataclass(frozen=True)
class Said:
    """What somebody says of a task."""

    title: str
    department: str
    owner_id: int | None
    starts_on: date
    due_on: date
    after_id: int | None
    note: str = ""


def lay_out(event: Event) -> int:
    """Give an event the tasks of the trade that it does not have yet; returns how many came."""
    check_open(event)
    db.session.execute(select(Event.id).where(Event.id == event.id).with_for_update())
    known = {task.key: task for task in queries.tasks(event)}
    made = template.tasks(event, clock.today(event.time_zone))
    fresh = [task for key, task in made.items() if key not in known]
    for task in fresh:
        if task.after is not None and task.after.key in known:
            task.after = known[task.after.key]
    db.session.add_all(fresh)
    if fresh:
        journal.record("plan_task.template", event, event_id=event.id, changes={"tasks": [None, len(fresh)]})
    db.session.flush()
    return len(fresh)


def add(event: Event, said: Said) -> PlanTask:
    """Add a task of one's own."""
    check_open(event)
    row = PlanTask(event_id=event.id, title=said.title, starts_on=said.starts_on, due_on=said.due_on)
    _set(event, row, said)
    db.session.add(row)
    journal.record("plan_task.added", row)
    db.session.flush()
    return row


def edit(event: Event, row: PlanTask, said: Said) -> None:
    """Change a task."""
    check_open(event)
    _set(event, row, said)
    if changes := journal.changes_of(row):
        journal.record("plan_task.edited", row, changes={"title": [row.title, row.title]} | changes)
    db.session.flush()


def _set(event: Event, row: PlanTask, said: Said) -> None:
    if said.due_on < said.starts_on:
        raise DaysTurnedRound
    tasks = {task.id: task for task in queries.tasks(event)}
    after = said.after_id if said.after_id in tasks else None
    if row.id and goes_in_circles(row.id, after, {key: task.after_id for key, task in tasks.items()}):
        raise TaskGoesInCircles(title=tasks[after].title if after else "")
    row.title, row.department, row.owner_id = said.title, said.department, said.owner_id
    row.starts_on, row.due_on, row.after_id, row.note = said.starts_on, said.due_on, after, said.note


def tick(event: Event, row: PlanTask, *, is_done: bool, by_id: int) -> None:
    """Say that a task is done, or that it is not after all. Twice is once."""
    check_open(event)
    if (row.done_at is not None) == is_done:
        return
    row.done_at, row.done_by_id = (clock.now(), by_id) if is_done else (None, None)
    code = "plan_task.done" if is_done else "plan_task.opened"
    journal.record(code, row, changes={"title": [None, row.title]})
    db.session.flush()


def remove(event: Event, row: PlanTask) -> None:
    """Take a task away; what came after it comes after what it came after."""
    check_open(event)
    for task in queries.tasks(event):
        if task.after_id == row.id:
            task.after_id = row.after_id
    journal.record("plan_task.removed", row, changes={"title": [row.title, None]})
    db.session.flush()
    db.session.delete(row)
    db.session.flush()


def renew_link(user_id: int) -> CalendarLink:
    """Give somebody a calendar address; an earlier one answers no more."""
    row = queries.calendar_link(user_id)
    if row is None:
        row = CalendarLink(user_id=user_id, token="", created_at=clock.now())
        db.session.add(row)
    row.token, row.created_at = tokens.new_link_token(), clock.now()
    db.session.flush()
    return row


def _shift(row: PlanTask, days: int) -> None:
    row.starts_on, row.due_on = row.starts_on + timedelta(days=days), row.due_on + timedelta(days=days)


def _move(event: Event, move: Move) -> None:
    """What is not done keeps its distance from the event; what is done stays where it was."""
    moved = [task for task in queries.tasks(event) if task.done_at is None] if move.days else []
    for task in moved:
        _shift(task, move.days)
    if moved:
        journal.record("plan_task.moved", event, event_id=event.id, changes={"tasks": [None, len(moved)]})
        db.session.flush()


def _copy(source: Event, event: Event, with_people: bool) -> None:
    """The copy gets the tasks as far from its own day, none of them done."""
    days = days_moved(Start(source.starts_at, source.time_zone), Start(event.starts_at, event.time_zone))
    made = {}
    for task in queries.tasks(source):
        made[task.id] = PlanTask(
            event_id=event.id,
            key=task.key,
            title=task.title,
            department=task.department,
            owner_id=task.owner_id if with_people else None,
            starts_on=task.starts_on,
            due_on=task.due_on,
            note=task.note,
        )
        _shift(made[task.id], days)
    db.session.add_all(made.values())
    db.session.flush()
    for task in queries.tasks(source):
        if task.after_id is not None:
            made[task.id].after_id = made[task.after_id].id
    db.session.flush()


following.on_copy("plan", _copy)
following.on_move("plan", _move)
