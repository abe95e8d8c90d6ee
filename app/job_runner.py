"""Doing jobs: claimed with a lease that is renewed while they run, taken up again after a crash."""

import logging
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import Event as Flag
from threading import Thread
from typing import Any, Self

from flask import Flask, current_app
from sqlalchemy import or_, select, update
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from app import clock
from app.errors import SigningDayError
from app.extensions import db, reading_only
from app.jobs import JobKind, Progress
from app.models import Job, JobState

_LOG = logging.getLogger("signing_day.jobs")

LEASE = timedelta(seconds=90)
_PULSE = 1.0  # seconds between two looks at the progress
_RENEW = 15.0  # seconds between two renewals of the lease
TRIES = 3


class Stopping(Exception):
    """The worker was told to stop: the job goes back and is taken up again when a worker runs."""


class JobRunner:
    """Does waiting jobs one after another. One thread uses it; several in one or many processes get along."""

    def __init__(self, name: str, kinds: Iterable[JobKind], *, stop: Flag | None = None) -> None:
        self._name = name
        self._kinds = {kind.name: kind for kind in kinds}
        self._stop = stop or Flag()

    def run(self) -> int:
        """Do jobs until none waits or we are told to stop; return how many were done."""
        done = 0
        while not self._stop.is_set() and (job_id := self._claim(clock.now())) is not None:
            self._do(job_id)
            done += 1
        return done

    def _claim(self, now: datetime) -> int | None:
        ready = or_(
            Job.state == JobState.WAITING,
            (Job.state == JobState.RUNNING) & (Job.lease_until < now),
        )
        chosen = select(Job).where(ready, Job.kind.in_(self._kinds)).order_by(Job.id).limit(1)
        with reading_only():
            some = db.session.scalar(chosen)
            db.session.rollback()
        if some is None:
            return None
        job = db.session.scalar(chosen.with_for_update(skip_locked=True))
        if job is None:
            db.session.rollback()
            return None
        job_id, job.tries = job.id, job.tries + 1
        if job.tries > TRIES:
            job.state, job.error_code, job.finished_at, job.lease_until = JobState.FAILED, "crashed", now, None
        else:
            job.state, job.claimed_by, job.lease_until = JobState.RUNNING, self._name, now + LEASE
        db.session.commit()
        return job_id if job.state is JobState.RUNNING else self._claim(now)

    def _do(self, job_id: int) -> None:
        pulse = _Pulse(current_app._get_current_object(), job_id, self._name)  # type: ignore[attr-defined]  # noqa: SLF001
        job = db.session.get_one(Job, job_id)
        began = time.monotonic()
        try:
            with pulse:
                self._kinds[job.kind].run(job, self._progress(pulse))
            db.session.commit()
            error_code: str | None = ""
        except Stopping:
            error_code = None
        except SigningDayError as error:
            error_code = error.code
        except Exception:  # noqa: BLE001 - a bug in one job must not end the worker
            _LOG.exception("job failed", extra={"facts": {"job_id": job_id}})
            error_code = "bug"
        db.session.rollback()
        self._finish(job_id, error_code, pulse)
        facts = {"job_id": job_id, "error_code": error_code, "seconds": round(time.monotonic() - began, 1)}
        _LOG.info("job ended", extra={"facts": facts})

    def _progress(self, pulse: "_Pulse") -> Progress:
        def progress(done: int, total: int) -> None:
            pulse.done, pulse.total = done, total
            if self._stop.is_set():
                raise Stopping

        return progress

    def _finish(self, job_id: int, error_code: str | None, pulse: "_Pulse") -> None:
        values: dict[str, Any] = {"lease_until": None, "claimed_by": ""}
        if pulse.total is not None:
            values |= {"done": pulse.done, "total": pulse.total}
        if error_code is None:
            values |= {"state": JobState.WAITING, "tries": Job.tries - 1}
        else:
            state = JobState.FAILED if error_code else JobState.DONE
            values |= {"state": state, "error_code": error_code, "finished_at": clock.now()}
        mine = (Job.id == job_id, Job.claimed_by == self._name, Job.state == JobState.RUNNING)
        db.session.execute(update(Job).where(*mine).values(**values))
        db.session.commit()


class _Pulse:
    """Writes a running job's progress and renews its lease, beside the job and in transactions of its own.

    The job's own transactions stay whole, and the page sees how far it is while the job only computes. When the
    database is busy a beat is left out.
    """

    def __init__(self, app: Flask, job_id: int, name: str) -> None:
        self.done: int | None = None
        self.total: int | None = None
        self._app, self._job_id, self._name = app, job_id, name
        self._over = Flag()
        self._thread = Thread(target=self._beat, name=f"pulse-{job_id}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join(timeout=20)

    def _beat(self) -> None:
        written: tuple[int | None, int | None] = (None, None)
        renewed = time.monotonic()
        while not self._over.wait(_PULSE):
            seen = (self.done, self.total)
            if seen == written and time.monotonic() - renewed < _RENEW:
                continue
            try:
                self._write(seen)
            except OperationalError:
                continue
            except SQLAlchemyError:
                _LOG.exception("pulse failed", extra={"facts": {"job_id": self._job_id}})
                continue
            written, renewed = seen, time.monotonic()

    def _write(self, seen: tuple[int | None, int | None]) -> None:
        values: dict[str, Any] = {"lease_until": clock.now() + LEASE}
        if seen[1] is not None:
            values |= {"done": seen[0], "total": seen[1]}
        with self._app.app_context():
            db.session.execute(update(Job).where(Job.id == self._job_id, Job.claimed_by == self._name).values(**values))
            db.session.commit()
