"""The budget of an event at a glance, and the rows behind each figure."""

from decimal import Decimal
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access import Permission
from app.blueprints.budget import blueprint, ledger, queries, shown, warnings
from app.blueprints.budget.ledger import Ledger
from app.blueprints.budget.plan import actions as plans
from app.blueprints.budget.rules import figures
from app.blueprints.budget.rules.figures import Entry, Origin
from app.extensions import db
from app.models import BudgetGroup, Event
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.locale import money
from app.web.nav import door
from app.web.render import back_to, page

P = Permission
FIGURES = ("requested", "committed", "actual", "paid", "owed")


@blueprint.get("/events/<slug>/budget/")
@requires(P.VIEW_BUDGET, P.REQUEST_EXPENSES)
def index(slug: str) -> Any:
    """Whoever only asks for expenses gets their own."""
    event = the_event(slug)
    if not me().can(P.VIEW_BUDGET):
        return back_to("budget.expenses", slug=slug)
    of = ledger.of_event(event)
    needs = [row.line for row in warnings.of_page(of)]
    return page(
        "budget/index.html",
        of=of,
        groups=[(group, of.lines_of(group)) for group in BudgetGroup],
        needs=needs,
        stats=_stats(event, of),
        each=_each(event, of),
        tabs=shown.tabs(slug, "budget.index"),
        bars=shown.bars,
        open_version=queries.open_version(event),
    )


@blueprint.post("/events/<slug>/budget/start")
@requires(P.PLAN_BUDGET)
def start(slug: str) -> Any:
    event = the_event(slug)
    plans.start(event)
    if not queries.versions(event):
        plans.revise(event, "", by_id=me().id)
    db.session.commit()
    return back_to("budget.plan", slug=slug)


@blueprint.get("/events/<slug>/budget/rows")
@requires(P.VIEW_BUDGET)
def rows(slug: str) -> Any:
    """The entries behind a figure: of a line or a group, and those with something in that column."""
    event = the_event(slug)
    of = ledger.of_event(event)
    line = request.args.get("line", type=int)
    group = next((each for each in BudgetGroup if each.value == request.args.get("group")), None)
    figure = request.args.get("figure", "")
    figure = figure if figure in FIGURES else ""
    if line is not None:
        found(next((each for each in of.lines if each.id == line), None))
    lines = {each.id: each for each in of.lines if line in (None, each.id) and group in (None, each.group)}
    entries = [each for each in of.entries if each.line_id in lines and _has(each, figure)]
    entries.sort(key=lambda each: (each.at, each.key), reverse=True)
    return page(
        "budget/rows.html",
        of=of,
        lines={each.id: each for each in of.lines},
        line=lines.get(line) if line is not None else None,
        group=group,
        figure=figure,
        figures=FIGURES,
        entries=entries,
        url_of=lambda each: _url(slug, each),
        sums={name: sum((getattr(each, name) for each in entries), Decimal(0)) for name in FIGURES},
    )


def _has(entry: Entry, figure: str) -> bool:
    return bool(getattr(entry, figure)) if figure else True


def _url(slug: str, entry: Entry) -> str:
    if entry.origin is Origin.EXPENSE:
        return door("budget.expense", slug=slug, expense_id=entry.ref)
    if entry.origin is Origin.MATERIALS:
        return door("materials.show", slug=slug, material_id=entry.ref)
    if entry.origin is Origin.STAFF:
        return door("staff.by_person", slug=slug)
    return door("contracts.show", slug=slug, contract_id=entry.ref)


def _stats(event: Event, of: Ledger) -> list[dict[str, Any]]:
    total, slug = of.total, event.slug
    return [
        {"label": _("Budgeted"), "value": money(total.planned, event.currency), "url": door("budget.plan", slug=slug)},
        {
            "label": _("Committed"),
            "value": money(total.committed, event.currency),
            "url": url_for("budget.rows", slug=slug, figure="committed"),
            "hint": _("ordered or approved, no invoice yet"),
        },
        {
            "label": _("Actual"),
            "value": money(total.actual, event.currency),
            "url": url_for("budget.rows", slug=slug, figure="actual"),
            "hint": _("%(sum)s of it paid", sum=money(total.paid, event.currency)),
        },
        {
            "label": _("Forecast"),
            "value": money(total.forecast, event.currency),
            "hint": _("what it will come to"),
            "tone": "red" if of.plan and total.forecast > total.planned else None,
        },
        {
            "label": _("Over plan") if of.plan and total.is_over else _("Left"),
            "value": money(abs(total.left), event.currency) if of.plan else "—",
            "tone": "red" if of.plan and total.is_over else None,
        },
    ]


def _each(event: Event, of: Ledger) -> list[tuple[str, str, str]]:
    """Forecast and planned sum per head, per signed and per paid dealer, as (label, sum, by how many)."""
    heads = queries.heads(event)
    people = ngettext("%(num)d person came", "%(num)d people came", heads.people)
    if not heads.have_come:
        people = ngettext("%(num)d person is firm", "%(num)d people are firm", heads.people)
    signed = ngettext("%(num)d dealer signed", "%(num)d dealers signed", heads.signed)
    paid = ngettext("%(num)d dealer paid", "%(num)d dealers paid", heads.paid or 0)
    rows = (
        (_("Per head"), heads.people, people),
        (_("Per signed dealer"), heads.signed, signed),
        (_("Per paid dealer"), heads.paid, paid if heads.paid is not None else _("not known so far")),
    )
    return [
        (label, money(each, event.currency) if (each := figures.each(of.total.bound, number)) is not None else "—", by)
        for label, number, by in rows
    ]
