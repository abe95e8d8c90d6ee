"""The worker: sends the outbox, does long jobs, and each minute looks whether the scheduler's steps have come due.

What has to happen lies as rows in the database (messages, jobs, and what the steps look at), claimed with leases, so
any number of workers may run on any number of machines and each may die at any moment. Huey brings the minute and
carries the web's "there is something to do" over to us; should it fail, everything is found a few seconds later.
"""

import logging
import os
import secrets
import signal
import socket
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from threading import Event as Flag
from threading import Thread

from flask import Flask
from huey.consumer import Consumer
from sqlalchemy.exc import IntegrityError

from app import clock, heartbeat, journal, wake
from app.blueprints.budget import jobs as budget_jobs
from app.blueprints.checkin import jobs as checkin_jobs
from app.blueprints.contracts.approval import jobs as approval_jobs
from app.blueprints.contracts.bulk import jobs as bulk_contract_jobs
from app.blueprints.contracts.register.ending import jobs as ending_jobs
from app.blueprints.contracts.register.printing import jobs as register_jobs
from app.blueprints.invitations import jobs as invitations_jobs
from app.blueprints.invitations.letters import letter_of
from app.blueprints.materials.printing import jobs as material_jobs
from app.blueprints.messages import delivery
from app.blueprints.plan.timeline import jobs as timeline_jobs
from app.blueprints.receivables.bank import jobs as bank_jobs
from app.blueprints.receivables.problems import jobs as problem_jobs
from app.blueprints.receivables.reminders import jobs as reminder_jobs
from app.blueprints.receivables.results import jobs as result_jobs
from app.blueprints.report.snapshots import jobs as snapshot_jobs
from app.blueprints.rsvp import jobs as rsvp_jobs
from app.blueprints.seating import jobs as seating_jobs
from app.blueprints.seating import papers as seating_papers
from app.blueprints.signing.countersign import jobs as countersign_jobs
from app.blueprints.staff import jobs as staff_jobs
from app.blueprints.staff.closeout import jobs as closeout_jobs
from app.blueprints.territories import jobs as territory_jobs
from app.blueprints.travel.sheets import jobs as travel_sheet_jobs
from app.channels import Line, MailLine, RobotLine, SmsLine
from app.extensions import db
from app.job_runner import JobRunner
from app.jobs import JobKind, Step
from app.models import Channel
from app.sending import LEASE, Sender

_LOG = logging.getLogger("signing_day.worker")

# Each room's jobs.py adds its own here.
STEPS: tuple[Step, ...] = (
    *rsvp_jobs.STEPS,
    *staff_jobs.STEPS,
    *territory_jobs.STEPS,
    *approval_jobs.STEPS,
    *ending_jobs.STEPS,
    *closeout_jobs.STEPS,
    *reminder_jobs.STEPS,
    *problem_jobs.STEPS,
    *result_jobs.STEPS,
    *timeline_jobs.STEPS,
    *snapshot_jobs.STEPS,
    *travel_sheet_jobs.STEPS,
)
KINDS: tuple[JobKind, ...] = (
    *invitations_jobs.KINDS,
    *rsvp_jobs.KINDS,
    *material_jobs.KINDS,
    *checkin_jobs.KINDS,
    *bulk_contract_jobs.KINDS,
    *register_jobs.KINDS,
    *countersign_jobs.KINDS,
    *bank_jobs.KINDS,
    *budget_jobs.KINDS,
    *seating_jobs.KINDS,
    *seating_papers.KINDS,
)

PACKER = delivery.Packer(letter=letter_of)
_SWEEP = 3.0  # seconds between two looks of a thread that nobody has called
_PATIENCE = 22.0  # seconds that work in hand has to end; whoever started us waits a little longer


def new_name() -> str:
    """Return a name for a worker that no other has."""
    return f"{socket.gethostname()[:28]}:{os.getpid()}:{secrets.token_hex(3)}"


def lines(app: Flask) -> dict[Channel, Line]:
    """Return the ways out that the settings give."""
    return {
        Channel.MAIL: MailLine(app.extensions["mail"], app.config),
        Channel.SMS: SmsLine(app.config),
        Channel.ROBOT: RobotLine(app.config),
    }


def sender(app: Flask, name: str, *, stop: Flag | None = None, lease: timedelta = LEASE) -> Sender:
    """Return what sends the outbox."""
    return Sender(name, lines(app), decide=delivery.decide, pack=PACKER, stop=stop, lease=lease)


