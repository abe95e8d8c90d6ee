"""What the scheduler and the outbox would do at some moment, found out without doing anything."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text

from app import clock
from app.extensions import db, reading_only
from app.jobs import Planned, Step
from app.models import Event, Message, MessageState
from app.sending import Decide


@dataclass(frozen=True)
class DueMessages:
    """Messages of one kind and way that would be dealt with: sent ("send"), or dropped or put off for a reason."""

    template: str
    channel: str
    verdict: str
    count: int


@dataclass(frozen=True)
class Rehearsal:
    """What would happen to one event."""

    at: datetime
    steps: list[Planned]
    messages: list[DueMessages]


def rehearse(event: Event, at: datetime, *, steps: Iterable[Step], decide: Decide) -> Rehearsal:
    """Return what would happen at that moment, as the data stand now. Writing is forbidden meanwhile."""
    event_id, slug = event.id, event.slug
    with clock.stopped_at(at), _forbidden_to_write():
        planned = [each for step in steps for each in step.plan(at) if each.event_slug == slug]
        due = select(Message).where(
            Message.event_id == event_id, Message.state == MessageState.WAITING, Message.due_at <= at
        )
        verdicts: Counter[tuple[str, str, str]] = Counter()
        for message in db.session.scalars(due.order_by(Message.id)):
            decision = decide(message, at)
            verdict = decision.cancel or ("later" if decision.later else "send")
            verdicts[message.template, message.channel.value, verdict] += 1
    return Rehearsal(at, planned, [DueMessages(*key, count) for key, count in sorted(verdicts.items())])


@contextmanager
def _forbidden_to_write() -> Iterator[None]:
    """Let the database itself refuse changes, so that a step whose plan does too much is found out."""
    db.session.rollback()
    with reading_only():
        is_sqlite = db.engine.dialect.name == "sqlite"
        db.session.execute(text("PRAGMA query_only = ON" if is_sqlite else "SET TRANSACTION READ ONLY"))
        # The pragma stays with the connection, which goes back to the pool; so it is taken off the very same one.
        driver = db.session.connection().connection.driver_connection
        try:
            yield
        finally:
            db.session.rollback()
            if isinstance(driver, sqlite3.Connection):
                driver.execute("PRAGMA query_only = OFF")
