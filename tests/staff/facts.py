"""Facts for rule tests, with everything a test does not care about filled in."""

from datetime import UTC, datetime, timedelta

from app.blueprints.events.rules.dates import Start
from app.blueprints.staff.rules.facts import DutyFact, Facts, RoleFact, ShiftFact
from app.models import DutyState, EventStatus

START = datetime(2026, 12, 18, 1, tzinfo=UTC)  # nine in Shanghai
NOW = START - timedelta(days=20)
ZONE = "Asia/Shanghai"


def hours(first, last, day=0):
    """A span on the day of the start, in hours of Shanghai's clock."""
    midnight = START - timedelta(hours=9) + timedelta(days=day)
    return midnight + timedelta(hours=first), midnight + timedelta(hours=last)


def shift(number, first=9, last=15, *, day=0, **values):
    starts_at, ends_at = hours(first, last, day)
    return ShiftFact(number, f"shift {number}", starts_at, ends_at, **values)


def duty(number, person=1, *, role=1, of=None, first=9, last=15, day=0, **values):
    starts_at, ends_at = (of.starts_at, of.ends_at) if of else hours(first, last, day)
    given = {
        "id": number,
        "person_id": person,
        "person": f"person {person}",
        "role_id": role,
        "role": f"role {role}",
        "shift_id": of.id if of else 1,
        "shift": "shift",
        "starts_at": starts_at,
        "ends_at": ends_at,
        "standing": DutyState.ACKNOWLEDGED,
    }
    return DutyFact(**given | values)


def facts(*, now=NOW, status=EventStatus.OPEN, **values):
    given = {"roles": (RoleFact(1, "role 1"),), "shifts": (shift(1),), "needs": {(1, 1): 1}}
    return Facts(now=now, status=status, start=Start(START, ZONE), **given | values)
