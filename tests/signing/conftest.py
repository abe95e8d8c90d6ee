"""A stopped clock, an event of the day, and a contract that waits for the pen."""

from datetime import UTC, datetime, timedelta

import pytest

from app import clock
from app.access import Role
from app.extensions import db
from app.models import EventStatus

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def session(app):
    with app.app_context():
        yield db.session


@pytest.fixture
def event(build):
    return build.event(
        slug="today", status=EventStatus.RUNNING, starts_at=NOW - timedelta(hours=1), ends_at=NOW + timedelta(hours=7)
    )


@pytest.fixture
def rep(build):
    return build.user(Role.SALES_REP)


@pytest.fixture
def manager(build):
    return build.user(Role.SALES_MANAGER)


@pytest.fixture
def director(build):
    return build.user(Role.DIRECTOR)


@pytest.fixture
def client_of(build, app):
    """A browser in which somebody is signed in."""

    def make(user):
        client = app.test_client()
        build.sign_in(client, user)
        return client

    return make
