"""The ledger of one event or several: every figure of every page about money spent is a sum over its entries.

It costs a fixed number of queries, however many events and entries there are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from sqlalchemy import case, func, select

from app import clock
from app.blueprints.budget import promises
from app.blueprints.budget.rules import figures, standing
from app.blueprints.budget.rules.figures import Entry, Figures, Origin
from app.extensions import db
from app.models import (
    BudgetGroup,
    BudgetLine,
    BudgetVersion,
    Event,
    Expense,
    ExpenseInvoice,
    ExpensePayment,
    ExpenseSource,
    ExpenseState,
    PlannedSum,
    PlanState,
    User,
)

OFF = (ExpenseState.REFUSED, ExpenseState.CANCELLED)


@dataclass(frozen=True)
class Ledger:
    """All that one event costs. `planned` is by line, of the newest approved version (None: there is none)."""

    event: Event
    lines: Sequence[BudgetLine]
    plan: BudgetVersion | None
    planned: Mapping[int, Decimal]
    entries: Sequence[Entry]

    @cached_property
    def by_line(self) -> dict[int, Figures]:
        is_over = self.event.ends_at <= clock.now()
        return figures.by_line((line.id for line in self.lines), self.planned, self.entries, is_over=is_over)

    @cached_property
    def by_group(self) -> dict[BudgetGroup, Figures]:
        return figures.by_group({line.id: line.group for line in self.lines}, self.by_line)

    @cached_property
    def total(self) -> Figures:
        return figures.total(self.by_line.values())

    def lines_of(self, group: BudgetGroup) -> list[BudgetLine]:
        return [line for line in self.lines if line.group is group]


def of_event(event: Event) -> Ledger:
    """Return the ledger of one event."""
    return of_events([event])[event.id]


def of_events(events: Sequence[Event]) -> dict[int, Ledger]:
    """Return the ledgers of several events by their ids."""
    ids = [event.id for event in events]
    lines: dict[int, list[BudgetLine]] = defaultdict(list)
    of_lines = select(BudgetLine).where(BudgetLine.event_id.in_(ids))
    for line in db.session.scalars(of_lines.order_by(BudgetLine.group, BudgetLine.position, BudgetLine.id)):
        lines[line.event_id].append(line)
    plans, planned = _plans(ids), _planned(ids)
    entries = _entries(ids, {(line.event_id, line.key): line.id for of in lines.values() for line in of if line.key})
    return {
        event.id: Ledger(event, lines[event.id], plans.get(event.id), planned[event.id], entries[event.id])
        for event in events
    }


def _plans(ids: Collection[int]) -> dict[int, BudgetVersion]:
    statement = select(BudgetVersion).where(BudgetVersion.event_id.in_(ids), BudgetVersion.state == PlanState.APPROVED)
    return {row.event_id: row for row in db.session.scalars(statement.order_by(BudgetVersion.number))}


def _planned(ids: Collection[int]) -> dict[int, dict[int, Decimal]]:
    newest = (
        select(BudgetVersion.event_id, func.max(BudgetVersion.number).label("number"))
        .where(BudgetVersion.event_id.in_(ids), BudgetVersion.state == PlanState.APPROVED)
        .group_by(BudgetVersion.event_id)
        .subquery()
    )
    rows = db.session.execute(
        select(newest.c.event_id, PlannedSum.line_id, PlannedSum.amount)
        .join(BudgetVersion, (BudgetVersion.event_id == newest.c.event_id) & (BudgetVersion.number == newest.c.number))
        .join(PlannedSum, PlannedSum.version_id == BudgetVersion.id)
    )
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for event_id, line_id, amount in rows:
        found[event_id][line_id] = amount
    return found


def _entries(ids: Collection[int], line_of: Mapping[tuple[int | None, str | None], int]) -> dict[int, list[Entry]]:
    taken = set(
        db.session.scalars(
            select(ExpenseSource.key)
            .join(Expense, Expense.id == ExpenseSource.expense_id)
            .where(Expense.event_id.in_(ids))
        )
    )
    promised = figures.standing_entries(promises.of_events(ids, line_of), taken)
    found: dict[int, list[Entry]] = defaultdict(list)
    for each in [*expenses(ids), *promised]:
        found[each.event_id].append(each)
    return found


def expenses(ids: Collection[int]) -> Iterable[Entry]:
    """Return one entry for each expense of these events that is neither refused nor cancelled: one query."""
    invoiced = (
        select(
            ExpenseInvoice.expense_id,
            func.sum(ExpenseInvoice.amount).label("amount"),
            func.sum(case((ExpenseInvoice.is_final, 1), else_=0)).label("final"),
        )
        .where(ExpenseInvoice.taken_back_at.is_(None))
        .group_by(ExpenseInvoice.expense_id)
        .subquery()
    )
    paid = (
        select(ExpensePayment.expense_id, func.sum(ExpensePayment.amount).label("amount"))
        .where(ExpensePayment.taken_back_at.is_(None))
        .group_by(ExpensePayment.expense_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Expense, User.name, invoiced.c.amount, invoiced.c.final, paid.c.amount)
        .outerjoin(User, User.id == Expense.requested_by_id)
        .outerjoin(invoiced, invoiced.c.expense_id == Expense.id)
        .outerjoin(paid, paid.c.expense_id == Expense.id)
        .where(Expense.event_id.in_(ids), Expense.state.not_in(OFF))
    )
    for row, name, of_invoices, final, of_payments in rows:
        facts = standing.Facts(
            asked=row.amount,
            approved=row.approved,
            invoiced=of_invoices or Decimal(0),
            paid=of_payments or Decimal(0),
            is_ordered=row.ordered_at is not None,
            is_final=bool(final),
        )
        yield _entry(row, name or "", standing.standing(facts))


def _entry(row: Expense, who: str, of: standing.Standing) -> Entry:
    return Entry(
        event_id=row.event_id,
        line_id=row.line_id,
        origin=Origin.EXPENSE,
        ref=row.id,
        key=f"expense:{row.id}",
        text=row.purpose,
        who=row.payee or who,
        at=row.ordered_at or row.decided_at or row.requested_at,
        requested=of.requested,
        committed=of.committed,
        actual=of.actual,
        paid=of.paid,
        owed=of.owed,
    )