def run_steps(steps: Iterable[Step]) -> int:
    """Run every step once; a step that fails stops no other. Returns how many things were done."""
    done = 0
    for step in steps:
        journal.act_as(journal.Actor("worker"))
        try:
            did = step.run(clock.now())
            db.session.commit()
        except IntegrityError:
            db.session.rollback()  # another worker ran the same step in this very moment and was quicker
            _LOG.info("step done elsewhere", extra={"facts": {"step": step.name}})
        except Exception:  # noqa: BLE001 - a step that fails stops no other
            db.session.rollback()
            _LOG.exception("step failed", extra={"facts": {"step": step.name}})
        else:
            done += did
            if did:
                _LOG.info("step done", extra={"facts": {"step": step.name, "count": did}})
    return done


def run_once(app: Flask) -> dict[str, int]:
    """Do everything that is due now and return the counts; jobs may write messages, so look until all is quiet."""
    name, counts = new_name(), {"steps": 0, "messages": 0, "jobs": 0}
    sending, working = sender(app, f"{name}:m"), JobRunner(f"{name}:j", KINDS)
    counts["steps"] = run_steps(STEPS)
    while True:
        jobs, messages = working.run(), sending.run()
        counts["jobs"] += jobs
        counts["messages"] += messages
        if not jobs and not messages:
            return counts


class _Consumer(Consumer):
    """Huey's consumer without its own signal handlers: there is one place that knows how to stop."""

    def _set_signal_handlers(self) -> None:
        """Left to the worker."""


class Worker:
    """A running worker: one thread for the outbox, some for jobs, Huey's own two, and this one for the heartbeat."""

    def __init__(self, app: Flask, *, name: str | None = None, lease: timedelta = LEASE, sweep: float = _SWEEP) -> None:
        self._app, self._name, self._sweep = app, name or new_name(), sweep
        self._stop = Flag()
        threads = max(1, app.config["WORKER_THREADS"])
        works: dict[str, Callable[[], int]] = {"m": sender(app, f"{self._name}:m", stop=self._stop, lease=lease).run}
        for number in range(threads):
            works[f"j{number}"] = JobRunner(f"{self._name}:j{number}", KINDS, stop=self._stop).run
        self._bells = {key: Flag() for key in works}
        self._threads = [
            Thread(target=self._loop, args=(key, work), name=f"worker-{key}", daemon=True)
            for key, work in works.items()
        ]
        wake.ring_by(app, self.wake)

    def wake(self) -> None:
        """Let every thread look now."""
        for bell in self._bells.values():
            bell.set()

    def stop(self) -> None:
        """Let everything end what it has in hand."""
        self._stop.set()
        self.wake()

    def run(self) -> None:
        """Run until told to stop by SIGTERM, SIGINT or `stop`."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        started_at = clock.now()
        consumer = self._consumer()
        _LOG.info("worker started", extra={"facts": {"worker": self._name}})
        for thread in self._threads:
            thread.start()
        consumer.start()
        with self._app.app_context():
            while True:
                self._beat(lambda: heartbeat.beat(self._name, started_at))
                if self._stop.wait(heartbeat.EVERY):
                    break
            self._end(consumer)
            self._beat(lambda: heartbeat.leave(self._name))
        _LOG.info("worker stopped", extra={"facts": {"worker": self._name}})

    def _consumer(self) -> Consumer:
        queue = wake.queue(self._app.config, on_wake=self.wake, on_minute=self._minute)
        return _Consumer(queue, workers=1, initial_delay=0.1, max_delay=0.5, check_worker_health=False)

    def _minute(self) -> None:
        with self._app.app_context():
            run_steps(STEPS)

    def _loop(self, key: str, work: Callable[[], int]) -> None:
        bell = self._bells[key]
        while not self._stop.is_set():
            bell.clear()  # before looking, so that a call while we look is not lost
            with self._app.app_context():
                journal.act_as(journal.Actor("worker"))
                try:
                    work()
                except Exception:  # noqa: BLE001 - nothing may end this thread; its claims come back with the lease
                    _LOG.exception("work failed", extra={"facts": {"thread": key}})
                    db.session.rollback()
            bell.wait(self._sweep)

    def _end(self, consumer: Consumer) -> None:
        deadline = time.monotonic() + _PATIENCE
        consumer.stop_flag.set()
        for thread in [*self._threads, *(process for _, process in consumer.worker_threads)]:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _beat(self, write: Callable[[], None]) -> None:
        try:
            write()
        except Exception:  # noqa: BLE001 - a database that is away for a moment must not end the worker
            _LOG.exception("heartbeat failed")
            db.session.rollback()


def init(app: Flask) -> None:
    """Give the web what it shares with the worker: the bell, and what makes a message's attachments."""
    wake.init(app)
    app.extensions["signing_day.packer"] = PACKER
