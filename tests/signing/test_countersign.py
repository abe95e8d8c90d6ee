"""Our officer signs: one seal, and everything that follows from it in one transaction or none of it."""

from datetime import date, timedelta

import pytest

from app import clock, worker
from app.access import Role
from app.blueprints.signing.countersign import jobs, letters
from app.blueprints.territories.rules import taken as territories
from app.extensions import db
from app.job_runner import JobRunner
from app.models import (
    Contract,
    ContractState,
    Dealer,
    Event,
    EventStatus,
    Mark,
    Message,
    MessageState,
    OfficerSignature,
    Package,
    Party,
    Receivable,
    Seal,
    Standing,
    Step,
    StepKind,
    TerritoryGrant,
    TerritoryState,
    WallEntry,
)
from app.sealing import certificate
from app.sealing.verifier import Verdict, verify
from tests.sealing.authority import Authority
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
    assert contract.signatory in thanks.text
    assert "{" not in thanks.text + thanks.subject


def test_the_greeting_goes_two_days_later_also_after_the_event_is_closed(app, client_of, contract, officer):
    client_of(officer).post(url(contract), data=drawn())
    with app.app_context():
        db.session.get_one(Event, contract.event_id).status = EventStatus.CLOSED
        db.session.commit()
    states = []
    for later in (timedelta(days=1, hours=23), timedelta(days=2, minutes=1)):
        with clock.stopped_at(clock.now() + later), app.app_context():
            worker.run_once(app)
        (thanks,) = rows(app, Message, key=f"contract_thanks:{contract.id}")
        states.append((thanks.state, thanks.reason_code))
    assert states == [(MessageState.WAITING, ""), (MessageState.KEPT, "no_server")]  # tests have no mail server


def untouched(app, contract):
    """Nothing of a countersignature is there."""
    assert rows(app, Contract, id=contract.id)[0].state is ContractState.SIGNED
    assert [each.party for each in rows(app, Mark, contract_id=contract.id)] == [Party.DEALER]
    assert rows(app, Seal) == rows(app, Receivable) == rows(app, Message) == []
    assert rows(app, Step, contract_id=contract.id)[-1].kind is StepKind.DEALER_SIGNED
    assert rows(app, Dealer, id=contract.dealer_id)[0].standing is not Standing.SIGNED


def test_the_same_page_sent_twice_seals_once(app, client_of, contract, officer):
    sent = drawn()
    desk = client_of(officer)
    assert [desk.post(url(contract), data=sent).status_code for _ in range(3)] == [303, 303, 303]
    (seal,) = rows(app, Seal)
    assert desk.post(url(contract), data=drawn()).status_code == 409
    assert [each.sha256 for each in rows(app, Seal)] == [seal.sha256]
    assert len(rows(app, Receivable)) == 1


@pytest.mark.parametrize("role", [Role.SALES_REP, Role.FINANCE, Role.CONTRACT_ADMINISTRATOR, Role.PLANNER])
def test_only_officers_sign_for_the_company(app, build, client_of, contract, role):
    assert client_of(build.user(role)).post(url(contract), data=drawn()).status_code == 403
    untouched(app, contract)


def test_two_people_are_wanted(app, build, client, client_of, event):
    both = build.user(Role.SALES_REP, Role.DIRECTOR)
    contract = signed_by_dealer(app, build, event, both, client, client_of)
    assert client_of(both).post(url(contract), data=drawn()).status_code == 409
    untouched(app, contract)
    assert client_of(build.user(Role.DIRECTOR)).post(url(contract), data=drawn()).status_code == 303


@pytest.mark.parametrize("strokes", ["", "[]", "[[[1,1,0,50]]]", "x", "[" * 5000, "1" * 500_000])
def test_no_signature_no_seal(app, client_of, contract, officer, strokes):
    assert client_of(officer).post(url(contract), data=drawn(strokes=strokes)).status_code == 409
    untouched(app, contract)


def test_the_kept_signature_is_used(app, client_of, contract, officer):
    desk = client_of(officer)
    assert desk.get("/countersign/signature").status_code == 200
    assert desk.post("/countersign/signature", data={"strokes": "[]"}).status_code == 422
    assert desk.post("/countersign/signature", data={"strokes": drawn()["strokes"]}).status_code == 303
    assert desk.post(url(contract), data=drawn(strokes="")).status_code == 303
    ours = next(each for each in rows(app, Mark) if each.party is Party.COMPANY)
    assert ours.strokes == rows(app, OfficerSignature)[0].strokes


@pytest.mark.parametrize("trouble", ["missing", "password", "expired", "not_yet"])
def test_a_certificate_that_does_not_serve_changes_nothing(
    app, client_of, contract, officer, trouble, tmp_path, monkeypatch
):
    now, path = clock.now(), tmp_path / "own.p12"
    if trouble != "missing":
        start, end = {
            "expired": (now - timedelta(days=400), now - timedelta(days=1)),
            "not_yet": (now + timedelta(days=1), now + timedelta(days=400)),
        }.get(trouble, (now - timedelta(days=1), now + timedelta(days=400)))
        Authority().pkcs12(path, "secret", start, end)
    monkeypatch.setitem(app.config, "SEAL_CERTIFICATE", str(path))
    monkeypatch.setitem(app.config, "SEAL_PASSWORD", "wrong" if trouble == "password" else "secret")
    code = {"password": "certificate_wrong_password", "not_yet": "certificate_not_yet_valid"}.get(
        trouble, f"certificate_{trouble}"
    )
    desk, sent = client_of(officer), drawn()
    for page in ("/countersign", url(contract)):  # known before anybody signs
        assert f'data-fault="{code}"' in desk.get(page).text
    answer = desk.post(url(contract), data=sent)
    assert answer.status_code == 409
    assert f'data-fault="{code}"' in answer.text
    assert sent["client_id"] in answer.text  # the page comes back with what was drawn
    untouched(app, contract)
    monkeypatch.setitem(app.config, "SEAL_CERTIFICATE", "")
    assert f'data-fault="{code}"' not in desk.get(url(contract)).text
    assert desk.post(url(contract), data=drawn()).status_code == 303


