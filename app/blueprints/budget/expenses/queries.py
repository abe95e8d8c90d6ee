"""What comes back about expenses."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.extensions import db
from app.models import BudgetLine, Event, Expense, ExpenseKind, ExpenseState

OPEN = (ExpenseState.REQUESTED, ExpenseState.APPROVED, ExpenseState.ORDERED, ExpenseState.INVOICED)


def expenses(event: Event, only_of: int | None = None) -> Select[Expense]:
    """Return the expenses of an event; of one person where `only_of` is given."""
    statement = select(Expense).join(BudgetLine, BudgetLine.id == Expense.line_id).where(Expense.event_id == event.id)
    return statement.where(Expense.requested_by_id == only_of) if only_of is not None else statement


def expense(event: Event, expense_id: int, only_of: int | None = None) -> Expense | None:
    """Return one expense with all that stands on its page."""
    return db.session.scalar(
        expenses(event, only_of)
        .where(Expense.id == expense_id)
        .options(
            joinedload(Expense.line),
            joinedload(Expense.requested_by),
            joinedload(Expense.decided_by),
            joinedload(Expense.exception_by),
            joinedload(Expense.photo),
            joinedload(Expense.advance),
            selectinload(Expense.invoices),
            selectinload(Expense.payments),
            selectinload(Expense.sources),
        )
    )


def _is_open() -> ColumnElement[bool]:
    unchecked = and_(Expense.kind == ExpenseKind.PETTY_CASH, Expense.state == ExpenseState.PAID)
    return or_(Expense.state.in_(OPEN), and_(unchecked, Expense.approved == Decimal(0)))


def how_many_unsettled(event: Event) -> int:
    statement = select(func.count()).select_from(Expense).where(Expense.event_id == event.id, _is_open())
    return db.session.scalar(statement) or 0


def unsettled(event: Event, most: int | None = None) -> list[Expense]:
    """Return the expenses on which something is still to be done, the oldest first."""
    statement = expenses(event).where(_is_open()).limit(most)
    return list(
        db.session.scalars(
            statement.options(
                joinedload(Expense.line),
                joinedload(Expense.requested_by),
                selectinload(Expense.invoices),
                selectinload(Expense.payments),
            ).order_by(Expense.requested_at, Expense.id)
        )
    )


def petty_of(event: Event, user_id: int, most: int = 5) -> list[Expense]:
    """Return what somebody took out of the cash box last."""
    statement = expenses(event, user_id).where(Expense.kind == ExpenseKind.PETTY_CASH)
    return list(db.session.scalars(statement.order_by(Expense.id.desc()).limit(most)))


def some(event: Event, ids: Sequence[int], only_of: int | None = None) -> list[Expense]:
    """Return the chosen expenses of an event with what stands on a claim form."""
    statement = expenses(event, only_of).where(Expense.id.in_(ids))
    return list(
        db.session.scalars(
            statement.options(
                joinedload(Expense.line),
                joinedload(Expense.requested_by),
                joinedload(Expense.decided_by),
                selectinload(Expense.invoices),
            ).order_by(Expense.id)
        )
    )
