"""The code by SMS as the second factor: sent at once at any hour, counted, and read by nobody else."""

import re
import time as clock_time
from datetime import time, timedelta

import pytest

from app import clock, worker
from app.access import Role
from app.extensions import db
from app.models import (
    Channel,
    Contract,
    ContractState,
    Event,
    EventStatus,
    Message,
    MessageState,
    Signing,
    Step,
    StepKind,
)
from tests.build import contracts as made
from tests.messages.test_channels import gateway  # noqa: F401 - the local gateway
from tests.signing.sitting import STROKES, rows

JSON = {"Accept": "application/json"}


@pytest.fixture
def contract(build, event, rep):
    return made.ready(build, event, rep, signatory_mobile="+8613812345678")


@pytest.fixture
def link(app, contract, rep, client_of, gateway):  # noqa: F811
    app.config["SMS_URL"] = f"json://127.0.0.1:{gateway.port}/send"
    host = client_of(rep)
    host.post(f"/contracts/{contract.id}/signing", data={"way": "tablet"})
    host.post(f"/contracts/{contract.id}/signing/identity", data={"paper": "id_card", "last4": "123x"})
    yield f"/sign/{rows(app, Signing, contract_id=contract.id)[-1].token}"
    app.config["SMS_URL"] = ""


def mark():
    return {"client_id": "a" * 36, "strokes": STROKES, "pages": {"1": 3, "2": 5}, "at": clock_time.time() * 1000}


def sent_code(app, gateway):  # noqa: F811
    with app.app_context():
        worker.run_once(app)
    said = gateway.requests[-1]
    return re.findall(r"\d{6}", said["message"])[0]


def change_event(app, event, **values):
    with app.app_context():
        row = db.session.get_one(Event, event.id)
        for name, value in values.items():
            setattr(row, name, value)
        db.session.commit()


@pytest.mark.parametrize("status", [EventStatus.RUNNING, EventStatus.CLOSED])
def test_the_pen_waits_for_the_code(app, client, event, contract, link, gateway, status):  # noqa: F811
    change_event(app, event, quiet_from=time(0, 0), quiet_until=time(23, 59), status=status)
    assert client.post(link + "/mark", json=mark(), headers=JSON).json["error"] == "code_not_passed"
    assert client.post(link + "/code").json == {"sent": True, "phone": "5678"}
    assert client.post(link + "/code").status_code == 409  # one a minute
    code = sent_code(app, gateway)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert client.post(link + "/code/check", json={"code": wrong}, headers=JSON).json["error"] == "code_wrong"
    assert rows(app, Signing)[-1].code_tries == 1
    assert client.post(link + "/mark", json=mark(), headers=JSON).json["error"] == "code_not_passed"
    assert client.post(link + "/code/check", json={"code": code}, headers=JSON).json == {"passed": True}
    assert client.post(link + "/mark", json=mark(), headers=JSON).json["stage"] == "signed"
    assert rows(app, Contract, id=contract.id)[0].state is ContractState.SIGNED
    kinds = [step.kind for step in rows(app, Step, contract_id=contract.id)]
    assert {StepKind.CODE_SENT, StepKind.CODE_REFUSED, StepKind.CODE_PASSED} <= set(kinds)


def test_wrong_tries_use_it_up(app, client, link, gateway):  # noqa: F811
    client.post(link + "/code")
    code = sent_code(app, gateway)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    answers = [client.post(link + "/code/check", json={"code": wrong}, headers=JSON).json["error"] for _ in range(6)]
    assert answers[-1] == "code_used_up"
    assert client.post(link + "/code/check", json={"code": code}, headers=JSON).json["error"] == "code_used_up"


def test_one_that_is_too_old_is_not_sent_any_more(app, client, link, gateway):  # noqa: F811
    client.post(link + "/code")
    with clock.stopped_at(clock.now() + timedelta(minutes=11)), app.app_context():
        worker.run_once(app)
    assert gateway.requests == []
    [message] = rows(app, Message, channel=Channel.SMS)
    assert (message.state, message.reason_code) == (MessageState.CANCELLED, "code_expired")


def test_whoever_reads_the_outbox_does_not_read_the_code(app, build, client, event, link, gateway):  # noqa: F811
    client.post(link + "/code")
    code = sent_code(app, gateway)
    [message] = rows(app, Message, channel=Channel.SMS)
    assert code in message.text
    planner = build.client(Role.PLANNER)
    for page in ("", "?columns=subject", str(message.id)):
        answer = planner.get(f"/events/{event.slug}/outbox/{page}")
        assert answer.status_code == 200
        assert code not in answer.text