def test_what_fails_late_leaves_nothing(app, client_of, contract, officer, monkeypatch):
    def broken(*_):
        raise territories.TerritoryNotHeld(region="x")

    with monkeypatch.context() as patch:
        patch.setattr(letters, "post", broken)
        assert client_of(officer).post(url(contract), data=drawn()).status_code == 409
    untouched(app, contract)
    assert client_of(officer).post(url(contract), data=drawn()).status_code == 303


def test_a_clock_that_jumps_back_keeps_the_order_of_the_marks(app, client_of, contract, officer):
    with clock.stopped_at(clock.now() - timedelta(hours=3)):
        assert client_of(officer).post(url(contract), data=drawn()).status_code == 303
    signed = {each.party: each.signed_at for each in rows(app, Mark)}
    assert signed[Party.COMPANY] >= signed[Party.DEALER]


def test_several_at_once(app, build, client, client_of, contract, event, officer, rep):
    more = [signed_by_dealer(app, build, event, rep, client, client_of) for _ in range(2)]
    desk = client_of(officer)
    desk.post("/countersign/signature", data={"strokes": drawn()["strokes"]})
    page = desk.get("/countersign").text
    assert all(f'value="{each.id}"' in page for each in (contract, *more))
    sent = {"ids": [str(each.id) for each in (contract, *more)]}
    assert desk.post("/countersign/many", data=sent).status_code == 303
    with app.app_context():
        assert JobRunner("test", jobs.KINDS).run() == 1
    assert len(rows(app, Seal)) == 3
    assert {each.state for each in rows(app, Contract)} == {ContractState.COUNTERSIGNED}
    assert {each.actor for each in rows(app, Step, kind=StepKind.SEALED)} == {officer.name}


def test_void_takes_back_what_the_seal_brought(app, build, client, client_of, contract, officer):
    client_of(officer).post(url(contract), data=drawn())
    assert client_of(officer).post(f"/contracts/{contract.id}/void", data={"why": "wrong"}).status_code == 403
    clerk = client_of(build.user(Role.CONTRACT_ADMINISTRATOR))
    assert clerk.get(f"/contracts/{contract.id}/trail").status_code == 200
    assert clerk.post(f"/contracts/{contract.id}/void", data={"why": "signed twice"}).status_code == 303
    assert rows(app, Contract, id=contract.id)[0].void_why == "signed twice"
    assert all(each.cancelled_at == clock.now() for each in rows(app, Receivable))
    assert [each.state for each in rows(app, TerritoryGrant)] == [TerritoryState.ENDED]
    assert rows(app, WallEntry)[0].withdrawn_at == clock.now()
    assert rows(app, Step)[-1].kind is StepKind.VOIDED
    written = {each.key: each.state for each in rows(app, Message)}
    assert written[f"contract_thanks:{contract.id}"] is MessageState.CANCELLED
    assert f"contract_void:{contract.id}" in written
    assert len(rows(app, Seal)) == 1  # the document stays on record
    assert clerk.post(f"/contracts/{contract.id}/void", data={"why": "again"}).status_code == 409


def test_a_package_is_taken_with_the_dealers_mark_and_given_back(app, build, client, client_of, event, rep, officer):
    package = build.save(Package(event_id=event.id, name="当日签约礼", stock=1))
    contract = signed_by_dealer(app, build, event, rep, client, client_of, package_id=package.id)
    assert rows(app, Package)[0].taken == 1
    client_of(officer).post(url(contract), data=drawn())
    clerk = client_of(build.user(Role.CONTRACT_ADMINISTRATOR))
    clerk.post(f"/contracts/{contract.id}/void", data={"why": "wrong"})
    assert rows(app, Package)[0].taken == 0


def test_a_seal_that_cannot_be_made_leaves_the_contract_signed(app, build, event, rep, client, client_of, tmp_path):
    """A certificate that cannot be used is told; nothing has changed, and it can be tried again."""
    contract = signed_by_dealer(app, build, event, rep, client, client_of)
    officer = build.client(Role.DIRECTOR)
    bad = tmp_path / "company.p12"
    bad.write_bytes(b"no certificate")
    for path in (tmp_path / "nowhere.p12", bad):
        app.config["SEAL_CERTIFICATE"] = str(path)
        try:
            answer = officer.post(f"/contracts/{contract.id}/countersign", data=drawn())
        finally:
            app.config["SEAL_CERTIFICATE"] = ""
        assert answer.status_code == 409
        assert rows(app, Contract, id=contract.id)[0].state is ContractState.SIGNED
    assert officer.post(f"/contracts/{contract.id}/countersign", data=drawn()).status_code == 303
