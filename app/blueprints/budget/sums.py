"""What expenses count for, as SQL: the rule `rules.standing` over many rows at once.

Figures are sums over this query, and the rows behind a figure are the same query unsummed. A property test holds it
against the rule on both databases.
"""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, literal, select

from app.blueprints.budget.expenses.facts import OFF
from app.models import Amount, Expense, ExpenseInvoice, ExpensePayment

FIGURES = ("requested", "committed", "actual", "paid", "owed")
_NOTHING: ColumnElement[Any] = literal(Decimal(0), Amount())


def _larger(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((one > other, one), else_=other)


def standings(ids: Collection[int]) -> Subquery:
    """Return one row for each expense of these events that is neither refused nor cancelled, with its five figures."""
    facts = _facts(ids).c
    actual = _larger(facts.invoiced, facts.paid)
    covered = _larger(facts.approved, actual)
    columns = {
        "requested": case((facts.final == 1, _NOTHING), else_=_larger(facts.asked - covered, _NOTHING)),
        "committed": case((facts.final == 1, _NOTHING), else_=_larger(facts.approved - actual, _NOTHING)),
        "actual": actual,
        "paid": facts.paid,
        "owed": _larger(facts.invoiced - facts.paid, _NOTHING),
    }
    named = [column.label(name) for name, column in columns.items()]
    return select(facts.id, facts.event_id, facts.line_id, *named).subquery()


def _facts(ids: Collection[int]) -> Subquery:
    """Return what the rule looks at: what was asked and approved, invoiced and paid, and whether more will come."""
    alive = and_(Expense.event_id.in_(ids), Expense.state.not_in(OFF))
    invoiced = (
        select(
            ExpenseInvoice.expense_id,
            func.sum(ExpenseInvoice.amount).label("amount"),
            func.max(case((ExpenseInvoice.is_final, 1), else_=0)).label("final"),
        )
        .join(Expense, Expense.id == ExpenseInvoice.expense_id)
        .where(alive, ExpenseInvoice.taken_back_at.is_(None))
        .group_by(ExpenseInvoice.expense_id)
        .subquery()
    )
    paid = (
        select(ExpensePayment.expense_id, func.sum(ExpensePayment.amount).label("amount"))
        .join(Expense, Expense.id == ExpensePayment.expense_id)
        .where(alive, ExpensePayment.taken_back_at.is_(None))
        .group_by(ExpensePayment.expense_id)
        .subquery()
    )
    return (
        select(
            Expense.id,
            Expense.event_id,
            Expense.line_id,
            Expense.amount.label("asked"),
            Expense.approved,
            func.coalesce(invoiced.c.amount, _NOTHING, type_=Amount()).label("invoiced"),
            func.coalesce(paid.c.amount, _NOTHING, type_=Amount()).label("paid"),
            func.coalesce(invoiced.c.final, 0).label("final"),
        )
        .outerjoin(invoiced, invoiced.c.expense_id == Expense.id)
        .outerjoin(paid, paid.c.expense_id == Expense.id)
        .where(alive)
        .subquery()
    )
