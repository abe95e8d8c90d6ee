"""What the scheduler looks after: telling of contracts that end, and ending those that are over."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from flask import current_app

from app import clock
from app.blueprints.contracts.register.ending import actions, queries
from app.blueprints.contracts.register.queries import ZONE
from app.errors import SigningDayError
from app.extensions import db, reading_only
from app.jobs import Planned, Step

_LOG = logging.getLogger("signing_day.contracts")


def plan_tell(now: datetime) -> list[Planned]:
    today, days = clock.local(now, ZONE).date(), current_app.config["CONTRACT_ALARM_DAYS"]
    count, first = 0, today
    for number in sorted(days):
        last = today + timedelta(days=number)
        count += len(queries.to_tell(first, last, number))
        first = last + timedelta(days=1)
    return [Planned("contracts.ending", "", count, now)] if count else []


def run_tell(now: datetime) -> int:
    """Write the mails, their notices with them."""
    return actions.tell(clock.local(now, ZONE).date(), current_app.config["CONTRACT_ALARM_DAYS"])


def plan_end(now: datetime) -> list[Planned]:
    ids = queries.over(clock.local(now, ZONE).date())
    return [Planned("contracts.end", "", len(ids), now)] if ids else []


def run_end(now: datetime) -> int:
    """End what is over, each contract in a transaction of its own."""
    with reading_only():
        ids = queries.over(clock.local(now, ZONE).date())
        db.session.rollback()
    return _each(ids, actions.end, "not ended")


def plan_keep_void(now: datetime) -> list[Planned]:
    ids = queries.void_without_retention()
    return [Planned("contracts.keep_void", "", len(ids), now)] if ids else []


def run_keep_void(now: datetime) -> int:
    """Say of void contracts how long they are kept; those that were filed know it already."""
    with reading_only():
        ids = queries.void_without_retention()
        db.session.rollback()
    return _each(ids, actions.keep_void, "no retention")


def _each(ids: list[int], act: Callable[..., bool], fault_said: str) -> int:
    done = 0
    for contract_id in ids:
        try:
            done += act(contract_id, keep_years=current_app.config["CONTRACT_RETENTION_YEARS"])
            db.session.commit()
        except SigningDayError as fault:
            db.session.rollback()
            _LOG.warning(fault_said, extra={"facts": {"contract_id": contract_id, "code": fault.code}})
    return done


STEPS = (
    Step("contracts.ending", plan_tell, run_tell),
    Step("contracts.end", plan_end, run_end),
    Step("contracts.keep_void", plan_keep_void, run_keep_void),
)
