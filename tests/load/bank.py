"""A bank file of 20,000 rows against 100,000 receivables: read, taken in, matched; then all that is certain confirmed.

The CPU is that of our own processes, as the worker spends it; the server of PostgreSQL does its part elsewhere. Wanted:
at most 15 s from the bytes to the proposals.

python -m tests.load bank
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert

from app import clock, files, names
from app.blueprints.receivables.bank import queries, steps, taking
from app.blueprints.receivables.bank.reading.files import read
from app.extensions import db
from app.models import (
    BankAccount,
    BankFileState,
    BankRow,
    Contract,
    ContractKind,
    ContractState,
    Dealer,
    PaymentKind,
    Receivable,
)
from tests import postgres
from tests.build import Builder
from tests.build import contracts as made
from tests.conftest import make_app
from tests.load.badges import GIVEN, SURNAMES
from tests.load.imports import cpu
from tests.load.register import PLACES, TRADES

DEALERS, OF_EACH = 25_000, 4
AIM = 15.0
_CHUNK = 5_000
_KINDS = (PaymentKind.DEPOSIT, PaymentKind.FIRST_ORDER, PaymentKind.INSTALMENT, PaymentKind.INSTALMENT)
_TODAY = clock.today("Asia/Shanghai")


class Measured(NamedTuple):
    """Seconds of CPU, how many rows became certain, and how often progress was told."""

    taken: float
    certain: int
    confirmed: float
    told: int


def company(n: int) -> str:
    return f"{PLACES[n % 10]}{GIVEN[n % 20]}{GIVEN[n // 20 % 20]}{TRADES[n % 8]}{n}有限公司"


def contact(n: int) -> str:
    return SURNAMES[n % len(SURNAMES)] + GIVEN[n // 20 % len(GIVEN)] + GIVEN[n * 7 % len(GIVEN)]


def amount(n: int, position: int) -> Decimal:
    return Decimal((20_000, 48_000 + n % 400 * 100, 36_000 + n % 300 * 100, 36_000 + n % 300 * 100)[position])


def fill(app: Flask) -> int:
    """A hundred thousand open receivables of 25,000 dealers; returns the account."""
    build = Builder(app)
    event, rep, version = build.event(), build.user(), made.template_version(build)
    account = build.save(BankAccount(name="基本户", number="", currency="CNY", mappings={}, created_at=clock.now()))
    with app.app_context():
        for start in range(0, DEALERS, _CHUNK):
            numbers = range(start, start + _CHUNK)
            db.session.execute(insert(Dealer), [_dealer(n) for n in numbers])
            db.session.execute(insert(Contract), [_contract(n, event.id, rep.id, version.id) for n in numbers])
            db.session.execute(insert(Receivable), [row for n in numbers for row in _owed(n, event.id, rep.id)])
        db.session.commit()
    return account.id


def _dealer(n: int) -> dict[str, Any]:
    return {
        "id": n + 1,
        "company": company(n),
        "company_key": names.company_key(company(n)),
        "contact": contact(n),
        "sort_key": f"{n:06}",
        "created_at": clock.now(),
    }


def _contract(n: int, event_id: int, rep_id: int, version_id: int) -> dict[str, Any]:
    return {
        "id": n + 1,
        "number": f"JX-2026-{n:05}",
        "kind": ContractKind.DISTRIBUTION,
        "state": ContractState.FILED,
        "event_id": event_id,
        "dealer_id": n + 1,
        "rep_id": rep_id,
        "template_version_id": version_id,
        "total": Decimal(200_000),
        "created_at": clock.now(),
    }


def _owed(n: int, event_id: int, rep_id: int) -> Iterator[dict[str, Any]]:
    for position in range(OF_EACH):
        yield {
            "contract_id": n + 1,
            "position": position + 1,
            "event_id": event_id,
            "dealer_id": n + 1,
            "rep_id": rep_id,
            "kind": _KINDS[position],
            "currency": "CNY",
            "amount": amount(n, position),
            "settled": Decimal(0),
            "due_on": _TODAY + timedelta(days=30 * position - 60),
            "made_at": clock.now(),
        }


def statement_file(count: int, seed: int = 1) -> bytes:
    """A month of so many rows: companies that pay exactly, parts, people who pay for them, contracts in memos, fees."""
    chance = random.Random(seed)
    lines = ["对公账户交易明细", "交易日期,收入,支出,余额,对方户名,对方账号,摘要,交易流水号"]
    for number in range(count):
        n, position, kind = chance.randrange(DEALERS), chance.randrange(OF_EACH), chance.random()
        payer, memo, sum_ = company(n), "货款", amount(n, position)
        if kind > 0.95:
            payer, memo, sum_ = "", "手续费", -Decimal("15.50")
        elif kind > 0.85:
            payer, memo, sum_ = (
                f"{contact(n)}{chance.choice(GIVEN)}",
                "转账",
                Decimal(chance.randrange(100, 9_000_000)) / 100,
            )
        elif kind > 0.7:
            payer, memo = contact(n), f"代付合同JX-2026-{n:05}货款"
        elif kind > 0.6:
            sum_ /= 2
        came, left = (f'"{sum_:,.2f}"', "") if sum_ > 0 else ("", f"{-sum_:.2f}")
        day = _TODAY - timedelta(days=chance.randrange(1, 30))
        lines.append(f"{day:%Y%m%d},{came},{left},,{payer},{622202000000 + n},{memo},L{number:08}")
    return ("\n".join(lines) + "\n").encode("gb18030")


def measure(app: Flask, account_id: int, data: bytes) -> Measured:
    """Take the file in as the worker does, then confirm what is certain."""
    told = []
    folder = app.config["SIGNING_DAY_HOME"]
    with app.app_context():
        began = cpu()
        account = db.session.get_one(BankAccount, account_id)
        found = read(data, account="", currency="CNY", today=_TODAY)
        kept = files.keep(data, folder=folder, name="bank.csv", media_type="")
        bank_file = taking.begin(account, found, file=kept, file_name="bank.csv", by_id=None)
        bank_file.state = BankFileState.WORKING
        db.session.flush()
        file_id = bank_file.id
        db.session.commit()
        steps.take(file_id, folder, lambda done, total: told.append((done, total)))
        taken = cpu()
        certain = len(queries.certain(file_id))
        some = list(queries.certain(file_id))[:1_000]
        db.session.rollback()
        steps.confirm_some(some, None)
        confirmed = cpu()
        rows = db.session.query(BankRow).count()
    if rows != len(found.lines) or not all(total.agree for total in _totals(app, file_id)):
        raise RuntimeError("the rows do not add up")
    return Measured(taken - began, certain, (confirmed - taken) / max(len(some), 1) * 1000, len(told))


def _totals(app: Flask, file_id: int) -> list[queries.Totals]:
    with app.app_context():
        return queries.totals(file_id)


def main(words: list[str] | None = None) -> int:
    """Print a line for each database; 1 when one is slower than the aim."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.bank", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    wanted = parser.parse_args(words)
    data, slow = statement_file(wanted.rows), False
    print(f"{'':>11} {'rows':>7} {'CPU s':>7} {'certain':>8} {'told':>5} {'ms to confirm one':>18} {'seconds':>8}")
    for name in ("sqlite", "postgresql"):
        if wanted.only not in (None, name):
            continue
        with tempfile.TemporaryDirectory() as folder:
            url = postgres.create_database("bank_bench") if name == "postgresql" else ""
            app = make_app(Path(folder), url)
            with app.app_context():
                upgrade()
            account_id = fill(app)
            began = time.perf_counter()
            found = measure(app, account_id, data)
            seconds = time.perf_counter() - began
            print(
                f"{name:>11} {wanted.rows:>7} {found.taken:>7.2f} {found.certain:>8} {found.told:>5} "
                f"{found.confirmed:>18.1f} {seconds:>8.1f}"
            )
            slow = slow or found.taken * 20_000 / wanted.rows > AIM
            with app.app_context():
                db.engine.dispose()
        if url:
            postgres.drop_database("bank_bench")
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
