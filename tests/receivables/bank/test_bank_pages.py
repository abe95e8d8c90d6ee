"""The pages of bank files: brought, corrected, confirmed, divided, ignored, undone; and who may see them."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import select

from app.access import Role
from app.blueprints.receivables.bank import deciding, steps
from app.extensions import db
from app.job_runner import JobRunner
from app.models import (
    BankAccount,
    BankFile,
    BankMatch,
    BankRow,
    BankRowState,
    BankVerdict,
    Job,
    JobState,
    PayerAlias,
    Receipt,
    ReceiptState,
    ReceiptWay,
)
from app.worker import KINDS
from tests.receivables.bank.conftest import csv
from tests.receivables.conftest import TODAY


def brought(client, data, file_name="bank.csv", **fields):
    sent = {"account": "0", "name": "招行基本户", "currency": "CNY", "number": "", "file": (BytesIO(data), file_name)}
    return client.post("/payments/bank/", data=sent | fields)


def test_from_file_to_confirmed(bank, books, build, app):
    client = build.client(Role.FINANCE)
    row = books.owed("20000", 3)
    books.owed("700", 3)
    books.owed("700", 3, currency="CNY")
    company = books.dealer.company
    data = csv(
        ("20000", company, "保证金", "1"),
        ("700", company, "货款", "2"),
        ("-5", "", "手续费", "3"),
        ("9", "谁", "", "4"),
    )
    sent = brought(client, data)
    assert sent.status_code == 303
    page = client.get(sent.location)
    assert page.status_code == 200
    here = sent.location
    again = brought(client, data, account="2", name="")
    assert again.location == here
    rows = {each.serial: each for each in bank.rows()}
    assert [rows[each].verdict for each in "1234"] == [
        *(BankVerdict.CERTAIN, BankVerdict.TIE, BankVerdict.OUTGOING, BankVerdict.NONE)
    ]
    for each in rows.values():
        assert client.get(f"{here}/rows/{each.id}").status_code == 200
    assert client.post(f"{here}/certain").status_code == 303
    assert bank.settled(row) == 20000
    tie = rows["2"]
    stale = client.post(f"{here}/rows/{tie.id}/confirm", data={"way": "0", "seen": "0" * 16})
    assert stale.status_code == 422
    seen = deciding.seen(next(each for each in bank.rows() if each.serial == "2"))
    assert client.post(f"{here}/rows/{tie.id}/confirm", data={"way": "1", "seen": seen}).status_code == 303
    assert client.post(f"{here}/ignore", data={"all": "outgoing"}).status_code == 200
    assert client.post(f"{here}/ignore", data={"all": "outgoing", "reason": ""}).status_code == 422
    assert client.post(f"{here}/ignore", data={"all": "outgoing", "reason": "fees"}).status_code == 303
    rest = rows["4"]
    assert client.post(f"{here}/rows/{rest.id}/ignore", data={"reason": " "}).status_code == 422
    assert client.post(f"{here}/rows/{rest.id}/ignore", data={"reason": "interest"}).status_code == 303
    assert {each.state for each in bank.rows()} == {BankRowState.MATCHED, BankRowState.IGNORED}
    assert client.post(f"{here}/rows/{rest.id}/undo").status_code == 303
    assert client.post(f"{here}/rows/{rows['1'].id}/undo", data={"reason": ""}).status_code == 422
    assert client.post(f"{here}/rows/{rows['1'].id}/undo", data={"reason": "wrong dealer"}).status_code == 303
    assert bank.settled(row) == 0
    for shown in (here, f"{here}?standing=matched", f"{here}?q=保证金", "/payments/bank/", "/payments/"):
        assert client.get(shown).status_code == 200
    with app.app_context():
        assert db.session.scalar(select(BankFile.state)) == "ready"


def test_divided_by_hand(bank, books, build):
    client = build.client(Role.FINANCE)
    other = build.dealer(company="长沙百草堂商贸有限公司", search_key=" 长沙百草堂 cs ")
    mine, theirs = books.owed("20000", 3), books.owed("5000", 3, dealer_id=other.id)
    file_id = bank.bring(csv(("26,000".replace(",", ""), "张三", "两家一起付", "1")))
    here = f"/payments/bank/{file_id}/rows/{bank.rows()[0].id}"
    assert f"dealer={other.id}" in client.get(f"{here}?q=百草堂").get_data(as_text=True)
    both = {"dealer": [books.dealer.id, other.id]}
    assert f"share-{theirs.id}" in client.get(here, query_string=both).get_data(as_text=True)
    typed = both | {f"share-{mine.id}": "２０，０００", f"share-{theirs.id}": "5,000.00", "rest_of": other.id}
    assert client.post(f"{here}/divide", data=both).status_code == 422
    assert client.post(f"{here}/divide", data=typed | {f"share-{mine.id}": "x"}).status_code == 422
    refused = client.post(f"{here}/divide", data=typed | {f"share-{mine.id}": "21000.01"})
    assert refused.status_code == 422
    assert "21000.01" in refused.get_data(as_text=True)
    assert bank.all(Receipt) == []
    assert client.post(f"{here}/divide", data=typed).status_code == 303
    assert [(each.amount, each.free) for each in bank.all(Receipt)] == [(20000, 0), (6000, 1000)]
    assert (bank.settled(mine), bank.settled(theirs)) == (20000, 5000)


def test_slips_and_receipts_that_go_back(bank, books, build):
    client = build.client(Role.FINANCE)
    slip = books.receipt("300", days_ago=40)
    file_id = bank.bring(csv(("300", "张三", "", "1"), ("-300", "张三", "退", "2")))
    came, left = (f"/payments/bank/{file_id}/rows/{row.id}" for row in bank.rows())
    with_dealer = f"?dealer={books.dealer.id}"
    assert f"/slip/{slip}" in client.get(came + with_dealer).get_data(as_text=True)
    assert client.post(f"{came}/slip/{slip}").status_code == 303
    assert client.post(f"{came}/slip/{slip}").status_code == 404
    assert f"/back/{slip}" in client.get(left + with_dealer).get_data(as_text=True)
    assert client.post(f"{left}/back/{slip}").status_code == 303
    assert bank.all(Receipt)[0].free == 0
    assert client.post(f"{left}/back/99").status_code == 404


def test_a_days_slips_come_as_one_row(bank, books, build):
    """The terminal's day: several receipts taken down before, one sum at the bank."""
    client = build.client(Role.FINANCE)
    one, two = books.receipt("300"), books.receipt("500")
    file_id = bank.bring(csv(("800", "银联商务", "POS清算", "1")))
    here = f"/payments/bank/{file_id}/rows/{bank.rows()[0].id}"
    dealer = {"dealer": books.dealer.id}
    assert f'name="slip" value="{two}"' in client.get(here, query_string=dealer).get_data(as_text=True)
    ticked = dealer | {"slip": [one, two], "rest_of": books.dealer.id}
    assert client.post(f"{here}/divide", data=ticked | {"slip": [one, two, 99]}).status_code == 303
    assert [each.state for each in bank.all(Receipt)] == [ReceiptState.CONFIRMED] * 2
    assert client.post(f"{here}/divide", data=ticked).status_code == 422
    assert client.post(f"{here}/undo", data={"reason": "another day"}).status_code == 303
    assert [each.state for each in bank.all(Receipt)] == [ReceiptState.PROVISIONAL] * 2


