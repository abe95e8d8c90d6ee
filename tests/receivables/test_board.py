"""The rep's board, tasks of reminders, alarms on other pages, and levels with their own text."""

from datetime import timedelta
from decimal import Decimal

from app.access import Role
from app.blueprints.receivables.board import queries
from app.extensions import db
from app.models import Message, Reminder, ReminderLevel
from tests.build.statements import noted
from tests.receivables.conftest import TODAY
from tests.receivables.test_followup import promise
from tests.receivables.test_reminders import run


def test_figures_of_reps_add_up_to_the_ledger(books, build, app):
    other = build.user(Role.SALES_REP)
    late, soon = books.owed("1000", 40), books.owed("500", -3)
    books.owed("70", 2, rep_id=other.id)
    books.owed("9", 2, currency="USD")
    books.pay(late, "400")
    with app.app_context():
        rows = {(row.rep_id, row.currency): row for row in queries.by_rep(TODAY)}
        mine = rows[books.rep.id, "CNY"]
        assert (mine.open_sum, mine.overdue, mine.soon) == (Decimal(1100), Decimal(600), Decimal(500))
        assert (mine.count, mine.overdue_count, mine.soon_count) == (2, 1, 1)
        assert mine.received == 400
        assert rows[other.id, "CNY"].overdue == 70
        assert rows[books.rep.id, "USD"].open_sum == 9
        assert [row.rep_id for row in queries.by_rep(TODAY, other.id)] == [other.id]
    assert soon.settled == 0


def test_broken_promises_are_found_and_kept_ones_are_not(books, app):
    broken, kept, renewed = books.owed("100", 9), books.owed("90", 9), books.owed("80", 9)
    for row, amount in ((broken, "100"), (kept, "50"), (renewed, "80")):
        promise(books, row, amount, -2, ago=8)
    books.pay(kept, "50", days_ago=3)
    promise(books, renewed, "80", 4)
    with app.app_context():
        assert [row.id for row in queries.broken(TODAY)] == [broken.id]


def test_a_board_for_me_and_a_table_for_those_who_see_all(books, build, app):
    own = build.user(Role.SALES_REP)
    rep = app.test_client()
    build.sign_in(rep, own)
    mine, other = books.owed("5000", 9, rep_id=own.id), books.owed("777", 9)
    text = rep.get("/payments/board").get_data(as_text=True)
    assert f"/payments/{mine.id}/call" in text
    assert f"/payments/{other.id}" not in text
    assert f"/payments/{other.id}" not in rep.get(f"/payments/board?rep={books.rep.id}").get_data(as_text=True)
    finance = build.client(Role.FINANCE)
    table = finance.get("/payments/board").get_data(as_text=True)
    assert f"rep={books.rep.id}" in table
    assert f"/payments/{other.id}/call" in finance.get(f"/payments/board?rep={books.rep.id}").get_data(as_text=True)
    assert finance.get("/payments/board?rep=99999").status_code == 404
    with noted(app) as said:
        finance.get(f"/payments/board?rep={books.rep.id}")
    few = len(said)
    for _ in range(4):
        books.owed("10", 3)
    with noted(app) as said:
        finance.get(f"/payments/board?rep={books.rep.id}")
    assert len(said) == few <= 28


def test_alarms_on_overview_and_home(books, build, app):
    own = build.user(Role.SALES_REP)
    rep = app.test_client()
    build.sign_in(rep, own)
    row = books.owed("5000", 40, rep_id=own.id)
    promise(books, row, "5000", -2, ago=8)
    assert "/payments/board" in rep.get("/").get_data(as_text=True)
    overview = build.client(Role.DIRECTOR).get(f"/events/{books.event.slug}/").get_data(as_text=True)
    assert "age=up_to_60" in overview
    assert "/payments/calls" in overview


def test_a_level_with_its_own_text_and_a_task(books, build, app):
    manager = build.user(Role.SALES_MANAGER)
    client = app.test_client()
    build.sign_in(client, manager)
    address = f"/events/{books.event.slug}/payments/reminders"
    sent = {
        "days": ["3", "10"], "by": ["sms", "call"], "tone": ["firm", "final"],
        "text": ["{dealer}：{open_sum}", ""], "task": ["", "上门拜访"], "person": ["", str(manager.id)],
    }  # fmt: skip
    assert client.post(address, data=sent | {"text": ["{nonsense}", ""]}).status_code == 422
    assert client.post(address, data=sent | {"person": ["", "99999"]}).status_code == 422
    assert client.post(address, data=sent).status_code == 303
    with app.app_context():
        assert [row.task for row in db.session.scalars(db.select(ReminderLevel).order_by(ReminderLevel.days))] == [
            "", "上门拜访",
        ]  # fmt: skip
    row, late = books.owed("100", 3), books.owed("60", 10)
    assert run(app) == 2
    with app.app_context():
        message = db.session.scalars(db.select(Message)).one()
        assert books.dealer.company in message.text
        task = db.session.scalars(db.select(Reminder).where(Reminder.receivable_id == late.id)).one()
        assert (task.task, task.person_id) == ("上门拜访", manager.id)
    assert f"/reminders/{task.id}/done" in client.get(f"/payments/board?rep={manager.id}").get_data(as_text=True)
    assert f"/reminders/{task.id}/done" in client.get(f"/payments/{late.id}").get_data(as_text=True)
    done = f"/payments/{late.id}/reminders/{task.id}/done"
    assert client.post(done).status_code == 303
    with app.app_context():
        assert db.session.get_one(Reminder, task.id).done_by_id == manager.id
    assert client.post(f"/payments/{row.id}/reminders/{task.id}/done").status_code == 404
    assert TODAY - timedelta(days=3) == row.due_on
