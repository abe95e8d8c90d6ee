"""What the course of a budget and its comparison are made from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select

from app import clock
from app.blueprints.budget import ledger, queries
from app.blueprints.budget.expenses.facts import OFF
from app.blueprints.budget.ledger import Ledger
from app.blueprints.budget.queries import Heads
from app.blueprints.budget.rules import burn
from app.blueprints.budget.rules.burn import Point, Step, Story
from app.extensions import db
from app.models import (
    BudgetLine,
    BudgetVersion,
    Event,
    Expense,
    ExpenseInvoice,
    ExpensePayment,
    PlannedSum,
    PlanState,
)


def course(of: Ledger) -> list[Point]:
    """Return what was bound and actual by when, three queries; the last point is what the budget shows now."""
    moves = [step for story in _stories(of.event) for step in burn.steps(story)]
    moves += _promises(of)
    zone = of.event.time_zone

    def day_of(at: datetime) -> date:
        return clock.local(at, zone).date()

    return burn.points(moves, day_of)


def _promises(of: Ledger) -> Iterator[Step]:
    for each in of.promised:
        yield each.at, each.committed, Decimal(0)


def _stories(event: Event) -> list[Story]:
    decided = func.coalesce(Expense.decided_at, Expense.requested_at, type_=Expense.requested_at.type)
    alive = (Expense.event_id == event.id, Expense.state.not_in(OFF))
    found = {
        id_: Story(at, approved)
        for id_, at, approved in db.session.execute(select(Expense.id, decided, Expense.approved).where(*alive))
    }
    invoices = select(
        ExpenseInvoice.expense_id, ExpenseInvoice.booked_at, ExpenseInvoice.amount, ExpenseInvoice.is_final
    ).join(Expense, Expense.id == ExpenseInvoice.expense_id)
    for id_, at, amount, is_final in db.session.execute(invoices.where(*alive, ExpenseInvoice.taken_back_at.is_(None))):
        found[id_].invoices.append((at, amount, is_final))
    payments = select(ExpensePayment.expense_id, ExpensePayment.booked_at, ExpensePayment.amount).join(
        Expense, Expense.id == ExpensePayment.expense_id
    )
    for id_, at, amount in db.session.execute(payments.where(*alive, ExpensePayment.taken_back_at.is_(None))):
        found[id_].payments.append((at, amount))
    return list(found.values())


def plans(event: Event) -> list[tuple[datetime, Decimal]]:
    """Return since when which sum was planned, the oldest first."""
    rows = db.session.execute(
        select(BudgetVersion.approved_at, func.sum(PlannedSum.amount))
        .join(PlannedSum, PlannedSum.version_id == BudgetVersion.id)
        .where(BudgetVersion.event_id == event.id, BudgetVersion.state == PlanState.APPROVED)
        .group_by(BudgetVersion.id, BudgetVersion.approved_at, BudgetVersion.number)
        .order_by(BudgetVersion.number)
    )
    return [(at, amount) for at, amount in rows if at is not None]


@dataclass(frozen=True)
class Compared:
    """One event in the comparison: what it came to, or will come to."""

    event: Event
    of: Ledger
    heads: Heads


def earlier(event: Event, most: int) -> Sequence[Event]:
    """Return the events before this one that have a budget, the newest first."""
    has_budget = select(BudgetLine.id).where(BudgetLine.event_id == Event.id).exists()
    statement = select(Event).where(Event.starts_at < event.starts_at, Event.id != event.id, has_budget)
    return db.session.scalars(statement.order_by(Event.starts_at.desc(), Event.id.desc()).limit(most)).all()


def compared(events: Sequence[Event]) -> list[Compared]:
    """Return the ledgers and heads of several events."""
    ledgers = ledger.of_events(events)
    return [Compared(each, ledgers[each.id], queries.heads(each)) for each in events]