def test_a_terminals_day_less_its_fee(bank, books, build):
    """Proposed with reasons, confirmed by a person, undone; by hand with bad fees and a good one; no payer learnt."""
    client = build.client(Role.FINANCE)
    slips = [books.receipt(amount, days_ago=1, way=ReceiptWay.POS) for amount in ("300", "500")]
    file_id = bank.bring(csv(("795.20", "银联商务", "POS清算", "1")))
    row = bank.rows()[0]
    here = f"/payments/bank/{file_id}/rows/{row.id}"
    assert (row.verdict, row.proposal["ways"][0]["slips"]) == ("likely", slips)
    assert client.post(f"{here}/confirm", data={"seen": deciding.seen(row), "way": 0}).status_code == 303
    assert [each.state for each in bank.all(Receipt)] == [ReceiptState.CONFIRMED] * 2
    made = bank.all(BankMatch)
    assert [str(sum(value)) for value in zip(*((each.amount, each.fee) for each in made), strict=True)] == [
        "795.2000",
        "4.8000",
    ]
    assert bank.all(PayerAlias) == []
    assert client.get(f"/payments/bank/{file_id}").status_code == 200
    assert client.post(f"{here}/undo", data={"reason": "another day"}).status_code == 303
    assert client.get(here).status_code == 200
    by_hand = {"dealer": books.dealer.id, "slip": slips, "rest_of": books.dealer.id}
    for wrong in ("x", "-4.80", "4.79", "400"):
        assert client.post(f"{here}/divide", data=by_hand | {"fee": wrong}).status_code == 422, wrong
    assert client.post(f"{here}/divide", data=by_hand | {"slip": [], "fee": "1"}).status_code == 422
    assert client.post(f"{here}/divide", data=by_hand | {"fee": "4.80"}).status_code == 303
    assert sum(each.fee for each in bank.all(BankMatch)) == Decimal("4.80")


