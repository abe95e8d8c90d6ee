"""Any order of receipts, reversals, refunds, promises and reminders: sums stay consistent, nobody paid is reminded."""

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound, OperationalError

from app import clock
from app.blueprints.messages import delivery
from app.blueprints.receivables.adjusting import actions as adjusting
from app.blueprints.receivables.followup import queries as followup
from app.blueprints.receivables.ledger import actions, queries
from app.blueprints.receivables.reminders import jobs
from app.blueprints.receivables.reminders import queries as reminding
from app.blueprints.receivables.rules.sums import Share
from app.errors import SigningDayError
from app.extensions import db
from app.models import (
    Message,
    MessageState,
    Occasion,
    Posting,
    PostingKind,
    PromiseState,
    Receipt,
    Receivable,
    Reminder,
)
from tests.receivables.conftest import TODAY
from tests.receivables.test_followup import promise

D = Decimal
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 4, 30, tzinfo=UTC)
VERBS = ("receive", "allocate", "confirm", "bounce", "reverse", "refund", "write_off", "interest", "promise", "remind")
STEP = st.tuples(st.sampled_from(VERBS), st.integers(0, 7), st.integers(0, 7), st.sampled_from((100, 250, 1000)))


# It is not shrunk: each example is a walk over the database, and the steps are short enough to read.
ANY_ORDER = settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class World:
    """Some sums of one dealer, and everything that can happen to them."""

    def __init__(self, books, build):
        self.books, self.app = books, books.app
        self.people = [build.user() for _ in range(3)]
        self.rows = [books.owed(amount, late) for amount, late in (("1000", 31), ("600", 8), ("300.50", 0))]
        self.receipts = [books.receipt("800")]

    def play(self, verb, one, two, amount):
        row, receipt = self.rows[one % len(self.rows)], self.receipts[two % len(self.receipts)]
        do = self.books.do
        doing = {
            "receive": lambda: self.receipts.append(self.books.receipt(amount)),
            "allocate": lambda: do(actions.allocate, receipt, [Share(row.id, D(amount))], by_id=None),
            "confirm": lambda: do(actions.confirm, receipt, by_id=None),
            "bounce": lambda: do(actions.bounce, receipt, reason="", by_id=None),
            "reverse": lambda: do(actions.reverse, 1 + one * 3 + two, reason="", by_id=None),
            "refund": lambda: self._agreed(self._refund, row, two),
            "write_off": lambda: self._agreed(self._write_off, row, amount),
            "interest": lambda: do(lambda: adjusting.post_interest(self._owed(row), TODAY, by_id=None)),
            "promise": lambda: promise(self.books, row, str(amount), two - 3, ago=4),
            "remind": lambda: self.remind(one % 4),
        }
        try:
            doing[verb]()
        except (SigningDayError, NoResultFound):
            return

    def _owed(self, row):
        return db.session.get_one(Receivable, row.id)

    def _refund(self, row, number):
        facts: dict[str, Any] = {"outlets": 9, "delivered": D(0), "agreed": None}
        owed = self._owed(row)
        found = adjusting.refund_facts(owed, list(Occasion)[number % 6], today=TODAY, **facts)
        return adjusting.ask_refund(owed, found, reason="", by_id=self.people[0].id)

    def _write_off(self, row, amount):
        return adjusting.ask_write_off(self._owed(row), D(amount), reason="", by_id=self.people[0].id)

    def _agreed(self, ask, *given_):
        asked = self.books.do(ask, *given_)
        for person in self.people[1:]:
            self.books.do(adjusting.vote, asked, is_yes=True, by_id=person.id)

    def remind(self, days):
        """Run the reminders some days later, and look at every message as the sender does."""
        at = NOON + timedelta(days=days)
        with self.app.app_context(), clock.stopped_at(at):
            jobs.run(at)
            waiting = db.session.scalars(select(Message).where(Message.state == MessageState.WAITING)).all()
            for message in waiting:
                if not delivery.decide(message, at).cancel:
                    self._may_be_sent(message, at)

    def _may_be_sent(self, message, at):
        row = db.session.scalars(select(Reminder).where(Reminder.message_id == message.id)).one().receivable
        assert row.open_amount > reminding.unbooked([row.dealer_id]).get((row.dealer_id, row.currency), 0)
        said = followup.promises([row], clock.local(at, "Asia/Shanghai").date()).get(row.id)
        assert said is None or said.state is not PromiseState.RUNNING

    def check(self):
        with self.app.app_context():
            assert queries.disagreements() == []
            for row in db.session.scalars(select(Receivable)):
                assert row.settled <= row.amount
                assert row.id in self._touched_by_bounce() or queries.held(row.id, also_provisional=True) >= 0
            for receipt in db.session.scalars(select(Receipt)):
                assert 0 <= receipt.used <= receipt.amount
                assert not (receipt.bounced_at and receipt.used)
            assert self._twice(Posting.reverses_id) == self._twice(Message.key) == 0

    def _touched_by_bounce(self):
        gone = select(Posting.receivable_id).join(Receipt, Receipt.id == Posting.receipt_id)
        return set(db.session.scalars(gone.where(Receipt.bounced_at.is_not(None))))

    def _twice(self, column):
        same = select(column).where(column.is_not(None)).group_by(column).having(func.count() > 1)
        return db.session.scalar(select(func.count()).select_from(same.subquery()))


