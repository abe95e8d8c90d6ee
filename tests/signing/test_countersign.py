"""Our officer signs: one seal, and everything that follows from it in one transaction or none of it."""

from datetime import date, timedelta

import pytest

from app import clock
from app.access import Role
from app.models import (
    Contract,
    ContractState,
    Dealer,
    Mark,
    Message,
    Party,
    Receivable,
    Seal,
    Standing,
    Step,
    StepKind,
    TerritoryGrant,
    TerritoryState,
)
from app.sealing import certificate
from app.sealing.verifier import Verdict, verify
from tests.signing.sitting import drawn, rows, sealed_bytes, signed_by_dealer

ACCEPT = {"Accept": "application/json"}


@pytest.fixture
def contract(app, build, event, rep, client, client_of):
    return signed_by_dealer(app, build, event, rep, client, client_of)


@pytest.fixture
def officer(build):
    return build.user(Role.DIRECTOR)


def url(contract, tail=""):
    return f"/contracts/{contract.id}/countersign{tail}"


def test_from_the_dealers_mark_to_the_seal(app, client_of, contract, officer, build):
    finance = build.user(Role.FINANCE)
    desk = client_of(officer)
    assert desk.get(url(contract)).status_code == 200
    answer = desk.post(url(contract), data=drawn())
    assert answer.status_code == 303, answer.get_data(as_text=True)

    (row,) = rows(app, Contract, id=contract.id)
    assert (row.state, row.countersigned_at) == (ContractState.COUNTERSIGNED, clock.now())
    assert {each.party for each in rows(app, Mark, contract_id=contract.id)} == {Party.DEALER, Party.COMPANY}
    (seal,) = rows(app, Seal, contract_id=contract.id)
    assert seal.is_trial
    content = sealed_bytes(app, contract)
    found = verify(content, certificate.known(app.config))
    assert (found.verdict, found.sha256) == (Verdict.UNCHANGED, seal.sha256)
    (owed,) = rows(app, Receivable, contract_id=contract.id)
    assert (owed.due_on, owed.amount, owed.rep_id) == (date(2026, 12, 1), 20000, contract.rep_id)
    assert [each.state for each in rows(app, TerritoryGrant, contract_id=contract.id)] == [TerritoryState.SIGNED]
    assert rows(app, Dealer, id=contract.dealer_id)[0].standing is Standing.SIGNED
    kinds = [each.kind for each in rows(app, Step, contract_id=contract.id)]
    assert kinds[-2:] == [StepKind.COUNTERSIGNED, StepKind.SEALED]
    written = {each.key: each for each in rows(app, Message)}
    assert set(written) == {
        f"contract_copy:{contract.id}",
        f"contract_congratulation:{contract.id}",
        f"contract_thanks:{contract.id}",
        f"contract_sealed:{contract.id}:{contract.rep_id}",
        f"contract_sealed:{contract.id}:{finance.id}",
    }
    assert f"/copy/{seal.copy_token}" in written[f"contract_copy:{contract.id}"].text
    thanks = written[f"contract_thanks:{contract.id}"]
    assert thanks.due_at == clock.now() + timedelta(days=2)  # it is ten in the morning there
