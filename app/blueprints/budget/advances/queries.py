"""What comes back about cash advances."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app import clock
from app.blueprints.budget.expenses import booking, facts
from app.blueprints.budget.rules.advances import Settlement
from app.extensions import db
from app.models import AdvanceSettlement, AdvanceState, CashAdvance, Event, Expense, ExpenseKind

OPEN = (AdvanceState.REQUESTED, AdvanceState.APPROVED, AdvanceState.PAID_OUT)
DAYS_TO_SETTLE = 7  # after the event, where nothing else is agreed


def _advances(event: Event, only_of: int | None = None) -> Select[CashAdvance]:
    statement = select(CashAdvance).where(CashAdvance.event_id == event.id)
    statement = statement.options(
        joinedload(CashAdvance.user),
        selectinload(CashAdvance.expenses).selectinload(Expense.invoices),
        selectinload(CashAdvance.expenses).selectinload(Expense.payments),
        selectinload(CashAdvance.expenses).joinedload(Expense.line),
        selectinload(CashAdvance.settlements).joinedload(AdvanceSettlement.by),
    )
    return statement.where(CashAdvance.user_id == only_of) if only_of is not None else statement


def advances(event: Event, only_of: int | None = None) -> Sequence[CashAdvance]:
    """Return an event's advances, the newest first; of one person where `only_of` is given."""
    order = (CashAdvance.requested_at.desc(), CashAdvance.id.desc())
    return db.session.scalars(_advances(event, only_of).order_by(*order)).all()


def advance(event: Event, advance_id: int, only_of: int | None = None) -> CashAdvance | None:
    return db.session.scalar(_advances(event, only_of).where(CashAdvance.id == advance_id))


def open_advances(event: Event) -> Sequence[CashAdvance]:
    """Return those that are not settled and not dropped, the oldest first."""
    statement = _advances(event).where(CashAdvance.state.in_(OPEN))
    return db.session.scalars(statement.order_by(CashAdvance.requested_at, CashAdvance.id)).all()


def in_hand(event: Event, user_id: int) -> Sequence[CashAdvance]:
    """Return the advances that somebody has in the pocket and has not accounted for."""
    statement = select(CashAdvance).where(
        CashAdvance.event_id == event.id,
        CashAdvance.user_id == user_id,
        CashAdvance.state == AdvanceState.PAID_OUT,
    )
    return db.session.scalars(statement.order_by(CashAdvance.id)).all()


def settle_by(event: Event, row: CashAdvance) -> date:
    """Return the day by which it is to be settled: as agreed, else a week after the event."""
    return row.settle_by or clock.local(event.ends_at, event.time_zone).date() + timedelta(days=DAYS_TO_SETTLE)


def is_late(event: Event, row: CashAdvance) -> bool:
    return row.state is AdvanceState.PAID_OUT and settle_by(event, row) < clock.today(event.time_zone)


def living(row: CashAdvance) -> list[Expense]:
    """Return the expenses of an advance that are neither refused nor cancelled."""
    return [each for each in row.expenses if each.state not in facts.OFF]


def so_far(row: CashAdvance) -> Settlement:
    """Return what is settled of an advance; what is left of it is in the holder's hand."""
    spent = sum((paid_out_of(row, each) for each in row.expenses), Decimal(0))
    return Settlement(row.amount, spent, row.returned, row.topped_up)


def settlement(row: CashAdvance) -> Settlement:
    """Return what an advance comes to: what is settled, and as long as it is open what is to be paid of its claims."""
    done = so_far(row)
    if row.state is AdvanceState.SETTLED:
        return done
    due = sum((booking.to_pay(each) for each in living(row)), Decimal(0))
    return replace(done, spent=done.spent + due)


def paid_out_of(row: CashAdvance, claim: Expense) -> Decimal:
    """Return what was paid for a claim out of an advance."""
    paid = (each for each in claim.payments if each.advance_id == row.id and each.taken_back_at is None)
    return sum((each.amount for each in paid), Decimal(0))


def parts(row: CashAdvance) -> list[AdvanceSettlement]:
    """Return the settlements of an advance that stand, the oldest first."""
    return [each for each in row.settlements if each.taken_back_at is None]


def claims_for(event: Event, row: CashAdvance) -> list[Expense]:
    """Return the holder's claims that could be settled with an advance: unpaid, alive, of no advance yet."""
    statement = select(Expense).where(
        Expense.event_id == event.id,
        Expense.requested_by_id == row.user_id,
        Expense.kind == ExpenseKind.CLAIM,
        Expense.advance_id.is_(None),
        Expense.state.not_in(facts.OFF),
    )
    rows = db.session.scalars(
        statement.options(
            selectinload(Expense.invoices), selectinload(Expense.payments), joinedload(Expense.line)
        ).order_by(Expense.id)
    )
    return [each for each in rows if not facts.is_paid_at_all(each)]
