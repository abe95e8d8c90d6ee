"""Setting sittings, and who does not eat there. No verb commits."""

from datetime import time, timedelta
from typing import Any

from app import clock, journal
from app.blueprints.travel.meals.situation import sittings
from app.errors import N_
from app.extensions import db
from app.models import Event, Invitation, MealAway, MealFor, MealSitting
from app.texts import gettext, known

# days from the event, wall clock, name, who, at the tables of the seating
TEMPLATE = (
    (-1, time(18, 30), N_("Dinner of the day before"), MealFor.ARRIVED_BEFORE, False),
    (0, time(7, 0), N_("Breakfast"), MealFor.OVERNIGHT, False),
    (0, time(12, 0), N_("Lunch"), MealFor.EVERYBODY, True),
    (0, time(18, 30), N_("Dinner"), MealFor.EVERYBODY, True),
)


def start(event: Event) -> int:
    """Set the usual sittings of a conference day; return how many. Nothing when there are some already."""
    if sittings(event):
        return 0
    language = known(event.language, "zh_CN")
    for days, at, name, served_to, at_tables in TEMPLATE:
        moment = clock.instant(event.local_start.date() + timedelta(days=days), at, event.time_zone)
        db.session.add(
            MealSitting(
                event_id=event.id,
                name=gettext(language, name),
                starts_at=moment,
                served_to=served_to,
                at_tables=at_tables,
            )
        )
    journal.record("meals.started", event, event_id=event.id, changes={"sittings": [None, len(TEMPLATE)]})
    db.session.flush()
    return len(TEMPLATE)


def save(event: Event, sitting: MealSitting | None = None, **values: Any) -> MealSitting:
    """Add a sitting, or change one."""
    code = "meal.edited" if sitting else "meal.added"
    sitting = sitting or MealSitting(event_id=event.id)
    for name, value in values.items():
        setattr(sitting, name, value)
    db.session.add(sitting)
    journal.record(code, sitting, event_id=event.id)
    db.session.flush()
    return sitting


def remove(sitting: MealSitting) -> None:
    """Take a sitting off the list."""
    journal.record("meal.removed", sitting, changes={"name": [sitting.name, None]})
    db.session.delete(sitting)
    db.session.flush()


def set_away(sitting: MealSitting, invitation: Invitation, *, away: bool) -> None:
    """Say that a guest with companions does not eat at a sitting, or does after all. Saying it twice is harmless."""
    known_row = db.session.get(MealAway, (sitting.id, invitation.id))
    if (known_row is not None) == away:
        return
    if known_row is not None:
        db.session.delete(known_row)
    else:
        db.session.add(MealAway(sitting_id=sitting.id, invitation_id=invitation.id))
    code = "meal.away" if away else "meal.back"
    journal.record(code, invitation, changes={"sitting": [None, sitting.name]})
    db.session.flush()
