"""What the worker looks after every minute: whoever has not come is told to the executive commander."""

from datetime import datetime

from sqlalchemy import select

from app.blueprints.staff.day import alert
from app.blueprints.staff.day.board import ON_THE_DAY, DayBoard, boards
from app.extensions import db, reading_only
from app.jobs import Planned, Step
from app.models import Event, Shift

MISSING = "staff_missing"


def _boards(now: datetime, ids: list[int] | None = None) -> list[DayBoard]:
    """The boards of the events at which somebody is on duty at this moment; with `ids` of these only."""
    running = select(Shift.event_id).where(Shift.starts_at <= now, Shift.ends_at > now)
    wanted = select(Event).where(Event.status.in_(ON_THE_DAY), Event.id.in_(running if ids is None else ids))
    return list(boards(list(db.session.scalars(wanted)), now).values())


def plan_missing(now: datetime) -> list[Planned]:
    """Return of which events how many missing people the commander has not been told of."""
    found = [(each, alert.untold(each)) for each in _boards(now)]
    return [Planned(MISSING, each.event.slug, len(untold), now) for each, untold in found if untold]


def run_missing(now: datetime) -> int:
    """Tell the commanders of whoever is missing; each person once a shift.

    It is looked without the write lock first: mostly there is nothing, and the door waits for nobody.
    """
    db.session.rollback()
    with reading_only():
        ids = [each.event.id for each in _boards(now) if alert.untold(each)]
        db.session.rollback()
    done = 0
    for board in _boards(now, ids) if ids else []:
        done += alert.tell(board)
        db.session.commit()
    return done


STEPS = (Step(MISSING, plan_missing, run_missing),)
