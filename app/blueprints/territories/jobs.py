"""What the scheduler looks after in this room: holds whose time has run out, and the queues behind them."""

from datetime import datetime

from app.blueprints.territories.bids import actions as bids
from app.blueprints.territories.bids import queries
from app.blueprints.territories.locking import lock
from app.extensions import db, reading_only
from app.jobs import Planned, Step


def plan_release(now: datetime) -> list[Planned]:
    """Return the holds that would be released now, by event."""
    return [Planned("release_holds", slug, count, since) for slug, count, since in queries.expired_by_event(now)]


def run_release(now: datetime) -> int:
    """Release what has run out and offer it to the queues, a product line a transaction. Returns how many there were.

    Holds, offers and messages of a line are written together or not at all, so a worker that dies leaves nothing half
    done, and two workers follow each other behind the line's lock.
    """
    db.session.rollback()
    with reading_only():
        line_ids = queries.lines_with_expired(now)
        db.session.rollback()
    released = 0
    for line_id in line_ids:
        lock([line_id])
        released += bids.release_expired([line_id], now)
        db.session.commit()
    return released


STEPS = (Step("release_holds", plan_release, run_release),)
