"""Telling targets that a sum for goods of their period was due and nothing came; payments themselves tell at once."""

from datetime import datetime

from app import clock
from app.blueprints.contracts.register.queries import ZONE
from app.blueprints.contracts.register.targets import actions
from app.blueprints.receivables.results import queries
from app.extensions import db, reading_only
from app.jobs import Planned, Step

CHUNK = 200
_MOST = 20_000


def plan(now: datetime) -> list[Planned]:
    found = queries.newly_known(clock.local(now, ZONE).date(), _MOST)
    return [Planned("target_results", "", len(found), now)] if found else []


def run(now: datetime) -> int:
    """Bring what is newly known to its targets, some contracts a transaction; returns how many targets changed."""
    with reading_only():
        ids = queries.newly_known(clock.local(now, ZONE).date(), _MOST)
        db.session.rollback()
    changed = 0
    for start in range(0, len(ids), CHUNK):
        changed += actions.follow(ids[start : start + CHUNK])
        db.session.commit()
    return changed


STEPS = (Step("target_results", plan, run),)
