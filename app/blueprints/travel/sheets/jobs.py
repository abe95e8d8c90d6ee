"""What the scheduler looks after: sheets full of names and numbers are not kept for ever."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from app.extensions import db
from app.jobs import Planned, Step
from app.models import Event, IssuedSheet

KEPT = timedelta(days=90)  # after the event: by then hotel, drivers and kitchen have sent their bills


def plan_forgetting(now: datetime) -> list[Planned]:
    """Events whose sheets would be destroyed now, with how many."""
    old = select(Event.slug, func.count(), Event.ends_at).join(IssuedSheet, IssuedSheet.event_id == Event.id)
    rows = old.where(Event.ends_at < now - KEPT).group_by(Event.id, Event.slug, Event.ends_at).order_by(Event.id)
    return [Planned("travel_sheets", row[0], row[1], row[2] + KEPT) for row in db.session.execute(rows)]


def run_forgetting(now: datetime) -> int:
    """Destroy the sheets of events long past; runs, rooms and groups stay. Returns how many."""
    ids = list(
        db.session.scalars(
            select(IssuedSheet.id).join(IssuedSheet.event).where(Event.ends_at < now - KEPT).order_by(IssuedSheet.id)
        )
    )
    if ids:
        db.session.execute(delete(IssuedSheet).where(IssuedSheet.id.in_(ids)))
        db.session.commit()
    return len(ids)


STEPS = (Step("travel_sheets", plan_forgetting, run_forgetting),)
