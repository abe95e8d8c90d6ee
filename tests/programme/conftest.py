"""An event with an agenda, people and clients. The clock stands still on the evening before."""

from datetime import UTC, datetime, timedelta

import pytest

from app import clock
from app.access import Role
from app.blueprints.programme.agenda import actions
from app.blueprints.programme.agenda.actions import Said
from app.extensions import db
from app.models import Event, SessionKind

NOW = datetime(2026, 12, 17, 10, tzinfo=UTC)
START = datetime(2026, 12, 18, 1, tzinfo=UTC)


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
    """An event of eight hours in one hall."""
    row = build.event(starts_at=START, ends_at=START + timedelta(hours=8), hall="一号厅")
    return session.get(Event, row.id)


@pytest.fixture
def planner(build):
    return build.user(Role.PLANNER)


@pytest.fixture
def add(event, session):
    """Put a session on the agenda, so many minutes after the start."""

    def make(start, minutes=30, **values):
        given = {"kind": SessionKind.TALK, "title": "市场与产品", "room": "一号厅"} | values
        row = actions.add(event, Said(starts_at=START + timedelta(minutes=start), minutes=minutes, **given))
        session.commit()
        return row

    return make
