"""Seating guests as long work. A small conference is seated while the person waits, by the same steps."""

from datetime import timedelta

from app import clock, jobs, journal
from app.blueprints.seating import actions, queries
from app.blueprints.seating.errors import NoHallYet, SeatingChanged
from app.blueprints.seating.rules.search import solve
from app.blueprints.seating.situation import Keep
from app.blueprints.seating.writing import lock
from app.extensions import db, reading_only
from app.jobs import JobKind, Progress
from app.models import Event, HallPlan, Job, JobState

KIND = "seat_guests"
AT_ONCE = 150  # parties; they take about a second
_TRIES = 4  # when guests or seats change meanwhile
_OUR_LEASE = timedelta(minutes=2)


def start(event: Event, keep: Keep, *, by_id: int) -> Job:
    """Begin to seat everybody whose seat does not stay (flushed). Raises NoHallYet."""
    plan = lock(event)
    job = jobs.start(KIND, event_id=event.id, arguments={"keep": keep.value}, by_id=by_id)
    plan.job_id = job.id
    db.session.flush()
    return job


def run_now(job: Job) -> None:
    """Do a job of ours in this process. Should it die over that, the worker takes it up when the lease has run out."""
    job.state, job.claimed_by, job.lease_until = JobState.RUNNING, "web", clock.now() + _OUR_LEASE
    db.session.commit()
    actor = journal.acting()
    run_seating(job, lambda _done, _total: None)
    journal.act_as(actor)
    job.state, job.done, job.total, job.finished_at = JobState.DONE, 1, 1, clock.now()
    job.lease_until = None
    db.session.commit()


def run_seating(job: Job, progress: Progress) -> None:
    """Look, think without holding a transaction, and write if everything is still as it was."""
    journal.act_as(journal.Actor(job.created_by.name if job.created_by else "system", job.created_by_id))
    event_id, by_id, keep = job.event_id, job.created_by_id, Keep(job.arguments["keep"])
    db.session.commit()
    for _ in range(_TRIES):
        with reading_only():
            problem = queries.situation(db.session.get_one(Event, event_id)).problem(keep)
            db.session.rollback()
        if not problem.tables:
            raise NoHallYet
        solution = solve(problem, progress=progress)
        event = db.session.get_one(Event, event_id)
        lock(event)
        now = queries.situation(event)
        if now.problem(keep) == problem:
            actions.seat(now, solution, by_id=by_id)
            db.session.commit()
            return
        db.session.rollback()
    raise SeatingChanged


def running(plan: HallPlan | None) -> Job | None:
    """Return the job that seats guests just now."""
    job = plan.job if plan else None
    return job if job is not None and job.state in {JobState.WAITING, JobState.RUNNING} else None


KINDS = (JobKind(KIND, run_seating),)
