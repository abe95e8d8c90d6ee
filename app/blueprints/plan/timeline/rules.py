"""Where a task stands, what it waits for, and what may come after what. Values in, verdict out."""

from collections.abc import Mapping
from datetime import date

from app.errors import N_, SigningDayError
from app.models import TaskState


class DaysTurnedRound(SigningDayError):
    """A task ends after it begins."""

    code = "days_turned_round"
    sentence = N_("A task ends on the day it begins, or later.")


class TaskGoesInCircles(SigningDayError):
    """A task that waits for itself, by whatever way, would never begin."""

    code = "task_goes_in_circles"
    sentence = N_("“%(title)s” already waits for this task, so it cannot come before it.")


def state(starts_on: date, due_on: date, *, is_done: bool, is_free: bool, today: date) -> TaskState:
    """Return where a task stands. It is free when it comes after nothing, or what comes before it is done."""
    if is_done:
        return TaskState.DONE
    if due_on < today:
        return TaskState.LATE
    if starts_on > today:
        return TaskState.AHEAD
    return TaskState.RUNNING if is_free else TaskState.WAITING


def days_late(due_on: date, today: date) -> int:
    return max(0, (today - due_on).days)


def goes_in_circles(task_id: int, after_id: int | None, after_of: Mapping[int, int | None]) -> bool:
    """Tell whether `task_id` would wait for itself when it comes after `after_id`."""
    seen: set[int] = set()
    while after_id is not None and after_id not in seen:
        if after_id == task_id:
            return True
        seen.add(after_id)
        after_id = after_of.get(after_id)
    return False
