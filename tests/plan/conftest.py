"""An event, people who write, review and approve, and their clients. The clock stands still."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import g

from app import clock
from app.access import Role
from app.blueprints.plan import actions, queries
from app.blueprints.plan.approval import actions as approval
from app.blueprints.plan.approval.actions import Asked
from app.blueprints.plan.rules.life import Person
from app.extensions import db
from app.models import Event, Invitation
from app.tokens import new_link_token

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
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
def people(build):
    """Accounts by role."""
    roles = (Role.PLANNER, Role.CONFERENCE_AFFAIRS, Role.SALES_MANAGER, Role.DIRECTOR, Role.SALES_REP)
    return {role: build.user(role) for role in roles}


@pytest.fixture
def who(people):
    """Whoever acts in actions, by role."""
    return {role: Person(user.id, user.permissions) for role, user in people.items()}


@pytest.fixture
def event(build, session):
    def make(**values):
        given = {"starts_at": START, "ends_at": START + timedelta(hours=7), "theme": "净水下乡", "venue": "听澜宾馆"}
        session.commit()
        return session.get(Event, build.event(**given | values).id)

    return make


@pytest.fixture
def written(event, session, who):
    """An event with a plan in its first draft."""

    def make(**values):
        row = event(**values)
        actions.start(row, who[Role.PLANNER])
        session.commit()
        return row, queries.document(row)

    return make


@pytest.fixture
def asked(people):
    return Asked(people[Role.SALES_MANAGER].id, people[Role.DIRECTOR].id)


@pytest.fixture
def approved(written, session, who, asked):
    """An event with an approved plan."""

    def make(**values):
        row, document = written(**values)
        approval.submit(row, document, asked, who[Role.PLANNER])
        approval.pass_on(row, document, who[Role.SALES_MANAGER])
        approval.approve(row, document, who[Role.DIRECTOR])
        session.commit()
        return row, document

    return make


@pytest.fixture
def ask(build, session):
    """Send a request as an account. The test's context must not remember who asked last."""
    clients = {}

    def send(user, method, address, **data):
        session.commit()  # SQLite has one writer
        if user.id not in clients:
            clients[user.id] = build.app.test_client()
            build.sign_in(clients[user.id], user)
        for name in ("_login_user", "event"):
            g.pop(name, None)
        answer = clients[user.id].open(address, method=method, data=data or None)
        session.expire_all()
        return answer

    return send


@pytest.fixture
def invite(build, session):
    """Put one more guest on the list of an event."""

    def make(event):
        session.commit()
        dealer = build.dealer()
        row = Invitation(event_id=event.id, dealer_id=dealer.id, token=new_link_token(), listed_at=clock.now())
        session.add(row)
        session.commit()

    return make
