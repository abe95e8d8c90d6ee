"""Reminders: each level once, nobody who has paid, paused by promises, safe against a death at any moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app import clock
from app.access import Role
from app.blueprints.messages import delivery
from app.blueprints.receivables.ledger import actions as ledger
from app.blueprints.receivables.reminders import actions, jobs
from app.extensions import db
from app.models import Channel, EventStatus, Message, MessageState, PayingHabit, Receivable, Reminder, ReminderBy, Tone
from app.worker import run_once
from tests.receivables.conftest import TODAY
from tests.receivables.test_followup import promise

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 4, 30, tzinfo=UTC)  # 12:30 in Shanghai


def run(app, at=NOON):
    with app.app_context(), clock.stopped_at(at):
        return jobs.run(at)


def rows(app, model=Reminder):
    with app.app_context():
        return list(db.session.scalars(select(model).order_by(model.id)))


def look(app, at=NOON):
    """What is said of the only message at the moment of sending."""
    with app.app_context(), clock.stopped_at(at):
        return delivery.decide(db.session.scalars(select(Message)).one(), at)


def test_every_level_once(books, app):
    row = books.owed(late=0)
    seen = []
    for late in range(-5, 40):
        run(app, NOON + timedelta(days=late))
        run(app, NOON + timedelta(days=late, hours=2))
        seen.append((late, len(rows(app))))
    assert [each.days for each in rows(app)] == [-3, 0, 3, 7, 15, 30]
    assert [late for late, (_l, number) in enumerate(seen, -5) if number and number != seen[late + 4][1]] == [
        -3, 0, 3, 7, 15, 30,
    ]  # fmt: skip
    keys = [each.key for each in rows(app, Message)]
    assert keys == [
        f"payment_friendly:{row.id}:-3",
        f"payment_friendly:{row.id}:0",
        f"payment_firm:{row.id}:7",
        f"payment_final:{row.id}:30",
    ]


def test_only_the_highest_level_where_some_were_missed(books, app):
    books.owed(late=20)
    assert run(app) == 1
    assert [(each.days, each.by) for each in rows(app)] == [(15, ReminderBy.CALL)]
    assert rows(app, Message) == []


def test_nobody_who_has_paid(books, app):
    books.pay(books.owed("100", 8), "100")
    books.owed("50", 8, cancelled_at=clock.now())
    books.owed("100", 8)
    books.receipt("100")  # taken down, and not booked yet
    assert run(app) == 0


def test_a_part_payment_keeps_the_level(books, app):
    row = books.owed("100", 8)
    books.pay(row, "40")
    assert run(app) == 1
    (message,) = rows(app, Message)
    assert "60" in message.text


@pytest.mark.parametrize("booked", [True, False])
def test_money_that_comes_between_writing_and_sending(books, app, booked):
    row = books.owed("100", 8)
    assert run(app) == 1
    assert look(app).cancel == ""
    receipt = books.pay(row, "100") if booked else books.receipt("100")
    assert look(app).cancel == "paid"
    books.do(ledger.bounce, receipt, reason="", by_id=None)
    assert look(app).cancel == ""


def test_a_promise_or_a_void_contract_between_writing_and_sending(books, app):
    row = books.owed("100", 8)
    run(app)
    promise(books, row, "100", 3)
    assert look(app).cancel == "promised"
    with app.app_context():
        db.session.get_one(Receivable, row.id).cancelled_at = clock.now()
        db.session.commit()
    assert look(app).cancel == "nothing_owed"


def test_the_worker_cancels_and_sends(books, app):
    row, other = books.owed("100", 8), books.owed("70", 8)
    with clock.stopped_at(NOON), app.app_context():
        jobs.run(NOON)
    books.pay(row, "100")
    with clock.stopped_at(NOON), app.app_context():
        run_once(app)
    states = {each.key.split(":")[1]: (each.state, each.reason_code) for each in rows(app, Message)}
    assert states == {
        str(row.id): (MessageState.CANCELLED, "paid"),
        str(other.id): (MessageState.KEPT, "no_server"),
    }


def test_promises_pause_and_broken_ones_raise(books, app):
    running, broken = books.owed("100", 8), books.owed("90", 8)
    assert run(app) == 2
    promise(books, running, "100", 9)
    promise(books, broken, "90", -1, ago=3)
    assert run(app) == 1
    last = rows(app)[-1]
    assert (last.receivable_id, last.days, last.is_raised) == (broken.id, 15, True)
    assert run(app) == 0
    assert run(app, NOON + timedelta(days=9)) == 1  # the broken one, from its fifteenth day on, again one higher
    assert run(app, NOON + timedelta(days=10)) == 1
    assert [(each.receivable_id, each.days) for each in rows(app)[-2:]] == [(broken.id, 30), (running.id, 30)]


def test_habits_quiet_hours_and_the_night(books, app):
    row = books.owed("100", 8)
    with app.app_context():
        db.session.add(PayingHabit(dealer_id=row.dealer_id, no_mornings=True))
        db.session.commit()
    morning = NOON.replace(hour=1)  # 9:00 in Shanghai
    assert run(app, NOON.replace(hour=20)) == 0
    assert run(app, morning) == 1
    (message,) = rows(app, Message)
    assert clock.local(message.due_at, "Asia/Shanghai").hour == 12
    assert look(app, morning).later == message.due_at
    assert look(app).later is None


def test_who_pays_on_one_day_of_the_month_is_waited_for(books, app):
    row = books.owed("100", 8)
    with app.app_context():
        db.session.add(PayingHabit(dealer_id=row.dealer_id, no_mornings=False, pay_day=TODAY.day))
        db.session.commit()
    assert run(app) == 0
    assert run(app, NOON + timedelta(days=1)) == 1


def test_without_an_address_the_rep_calls_and_closed_events_remind_too(books, app, build):
    dealer = build.dealer(mail=None)
    closed = build.event(status=EventStatus.CLOSED)
    books.owed("100", 8, dealer_id=dealer.id, event=closed)
    books.owed("100", 8, dealer_id=build.dealer(mail=None, mobile=None).id, event=closed)
    books.owed("100", 8, event=build.event(status=EventStatus.ARCHIVED))
    assert run(app) == 2
    assert [each.by for each in rows(app)] == [ReminderBy.SMS, ReminderBy.CALL]
    assert rows(app, Message)[0].channel is Channel.SMS
    assert look(app).cancel == ""


class Killed(BaseException):
    """The worker is killed here."""


def test_a_run_that_dies_goes_on_where_it_was(books, app, monkeypatch):
    owed = [books.owed("100", 8) for _ in range(7)]
    monkeypatch.setattr(jobs, "CHUNK", 2)
    whole, calls = actions.remind, []

    def dies(*args):
        calls.append(args)
        made = whole(*args)
        if len(calls) == 3:
            raise Killed
        return made

    monkeypatch.setattr(actions, "remind", dies)
    with pytest.raises(Killed):
        run(app)
    assert len(rows(app)) == 4
    monkeypatch.setattr(actions, "remind", whole)
    assert run(app) == 3
    assert sorted(each.receivable_id for each in rows(app)) == [row.id for row in owed]
    assert len(rows(app, Message)) == len({each.key for each in rows(app, Message)}) == 7


def test_two_workers_at_once_remind_nobody_twice(books, app):
    for _ in range(6):
        books.owed("100", 8)
    barrier = Barrier(2)

    def work(_n):
        barrier.wait(10)
        try:
            with app.app_context():
                return jobs.run(NOON)
        except Exception as fault:  # noqa: BLE001 - the loser of a race may fail as a step may, and is counted
            return type(fault).__name__

    # The clock is one for all threads: it is stopped around both, or the second would set it back to the first's.
    with clock.stopped_at(NOON), ThreadPoolExecutor(2) as pool:
        said = list(pool.map(work, range(2)))
    run(app)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Reminder)) == 6, said
        assert db.session.scalar(select(func.count()).select_from(Message)) == 6


def test_levels_of_an_event(books, app, build):
    at = f"/events/{books.event.slug}/payments/reminders"
    manager, rep = build.client(Role.SALES_MANAGER), build.client(Role.SALES_REP)
    levels = {"days": ["10", "-1", ""], "by": ["mail", "sms", "mail"], "tone": ["final", "friendly", "firm"]}
    assert rep.post(at, data=levels).status_code == 403
    assert rep.get(at).status_code == 200
    assert manager.post(at, data=levels).status_code == 303
    row = books.owed("100", 12)
    assert run(app) == 1
    assert [(each.days, each.tone) for each in rows(app)] == [(10, Tone.FINAL)]
    for wrong in ("x", "-1", "999"):
        assert manager.post(at, data=levels | {"days": [wrong, "-1", ""]}).status_code == 422
    page = manager.get(at).get_data(as_text=True)
    assert f"/payments/{row.id}" in page
    assert manager.post(at, data={}).status_code == 303
    books.owed("100", 12)
    assert run(app) == 1
    assert rows(app)[-1].days == 7
