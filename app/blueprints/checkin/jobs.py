"""Long work of the door: badge PDFs. Up to `AT_ONCE` badges are drawn while the person waits, by the same steps."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import current_app

from app import clock, files, jobs, journal
from app.blueprints.checkin.badges import BadgeSize, actions, queries
from app.blueprints.checkin.badges import print as cards
from app.blueprints.checkin.badges.queries import Order, Wearer, Which
from app.extensions import db
from app.jobs import JobKind, Progress
from app.models import Event, Job, JobState

KIND = "badges"
AT_ONCE = 50
_OUR_LEASE = timedelta(minutes=2)


def arguments(which: Which, ids: Sequence[int], order: Order, size: BadgeSize) -> dict[str, Any]:
    """Return what a job of ours is told, as plain values."""
    return {"which": which.value, "ids": list(ids), "order": order.value, "size": size.value}


def people_of(event: Event, told: dict[str, Any]) -> list[Wearer]:
    """Return whose badges a job prints, in the order of printing; "only" names one of a guest's party."""
    people = queries.chosen(event, Which(told["which"]), told["ids"], Order(told["order"]))
    return [each for each in people if each.key[1] == told["only"]] if "only" in told else people


def draw(event: Event, people: Sequence[Wearer], size: BadgeSize) -> tuple[bytes, list[int]]:
    """Return the PDF and the ids of the badges in it.

    Commits the codes first: drawing takes a while, and the door must not wait for it.
    """
    people = actions.ensure_badges(event, people, at=clock.now())
    heading, faces, language = cards.heading(event), cards.faces(event, people), cards.language_of(event)
    badge_ids = [each.badge.id for each in people if each.badge is not None]
    db.session.commit()
    return cards.pdf_of(heading, faces, size=size, language=language), badge_ids


def run_badges(job: Job, progress: Progress) -> None:
    """Draw what the job says and keep the file. After a crash it starts over: badges that exist keep their codes."""
    event = db.session.get_one(Event, job.event_id)
    journal.act_as(journal.Actor(job.created_by.name if job.created_by else "system", job.created_by_id))
    told = dict(job.arguments)
    people = people_of(event, told)
    total = len(people)
    progress(0, total)
    if not people:
        return
    size = BadgeSize(told["size"])
    content, badge_ids = draw(event, people, size)
    file = files.keep(
        content,
        folder=current_app.config["SIGNING_DAY_HOME"],
        name=f"badges-{event.slug}-{size.value}.pdf",
        media_type="application/pdf",
        by_id=job.created_by_id,
    )
    job.result_file_id = file.id
    actions.mark_printed(event, badge_ids, at=clock.now())
    db.session.commit()
    progress(total, total)


def _unseen(_done: int, _total: int) -> None:
    """Nobody watches the progress of what is done at once."""


def run_now(event: Event, told: dict[str, Any], *, by_id: int, total: int) -> Job:
    """Do a small job at once. Should this process die over it, the worker takes it up when the lease has run out."""
    job = jobs.start(KIND, event_id=event.id, arguments=told, by_id=by_id, total=total)
    job.state, job.claimed_by, job.lease_until = JobState.RUNNING, "web", clock.now() + _OUR_LEASE
    actor = journal.acting()
    run_badges(job, _unseen)
    journal.act_as(actor)
    job.state, job.done, job.finished_at = JobState.DONE, total, clock.now()
    db.session.commit()
    return job


KINDS = (JobKind(KIND, run_badges),)
