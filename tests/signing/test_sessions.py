"""A sitting: opened by the host, read, signed once, and kept whatever happens in between."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.access import Role
from app.extensions import db
from app.models import Contract, ContractState, Mark, Signing, Step, StepKind, TerritoryGrant, TerritoryState, WallEntry
from tests.build import contracts as made

STROKES = [[[10 * n, 50 + (n % 3) * 9, 20 * n, 50] for n in range(20)]]


@pytest.fixture
def contract(build, event, rep):
    return made.ready(build, event, rep)


def host_url(contract, tail=""):
    return f"/contracts/{contract.id}/signing{tail}"


def rows(app, model, **values):
    with app.app_context():
        found = list(db.session.scalars(select(model).filter_by(**values).order_by(*model.__mapper__.primary_key)))
        db.session.expunge_all()
    return found


def state_of(app, contract):
    return rows(app, Contract, id=contract.id)[0].state


@pytest.fixture
def opened(app, contract, rep, client_of):
    """The link of a signing whose host has seen the signatory's paper."""
    host = client_of(rep)
    assert host.post(host_url(contract), data={"way": "tablet"}).status_code == 303
    assert host.post(host_url(contract, "/identity"), data={"paper": "id_card", "last4": "123x"}).status_code == 303
    return f"/sign/{rows(app, Signing, contract_id=contract.id)[-1].token}"


def mark(client_id="a" * 36, **values):
    return {"client_id": client_id, "strokes": STROKES, "pages": {"1": 3, "2": 5}, "at": 1_795_000_000_000} | values


def test_from_the_pen_to_signed(app, client, contract, opened):
    assert client.get(opened).status_code == 200
    assert client.get(opened + "/pages/1.png").data.startswith(b"\x89PNG")
    assert client.get(opened + "/pages/3.png").status_code == 404
    assert client.post(opened + "/read", json={"pages": {"1": 4}}).json == {"stage": "reading"}

    answer = client.post(opened + "/mark", json=mark(show=True))
    assert (answer.status_code, answer.json["stage"]) == (200, "signed")

    signed = rows(app, Contract, id=contract.id)[0]
    assert (signed.state, signed.signed_at) == (ContractState.SIGNED, clock.now())
    (kept,) = rows(app, Mark, contract_id=contract.id)
    assert kept.strokes == STROKES
    assert kept.document_sha256 == rows(app, Signing)[0].document_sha256
    assert [each.state for each in rows(app, TerritoryGrant, contract_id=contract.id)] == [TerritoryState.SIGNED]
    assert [each.is_consented for each in rows(app, WallEntry, contract_id=contract.id)] == [True]
    steps = rows(app, Step, contract_id=contract.id)
    assert [each.kind for each in steps] == [
        StepKind.IDENTITY_SEEN,
        StepKind.OPENED,
        StepKind.PAGE_READ,
        StepKind.PAGE_READ,
        StepKind.DEALER_SIGNED,
    ]
    assert steps[0].detail == {"paper": "id_card", "last4": "123X"}
    assert client.get(opened).status_code == 200  # the page says so


