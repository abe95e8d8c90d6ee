"""Keeping the figures of a day, once."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import clock
from app.blueprints.report import gather
from app.blueprints.report.rules import days
from app.extensions import db
from app.models import Event, EventStatus, ReportSnapshot

_LOOK_BACK = timedelta(days=days.DAYS[-1] + days.GIVEN_UP_AFTER + 1)


def due(now: datetime) -> list[tuple[Event, int]]:
    """Return the events whose figures are to be kept now, with the day: two queries."""
    over = db.session.scalars(
        select(Event)
        .where(Event.ends_at <= now, Event.ends_at > now - _LOOK_BACK, Event.status != EventStatus.DRAFT)
        .order_by(Event.ends_at, Event.id)
    ).all()
    if not over:
        return []
    taken: dict[int, set[int]] = {}
    kept = select(ReportSnapshot.event_id, ReportSnapshot.days).where(
        ReportSnapshot.event_id.in_([event.id for event in over])
    )
    for event_id, kept_day in db.session.execute(kept):
        taken.setdefault(event_id, set()).add(kept_day)
    found = []
    for event in over:
        day = days.due(event.ends_at, event.time_zone, taken.get(event.id, ()), now)
        if day is not None:
            found.append((event, day))
    return found


def take(event: Event, day: int) -> bool:
    """Keep the figures of an event as they are now. False: somebody was quicker."""
    row = ReportSnapshot(event_id=event.id, days=day, taken_at=clock.now(), figures=gather.report(event).figures())
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return False
    return True
