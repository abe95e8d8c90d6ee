"""A stopped clock, an event with a budget, and people who plan, approve and pay."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import g

from app import clock
from app.access import Role
from app.blueprints.budget import queries
from app.blueprints.budget.plan import actions as plans
from app.extensions import db
from app.models import Event

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
START = datetime(2026, 12, 18, 1, tzinfo=UTC)
PLANS = (Role.DIRECTOR,)


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def session(app):
    with app.app_context():
        yield db.session


@pytest.fixture
def people(build):
    """Accounts by role."""
    roles = (Role.PLANNER, Role.DIRECTOR, Role.FINANCE, Role.CONFERENCE_AFFAIRS, Role.SALES_REP)
    return {role: build.user(role) for role in roles}


@pytest.fixture
def event(build, session):
    """An event with the lines of the template and no plan."""

    def make(**values):
        given = {"starts_at": START, "ends_at": START + timedelta(hours=7)}
        session.commit()
        row = session.get(Event, build.event(**given | values).id)
        plans.start(row)
        session.commit()
        return row

    return make


@pytest.fixture
def planned(event, session, people):
    """An event with an approved plan: sums by the keys of lines."""

    def make(**sums):
        row = event()
        of = {line.key: line.id for line in queries.lines(row)}
        version = plans.revise(row, "first", by_id=people[Role.PLANNER].id)
        plans.fill_in(row, version, {of[key]: Decimal(amount) for key, amount in sums.items()})
        plans.submit(row, version)
        plans.approve(row, version, PLANS, by_id=people[Role.DIRECTOR].id)
        session.commit()
        return row

    return make


@pytest.fixture
def lines(session):
    """The lines of an event by their keys."""
    return lambda row: {line.key: line for line in queries.lines(row)}


@pytest.fixture
def ask(build, session):
    """Send a request as somebody with a role, or as an account. The test's context must not remember who asked last."""
    clients = {}

    def send(who, method, address, **data):
        session.commit()  # SQLite has one writer
        if who not in clients:
            clients[who] = build.client(who) if isinstance(who, Role) else build.app.test_client()
            if not isinstance(who, Role):
                build.sign_in(clients[who], who)
        for name in ("_login_user", "event"):
            g.pop(name, None)
        return clients[who].open(address, method=method, data=data or None)

    return send
