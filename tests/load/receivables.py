"""What ageing, the rep's board and the daily reminding cost with 100,000 sums owed and 300,000 receipts.

python -m tests.load receivables
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import func, select, text

from app import clock
from app.access import Role
from app.blueprints.receivables.reminders import actions as reminding
from app.blueprints.receivables.reminders import jobs
from app.extensions import db
from app.many import chunks, insert_many
from app.models import (
    Contract,
    ContractState,
    Dealer,
    DunningCall,
    DunningOutcome,
    EventStatus,
    Message,
    PaymentKind,
    Posting,
    PostingKind,
    Receipt,
    ReceiptWay,
    Receivable,
    Reminder,
)
from tests import postgres
from tests.build import Builder, contracts
from tests.conftest import make_app

OWED, RECEIPTS, OPEN, DEALERS, REPS, EVENTS = 100_000, 300_000, 50_000, 5_000, 40, 12
ROUNDS = 40
TODAY = clock.today("Asia/Shanghai")
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 4, 30, tzinfo=UTC)


def _insert(model: type[Any], rows: list[dict[str, Any]]) -> None:
    for some in chunks(rows, 2_000):
        insert_many(model, some)
    db.session.commit()


def _fill(build: Builder, chance: random.Random) -> tuple[Any, Any]:
    """Half of the sums is paid by three receipts each, the other half open: some part paid, most overdue."""
    reps = [build.user(Role.SALES_REP) for _ in range(REPS)]
    events = [build.event(status=EventStatus.OPEN) for _ in range(EVENTS)]
    version = contracts.template_version(build)
    now = clock.now()
    dealers = [
        {
            "company": f"经销商{n}", "company_key": f"d{n}", "contact": f"联系人{n}", "created_at": now,
            "province": f"省{n % 31}", "mobile": f"+86138{n:08}", "mail": f"d{n}@example.com", "sort_key": f"d{n:05}",
        }
        for n in range(DEALERS)
    ]  # fmt: skip
    _insert(Dealer, dealers)
    ids = list(db.session.scalars(select(Dealer.id).order_by(Dealer.id)))
    signed = [
        {
            "number": f"B-{n}", "dealer_id": ids[n % DEALERS], "event_id": events[n % EVENTS].id,
            "rep_id": reps[n % REPS].id, "template_version_id": version.id, "state": ContractState.FILED,
            "total": Decimal(100_000), "created_at": now, "version": 1,
        }
        for n in range(OWED // 4)
    ]  # fmt: skip
    _insert(Contract, signed)
    owed = []
    for contract in db.session.execute(select(Contract.id, Contract.dealer_id, Contract.event_id, Contract.rep_id)):
        for position in range(1, 5):
            is_open = position > 2
            late = chance.randrange(-60, 120) if is_open else chance.randrange(60, 400)
            owed.append(
                {
                    "contract_id": contract.id, "position": position, "event_id": contract.event_id,
                    "dealer_id": contract.dealer_id, "rep_id": contract.rep_id, "kind": list(PaymentKind)[position],
                    "currency": "CNY", "amount": Decimal(25_000), "due_on": TODAY - timedelta(days=late),
                    "made_at": now - timedelta(days=late + 30),
                    "settled": Decimal(0) if is_open and chance.random() < 0.7 else Decimal(25_000 - 5_000 * is_open),
                }
            )  # fmt: skip
    _insert(Receivable, owed)
    _pay(now)
    return events[0], reps[0]


def _pay(now: datetime) -> None:
    """Receipts and rows of the ledger that come to what is settled, and a call on every fifth open sum."""
    settled = Receivable.settled > Decimal(0)
    paid = db.session.execute(
        select(Receivable.id, Receivable.dealer_id, Receivable.settled, Receivable.due_on).where(settled)
    ).all()
    each, rest = divmod(RECEIPTS, len(paid))
    receipts, parts = [], []
    for place, row in enumerate(paid):
        number = each + (place < rest)
        for part in range(number):
            amount = row.settled // number if part else row.settled - row.settled // number * (number - 1)
            came = min(row.due_on, TODAY) - timedelta(days=part)
            parts.append((row.id, amount))
            receipts.append(
                {
                    "dealer_id": row.dealer_id, "way": ReceiptWay.TRANSFER, "currency": "CNY", "amount": amount,
                    "used": amount, "received_on": came, "recorded_at": now - timedelta(days=200), "confirmed_at": now,
                }
            )  # fmt: skip
    _insert(Receipt, receipts)
    first = db.session.scalar(select(func.min(Receipt.id))) or 1
    posted = [
        {"kind": PostingKind.ALLOCATION, "receivable_id": row_id, "receipt_id": first + n, "amount": amount, "at": now}
        for n, (row_id, amount) in enumerate(parts)
    ]
    _insert(Posting, posted)
    still = db.session.scalars(select(Receivable.id).where(Receivable.settled < Receivable.amount)).all()
    calls = [
        {
            "receivable_id": row_id, "called_at": now - timedelta(days=9), "outcome": DunningOutcome.PROMISED,
            "promised_amount": Decimal(5_000), "promised_on": TODAY + timedelta(days=n % 21 - 10),
        }
        for n, row_id in enumerate(still[::5])
    ]  # fmt: skip
    _insert(DunningCall, calls)
    db.session.execute(text("ANALYZE"))
    db.session.commit()


def _measure(what: str, engine: str, work: Callable[[], object], rounds: int = ROUNDS) -> None:
    times = []
    work()
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    p95 = times[int(len(times) * 0.95) - 1]
    print(f"{what:34} {engine:10}  p50 {statistics.median(times):6.1f} ms   p95 {p95:6.1f} ms", flush=True)


def _pages(app: Any, build: Builder, engine: str, event: Any, rep: Any) -> None:
    finance, own = build.client(Role.FINANCE), app.test_client()
    build.sign_in(own, rep)

    def opened(client: Any, path: str) -> Callable[[], None]:
        def act() -> None:
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.status_code)

        return act

    for by in ("kind", "rep", "region", "event"):
        _measure(f"ageing by {by}, the whole page", engine, opened(finance, f"/payments/?by={by}"))
    _measure("ageing of one event", engine, opened(finance, f"/events/{event.slug}/payments/"))
    _measure("rep's board", engine, opened(own, "/payments/board"))
    _measure("all reps", engine, opened(finance, "/payments/board"))
    _measure("forecast of all", engine, opened(finance, "/payments/forecast"), 5)


def _remind(app: Any, engine: str) -> None:
    """One daily run, killed once on its way: it goes on where it was."""
    with app.app_context(), clock.stopped_at(NOON):
        real, calls = reminding.remind, list[int]()

        def dies(*args: Any) -> Any:
            calls.append(1)
            if len(calls) == 20:
                raise KeyboardInterrupt
            return real(*args)

        began, cpu = time.perf_counter(), time.process_time()
        reminding.remind = dies  # type: ignore[assignment]  # the same, but it dies on its way
        try:
            jobs.run(NOON)
        except KeyboardInterrupt:
            db.session.rollback()
        finally:
            reminding.remind = real
        jobs.run(NOON)
        seconds, spent = time.perf_counter() - began, time.process_time() - cpu
        again = jobs.run(NOON)
        made = db.session.scalar(select(func.count()).select_from(Reminder)) or 0
        twice = db.session.scalar(
            select(func.count()).select_from(
                select(Message.key).group_by(Message.key).having(func.count() > 1).subquery()
            )
        )
        still = db.session.scalar(
            select(func.count()).select_from(Receivable).where(Receivable.settled < Receivable.amount)
        )
        print(
            f"daily reminding, {still} open        {engine:10}  {seconds:5.1f} s ({spent:.1f} s CPU), {made} reminders,"
            f" killed once, {again} at a second run, {twice} twice",
            flush=True,
        )


def _run(engine: str, url: str, home: Path) -> None:
    app = make_app(home, url)
    with app.app_context():
        upgrade()
        build = Builder(app)
        event, rep = _fill(build, random.Random(1))
        db.session.remove()
    _pages(app, build, engine, event, rep)
    _remind(app, engine)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def main(words: list[str]) -> None:
    if "postgresql" not in words:
        with tempfile.TemporaryDirectory() as folder:
            _run("sqlite", "", Path(folder))
    if "sqlite" not in words:
        with tempfile.TemporaryDirectory() as folder:
            _run("postgresql", postgres.create_database("bench_receivables"), Path(folder))
        postgres.drop_database("bench_receivables")


if __name__ == "__main__":
    main(sys.argv[1:])
