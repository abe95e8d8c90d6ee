"""Long work as rows: started by a page, done by the worker, seen in the job tray."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app import clock
from app.extensions import db
from app.models import Job, JobState

Progress = Callable[[int, int], None]  # done, total


@dataclass(frozen=True)
class JobKind:
    """A kind of long work. `run` may be called again after a crash, so it starts by looking at what is done.

    `run(job, progress)` commits its own steps; what it raises fails the job with the error's code.
    """

    name: str
    run: Callable[[Job, Progress], None]


@dataclass(frozen=True)
class Planned:
    """One thing a step of the scheduler would do."""

    step: str
    event_slug: str
    count: int
    due_at: datetime


@dataclass(frozen=True)
class Step:
    """Something the scheduler looks after every minute, for instance asking again three days out.

    `plan(now)` only looks; `run(now)` does it and commits, and doing it twice changes nothing more.
    """

    name: str
    plan: Callable[[datetime], list[Planned]]
    run: Callable[[datetime], int]


def start(kind: str, *, event_id: int | None, arguments: dict[str, Any], by_id: int | None, total: int = 0) -> Job:
    """Write down a job for the worker and return it (flushed, not committed)."""
    job = Job(
        kind=kind,
        event_id=event_id,
        arguments=arguments,
        created_by_id=by_id,
        created_at=clock.now(),
        total=total,
    )
    db.session.add(job)
    db.session.flush()
    return job


def unfinished_of(user_id: int) -> int:
    """Return how many jobs somebody has started that are waiting or running."""
    unfinished = Job.state.in_((JobState.WAITING, JobState.RUNNING))
    statement = select(func.count()).select_from(Job).where(Job.created_by_id == user_id, unfinished)
    return int(db.session.scalar(statement) or 0)
