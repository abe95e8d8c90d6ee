"""After a commit that left something for the worker, the worker is told, so that nobody waits for its next look.

Telling goes through Huey's queue, which lies in a file of the data folder or, on PostgreSQL, in the database. It is
best effort. The rows are the truth: a bell that fails or is heard by nobody costs a few seconds.
"""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flask import Flask, current_app, has_app_context
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from app.extensions import db
from app.models import Job, Message

_LOG = logging.getLogger("signing_day.wake")
_NOTED = "wakes_worker"
_BELL = "signing_day.bell"

Call = Callable[[], None]


def _nothing() -> None:
    """What the web does when a task of the worker comes up: none does."""


def queue(config: Mapping[str, Any], *, on_wake: Call = _nothing, on_minute: Call = _nothing) -> Huey:
    """Return Huey's queue with its two tasks. Web and worker name them alike; only the worker does them."""
    url = str(config["SQLALCHEMY_DATABASE_URI"])
    if url.startswith("sqlite"):
        # Losing the file in a power cut loses nothing, so it need not be synchronised to the disk.
        file = Path(config["SIGNING_DAY_HOME"]) / "queue.sqlite"
        huey: Huey = SqliteHuey("signing-day", filename=str(file), fsync=False)
    else:
        huey = PostgresHuey("signing-day", dsn=url.replace("+psycopg", "", 1))

    @huey.task(name="wake")  # type: ignore[untyped-decorator]
    def wake() -> None:
        on_wake()

    @huey.periodic_task(crontab(), name="minute")  # type: ignore[untyped-decorator]
    def minute() -> None:
        on_minute()

    huey.wake = wake
    return huey


class _HueyBell:
    """Leaves a note in the queue, unless one lies there already."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._config = config
        self._queue: Huey | None = None

    def __call__(self) -> None:
        if self._queue is None:
            self._queue = queue(self._config)
        if self._queue.storage.queue_size() == 0:
            self._queue.wake()


def init(app: Flask) -> None:
    """Give the application its bell. Tests have none: there a worker is asked, not told."""
    if not app.testing:
        ring_by(app, _HueyBell(app.config))


def ring_by(app: Flask, bell: Call) -> None:
    """Let another bell ring, as the worker does, which need not write to itself."""
    app.extensions[_BELL] = bell


def note() -> None:
    """Tell the worker after the next commit. New messages and jobs are noticed without it."""
    db.session.info[_NOTED] = True


def _flushed(session: Session, _context: UOWTransaction) -> None:
    if any(isinstance(row, Message | Job) for row in session.new):
        session.info[_NOTED] = True


def _committed(session: Session) -> None:
    # A savepoint that is released is announced here as well, but nobody else sees its rows yet.
    if session.in_nested_transaction() or not session.info.pop(_NOTED, False) or not has_app_context():
        return
    bell: Call | None = current_app.extensions.get(_BELL)
    if bell is None:
        return
    try:
        bell()
    except Exception as error:  # noqa: BLE001 - whatever a queue's own storage raises, the change itself is safe
        _LOG.warning("worker not told", extra={"facts": {"error": type(error).__name__}})


def _rolled_back(session: Session) -> None:
    session.info.pop(_NOTED, None)


event.listen(db.session, "after_flush", _flushed)
event.listen(db.session, "after_commit", _committed)
event.listen(db.session, "after_rollback", _rolled_back)
