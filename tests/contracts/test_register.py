"""The register: who finds what, who opens what, asking and releasing, filing."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app import clock, files, worker
from app.access import Role
from app.extensions import db
from app.models import (
    Contract,
    ContractState,
    File,
    Job,
    JobState,
    JournalEntry,
    LookupRequest,
    Message,
    OpenedPart,
    Opening,
    Seal,
)
from app.sheets import read_table
from tests.build import contracts as made
from tests.build.statements import noted
from tests.contracts.conftest import NOW

S = ContractState


def rows(app, model, *where):
    with app.app_context():
        found = list(db.session.scalars(select(model).where(*where).order_by(*model.__table__.primary_key.columns)))
        db.session.expunge_all()
        return found


@pytest.fixture
def signed(build, app, event):
    """A contract signed by both and sealed."""

    def make(rep, **values):
        given = {"state": S.COUNTERSIGNED, "rep_id": rep.id, "signed_at": NOW, "countersigned_at": NOW}
        row = made.contract(build, event, **given | values)
        with app.app_context():
            folder = app.config["SIGNING_DAY_HOME"]
            file = files.keep(made.pdf(), folder=folder, name="sealed.pdf", media_type="application/pdf")
            db.session.add(
                Seal(
                    contract_id=row.id,
                    file_id=file.id,
                    sha256=file.sha256,
                    sealed_at=NOW,
                    certificate="0" * 64,
                    copy_token=f"token-{row.id}",
                    copy_until=NOW + timedelta(days=30),
                )
            )
            db.session.commit()
        return row

    return make


@pytest.fixture
def filer(build):
    return build.user(Role.CONTRACT_ADMINISTRATOR)


def shown(answer):
    return answer.get_data(as_text=True)


def test_a_rep_finds_their_own_contracts_only(build, signed, rep, client_of):
    mine, theirs = signed(rep), signed(build.user(Role.SALES_REP))
    page = shown(client_of(rep).get("/contracts/"))
    assert mine.number in page
    assert theirs.number not in page
    assert client_of(rep).get(f"/contracts/{mine.id}").status_code == 200
    assert client_of(rep).get(f"/contracts/{theirs.id}").status_code == 404
    assert client_of(rep).get(f"/contracts/{theirs.id}/files/sealed.pdf").status_code == 404
    assert theirs.number in shown(build.client(Role.DIRECTOR).get("/contracts/"))


def test_who_may_not_see_contracts_does_not_come_in(build, signed, rep):
    row = signed(rep)
    client = build.client(Role.RECEPTION)
    assert client.get("/contracts/").status_code == 403
    assert client.get(f"/contracts/{row.id}").status_code == 403


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=yxqy", True),
        ("q=yixin", True),
        ("q=zhangs", True),
        ("q=nobody", False),
        ("state=countersigned", True),
        ("state=draft", False),
        ("kind=distribution", True),
        ("kind=amendment", False),
        ("sum_from=150,000&sum_to=250000", True),
        ("sum_from=250000", False),
        ("sum_from=abc", True),
        ("signed_from=2026-11-24&signed_to=2026-11-24", True),
        ("signed_from=2026-11-25", False),
        ("ends_from=2027-11-01&ends_to=2027-12-31", True),
        ("ends_to=2026-12-31", False),
        ("territory=湖北", True),
        ("territory=湖南", False),
        ("sort=-total", True),
        ("sort=dealer", True),
        ("sort=-signed", True),
        ("sort=ends&page=7", True),
    ],
)
def test_search(build, signed, rep, asked, found):
    dealer = build.dealer(company="宜昌宜鑫启源商贸有限公司", contact="张三", search_key=" yxqy yixin zhangsan ")
    row = signed(rep, dealer_id=dealer.id)
    place = made.region(build, made.region(build), name="湖北省")
    made.grant(build, dealer, made.region(build, place, name="宜昌市"), made.line(build), contract_id=row.id)
    page = shown(build.client(Role.DIRECTOR).get(f"/contracts/?{asked}"))
    assert (row.number in page) is found


def test_a_number_is_found_by_any_part_of_it(build, signed, rep):
    row = signed(rep, number="JX-2026-00417")
    client = build.client(Role.DIRECTOR)
    for typed in ("JX-2026-00417", "jx-2026-004", "417", "００４１７"):
        assert row.number in shown(client.get("/contracts/", query_string={"q": typed})), typed
    assert row.number not in shown(client.get("/contracts/?q=4_7"))


def test_asking_releasing_and_the_end_of_it(app, build, signed, rep, filer, client_of):
    row = signed(build.user(Role.SALES_REP), number="JX-2026-00001")
    asking, answering = client_of(rep), client_of(filer)
    page = shown(asking.get("/contracts/?q=JX-2026-00001"))
    assert "/contracts/lookups/ask" in page
    assert f"/contracts/{row.id}" not in page
    assert asking.post("/contracts/lookups/ask", data={"number": row.number, "reason": ""}).status_code == 422
    asking.post("/contracts/lookups/ask", data={"number": row.number, "reason": "客户要求续签"})
    asking.post("/contracts/lookups/ask", data={"number": row.number, "reason": "again"})
    (request,) = rows(app, LookupRequest)
    assert [m.template for m in rows(app, Message)] == ["lookup_asked"]
    assert asking.get(f"/contracts/{row.id}").status_code == 404
    assert asking.get("/contracts/lookups/").status_code == 403
    assert asking.post(f"/contracts/lookups/{request.id}", data={"answer": "release"}).status_code == 403

    answering.post(f"/contracts/lookups/{request.id}", data={"answer": "release", "days": "3"})
    assert rows(app, LookupRequest)[0].until == NOW + timedelta(days=3)
    assert asking.get(f"/contracts/{row.id}").status_code == 200
    assert asking.get(f"/contracts/{row.id}/files/sealed.pdf").status_code == 200
    assert row.number in shown(asking.get("/contracts/"))
    assert {m.user_id for m in rows(app, Message, Message.template == "lookup_released")} == {rep.id}
    seen = [(each.part, each.by_release) for each in rows(app, Opening, Opening.user_id == rep.id)]
    assert seen == [(OpenedPart.PAGE, True), (OpenedPart.SEALED, True)]

    with clock.stopped_at(NOW + timedelta(days=3, minutes=1)):
        assert asking.get(f"/contracts/{row.id}").status_code == 404
        assert asking.get(f"/contracts/{row.id}/files/sealed.pdf").status_code == 404
        assert f'data-row="{row.id}"' not in shown(asking.get("/contracts/"))
    said = [e.action for e in rows(app, JournalEntry, JournalEntry.subject_kind == "contracts")]
    assert said == ["contract.lookup_asked", "contract.lookup_released"]


def test_a_refusal_and_an_early_end(app, build, signed, rep, filer, client_of):
    row = signed(build.user(Role.SALES_REP))
    asking, answering = client_of(rep), client_of(filer)
    for answer, status in (("refuse", 404), ("release", 200), ("end", 404)):
        if answer != "end":
            asking.post("/contracts/lookups/ask", data={"number": row.number, "reason": "对账"})
        request = rows(app, LookupRequest)[-1]
        assert answering.post(f"/contracts/lookups/{request.id}", data={"answer": answer}).status_code == 303
        assert asking.get(f"/contracts/{row.id}").status_code == status
    assert answering.post(f"/contracts/lookups/{request.id}", data={"answer": "end"}).status_code == 409


def test_openings_are_written_once_a_look(app, signed, rep, filer, client_of):
    row = signed(rep)
    client = client_of(rep)
    for _ in range(3):
        client.get(f"/contracts/{row.id}")
    assert len(rows(app, Opening)) == 1
    with clock.stopped_at(NOW + timedelta(minutes=11)):
        client.get(f"/contracts/{row.id}")
    assert len(rows(app, Opening)) == 2
    assert rep.name in shown(client_of(filer).get(f"/contracts/{row.id}"))


def test_filing_one_and_many(app, build, event, signed, rep, filer, client_of):
    first, second = signed(rep), signed(rep)
    unsealed = made.contract(build, event, state=S.COUNTERSIGNED, rep_id=rep.id)
    client = client_of(filer)
    assert client_of(rep).post(f"/contracts/{first.id}/file").status_code == 403
    assert client.post(f"/contracts/{first.id}/file").status_code == 303
    assert client.post(f"/contracts/{unsealed.id}/file").status_code == 409
    client.post("/contracts/file", data={"ids": [first.id, second.id, unsealed.id]})
    states = {row.id: row.state for row in rows(app, Contract)}
    assert states == {first.id: S.FILED, second.id: S.FILED, unsealed.id: S.COUNTERSIGNED}
    kept = rows(app, Contract)[0]
    assert kept.retain_until.year == kept.ends_on.year + 10


def test_the_register_costs_a_fixed_number_of_queries(app, build, event, rep):
    def cost(client):
        with noted(app) as seen:
            assert client.get("/contracts/?q=1").status_code == 200
        return len(seen)

    client = build.client(Role.CONTRACT_ADMINISTRATOR)
    made.contract(build, event, rep_id=rep.id, total=Decimal(1))
    few = cost(client)
    for _ in range(12):
        dealer = build.dealer()
        row = made.contract(build, event, rep_id=rep.id, dealer_id=dealer.id)
        made.grant(build, dealer, made.region(build), made.line(build), contract_id=row.id)
    assert cost(client) <= few + 1  # territories are loaded when there are any
    assert rows(app, File) == []


def test_the_list_as_a_workbook_and_printed(app, build, signed, rep, filer, client_of, monkeypatch):
    signed(rep, number="JX-2026-00001")
    signed(rep, number="JX-2026-00002", state=S.FILED)
    client = client_of(filer)
    assert client_of(rep).get("/contracts/register.pdf").status_code == 403
    for language in ("zh_CN", "en"):
        printed = client.get(f"/contracts/register.pdf?state=filed&language={language}")
        assert printed.mimetype == "application/pdf"
    sheet = read_table(client.get("/contracts/?format=xlsx&state=filed").data)
    assert [row[0] for row in sheet.rows[1:]] == ["JX-2026-00002"]

    monkeypatch.setattr("app.blueprints.contracts.register.views.EXPORT_AT_ONCE", 1)
    monkeypatch.setattr("app.blueprints.contracts.register.printing.jobs.PRINT_AT_ONCE", 1)
    assert client.get("/contracts/?format=xlsx&sort=dealer").status_code == 303
    assert client.get("/contracts/register.pdf?sort=-number").status_code == 303
    with app.app_context():
        worker.run_once(app)
        jobs = list(db.session.scalars(select(Job).order_by(Job.id)))
        assert [job.state for job in jobs] == [JobState.DONE, JobState.DONE]
        folder = app.config["SIGNING_DAY_HOME"]
        results = [job.result_file for job in jobs if job.result_file is not None]
        written = read_table(files.read(results[0], folder=folder))
        assert {row[0] for row in written.rows[1:]} == {"JX-2026-00001", "JX-2026-00002"}
        assert results[1].media_type == "application/pdf"
