"""The figures above and below the table of the budget, and by how many its sums can be divided."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.blueprints.budget import queries
from app.blueprints.budget.ledger import Ledger
from app.blueprints.budget.queries import Heads
from app.blueprints.budget.rules import figures
from app.models import BudgetGroup, Event, Expense, ExpenseKind, ExpenseState
from app.web.locale import money
from app.web.nav import door
from app.web.words import word


def title(group: BudgetGroup | None) -> str:
    return str(word(group).text) if group else _("All rows")


def _numbers(heads: Heads) -> dict[str, int | None]:
    return {"head": heads.people, "signed": heads.signed, "paid": heads.paid}


def chosen(heads: Heads, per: str) -> tuple[str, int | None]:
    """Return by what the table is divided, and the number; ("", None) where it is not, or there is nobody."""
    number = _numbers(heads).get(per)
    return (per, number) if number else ("", None)


def pers(slug: str, heads: Heads, current: str) -> list[dict[str, Any]]:
    """Return the ways of looking at the table that make sense now."""
    labels = {"head": _("Per head"), "signed": _("Per signed dealer"), "paid": _("Per paid dealer")}
    ways = [{"label": _("In total"), "url": url_for("budget.index", slug=slug), "current": not current}]
    return ways + [
        {
            "label": label,
            "count": number,
            "url": url_for("budget.index", slug=slug, per=name, _anchor="lines"),
            "current": current == name,
        }
        for name, label in labels.items()
        if (number := _numbers(heads)[name])
    ]


def stats(event: Event, of: Ledger) -> list[dict[str, Any]]:
    total, slug = of.total, event.slug
    is_over = bool(of.plan) and total.is_over

    def rows(figure: str) -> str:
        return url_for("budget.rows", slug=slug, figure=figure)

    return [
        {"label": _("Budgeted"), "value": money(total.planned, event.currency), "url": door("budget.plan", slug=slug)},
        {
            "label": _("Committed"),
            "value": money(total.committed, event.currency),
            "url": rows("committed"),
            "hint": _("ordered or approved, no invoice yet"),
        },
        {
            "label": _("Actual"),
            "value": money(total.actual, event.currency),
            "url": rows("actual"),
            "hint": _("%(sum)s of it paid", sum=money(total.paid, event.currency)),
        },
        {
            "label": _("Forecast"),
            "value": money(total.forecast, event.currency),
            "url": rows("forecast"),
            "hint": _("what it will come to"),
            "tone": "red" if of.plan and total.forecast > total.planned else None,
        },
        {
            "label": _("Over plan") if is_over else _("Left"),
            "value": money(abs(total.left), event.currency) if of.plan else "—",
            "url": rows(""),
            "hint": _("budgeted less committed and actual"),
            "tone": "red" if is_over else None,
        },
    ]


def more(event: Event, of: Ledger) -> list[tuple[str, str, str, str]]:
    """What is on its way, as (label, sum, what about it, where the rows are)."""
    held, holders = queries.in_hand(event)
    total, slug, currency = of.total, event.slug, event.currency
    people = ngettext("%(num)d person has not settled", "%(num)d people have not settled", holders)
    rows = (
        (_("Waits for approval"), total.requested, _("asked for, in no other figure"), "budget.rows", "requested"),
        (_("Owed"), total.owed, _("invoiced and not paid yet"), "budget.rows", "owed"),
        (_("Cash advances"), held, people if holders else _("nobody holds any"), "budget.advances", None),
    )
    return [
        (label, money(amount, currency), what, url_for(endpoint, slug=slug, figure=figure))
        for label, amount, what, endpoint, figure in rows
    ]


@dataclass(frozen=True)
class Each:
    """One way of dividing what an event costs. Sums are None where there is nobody, or the number is not known."""

    label: str
    by: str
    url: str
    planned: Decimal | None
    bound: Decimal | None
    forecast: Decimal | None


def each(event: Event, of: Ledger, heads: Heads) -> list[Each]:
    """Return plan, what is bound and forecast per head, per signed and per paid dealer."""
    people = ngettext("%(num)d person came", "%(num)d people came", heads.people)
    if not heads.have_come:
        people = ngettext("%(num)d person is firm", "%(num)d people are firm", heads.people)
    signed = ngettext("%(num)d dealer signed", "%(num)d dealers signed", heads.signed)
    paid = ngettext("%(num)d dealer paid", "%(num)d dealers paid", heads.paid or 0)
    slug = event.slug
    ways = (
        (_("Per head"), people, door("invitations.index", slug=slug), heads.people),
        (_("Per signed dealer"), signed, door("contracts.index", slug=slug), heads.signed),
        (
            _("Per paid dealer"),
            paid if heads.paid is not None else _("nothing to be paid so far"),
            door("receivables.index", slug=slug),
            heads.paid,
        ),
    )
    total = of.total
    return [
        Each(label, by, url, *(figures.each(sum_, number) for sum_ in (total.planned, total.bound, total.forecast)))
        for label, by, url, number in ways
    ]


def steps(row: Expense) -> list[dict[str, str]]:
    """Return how far an expense is, as the macro `bud_steps` draws it; nothing for one that is off."""
    if row.state in (ExpenseState.REFUSED, ExpenseState.CANCELLED):
        return []
    names = [(ExpenseState.REQUESTED, _("Asked for")), (ExpenseState.APPROVED, _("Approved"))]
    if row.kind is ExpenseKind.PURCHASE:
        names += [(ExpenseState.ORDERED, _("Ordered")), (ExpenseState.INVOICED, _("Invoiced"))]
    names.append((ExpenseState.PAID, _("Paid") if row.kind is ExpenseKind.PURCHASE else _("Paid back")))
    order = list(ExpenseState)
    here = order.index(row.state)
    return [
        {
            "label": name,
            "state": "done"
            if order.index(state) <= here and (state is not ExpenseState.APPROVED or row.approved)
            else "ahead",
        }
        for state, name in names
    ]
