"""Is a worker running? Each says so in the database every few seconds, on whichever machine it is."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from app import clock
from app.extensions import db
from app.models import Heartbeat

EVERY = 10.0  # seconds
_MISSED = timedelta(seconds=45)
_FORGOTTEN = timedelta(days=1)


def beat(name: str, started_at: datetime) -> None:
    """Say that this worker runs, and commit."""
    now = clock.now()
    known = update(Heartbeat).where(Heartbeat.name == name).values(seen_at=now).returning(Heartbeat.name)
    if db.session.scalar(known) is None:
        db.session.execute(delete(Heartbeat).where(Heartbeat.seen_at < now - _FORGOTTEN))
        db.session.add(Heartbeat(name=name, started_at=started_at, seen_at=now))
    db.session.commit()


def leave(name: str) -> None:
    """Take the row along when the worker stops, and commit."""
    db.session.execute(delete(Heartbeat).where(Heartbeat.name == name))
    db.session.commit()


def last_seen() -> datetime | None:
    """Return when a worker was last seen, or None when none ever was."""
    return db.session.scalar(select(func.max(Heartbeat.seen_at)))


def is_worker_running() -> bool:
    """Tell whether some worker was seen in the last 45 seconds."""
    seen = last_seen()
    return seen is not None and clock.now() - seen < _MISSED
