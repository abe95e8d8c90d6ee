"""A licensed service signs: handed over once the gate is open, believed only when signed, taken once."""

import json
from datetime import timedelta

import pytest

from app import clock
from app.extensions import db
from app.models import (
    Contract,
    ContractState,
    GateOverride,
    Mark,
    Party,
    Receivable,
    Seal,
    ServiceCall,
    Signing,
    SigningWay,
    Step,
    TerritoryGrant,
    TerritoryState,
)
from app.sealing import certificate
from tests.build import contracts as made
from tests.sealing.conftest import config
from tests.signing.remote import KEY, SECRET, Remote, headers, running
from tests.signing.sitting import rows, sealed_bytes
from tests.signing.test_verify import asked

PATH = "/signing-service/callback"


@pytest.fixture
def remote(app, tmp_path, monkeypatch):
    with running(Remote(certificate.ours(config(tmp_path / "theirs", COMPANY_NAME="Service")))) as server:
        for name, value in {"URL": server.url, "KEY": KEY, "SECRET": SECRET}.items():
            monkeypatch.setitem(app.config, f"SIGN_SERVICE_{name}", value)
        yield server


@pytest.fixture
def contract(build, event, rep):
    return made.ready(build, event, rep)


@pytest.fixture
def remote_id(app, remote, client_of, rep, contract):
    assert client_of(rep).post(f"/contracts/{contract.id}/signing/service").status_code == 303
    (signing,) = rows(app, Signing)
    assert (signing.way, signing.remote_url) == (SigningWay.SERVICE, f"{remote.url}/go/{signing.remote_id}")
    return signing.remote_id


def called(client, sent, **values):
    body = json.dumps(sent).encode()
    return client.post(PATH, data=body, headers=headers("POST", PATH, body, **values) | {"Accept": "application/json"})


def counts(app):
    return [len(rows(app, model)) for model in (Mark, Seal, Receivable, ServiceCall)]


def test_what_the_service_signed_is_the_sealed_document(app, client, remote, remote_id, contract):
    remote.sign(remote_id)
    assert called(client, remote.call(remote_id)).status_code == 200
    (row,) = rows(app, Contract, id=contract.id)
    assert row.state is ContractState.COUNTERSIGNED
    assert {(each.party, each.way) for each in rows(app, Mark)} == {(party, SigningWay.SERVICE) for party in Party}
    assert sealed_bytes(app, contract) == remote.signed[remote_id]
    assert [each.state for each in rows(app, TerritoryGrant)] == [TerritoryState.SIGNED]
    assert counts(app) == [2, 1, 1, 1]
    assert asked(client, remote.signed[remote_id], contract.number) == "unchanged"
    assert asked(client, remote.signed[remote_id] + b"\n", contract.number) == "changed_after_sealing"


def test_the_same_call_again_and_a_replay_change_nothing(app, client, remote, remote_id):
    remote.sign(remote_id)
    sent = remote.call(remote_id)
    assert [called(client, sent).status_code for _ in range(3)] == [200, 200, 200]
    assert called(client, remote.call(remote_id)).status_code == 200  # the same news under another id
    steps = len(rows(app, Step))
    body = json.dumps(sent).encode()
    old = headers("POST", PATH, body)
    with clock.stopped_at(clock.now() + timedelta(seconds=301)):
        assert client.post(PATH, data=body, headers=old).status_code == 403
    assert counts(app)[:3] == [2, 1, 1]
    assert len(rows(app, Step)) == steps


@pytest.mark.parametrize(
    ("change", "values", "status", "code"),
    [
        ({}, {"secret": "another"}, 403, "call_not_believed"),
        ({}, {"at": 0}, 403, "call_not_believed"),
        ({"state": "perhaps"}, {}, 409, "call_not_believed"),
        ({"call_id": ""}, {}, 409, "call_not_believed"),
        ({"document_sha256": "0" * 64}, {}, 409, "not_this_document"),
        ({"signed_sha256": "0" * 64}, {}, 409, "not_this_document"),
        ({"id": "R0"}, {}, 404, "not_found"),
    ],
)
def test_what_is_not_believed_changes_nothing(app, client, remote, remote_id, contract, change, values, status, code):
    remote.sign(remote_id)
    answer = called(client, remote.call(remote_id, **change), **values)
    assert (answer.status_code, answer.json["error"]) == (status, code)
    assert rows(app, Contract, id=contract.id)[0].state is ContractState.SIGNING
    assert counts(app) == [0, 0, 0, 0]


def test_a_service_that_is_down_leaves_the_contract_approved(app, client_of, rep, remote, contract):
    remote.down = True
    answer = client_of(rep).post(f"/contracts/{contract.id}/signing/service", headers={"Accept": "application/json"})
    assert answer.json["error"] == "service_unavailable"
    assert rows(app, Contract, id=contract.id)[0].state is ContractState.APPROVED
    assert rows(app, Signing) == []


def test_nothing_is_handed_over_before_the_gate_is_open(app, build, client_of, event, rep, remote):
    closed = made.ready(build, event, rep)
    with app.app_context():
        db.session.query(GateOverride).delete()
        db.session.commit()
    answer = client_of(rep).post(f"/contracts/{closed.id}/signing/service", headers={"Accept": "application/json"})
    assert answer.json["error"] == "gate_closed"
    assert remote.orders == {}


def test_a_refusal_gives_the_pen_back(app, client, remote, remote_id, contract):
    assert called(client, remote.call(remote_id, "refused")).status_code == 200
    assert rows(app, Contract, id=contract.id)[0].state is ContractState.APPROVED


def test_the_way_is_offered_only_when_it_is_set(app, client_of, rep, contract, client):
    desk = client_of(rep)
    assert "signing/service" not in desk.get(f"/contracts/{contract.id}/signing").text
    assert desk.post(f"/contracts/{contract.id}/signing/service").status_code == 404
    assert client.post(PATH, data=b"{}").status_code == 404