def test_a_mapping_is_corrected_once_and_remembered(bank, build, app):
    client = build.client(Role.FINANCE)
    data = "某银行\n甲日,乙进,丙名\n2026-10-08,5.00,张三\n2026-10-09,6.00,李四\n".encode()
    sent = brought(client, data, account=str(bank.account.id))
    assert sent.location.endswith("/columns") or "/columns" in client.get(sent.location).location
    columns = "/payments/bank/1/columns"
    assert client.get("/payments/bank/1").location == columns
    assert client.get(columns).status_code == 200
    assert client.post("/payments/bank/1/layout", data={"header_row": "1"}).status_code == 303
    assert client.post(columns, data={"column_0": "date", "column_1": "date", "column_2": ""}).status_code == 422
    assert client.post(columns, data={"column_0": "", "column_1": "credit", "column_2": ""}).status_code == 422
    assert client.post(columns, data={"column_0": "date", "column_1": "credit", "column_2": "party"}).status_code == 303
    assert [row.amount for row in bank.rows()] == [5, 6]
    more = data + "2026-10-10,7.00,王五\n".encode()
    assert brought(client, more, account=str(bank.account.id)).location == "/payments/bank/2"
    assert len(bank.rows()) == 3
    with app.app_context():
        assert len(db.session.get_one(BankAccount, bank.account.id).mappings) == 1
    wrong = brought(client, csv(("1", "a", "b", "c")) + "x,1,,张三,,\n".encode(), account=str(bank.account.id))
    assert wrong.location.endswith("/3/columns")
    assert client.post("/payments/bank/3/discard").status_code == 303
    assert len(bank.all(BankFile)) == 2


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 no", b"\xff\xfe\x00\x00\x81", b"<html>"])
def test_what_is_no_bank_file_is_said_beside_the_field(bank, build, data):
    assert brought(build.client(Role.FINANCE), data).status_code == 422
    assert len(bank.all(BankAccount)) == 1


