"""The pages: what is owed, ageing that adds up, a receipt from slip to bank."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

from PIL import Image
from sqlalchemy import select

from app.access import Role
from app.blueprints.receivables import queries
from app.blueprints.receivables.followup.statement import accounts
from app.extensions import db
from app.models import Dealer, Event, Posting, Receipt, ReceiptState
from tests.build import contracts
from tests.build.statements import noted
from tests.receivables.conftest import TODAY


def picture() -> BytesIO:
    content = BytesIO()
    Image.new("RGB", (40, 30), "white").save(content, "PNG")
    content.seek(0)
    return content


def test_ageing_adds_up_whichever_way_it_is_cut(books, app, build):
    for late, amount in ((-5, "100.10"), (5, "200"), (45, "300"), (75, "400"), (120, "500.05")):
        books.pay(books.owed(amount, late), "50")
    books.pay(books.owed("77", 10), "77")
    books.owed("33", 10, cancelled_at=books.event.created_at)
    with app.app_context():
        event = db.session.get_one(Event, books.event.id)
        open_rows = db.session.scalars(queries.receivables(event).where(queries.IS_OPEN)).all()
        expected = sum(row.open_amount for row in open_rows)
        assert expected == Decimal("1250.15")
        for by in queries.AGEING_BY:
            rows = queries.ageing(by, TODAY, event)
            total = queries.totals(rows)[0]
            assert total.total == expected
            assert list(total.sums.values()) == [Decimal(x) for x in ("50.1", "150", "250", "350", "450.05")]
            assert total.count == len(open_rows)
    assert books.settled(open_rows[0]) == 50


def test_currencies_are_not_added(books, app):
    books.owed("100", 5)
    books.owed("100", 5, currency="USD")
    with app.app_context():
        assert {row.currency: row.total for row in queries.totals(queries.ageing("kind", TODAY))} == {
            "CNY": Decimal(100),
            "USD": Decimal(100),
        }


def test_lists_and_every_figure_open(books, build):
    row = books.owed("20000", 40)
    client = build.client(Role.FINANCE)
    for path in (f"/events/{books.event.slug}/payments/", "/payments/"):
        for by in ("kind", "rep", "region", "event"):
            page = client.get(f"{path}?by={by}")
            assert page.status_code == 200
        text = client.get(f"{path}?state=overdue").get_data(as_text=True)
        for figure in set(re.findall(r'href="([^"]*(?:age|state)=[^"#]*)#list"', text)):
            assert client.get(figure.replace("&amp;", "&")).status_code == 200
        assert f"/payments/{row.id}" in text
        assert f"/payments/{row.id}" not in client.get(f"{path}?age=over_90").get_data(as_text=True)
        assert f"/payments/{row.id}" in client.get(f"{path}?age=up_to_60&region=湖北省").get_data(as_text=True)
    assert client.get("/payments/?format=xlsx").status_code == 200


def test_a_list_costs_the_same_however_long(books, build, app):
    def statements():
        with noted(app) as said:
            assert client.get(f"/events/{books.event.slug}/payments/").status_code == 200
        return len(said)

    client = build.client(Role.FINANCE)
    books.owed()
    few = statements()
    for _ in range(6):
        books.owed()
    assert statements() == few <= 20


def test_from_slip_to_bank(books, build, app):
    row = books.owed("20000", 3)
    rep, finance = app.test_client(), build.client(Role.FINANCE)
    own = build.user(Role.SALES_REP)
    build.sign_in(rep, own)
    mine = books.owed("5000", 9, rep_id=own.id)
    assert rep.get(f"/payments/{row.id}").status_code == 404
    assert rep.get(f"/payments/{mine.id}/receipt").status_code == 200
    slip = {"amount": "６,000", "way": "pos", "received_on": str(TODAY), "slip": (picture(), "slip.png")}
    sent = rep.post(f"/payments/{mine.id}/receipt", data=slip)
    assert sent.status_code == 303
    with app.app_context():
        receipt = db.session.scalars(select(Receipt)).one()
        assert receipt.amount == 6000
        assert (receipt.state, receipt.recorded_by_id) == (ReceiptState.PROVISIONAL, own.id)
        receipt_id = receipt.id
    assert rep.get(f"/payments/receipts/{receipt_id}/slip").mimetype == "image/png"
    page = rep.get(sent.location).get_data(as_text=True)
    assert f'name="share-{mine.id}"' in page
    assert 'value="5000.00"' in page
    booked = rep.post(f"/payments/receipts/{receipt_id}/divide", data={f"share-{mine.id}": "5,000.00"})
    assert booked.status_code == 303
    assert rep.post(f"/payments/receipts/{receipt_id}/confirm").status_code == 403
    assert finance.post(f"/payments/receipts/{receipt_id}/confirm").status_code == 303
    more = rep.post(f"/payments/receipts/{receipt_id}/divide", data={f"share-{row.id}": "1"})
    assert more.status_code == 422
    assert finance.post(f"/payments/receipts/{receipt_id}/divide", data={f"share-{row.id}": "1001"}).status_code == 422
    assert finance.post(f"/payments/receipts/{receipt_id}/divide", data={f"share-{row.id}": "x"}).status_code == 422
    assert (
        finance.post(
            f"/payments/receipts/{receipt_id}/refund", data={"amount": "1000", "reason": "too much"}
        ).status_code
        == 303
    )
    assert finance.post(f"/payments/receipts/{receipt_id}/bounce", data={}).status_code == 422
    with app.app_context():
        posting = db.session.scalars(select(Posting).where(Posting.receivable_id == mine.id)).one()
    assert finance.post(f"/payments/receipts/{receipt_id}/postings/{posting.id}/reverse").status_code == 303
    assert books.settled(mine) == 0
    assert books.used(receipt_id) == 1000
    assert finance.post(f"/payments/receipts/{receipt_id}/bounce", data={"reason": "gone"}).status_code == 303
    assert finance.get("/payments/receipts/?state=bounced&rest=yes").status_code == 200
    for path in (f"/payments/receipts/{receipt_id}", f"/payments/{mine.id}"):
        assert finance.get(path).status_code == 200


def test_what_is_typed_wrongly_stays(books, build):
    row = books.owed()
    client = build.client(Role.FINANCE)
    wrong = {"amount": "12.345", "way": "pos", "received_on": str(TODAY + timedelta(days=1)), "payer": "王老板"}
    answer = client.post(f"/payments/{row.id}/receipt", data=wrong)
    assert answer.status_code == 422
    assert "王老板" in answer.get_data(as_text=True)
    text = {"amount": "12", "way": "pos", "received_on": str(TODAY), "slip": (BytesIO(b"no picture"), "slip.png")}
    assert client.post(f"/payments/{row.id}/receipt", data=text).status_code == 422


def test_own_and_all(books, build):
    row, receipt = books.owed(), books.receipt()
    other = build.client(Role.SALES_REP)
    assert other.get("/payments/").status_code == 403
    assert other.get(f"/payments/{row.id}").status_code == 404
    assert other.get(f"/payments/receipts/{receipt}").status_code == 404
    assert str(row.id) not in re.findall(
        r"/payments/(\d+)", other.get(f"/events/{books.event.slug}/payments/").get_data(as_text=True)
    )
    for role in (Role.DIRECTOR, Role.SALES_MANAGER, Role.FINANCE):
        assert build.client(role).get("/payments/").status_code == 200
    assert build.client(Role.PLANNER).get(f"/events/{books.event.slug}/payments/").status_code == 403


def test_earnest_money_above_the_limit_warns(books, build, app):
    from_contract = contracts.contract(build, books.event, total=Decimal(100000))
    assert from_contract.total == 100000
    row = books.owed("50000", kind="earnest")
    fine = books.owed("40000", kind="earnest")
    client = build.client(Role.FINANCE)
    assert "tone-warning" in client.get(f"/payments/{row.id}").get_data(as_text=True)
    assert "定金" not in client.get(f"/payments/{fine.id}").get_data(as_text=True)


def test_statement_and_letter(books, build, app):
    row = books.owed("20000", 40)
    books.pay(row, "8000")
    books.owed("500", -20, currency="USD")
    client = build.client(Role.FINANCE)
    with app.app_context():
        found = accounts(db.session.get_one(Dealer, books.dealer.id))
        assert [(each.currency, each.open_amount) for each in found] == [("CNY", Decimal(12000)), ("USD", Decimal(500))]
        assert all(each.lines[-1].balance == each.open_amount for each in found)
    page = client.get(f"/payments/dealers/{books.dealer.id}/statement").get_data(as_text=True)
    assert f"/payments/{row.id}" in page
    for path in (f"/payments/dealers/{books.dealer.id}/statement.pdf", f"/payments/{row.id}/letter.pdf"):
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    rep = build.client(Role.SALES_REP)
    assert rep.get(f"/payments/dealers/{books.dealer.id}/statement").status_code == 404
    assert rep.get(f"/payments/{row.id}/letter.pdf").status_code == 404
