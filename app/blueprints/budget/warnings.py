"""What needs somebody: lines near their plan or over it, plans and expenses that wait for a yes."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from sqlalchemy import ColumnElement, String, cast, func, literal, select, union_all

from app import clock
from app.access import Permission
from app.blueprints.budget import ledger
from app.blueprints.budget.ledger import Ledger
from app.extensions import db
from app.models import (
    AdvanceState,
    BudgetVersion,
    CashAdvance,
    Event,
    EventStatus,
    Expense,
    ExpenseState,
    PlanState,
)
from app.web import alarms
from app.web.alarms import Row
from app.web.locale import money, percent
from app.web.nav import door

MANY = 2  # lines near their plan are told in one row from so many on
OVER = (EventStatus.CLOSED, EventStatus.ARCHIVED)


def of_ledger(of: Ledger) -> list[Row]:
    """Return one line for each budget line near its plan (from 80 % on) or at it, the worst first."""
    if of.plan is None:
        return []
    found = []
    for line in sorted(of.lines, key=lambda each: of.by_line[each.id].left):
        figures = of.by_line[line.id]
        if not figures.alarm:
            continue
        if figures.is_over:
            text = _("%(line)s: %(sum)s over plan", line=line.name, sum=money(-figures.left, of.event.currency))
        else:
            text = _("%(line)s: %(share)s of the plan used", line=line.name, share=percent(float(figures.used or 0)))
        detail = _(
            "planned %(planned)s, committed and spent %(bound)s",
            planned=money(figures.planned, of.event.currency),
            bound=money(figures.bound, of.event.currency),
        )
        url = door("budget.rows", slug=of.event.slug, line=line.id)
        act = {"label": _("Open the rows"), "url": url} if url else None
        found.append(Row(text, "trending-up", figures.is_over, detail, act))
    return found


def _counts(events: Sequence[Event]) -> dict[tuple[int, str], int]:
    """Return how many plans and expenses wait, and how many plans are approved, by event: one query."""
    ids = [event.id for event in events]
    plans = (
        select(BudgetVersion.event_id, cast(BudgetVersion.state, String).label("what"), func.count().label("number"))
        .where(BudgetVersion.event_id.in_(ids))
        .group_by(BudgetVersion.event_id, BudgetVersion.state)
    )
    asked = (
        select(Expense.event_id, literal("expense"), func.count())
        .where(Expense.event_id.in_(ids), Expense.state == ExpenseState.REQUESTED)
        .group_by(Expense.event_id)
    )
    advances = (
        select(CashAdvance.event_id, _of_advance(), func.count())
        .where(CashAdvance.event_id.in_(ids), CashAdvance.state.in_((AdvanceState.REQUESTED, AdvanceState.PAID_OUT)))
        .group_by(CashAdvance.event_id, CashAdvance.state)
    )
    return {(row[0], row[1]): row[2] for row in db.session.execute(union_all(plans, asked, advances))}


def _of_advance() -> ColumnElement[str]:
    return literal("advance-") + cast(CashAdvance.state, String)


def _waiting(event: Event, counts: Mapping[tuple[int, str], int]) -> list[Row]:
    rows = []
    if counts.get((event.id, PlanState.SUBMITTED.value)):
        url = door("budget.plan", slug=event.slug)
        act = {"label": _("Look at it"), "url": url} if url else None
        rows.append(Row(_("A version of the budget waits for approval"), "file-check", act=act))
    if number := counts.get((event.id, "expense"), 0):
        text = ngettext("%(num)d expense waits for approval", "%(num)d expenses wait for approval", number)
        url = door("budget.expenses", slug=event.slug, state="requested")
        rows.append(Row(text, "hourglass", act={"label": _("Approve or refuse"), "url": url} if url else None))
    if number := counts.get((event.id, f"advance-{AdvanceState.REQUESTED.value}"), 0):
        text = ngettext("%(num)d cash advance waits for approval", "%(num)d cash advances wait for approval", number)
        rows.append(Row(text, "coins", act=_to("budget.advances", event, _("Approve or refuse"))))
    number = counts.get((event.id, f"advance-{AdvanceState.PAID_OUT.value}"), 0)
    if number and event.ends_at <= clock.now():
        text = ngettext("%(num)d cash advance is not settled", "%(num)d cash advances are not settled", number)
        rows.append(Row(text, "coins", act=_to("budget.advances", event, _("Settle them"))))
    return rows


def _to(endpoint: str, event: Event, label: str) -> dict[str, str] | None:
    url = door(endpoint, slug=event.slug)
    return {"label": label, "url": url} if url else None


def of_page(of: Ledger) -> list[Row]:
    """Return what the page of the budget says above all: lines over their plan one by one, those near it together."""
    lines = of_ledger(of)
    near = [of.by_line[line.id] for line in of.lines if of.by_line[line.id].alarm and not of.by_line[line.id].is_over]
    found = [*_waiting(of.event, _counts([of.event])), *(row for row in lines if row.is_grave)]
    if len(near) < MANY:
        return [*found, *(row for row in lines if not row.is_grave)]
    text = ngettext(
        "%(num)d line has used 80 %% of its plan or more",
        "%(num)d lines have used 80 %% of their plans or more",
        len(near),
    )
    names = [
        f"{line.name} {percent(float(of.by_line[line.id].used or 0))}"
        for line in of.lines
        if of.by_line[line.id] in near
    ]
    return [*found, Row(text, "trending-up", detail=_(", ").join(names))]


@alarms.source("budget.index", lazy_gettext("Budget"), Permission.VIEW_BUDGET)
def rows(events: Sequence[Event]) -> Mapping[int, Sequence[Row]]:
    """What the overview and home say about the budgets of events that are not closed: one query where there is none."""
    alive = [event for event in events if event.status not in OVER]
    counts = _counts(alive) if alive else {}
    planned = [event for event in alive if counts.get((event.id, PlanState.APPROVED.value))]
    ledgers = ledger.of_events(planned) if planned else {}
    found = {}
    for event in alive:
        lines = of_ledger(ledgers[event.id]) if event.id in ledgers else []
        grave = [row for row in lines if row.is_grave]
        found[event.id] = [*grave, *_waiting(event, counts), *(row for row in lines if not row.is_grave)]
    return found
