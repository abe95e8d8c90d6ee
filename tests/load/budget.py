"""The pages of a budget with very many expenses: what each costs, and how many statements it takes.

python -m tests.load budget [--expenses 20000] [--lines 30]
"""

import argparse
import tempfile
import time
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import insert

from app import clock
from app.access import Role
from app.blueprints.budget import ledger, template
from app.extensions import db
from app.models import (
    BudgetGroup,
    BudgetLine,
    BudgetVersion,
    Event,
    Expense,
    ExpenseInvoice,
    ExpenseKind,
    ExpensePayment,
    ExpenseState,
    InvoiceKind,
    PlannedSum,
    PlanState,
)
from tests.build import Builder
from tests.build.statements import noted
from tests.conftest import make_app

PAGES = ("", "?per=head", "rows", "rows?figure=forecast", "course", "expenses", "unsettled", "plan", "export")


def fill(event_id: int, lines: int, expenses: int) -> None:
    """A plan, and expenses on all its lines: asked, ordered, invoiced or paid, a quarter each. In an app context."""
    event, now = db.session.get_one(Event, event_id), clock.now()
    rows = template.lines(event)
    for place in range(len(rows), lines):
        group = list(BudgetGroup)[place % 2]
        rows.append(
            BudgetLine(event_id=event.id, key=f"own-{place}", group=group, position=place, name=f"科目 {place}")
        )
    db.session.add_all(rows)
    db.session.flush()
    sums = [PlannedSum(line_id=line.id, amount=Decimal(expenses) * 60) for line in rows]
    plan = {"state": PlanState.APPROVED, "made_at": now, "approved_at": now - timedelta(days=60), "sums": sums}
    db.session.add(BudgetVersion(event_id=event.id, number=1, **plan))
    db.session.flush()
    made = [_expense(event, rows[n % len(rows)].id, n) for n in range(1, expenses + 1)]
    db.session.execute(insert(Expense), made)
    ids = list(db.session.scalars(db.select(Expense.id).order_by(Expense.id)))
    billed, paid = ids[2::4] + ids[3::4], ids[3::4]
    db.session.execute(insert(ExpenseInvoice), [_invoice(one) for one in billed])
    db.session.execute(insert(ExpensePayment), [_payment(one) for one in paid])
    db.session.commit()


def _expense(event: Event, line_id: int, number: int) -> dict[str, object]:
    states = (ExpenseState.REQUESTED, ExpenseState.ORDERED, ExpenseState.INVOICED, ExpenseState.PAID)
    state, at = states[(number - 1) % 4], clock.now() - timedelta(days=number % 59 + 1)
    is_asked = state is ExpenseState.REQUESTED
    return {
        "event_id": event.id,
        "line_id": line_id,
        "kind": ExpenseKind.PURCHASE,
        "state": state,
        "purpose": f"采购 {number}",
        "payee": f"供应商 {number % 300}",
        "amount": Decimal(100),
        "approved": Decimal(0 if is_asked else 100),
        "requested_at": at,
        "decided_at": None if is_asked else at,
        "ordered_at": None if is_asked else at,
        "version": 1,
    }


def _invoice(expense_id: int) -> dict[str, object]:
    number, at = f"2642{expense_id:016}", clock.now()
    return {
        "expense_id": expense_id,
        "kind": InvoiceKind.VAT_NORMAL,
        "number": number,
        "number_key": number,
        "issued_on": at.date(),
        "amount": Decimal(100),
        "tax": Decimal(0),
        "is_final": True,
        "booked_at": at,
    }


def _payment(expense_id: int) -> dict[str, object]:
    at = clock.now()
    return {"expense_id": expense_id, "amount": Decimal(100), "paid_on": at.date(), "booked_at": at}


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="tests.load budget", description=__doc__)
    parser.add_argument("--expenses", type=int, default=20_000)
    parser.add_argument("--lines", type=int, default=30)
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder))
        with app.app_context():
            upgrade()
        build = Builder(app)
        event = build.event()
        with app.app_context():
            fill(event.id, wanted.lines, wanted.expenses)
        client = build.client(Role.DIRECTOR, Role.FINANCE)
        print(f"{wanted.expenses} expenses on {wanted.lines} lines, SQLite")
        with app.app_context():
            row = db.session.get_one(Event, event.id)
            begun = time.process_time()
            total = ledger.of_event(row).total
            print(f"{'the ledger alone':24}{(time.process_time() - begun) * 1000:8.0f} ms CPU, bound {total.bound}")
        for page in PAGES:
            _measure(app, client, f"/events/{event.slug}/budget/{page}", page or "the budget")


def _measure(app: object, client: object, address: str, name: str) -> None:
    client.get(address)  # type: ignore[attr-defined]  # templates are compiled once
    with noted(app) as statements:  # type: ignore[arg-type]
        begun, wall = time.process_time(), time.perf_counter()
        answer = client.get(address)  # type: ignore[attr-defined]
        cpu, wall = time.process_time() - begun, time.perf_counter() - wall
    assert answer.status_code == 200, answer.status_code
    size = len(answer.data) / 1024
    print(f"{name:24}{cpu * 1000:8.0f} ms CPU{wall * 1000:8.0f} ms{len(statements):5} statements{size:8.0f} KB")
