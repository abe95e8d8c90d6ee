"""Sales targets and their import, attachments, retention and destruction by two people."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app import files
from app.access import Role
from app.blueprints.contracts.register.rules import attachments
from app.blueprints.contracts.register.rules.targets import Course, course
from app.extensions import db
from app.models import (
    Contract,
    ContractAttachment,
    ContractState,
    ContractTarget,
    Destruction,
    File,
    JournalEntry,
    OpenedPart,
    Opening,
    ResultSource,
)
from app.sheets import to_xlsx
from tests.build import contracts as made
from tests.contracts.conftest import NOW

S = ContractState
TODAY = date(2026, 11, 24)
FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)


def rows(app, model, *where):
    with app.app_context():
        found = list(db.session.scalars(select(model).where(*where).order_by(*model.__table__.primary_key.columns)))
        db.session.expunge_all()
        return found


@pytest.mark.parametrize(
    ("achieved", "today", "expected"),
    [
        (100, TODAY, Course.MET),
        (60, TODAY, Course.ON_COURSE),
        (52, TODAY, Course.BEHIND),
        (0, TODAY, Course.BEHIND),
        (None, TODAY, Course.UNKNOWN),
        (None, FIRST, Course.BEGUN),
        (None, FIRST + timedelta(days=22), Course.BEGUN),
        (None, FIRST + timedelta(days=23), Course.UNKNOWN),
        (0, FIRST, Course.ON_COURSE),
        (None, LAST + timedelta(days=1), Course.UNKNOWN),
        (99, LAST + timedelta(days=1), Course.MISSED),
        (None, FIRST - timedelta(days=1), Course.AHEAD),
    ],
)
def test_how_a_target_goes(achieved, today, expected):
    assert course(Decimal(100), None if achieved is None else Decimal(achieved), FIRST, LAST, today) is expected


@pytest.fixture
def agreed(build, event):
    """A contract in force with a target of the running quarter."""

    def make(rep, number, achieved, starts_on=FIRST, **values):
        return made.contract(
            build,
            event,
            state=S.FILED,
            rep_id=rep.id,
            number=number,
            signed_at=NOW,
            targets=[
                ContractTarget(
                    position=1,
                    starts_on=starts_on,
                    ends_on=LAST,
                    amount=Decimal(100_000),
                    achieved=achieved,
                    achieved_from=None if achieved is None else ResultSource.TYPED,
                )
            ],
            **values,
        )

    return make


@pytest.fixture
def filer(build, client_of):
    return client_of(build.user(Role.CONTRACT_ADMINISTRATOR))


def test_the_list_says_the_same_as_the_rule(agreed, rep, filer, build, client_of):
    for number, achieved in enumerate((None, 0, 52_000, 60_000, 100_000), start=1):
        agreed(rep, f"JX-2026-{number:05d}", None if achieved is None else Decimal(achieved))
    agreed(rep, "JX-2026-00006", None, starts_on=TODAY - timedelta(days=3))
    by_chip = {"behind": {2, 3}, "on_course": {4}, "met": {5}, "unknown": {1}, "begun": {6}, "missed": set[int]()}
    for chip, numbers in by_chip.items():
        page = filer.get(f"/contracts/targets/?course={chip}").get_data(as_text=True)
        assert {n for n in range(1, 7) if f"JX-2026-{n:05d}" in page} == numbers, chip
    other = client_of(build.user(Role.SALES_REP)).get("/contracts/targets/").get_data(as_text=True)
    assert "JX-2026-" not in other


def test_typing_in_what_was_achieved(app, agreed, rep, filer, client_of):
    row = agreed(rep, "JX-2026-00001", None)
    address = f"/contracts/{row.id}/targets/1"
    assert client_of(rep).post(address, data={"achieved": "5"}).status_code == 403
    filer.post(address, data={"achieved": "１２，５００.50"})
    assert rows(app, ContractTarget)[0].achieved == Decimal("12500.50")
    filer.post(address, data={"achieved": "a lot"})
    assert rows(app, ContractTarget)[0].achieved == Decimal("12500.50")
    filer.post(address, data={"achieved": ""})
    assert rows(app, ContractTarget)[0].achieved is None
    assert len(rows(app, JournalEntry, JournalEntry.action == "contract.achieved")) == 2


def upload(client, address, content, name):
    return client.post(address, data={"file": (io.BytesIO(content), name)})


def test_a_list_is_checked_first_and_then_taken_over(app, agreed, rep, filer, client_of):
    agreed(rep, "JX-2026-00001", None)
    agreed(rep, "JX-2026-00002", Decimal(7))
    lines = [
        ["JX-2026-00001", "2026年10月1日", "2026-12-31", "￥80,000"],
        ["jx-2026-00002", "", "", "7"],
        ["JX-2026-00003", "", "", "1"],
        ["JX-2026-00001", "2026-01-01", "", "1"],
        ["JX-2026-00002", "", "", "8"],
        ["JX-2026-00001", "", "", "viel"],
        ["JX-2026-00001", "1.13.2026", "", "1"],
        ["", "", "", "1"],
    ]
    content = to_xlsx(["合同编号", "开始日期", "结束日期", "实际完成"], lines, title="x")
    page = upload(filer, "/contracts/targets/import", content, "results.xlsx")
    assert page.status_code == 200
    assert [each.achieved for each in rows(app, ContractTarget)] == [None, Decimal(7)]
    (kept,) = rows(app, File)
    assert f"/contracts/targets/import/{kept.id}" in page.get_data(as_text=True)
    other = client_of(rep)
    assert other.post(f"/contracts/targets/import/{kept.id}").status_code == 403
    for _ in range(2):
        assert filer.post(f"/contracts/targets/import/{kept.id}").status_code == 303
    assert [each.achieved for each in rows(app, ContractTarget)] == [Decimal(80_000), Decimal(7)]
    assert len(rows(app, JournalEntry, JournalEntry.action == "contract.achieved_imported")) == 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 ...", "编号,完成额\n".encode() * 2, b"a,b\n1,2\n"])
def test_bad_lists_are_refused_beside_the_field(filer, content):
    answer = upload(filer, "/contracts/targets/import", content, "x.csv")
    assert answer.status_code in (200, 422)
    assert filer.post("/contracts/targets/import").status_code == 422


def test_kinds_of_attachments_are_told_by_their_bytes():
    assert attachments.media_type(made.pdf()) == "application/pdf"
    assert attachments.media_type(made.pdf()[:-40]) is None
    assert (attachments.media_type(to_xlsx(["a"], [["b"]], title="t")) or "").endswith("spreadsheetml.sheet")
    for bad in (b"", b"MZ\x90", b"<html>", b"PK\x03\x04 half", bytes.fromhex("d0cf11e0a1b11ae1") + b"nothing"):
        assert attachments.media_type(bad) is None


def test_attachments_are_kept_shown_and_written_down(app, build, agreed, rep, filer, client_of):
    row = agreed(rep, "JX-2026-00001", None)
    client = client_of(rep)
    address = f"/contracts/{row.id}/attachments"
    upload(client, address, made.pdf(), "授权书.pdf")
    upload(client, address, to_xlsx(["a"], [["b"]], title="t"), "prices.xlsx")
    upload(client, address, b"MZ\x90", "photo.pdf")
    assert [each.name for each in rows(app, ContractAttachment)] == ["授权书.pdf", "prices.xlsx"]
    assert client.get(f"{address}/1").headers["Content-Disposition"].startswith("inline")
    assert client.get(f"{address}/2").headers["Content-Disposition"].startswith("attachment")
    other = client_of(build.user(Role.SALES_REP))
    assert other.get(f"{address}/1").status_code == 404
    assert upload(other, address, made.pdf(), "x.pdf").status_code == 404
    assert [each.part for each in rows(app, Opening)] == [OpenedPart.ATTACHMENT] * 2


def test_papers_are_destroyed_by_two_people_after_their_time(app, build, agreed, rep, filer, client_of):
    old = agreed(rep, "JX-2014-00001", None)
    young = agreed(rep, "JX-2026-00002", None)
    upload(filer, f"/contracts/{old.id}/attachments", made.pdf(), "a.pdf")
    with app.app_context():
        for row in db.session.scalars(select(Contract)):
            row.state = S.ENDED
            row.retain_until = TODAY - timedelta(days=1) if row.id == old.id else TODAY
        db.session.commit()
    page = filer.get("/contracts/keeping/").get_data(as_text=True)
    assert old.number in page
    assert young.number not in page
    both = {"ids": [old.id, young.id]}
    assert filer.post("/contracts/keeping/propose", data=both).status_code == 409
    filer.post("/contracts/keeping/propose", data=both | {"why": "保存期满"})
    assert [each.contract_id for each in rows(app, Destruction)] == [old.id]
    assert filer.post(f"/contracts/{old.id}/destroy").status_code == 409
    assert client_of(rep).post(f"/contracts/{old.id}/destroy").status_code == 403
    second = client_of(build.user(Role.CONTRACT_ADMINISTRATOR))
    assert second.post(f"/contracts/{young.id}/destroy").status_code == 409
    assert second.post(f"/contracts/{old.id}/destroy").status_code == 303
    assert second.post(f"/contracts/{old.id}/destroy").status_code == 409
    (file,) = rows(app, File)
    with pytest.raises(FileNotFoundError):
        files.read(file, folder=app.config["SIGNING_DAY_HOME"])
    assert filer.get(f"/contracts/{old.id}").status_code == 200
    assert filer.get(f"/contracts/{old.id}/attachments/1").status_code == 404
    said = [e.action for e in rows(app, JournalEntry) if "destr" in e.action]
    assert said == ["contract.destruction_proposed", "contract.destroyed"]


def test_a_proposal_can_be_taken_back(app, agreed, rep, filer):
    row = agreed(rep, "JX-2014-00001", None)
    with app.app_context():
        kept = db.session.get_one(Contract, row.id)
        kept.state, kept.retain_until = S.ENDED, TODAY - timedelta(days=1)
        db.session.commit()
    filer.post("/contracts/keeping/propose", data={"ids": [row.id], "why": "保存期满"})
    filer.post(f"/contracts/{row.id}/destroy", data={"answer": "withdraw"})
    assert rows(app, Destruction) == []