def test_the_same_mark_again_changes_nothing(app, client, contract, opened):
    answers = [client.post(opened + "/mark", json=mark()) for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 200]
    assert len({each.get_data() for each in answers}) == 1
    other = client.post(opened + "/mark", json=mark("b" * 36), headers={"Accept": "application/json"})
    assert (other.status_code, other.json["error"]) == (409, "already_signed")
    assert len(rows(app, Mark)) == 1


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (mark(strokes=[]), "signature_empty"),
        (mark(strokes="x"), "signature_unreadable"),
        (mark(pages={"1": 4}), "not_read"),
        (mark("short"), "signature_unreadable"),
        ({}, "signature_unreadable"),
        ([], "signature_unreadable"),
    ],
)
def test_what_is_refused_changes_nothing(app, client, contract, opened, sent, code):
    answer = client.post(opened + "/mark", json=sent, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (409, code)
    assert state_of(app, contract) is ContractState.SIGNING
    assert rows(app, Mark) == []
    assert rows(app, TerritoryGrant)[0].state is TerritoryState.HELD


def test_ten_megabytes_of_strokes_are_not_read(app, client, contract, opened):
    answer = client.post(opened + "/mark", data=b"[" * 10_000_000, content_type="application/json")
    assert answer.status_code == 413
    assert rows(app, Mark) == []


def test_nothing_is_shown_before_the_identity_is_seen(app, client, client_of, contract, rep):
    client_of(rep).post(host_url(contract), data={"way": "phone"})
    link = f"/sign/{rows(app, Signing)[0].token}"
    assert client.get(link).status_code == 200
    assert client.get(link + "/pages/1.png").status_code == 404
    assert client.get(link + "/document.pdf").status_code == 404
    answer = client.post(link + "/mark", json=mark(), headers={"Accept": "application/json"})
    assert answer.json["error"] == "identity_not_seen"


def test_a_new_link_makes_the_old_one_void_and_keeps_the_identity(app, client, client_of, contract, rep, opened):
    client_of(rep).post(host_url(contract), data={"way": "phone"})
    answer = client.post(opened + "/mark", json=mark(), headers={"Accept": "application/json"})
    assert answer.json["error"] == "signing_over"
    newer = f"/sign/{rows(app, Signing)[-1].token}"
    assert client.post(newer + "/mark", json=mark()).status_code == 200


def test_a_link_runs_out(app, client, contract, opened):
    with clock.stopped_at(clock.now() + timedelta(hours=3)):
        assert client.get(opened).status_code == 200
        assert client.get(opened + "/document.pdf").status_code == 404
        answer = client.post(opened + "/mark", json=mark(), headers={"Accept": "application/json"})
        assert answer.json["error"] == "signing_over"


def test_a_clock_that_jumps_back_signs_at_our_time(app, client, contract, opened):
    client.post(opened + "/mark", json=mark(at=-(10**18)))
    (kept,) = rows(app, Mark)
    assert kept.signed_at == clock.now()
    assert kept.device_at is None


def test_the_pen_is_taken_back(app, client, client_of, contract, rep, opened):
    client_of(rep).post(host_url(contract, "/give-up"))
    assert state_of(app, contract) is ContractState.APPROVED
    answer = client.post(opened + "/mark", json=mark(), headers={"Accept": "application/json"})
    assert answer.json["error"] == "signing_over"


def test_of_two_overlapping_exclusive_territories_one_is_signed(app, client, client_of, build, event, rep):
    country = made.region(build)
    line = made.line(build)
    first = made.ready(build, event, rep, region=country, line=line)
    second = made.ready(build, event, rep, region=made.region(build, country), line=line)
    links = []
    host = client_of(rep)
    for each in (first, second):
        host.post(host_url(each), data={"way": "tablet"})
        host.post(host_url(each, "/identity"), data={"paper": "id_card", "last4": "1234"})
        links.append(f"/sign/{rows(app, Signing, contract_id=each.id)[0].token}")
    with app.app_context():  # its time runs out while the dealer reads
        late = db.session.scalars(select(TerritoryGrant).where(TerritoryGrant.contract_id == second.id)).one()
        late.held_until = clock.now() - timedelta(seconds=1)
        db.session.commit()
    assert client.post(links[0] + "/mark", json=mark("a" * 36)).status_code == 200
    answer = client.post(links[1] + "/mark", json=mark("b" * 36), headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (409, "territory_taken")
    assert state_of(app, second) is ContractState.SIGNING
    assert len(rows(app, Mark)) == 1


def test_another_rep_does_not_see_the_contract(client_of, build, contract):
    stranger = client_of(build.user(Role.SALES_REP))
    assert stranger.get(host_url(contract)).status_code == 404
    assert stranger.post(host_url(contract), data={"way": "tablet"}).status_code == 404


@pytest.mark.parametrize("last4", ["", "123", "12345", "12 4", "一二三四"])
def test_four_characters_of_the_paper_are_wanted(app, client_of, contract, rep, last4):
    host = client_of(rep)
    host.post(host_url(contract), data={"way": "tablet"})
    assert host.post(host_url(contract, "/identity"), data={"paper": "id_card", "last4": last4}).status_code == 422
    assert rows(app, Signing)[0].identity_seen_at is None


def test_the_host_sees_how_far_it_is(app, client, client_of, contract, rep, opened):
    host = client_of(rep)
    assert host.get(host_url(contract)).status_code == 200
    client.post(opened + "/mark", json=mark())
    assert host.get(host_url(contract)).status_code == 200
    with app.app_context():
        assert db.session.scalar(select(func.count(Step.id)).where(Step.kind == StepKind.OPENED)) == 0


@pytest.mark.parametrize("link", ["/sign/nobody", "/sign/%00", "/wall/nobody"])
def test_unknown_links_lead_nowhere(client, link):
    assert client.get(link).status_code == 404
