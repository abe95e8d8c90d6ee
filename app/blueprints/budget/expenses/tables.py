"""How the list of an event's expenses looks."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _
from sqlalchemy import or_
from sqlalchemy.orm import joinedload

from app.models import BudgetLine, Event, Expense, ExpenseKind, ExpenseState
from app.web.tables import Column, Filter, Option, TableSpec, counted, like
from app.web.words import word


def _words(kind: Any) -> Any:
    pairs = [Option(each.value, word(each).text, word(each).tone, word(each).icon) for each in kind]
    return lambda counts: counted(pairs, counts)


def _search(typed: str) -> Any:
    return or_(*(column.ilike(like(typed), escape="\\") for column in (Expense.purpose, Expense.payee)))


def expense_list(event: Event, lines: Sequence[BudgetLine], *, exports: bool) -> TableSpec:
    """Return the description of the list; the query must join the line."""
    of_lines = [Option(str(line.id), line.name) for line in lines]
    columns = (
        Column("purpose", _("Used for"), Expense.purpose, hideable=False, text=lambda row: row.purpose),
        Column("state", _("State"), Expense.state, text=lambda row: str(word(row.state).text)),
        Column("line", _("Line"), BudgetLine.position, text=lambda row: row.line.name),
        Column("amount", _("Sum"), Expense.amount, numeric=True, text=lambda row: row.amount),
        Column("kind", _("How it is paid"), Expense.kind, text=lambda row: str(word(row.kind).text)),
        Column("payee", _("Paid to"), Expense.payee, text=lambda row: row.payee),
        Column("by", _("Asked by"), text=lambda row: row.requested_by.name if row.requested_by else ""),
        Column("since", _("Asked on"), Expense.requested_at, text=lambda row: row.requested_at),
    )
    return TableSpec(
        name="expenses",
        columns=columns,
        tie=Expense.id.desc(),
        default_sort="-since",
        search=_search,
        filters=(
            Filter("state", _("State"), Expense.state, _words(ExpenseState), ExpenseState),
            Filter("line", _("Line"), Expense.line_id, lambda counts: counted(of_lines, counts), int),
            Filter("kind", _("How it is paid"), Expense.kind, _words(ExpenseKind), ExpenseKind),
        ),
        row_url=lambda row: url_for("budget.expense", slug=event.slug, expense_id=row.id),
        exports=exports,
        file_name=f"expenses-{event.slug}",
        load=(joinedload(Expense.line), joinedload(Expense.requested_by)),
    )