@ANY_ORDER
@given(steps=st.lists(STEP, min_size=6, max_size=18))
def test_any_order_is_consistent_and_nobody_paid_is_reminded(books, build, steps):
    world = World(books, build)
    for each in steps:
        world.play(*each)
    world.remind(1)
    world.check()


def test_two_at_once_leave_it_consistent(books, build, engine):
    """One books and gives back while the other reminds."""
    world, chance = World(books, build), random.Random(5)
    steps = [(chance.choice(VERBS[:9]), chance.randrange(8), chance.randrange(8), 250) for _ in range(40)]
    barrier = Barrier(2)

    def books_it():
        barrier.wait(10)
        for each in steps:
            world.play(*each)

    def reminds():
        barrier.wait(10)
        for number in range(10):
            with books.app.app_context():
                try:
                    jobs.run(NOON + timedelta(days=number))
                except OperationalError:  # a step that loses a race is run again a minute later
                    db.session.rollback()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(books_it), pool.submit(reminds)]:
            done.result(60)
    world.remind(11)
    world.check()
    kinds = {kind for (kind,) in _kinds(books.app)}
    assert PostingKind.ALLOCATION in kinds


def _kinds(app):
    with app.app_context():
        return db.session.execute(select(Posting.kind).distinct()).all()


_RUN = """
import sys
from pathlib import Path
from app.blueprints.receivables.reminders import jobs
from app import clock
from datetime import datetime
from tests.conftest import make_app
app = make_app(Path(sys.argv[1]), sys.argv[2])
jobs.CHUNK = 2
at = datetime.fromisoformat(sys.argv[3])
with app.app_context(), clock.stopped_at(at):
    print("begins", flush=True)
    print(jobs.run(at), flush=True)
"""


def _reminders(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Reminder))


def test_a_run_that_is_killed_goes_on_where_it_was(books, app):
    for _ in range(60):
        books.owed("100", 8)
    with app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    home = str(app.config["SIGNING_DAY_HOME"])
    command = [sys.executable, "-c", _RUN, home, "" if url.startswith("sqlite") else url, NOON.isoformat()]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(Path.cwd())}
    ) as process:
        until = time.monotonic() + 40
        while _reminders(app) < 6 and process.poll() is None and time.monotonic() < until:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
    before = _reminders(app)
    assert before >= 6
    with app.app_context(), clock.stopped_at(NOON):
        assert jobs.run(NOON) == 60 - before
        assert jobs.run(NOON) == 0
        keys = db.session.scalars(select(Message.key)).all()
    assert len(keys) == len(set(keys)) == 60
