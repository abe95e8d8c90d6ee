"""The run of the reminders: some rows a transaction, so it may die at any moment and goes on where it was.

A reminder and its message are written in one transaction with a key per receivable and level, and the rows are held
meanwhile, so neither a second worker nor a second run makes it again.
"""

from datetime import datetime, time

from app import clock
from app.blueprints.messages import delivery
from app.blueprints.receivables.reminders import actions, queries
from app.extensions import db, reading_only
from app.jobs import Planned, Step
from app.models import Event

CHUNK = 200
FROM, UNTIL = time(7, 0), time(20, 0)  # of the event's day; a run at night would only wait for the morning

for _template in actions.TEMPLATES.values():
    delivery.last_look(_template, actions.last_look)


def _is_time(event: Event, now: datetime) -> bool:
    return FROM <= clock.local(now, event.time_zone).time() < UNTIL


def plan(now: datetime) -> list[Planned]:
    """The sums that may be reminded of now; paused ones are among them."""
    planned = []
    for event_id in queries.events_owed():
        event = db.session.get_one(Event, event_id)
        today = clock.local(now, event.time_zone).date()
        found = queries.to_remind(event, queries.levels_of(event), today, 0, CHUNK) if _is_time(event, now) else []
        if found:
            planned.append(Planned("payment_reminders", event.slug, len(found), now))
    return planned


def run(now: datetime) -> int:
    """Remind of everything that is due for it; returns how many reminders were made."""
    db.session.rollback()
    with reading_only():
        events = queries.events_owed()
        db.session.rollback()
    return sum(_event(event_id, now) for event_id in events)


def _event(event_id: int, now: datetime) -> int:
    made, after = 0, 0
    with reading_only():  # mostly there is nothing, and nobody waits for a lock
        event = db.session.get_one(Event, event_id)
        today, levels = clock.local(now, event.time_zone).date(), queries.levels_of(event)
        is_due = _is_time(event, now) and queries.is_any_to_remind(event, levels, today)
        db.session.rollback()
    while is_due:
        event = db.session.get_one(Event, event_id)
        rows = queries.to_remind(event, levels, today, after, CHUNK)
        if not rows:
            break
        after = rows[-1].id
        made += actions.remind(event, levels, rows, now)
        db.session.commit()
        db.session.expunge_all()
    db.session.rollback()
    return made


STEPS = (Step("payment_reminders", plan, run),)
