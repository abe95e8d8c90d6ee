"""Rows of a material list for tests, and a stopped clock."""

from datetime import UTC, datetime, timedelta

import pytest

from app import clock
from app.access import Role
from app.extensions import db
from app.models import Event, Material, MovementKind

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
START = datetime(2026, 12, 18, 1, tzinfo=UTC)  # nine in Shanghai


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def session(app):
    with app.app_context():
        yield db.session


@pytest.fixture
def event(build, session):
    """An event in the test's session, theme and hosts and all."""

    def make(**values):
        given = {
            "starts_at": START,
            "ends_at": START + timedelta(hours=7),
            "theme": "携手同行",
            "organizer": "岚溪净饮",
            "co_organizer": "华中净水联谊会",
        }
        session.commit()
        return session.get(Event, build.event(**given | values).id)

    return make


@pytest.fixture
def thing(session):
    """A material of an event, in the test's session."""

    def make(event, **values):
        row = Material(**{"event_id": event.id, "name": "易拉宝", "base_quantity": 10} | values)
        session.add(row)
        session.commit()
        return row

    return make


@pytest.fixture
def planner(build):
    return build.client(Role.PLANNER)


KINDS = MovementKind
