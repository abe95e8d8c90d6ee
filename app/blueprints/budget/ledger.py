"""The ledger of one event or several: every figure of every page about money spent is a sum over its entries.

Expenses are summed by the database (`sums.py`), what other rooms promise is read from their own rows (`promises.py`).
It costs a fixed number of queries, however many events and entries there are.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from sqlalchemy import func, select

from app import clock
from app.blueprints.budget import promises, sums
from app.blueprints.budget.rules import figures
from app.blueprints.budget.rules.figures import NOTHING, Entry, Figures, Origin
from app.extensions import db
from app.models import (
    BudgetGroup,
    BudgetLine,
    BudgetVersion,
    Event,
    Expense,
    ExpenseSource,
    PlannedSum,
    PlanState,
    User,
)

Spent = Mapping[int, Sequence[Decimal]]


@dataclass(frozen=True)
class Ledger:
    """All that one event costs. `planned` is by line, of the newest approved version (None: there is none).

    `spent` are the five figures of each line's expenses, `promised` what other rooms promise and no expense stands for.
    """

    event: Event
    lines: Sequence[BudgetLine]
    plan: BudgetVersion | None
    planned: Mapping[int, Decimal]
    spent: Spent
    promised: Sequence[Entry]

    @cached_property
    def by_line(self) -> dict[int, Figures]:
        ids = [line.id for line in self.lines]
        return figures.by_line(ids, self.planned, self.promised, spent=self.spent, is_over=self.is_over)

    @property
    def is_over(self) -> bool:
        """Tell whether the event has ended, so that nothing comes any more but what is known."""
        return self.event.ends_at <= clock.now()

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
    plans, planned, spent = _plans(ids), _planned(ids), _spent(ids)
    promised = _promised(ids, {(line.event_id, line.key): line.id for of in lines.values() for line in of if line.key})
    return {
        event.id: Ledger(event, lines[event.id], plans.get(event.id), planned[event.id], spent, promised[event.id])
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


def _spent(ids: Collection[int]) -> dict[int, list[Decimal]]:
    of = sums.standings(ids).c
    rows = db.session.execute(select(of.line_id, *(func.sum(of[name]) for name in sums.FIGURES)).group_by(of.line_id))
    return {row[0]: [value or NOTHING for value in row[1:]] for row in rows}


def _promised(ids: Collection[int], line_of: promises.LineOf) -> dict[int, list[Entry]]:
    taken = set(
        db.session.scalars(
            select(ExpenseSource.key)
            .join(Expense, Expense.id == ExpenseSource.expense_id)
            .where(Expense.event_id.in_(ids))
        )
    )
    found: dict[int, list[Entry]] = defaultdict(list)
    for each in figures.standing_entries(promises.of_events(ids, line_of), taken):
        found[each.event_id].append(each)
    return found


def entries(
    of: Ledger, *, lines: Collection[int] | None = None, figure: str = "", most: int | None = None
) -> list[Entry]:
    """Return what costs money, the newest first: of some lines, with something in one of the figures, or all of it."""
    rows = [
        each
        for each in of.promised
        if (lines is None or each.line_id in lines) and (not figure or getattr(each, figure))
    ]
    rows += _expenses(of.event, lines, figure, most)
    rows.sort(key=lambda each: (each.at, each.key), reverse=True)
    return rows if most is None else rows[:most]


def _expenses(event: Event, lines: Collection[int] | None, figure: str, most: int | None) -> list[Entry]:
    standing = sums.standings([event.id]).c
    since = func.coalesce(Expense.ordered_at, Expense.decided_at, Expense.requested_at, type_=Expense.requested_at.type)
    about = (Expense.id, Expense.event_id, Expense.line_id, Expense.purpose, Expense.payee, User.name)
    statement = (
        select(*about, since.label("since"), *(standing[name] for name in sums.FIGURES))
        .join(standing.id.table, standing.id == Expense.id)
        .outerjoin(User, User.id == Expense.requested_by_id)
        .order_by(since.desc(), Expense.id.desc())
    )
    if lines is not None:
        statement = statement.where(Expense.line_id.in_(lines))
    if figure:
        statement = statement.where(standing[figure] > NOTHING)
    found = []
    for id_, event_id, line_id, purpose, payee, name, at, *amounts in db.session.execute(statement.limit(most)):
        key = f"expense:{id_}"
        found.append(Entry(event_id, line_id, Origin.EXPENSE, id_, key, purpose, payee or name or "", at, *amounts))
    return found
