"""The director's lines: what waits for approval, and where it burns."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from app.access import Permission
from app.blueprints.contracts.approval import queries as approval
from app.blueprints.home.board import Board, Fire, Standing
from app.extensions import db
from app.models import Approval, ApprovalLevel, BudgetVersion, Event, Expense, ExpenseState, PlanState
from app.web.identity import me
from app.web.locale import money, number
from app.web.nav import door

P = Permission


def approvals(events: Sequence[Event]) -> list[dict[str, Any]]:
    """Return what waits for this person's yes: contracts, budgets and expenses of events ahead. Two queries."""
    rows = []
    levels = {ApprovalLevel.MANAGER: P.REVIEW_CONTRACTS, ApprovalLevel.DIRECTOR: P.APPROVE_CONTRACTS}
    mine = [level for level, right in levels.items() if me().can(right, None)]
    asked = approval.open_questions().where(Approval.level.in_(mine)).subquery()
    contracts = db.session.scalar(select(func.count(func.distinct(asked.c.contract_id)))) or 0
    if contracts:
        text = ngettext("%(num)d contract waits for your yes", "%(num)d contracts wait for your yes", contracts)
        rows.append(_line("warning", "thumb-up", text, "", _("Look at them"), door("contracts.approvals_index")))
    for event, plans, expenses in _of_budgets(events):
        if plans:
            url = door("budget.plan", slug=event.slug)
            rows.append(
                _line("warning", "file-check", _("A budget waits for your yes"), event.name, _("Look at it"), url)
            )
        if expenses:
            text = ngettext("%(num)d expense waits for your yes", "%(num)d expenses wait for your yes", expenses)
            url = door("budget.expenses", slug=event.slug, state="requested")
            rows.append(_line("warning", "hourglass", text, event.name, _("Look at them"), url))
    return rows


def _of_budgets(events: Sequence[Event]) -> list[tuple[Event, int, int]]:
    if not events or not me().can(P.APPROVE_EXPENSES, None):
        return []
    ids = [event.id for event in events]
    plans = select(BudgetVersion.event_id).where(BudgetVersion.state == PlanState.SUBMITTED)
    plans = plans.where(BudgetVersion.event_id.in_(ids))
    asked = select(Expense.event_id).where(Expense.event_id.in_(ids), Expense.state == ExpenseState.REQUESTED)
    submitted = set(db.session.scalars(plans))
    counts: dict[int, int] = {}
    for event_id in db.session.scalars(asked):
        counts[event_id] = counts.get(event_id, 0) + 1
    return [(event, int(event.id in submitted), counts.get(event.id, 0)) for event in events]


def fires(board: Board) -> list[dict[str, Any]]:
    """Return the events that burn, the hottest first, each with the door to its report."""
    rows = []
    for each in board.burning:
        said = [_said(each, fire) for fire in each.fires]
        url = door("report.index", slug=each.event.slug)
        tone = "danger" if Fire.NEVER_PAID in each.fires or Fire.OVERDUE in each.fires else "warning"
        rows.append(_line(tone, "flame", each.event.name, " · ".join(said), _("Open the report"), url))
    return rows


def _said(each: Standing, fire: Fire) -> str:
    of = each.outcome
    match fire:
        case Fire.NEVER_PAID:
            return _("%(num)s of %(of)s signed paid nothing", num=number(of.never_paid), of=number(of.signed))
        case Fire.OVERDUE:
            return _("%(sum)s overdue", sum=money(of.overdue, each.event.currency))
        case Fire.BELOW_TARGET:
            return _("signed %(num)s of %(of)s", num=number(of.signed), of=number(each.event.signing_target))
    return _("%(num)s of %(of)s firm stayed away", num=number(each.firm - each.came), of=number(each.firm))


def _line(tone: str, icon: str, text: str, detail: str, label: str, url: str) -> dict[str, Any]:
    act = {"label": label, "url": url} if url else None
    return {"tone": tone, "icon": icon, "text": text, "detail": detail, "act": act}
