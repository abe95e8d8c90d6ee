"""The timeline as it is shown: each task with where it stands, and the Gantt picture in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.blueprints.plan.timeline.rules import days_late, state
from app.models import Event, Milestone, PlanTask, TaskState

DAY, ROW, HEAD, LABEL = 12, 28, 44, 236  # pixels: a day's width, a row's and the head's height, the width of names
_WIDEST = 17  # full-width signs of a name that fit
_BEFORE, _AFTER = 2, 3  # days of air left and right


@dataclass(frozen=True)
class Shown:
    """A task on a day."""

    task: PlanTask
    state: TaskState
    late_by: int  # days
    is_tight: bool  # begins before what it waits for is due


@dataclass(frozen=True)
class Bar:
    """A task in the picture."""

    shown: Shown
    name: str
    x: int
    y: int
    width: int
    arrow: str  # the path from what comes before it, "" for none


@dataclass(frozen=True)
class Tick:
    """A Monday."""

    x: int
    day: date


@dataclass(frozen=True)
class Diamond:
    """A milestone."""

    x: int
    milestone: Milestone


@dataclass(frozen=True)
class Picture:
    """The Gantt picture. `today` is None where it lies outside."""

    width: int
    height: int
    bars: Sequence[Bar]
    ticks: Sequence[Tick]
    diamonds: Sequence[Diamond]
    event_x: int
    today_x: int | None


def shown(tasks: Sequence[PlanTask], today: date) -> list[Shown]:
    """Return tasks with where they stand."""
    by_id = {task.id: task for task in tasks}
    found = []
    for task in tasks:
        before = by_id.get(task.after_id) if task.after_id else None
        is_free = before is None or before.done_at is not None
        where = state(task.starts_on, task.due_on, is_done=task.done_at is not None, is_free=is_free, today=today)
        late = days_late(task.due_on, today) if where is TaskState.LATE else 0
        is_tight = not is_free and where is not TaskState.DONE and before is not None and before.due_on > task.starts_on
        found.append(Shown(task, where, late, is_tight))
    return found


def picture(event: Event, rows: Sequence[Shown], milestones: Sequence[Milestone], today: date) -> Picture | None:
    """Return where everything lies; None where there is no task."""
    if not rows:
        return None
    day = event.local_start.date()
    first = min(day, *(row.task.starts_on for row in rows)) - timedelta(days=_BEFORE)
    last = max(day, *(row.task.due_on for row in rows)) + timedelta(days=_AFTER)

    def x(at: date) -> int:
        return LABEL + (at - first).days * DAY

    place = {row.task.id: number for number, row in enumerate(rows)}
    bars = []
    for number, row in enumerate(rows):
        task = row.task
        arrow = ""
        if task.after_id in place:
            arrow = _arrow(
                x(rows[place[task.after_id]].task.due_on) + DAY, place[task.after_id], x(task.starts_on), number
            )
        width = (task.due_on - task.starts_on).days * DAY + DAY
        bars.append(Bar(row, _short(task.title), x(task.starts_on), HEAD + number * ROW, width, arrow))
    monday = first + timedelta(days=-first.weekday() % 7)
    ticks = [
        Tick(x(at), at) for n in range((last - monday).days // 7 + 1) if (at := monday + timedelta(days=7 * n)) <= last
    ]
    return Picture(
        width=x(last) + DAY,
        height=HEAD + len(rows) * ROW + 8,
        bars=bars,
        ticks=ticks,
        diamonds=[Diamond(x(each.due_on) + DAY // 2, each) for each in milestones if first <= each.due_on <= last],
        event_x=x(day) + DAY // 2,
        today_x=x(today) + DAY // 2 if first <= today <= last else None,
    )


def _arrow(x_from: int, row_from: int, x_to: int, row_to: int) -> str:
    """Down (or up) from the end of one bar to the beginning of the other, by right angles."""
    y_from, y_to = HEAD + row_from * ROW + ROW // 2, HEAD + row_to * ROW + ROW // 2
    turn = max(x_from + 4, min(x_to - 6, x_from + 8)) if x_to > x_from + 8 else x_from + 4
    if x_to >= turn + 4:
        return f"M{x_from} {y_from}H{turn}V{y_to}H{x_to - 2}"
    middle = y_to - ROW // 2 if y_to > y_from else y_to + ROW // 2
    return f"M{x_from} {y_from}H{turn}V{middle}H{x_to - 8}V{y_to}H{x_to - 2}"


def _short(title: str) -> str:
    room = _WIDEST * 2.0
    for place, sign in enumerate(title):
        room -= 2 if ord(sign) > 0x2E7F else 1.05
        if room < 0:
            return title[: place - 1].rstrip() + "…"
    return title