def test_a_long_file_is_left_to_the_worker(bank, books, build, app, monkeypatch):
    monkeypatch.setattr(steps, "LARGE", 3)
    monkeypatch.setattr(steps, "AT_ONCE", 2)
    client = build.client(Role.FINANCE)
    rows = [books.owed(str(100 + n), 3) for n in range(4)]
    sent = brought(client, csv(*((str(100 + n), books.dealer.company, "", str(n)) for n in range(4))))
    assert "every 1s" in client.get(sent.location).get_data(as_text=True)
    assert client.get(f"{sent.location}/progress").status_code == 200
    with app.app_context():
        assert JobRunner("t", KINDS).run() == 1
    assert client.get(f"{sent.location}/progress").headers["HX-Refresh"] == "true"
    assert client.post(f"{sent.location}/certain").status_code == 303
    with app.app_context():
        assert JobRunner("t", KINDS).run() == 1
        assert {job.state for job in db.session.scalars(select(Job))} == {JobState.DONE}
        assert db.session.scalars(select(BankRow.state).distinct()).all() == [BankRowState.MATCHED]
    assert sum(bank.settled(row) for row in rows) == Decimal(406)
    assert client.post(f"{sent.location}/again").status_code == 303


def test_a_slip_that_came_after_the_file_is_not_paid_twice(bank, books, build):
    client = build.client(Role.FINANCE)
    books.owed("20000", 3)
    file_id = bank.bring(csv(("20000", books.dealer.company, "", "1")))
    here, row = f"/payments/bank/{file_id}", bank.rows()[0]
    slip = books.receipt("20000")
    seen = deciding.seen(row)
    refused = client.post(f"{here}/rows/{row.id}/confirm", data={"way": "0", "seen": seen})
    assert refused.status_code == 422
    assert bank.all(Receipt)[0].state == "provisional"
    assert client.post(f"{here}/certain").status_code == 303
    assert [(each.id, each.state) for each in bank.all(Receipt)] == [(slip, "confirmed")]
    page = client.get(f"/payments/receipts/{slip}").get_data(as_text=True)
    assert f"{here}/rows/{row.id}" in page
    lost = books.receipt("111", days_ago=5)
    bank.bring(csv(("7", "甲", "", "9"), day=TODAY - timedelta(days=9)) + csv(("8", "乙", "", "8"), head=""))
    assert client.get("/payments/bank/2").get_data(as_text=True).count("state=provisional") == 1
    assert lost
    assert client.post("/payments/bank/2/again").status_code == 303


def test_a_file_that_was_read_wrongly_is_taken_back(bank, books, build):
    client = build.client(Role.FINANCE)
    books.owed("20000", 3)
    data = csv(("20000", books.dealer.company, "", ""), ("5", "甲", "", ""))
    here = brought(client, data, account=str(bank.account.id)).location
    assert client.post(f"{here}/take-back").location == f"{here}/columns"
    assert bank.rows() == []
    assert client.get(f"{here}/columns").status_code == 200
    columns = {
        "column_0": "date",
        "column_1": "credit",
        "column_2": "debit",
        "column_3": "party",
        "column_4": "purpose",
    }
    assert client.post(f"{here}/columns", data=columns).location == here
    assert len(bank.rows()) == 2
    second = brought(client, data + b"\n", account=str(bank.account.id)).location
    assert client.post(f"{here}/take-back").status_code == 409
    assert client.post(f"{second}/take-back").status_code == 303
    assert client.post(f"{second}/discard").status_code == 303
    assert client.post(f"{here}/certain").status_code == 303
    assert client.post(f"{here}/take-back").status_code == 409
    assert len(bank.rows()) == 2


def test_only_finance(bank, books, build):
    file_id = bank.bring(csv(("300", "张三", "", "1")))
    row = f"/payments/bank/{file_id}/rows/{bank.rows()[0].id}"
    for role in (Role.SALES_REP, Role.SALES_MANAGER, Role.DIRECTOR, Role.PLANNER):
        client = build.client(role)
        for path in ("/payments/bank/", f"/payments/bank/{file_id}", row):
            assert client.get(path).status_code == 403
        for path in (
            f"/payments/bank/{file_id}/certain",
            f"{row}/confirm",
            f"{row}/divide",
            f"{row}/undo",
            f"{row}/ignore",
        ):
            assert client.post(path).status_code == 403
