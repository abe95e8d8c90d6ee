"""Processes that book the same fapiao at the same moment."""

import multiprocessing
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app import create_app
from app.blueprints.budget.expenses import booking
from app.errors import SigningDayError
from app.extensions import db
from app.models import Expense, InvoiceKind

_CONTEXT = multiprocessing.get_context("forkserver")


def _run(settings: Mapping[str, str], expense_id: int, numbers: Sequence[str], barrier: Any, said: Any) -> None:
    app = create_app(settings, TESTING=True)
    with app.app_context():
        barrier.wait(60)
        for number in numbers:
            row = db.session.get_one(Expense, expense_id)
            try:
                booking.book_invoice(
                    row.event,
                    row,
                    kind=InvoiceKind.VAT_NORMAL,
                    number=number,
                    seller="x",
                    issued_on=date(2026, 11, 24),
                    amount=Decimal(1),
                    tax=Decimal(0),
                    is_final=False,
                    scan=None,
                    by_id=row.requested_by_id or 0,
                )
                db.session.commit()
                said.put("booked")
            except SigningDayError as fault:
                db.session.rollback()
                said.put(fault.code)
        said.put("")


def race(settings: Mapping[str, str], expenses: Sequence[int], numbers: Sequence[str]) -> list[str]:
    """Let one process for each expense book all numbers; return what each try came to."""
    barrier, said = _CONTEXT.Barrier(len(expenses)), _CONTEXT.Queue()
    processes = [
        _CONTEXT.Process(target=_run, args=(dict(settings), one, list(numbers), barrier, said), daemon=True)
        for one in expenses
    ]
    for process in processes:
        process.start()
    found, done = [], 0
    while done < len(processes):
        came = said.get(timeout=120)
        done += not came
        found += [came] if came else []
    for process in processes:
        process.join(60)
    return found
