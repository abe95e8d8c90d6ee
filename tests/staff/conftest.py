"""Rows of a staff plan for tests, and a stopped clock."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import has_app_context

from app import clock
from app.extensions import db
from app.models import Duty, DutyState, Event, Shift, StaffKind, StaffNeed, StaffPerson, StaffRole
from app.names import search_key, sort_key
from tests.build import Builder, Row

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
START = datetime(2026, 12, 18, 1, tzinfo=UTC)  # nine in Shanghai


class Crew:
    """Makes people, roles, shifts and duties; each call commits and returns the row detached."""

    def __init__(self, build: Builder) -> None:
        self.build = build
        self.app = build.app
        self._count = 0

    def _next(self) -> int:
        self._count += 1
        return self._count

    def save(self, row: Row) -> Row:
        """Commit what the test's own session holds first: on SQLite one transaction writes at a time."""
        if has_app_context():
            db.session.commit()
        return self.build.save(row)

    def event(self, **values) -> Event:
        starts_at = values.get("starts_at", START)
        given = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=7, minutes=30)}
        if has_app_context():
            db.session.commit()
        return self.build.event(**given | values)

    def person(self, name="", **values) -> StaffPerson:
        n = self._next()
        name = name or f"员工{n}"
        given = {
            "name": name,
            "kind": StaffKind.OWN,
            "mobile": f"+86139{n:08d}",
            "search_key": search_key(name, values.get("agency", ""), values.get("mobile") or f"139{n:08d}"),
            "sort_key": sort_key(name),
            "created_at": clock.now(),
        }
        return self.save(StaffPerson(**given | values))

    def role(self, event: Event, **values) -> StaffRole:
        n = self._next()
        return self.save(StaffRole(**{"event_id": event.id, "name": f"岗位{n}", "position": n} | values))

    def shift(self, event: Event, first=9.0, last=15.0, *, day=0, **values) -> Shift:
        """A shift in hours after midnight of the event's day in Shanghai."""
        midnight = event.starts_at - timedelta(hours=9) + timedelta(days=day)
        given = {
            "event_id": event.id,
            "name": f"班次{self._next()}",
            "starts_at": midnight + timedelta(hours=first),
            "ends_at": midnight + timedelta(hours=last),
            "for_start_at": event.starts_at,
            "for_time_zone": event.time_zone,
        }
        return self.save(Shift(**given | values))

    def need(self, role: StaffRole, shift: Shift, required=1) -> StaffNeed:
        return self.save(StaffNeed(role_id=role.id, shift_id=shift.id, required=required))

    def duty(self, role: StaffRole, shift: Shift, person: StaffPerson, slot=1, **values) -> Duty:
        given = {
            "event_id": role.event_id,
            "role_id": role.id,
            "shift_id": shift.id,
            "person_id": person.id,
            "slot": slot,
            "created_at": clock.now(),
            "state": DutyState.PLANNED,
        }
        return self.save(Duty(**given | values))

    def place(self, required=1, **event_values) -> tuple[Event, StaffRole, Shift]:
        """An event with one role that is needed in one shift."""
        event = self.event(**event_values)
        role, shift = self.role(event), self.shift(event)
        self.need(role, shift, required)
        return event, role, shift


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def crew(build):
    return Crew(build)


@pytest.fixture
def session(app):
    with app.app_context():
        yield db.session


@pytest.fixture
def fresh(session):
    """Load a detached row again, into the test's session."""

    def load(row):
        key = [getattr(row, column.key) for column in type(row).__mapper__.primary_key]
        return session.get(type(row), tuple(key) if len(key) > 1 else key[0])

    return load
