"""From the rows of one expense to what it counts for."""

from decimal import Decimal

from app.blueprints.budget.rules.standing import Facts, Standing, standing
from app.extensions import db
from app.models import Expense, ExpenseState

OFF = (ExpenseState.REFUSED, ExpenseState.CANCELLED)


def of(row: Expense) -> Standing:
    """Return what an expense counts for, from its loaded invoices and payments."""
    invoices = [each for each in row.invoices if each.taken_back_at is None]
    return standing(
        Facts(
            asked=row.amount,
            approved=row.approved,
            invoiced=sum((each.amount for each in invoices), Decimal(0)),
            paid=sum((each.amount for each in row.payments if each.taken_back_at is None), Decimal(0)),
            is_ordered=row.ordered_at is not None,
            is_final=any(each.is_final for each in invoices),
            off=row.state if row.state in OFF else None,
        )
    )


def settle(row: Expense) -> Standing:
    """Write down the state that follows from the rows of an expense."""
    db.session.flush()
    found = of(row)
    row.state = found.state
    db.session.flush()
    return found


def has_moved(row: Expense) -> bool:
    """Tell whether an invoice or a payment stands on it."""
    return any(each.taken_back_at is None for each in row.invoices) or is_paid_at_all(row)


def is_paid_at_all(row: Expense) -> bool:
    """Tell whether money has left for it."""
    return any(each.taken_back_at is None for each in row.payments)
