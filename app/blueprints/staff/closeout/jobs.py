"""What the scheduler looks after: when an event is over, everybody gets their list and is told of it."""

from datetime import datetime

from app.blueprints.events.rules.status import UNDER_WAY
from app.blueprints.staff.closeout import actions, queries, reminders
from app.extensions import db, reading_only
from app.jobs import Planned, Step
from app.models import Event


def _due(now: datetime) -> list[tuple[Event, int]]:
    """Return the events that are over, with how many items are to be made."""
    missing = {each: sum(len(row.missing) for row in queries.sheets(each)) for each in queries.ended(now, UNDER_WAY)}
    return [(event, number) for event, number in missing.items() if number]


def plan_lists(now: datetime) -> list[Planned]:
    """Lists that would be made now."""
    return [Planned("closeout_lists", event.slug, number, event.ends_at) for event, number in _due(now)]


def run_lists(now: datetime) -> int:
    """Make the lists of events that are over, and tell their people."""
    db.session.rollback()
    with reading_only():
        ids = [event.id for event, _number in _due(now)]
        db.session.rollback()
    done = 0
    for event_id in ids:
        event = db.session.get(Event, event_id)
        if event is not None and event.status in UNDER_WAY:
            done += len(actions.make(event))
            reminders.remind(event)
            db.session.commit()
    return done


STEPS = (Step("closeout_lists", plan_lists, run_lists),)
