"""What the scheduler looks after: figures kept on the event's evening and 7, 30, 60 and 90 days later."""

from datetime import datetime

from app.blueprints.report.rules.days import due_at
from app.blueprints.report.snapshots import actions
from app.extensions import db, reading_only
from app.jobs import Planned, Step
from app.models import Event


def plan_snapshots(now: datetime) -> list[Planned]:
    """Figures that would be kept now."""
    return [
        Planned("report_snapshots", event.slug, 1, due_at(event.ends_at, event.time_zone, day))
        for event, day in actions.due(now)
    ]


def run_snapshots(now: datetime) -> int:
    """Keep them, each event in a transaction of its own: a worker that dies has lost one, and it comes again."""
    db.session.rollback()
    with reading_only():
        wanted = [(event.id, day) for event, day in actions.due(now)]
        db.session.rollback()
    done = 0
    for event_id, day in wanted:
        event = db.session.get(Event, event_id)
        if event is not None:
            done += actions.take(event, day)
            db.session.commit()
    return done


STEPS = (Step("report_snapshots", plan_snapshots, run_snapshots),)
