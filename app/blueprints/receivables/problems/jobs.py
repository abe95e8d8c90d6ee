"""Letting territories of problem accounts go on their day, unless it was paid before."""

from datetime import datetime

from app import clock
from app.blueprints.receivables.problems import actions, queries
from app.errors import SigningDayError
from app.extensions import db, reading_only
from app.jobs import Planned, Step

_ZONE = "Asia/Shanghai"


def plan(now: datetime) -> list[Planned]:
    found = queries.to_release(clock.local(now, _ZONE).date())
    return [Planned("problem_territories", "", len(found), now)] if found else []


def run(now: datetime) -> int:
    """Release what is due, one account a transaction; what is no longer overdue stays, and is looked at again."""
    today, gone = clock.local(now, _ZONE).date(), 0
    with reading_only():
        ids = list(queries.to_release(today))
        db.session.rollback()
    for account_id in ids:
        try:
            gone += actions.release_territory(account_id, today)
        except SigningDayError:  # closed in the meantime
            db.session.rollback()
            continue
        db.session.commit()
    return gone


STEPS = (Step("problem_territories", plan, run),)
