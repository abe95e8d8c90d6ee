"""Two officers in the same instant, a process killed between seal and commit, twenty tablets at once."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection

import pytest
from flask_migrate import upgrade

from app import clock, create_app, journal, tokens
from app.access import Role
from app.blueprints.signing.sessions import actions as sessions
from app.blueprints.signing.trail import Witness
from app.extensions import db
from app.models import (
    Contract,
    ContractState,
    EventStatus,
    IdentityPaper,
    Mark,
    Message,
    Receivable,
    Seal,
    SigningWay,
    Step,
    StepKind,
    TerritoryGrant,
    TerritoryState,
    User,
)
from tests.build import Builder
from tests.build import contracts as made
from tests.load.door import database, served
from tests.signing.race import killed, race
from tests.signing.sitting import STROKES, drawn, rows, signed_by_dealer
from tests.territories.race import settings

ROUNDS, TABLETS = 6, 20


@pytest.fixture
def officers(build):
    return [build.user(Role.DIRECTOR) for _ in range(2)]


def of_processes(app, engine):
    """The settings with which another process opens the same database; ours lets go of it."""
    with app.app_context():
        url = str(db.engine.url.render_as_string(hide_password=False))
        db.session.remove()
        db.engine.dispose()
    return settings(app.config["SIGNING_DAY_HOME"], "" if engine == "sqlite" else url)


@pytest.mark.slow
def test_of_two_officers_one_seals(app, engine, build, event, rep, client, client_of, officers):
    ids = [signed_by_dealer(app, build, event, rep, client, client_of).id for _ in range(ROUNDS)]
    said = race(of_processes(app, engine), ids, [each.id for each in officers])
    for first, second in zip(*said, strict=True):
        assert {first, second} == {"sealed", "already_countersigned"}
    assert [each.contract_id for each in rows(app, Seal)] == ids
    assert len(rows(app, Mark)) == 2 * ROUNDS
    assert len(rows(app, Receivable)) == ROUNDS
    assert len(rows(app, Step, kind=StepKind.SEALED)) == ROUNDS


@pytest.mark.slow
def test_killed_before_the_commit_nothing_is_half_done(app, engine, build, event, rep, client, client_of, officers):
    contract = signed_by_dealer(app, build, event, rep, client, client_of)
    before = len(rows(app, Step))
    assert killed(of_processes(app, engine), contract.id, officers[0].id) == -9
    assert rows(app, Contract)[0].state is ContractState.SIGNED
    assert rows(app, Seal) == rows(app, Receivable) == rows(app, Message) == []
    assert (len(rows(app, Mark)), len(rows(app, Step))) == (1, before)
    answer = client_of(officers[0]).post(f"/contracts/{contract.id}/countersign", data=drawn())
    assert answer.status_code == 303
    assert len(rows(app, Seal)) == len(rows(app, Receivable)) == 1


def opened(environment):
    """Twenty contracts with the pen given; the links of their pages."""
    app = create_app({**environment, "LOG_LEVEL": "ERROR"})
    build, links = Builder(app), []
    journal.act_as(journal.Actor("system"))  # the last test's actor is nobody here
    with app.app_context():
        upgrade()
        db.session.remove()
    now = clock.now()
    event = build.event(
        status=EventStatus.RUNNING, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=9)
    )
    rep = build.user(Role.SALES_REP)
    for _ in range(TABLETS):
        contract = made.ready(build, event, rep)
        with app.app_context():
            host, row = db.session.get_one(User, rep.id), db.session.get_one(Contract, contract.id)
            signing = sessions.open_signing(row, SigningWay.TABLET, host)
            sessions.see_identity(signing, IdentityPaper.ID_CARD, "1234", host, Witness(host.name))
            links.append(f"/sign/{signing.token}")
            db.session.commit()
    with app.app_context():
        db.engine.dispose()
    return app, links


def sign(port, link):
    """Send one signature as a tablet does, and once more, as a tablet does whose line broke."""
    sent = {
        "client_id": tokens.new_link_token(),
        "strokes": STROKES,
        "pages": {"1": 2, "2": 2},
        "at": 1_795_000_000_000,
    }
    said = []
    for _ in range(2):
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("POST", link + "/mark", json.dumps(sent), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        said.append((answer.status, answer.read()))
        connection.close()
    return said


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_twenty_tablets_at_once_lose_nothing(kind, tmp_path):
    with database(kind, tmp_path) as url:
        environment = {
            "SIGNING_DAY_HOME": str(tmp_path),
            "DATABASE_URL": url,
            "SECRET_KEY": "tablets",
            "PUBLIC_URL": "http://localhost",
            "LOG_LEVEL": "ERROR",
        }
        with clock.stopped_at(datetime.now(UTC)):  # the server knows no other
            app, links = opened(environment)
        with served(environment) as (port, _server), ThreadPoolExecutor(TABLETS) as tablets:
            said = list(tablets.map(lambda link: sign(port, link), links))
        assert {status for each in said for status, _ in each} == {200}
        assert all(first == second for first, second in said)
        assert {each.state for each in rows(app, Contract)} == {ContractState.SIGNED}
        assert len(rows(app, Mark)) == len(rows(app, Step, kind=StepKind.DEALER_SIGNED)) == TABLETS
        assert {each.state for each in rows(app, TerritoryGrant)} == {TerritoryState.SIGNED}
        with app.app_context():
            db.engine.dispose()
