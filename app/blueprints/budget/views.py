"""The budget of an event at a glance, and the rows behind each figure."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from flask import request

from app.access import Permission
from app.blueprints.budget import blueprint, glance, ledger, queries, shown, warnings
from app.blueprints.budget.ledger import Ledger
from app.blueprints.budget.plan import actions as plans
from app.blueprints.budget.sums import FIGURES
from app.extensions import db
from app.models import BudgetGroup, Event, EventStatus
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, page

P = Permission
MOST = 200  # rows of a page; the file has all of them


@blueprint.get("/events/<slug>/budget/")
@requires(P.VIEW_BUDGET, P.REQUEST_EXPENSES)
def index(slug: str) -> Any:
    """Whoever only asks for expenses gets their own."""
    event = the_event(slug)
    if not me().can(P.VIEW_BUDGET):
        return back_to("budget.expenses", slug=slug)
    of = ledger.of_event(event)
    heads = queries.heads(event)
    per, divisor = glance.chosen(heads, request.args.get("per", ""))
    return page(
        "budget/index.html",
        of=of,
        groups=[(group, of.lines_of(group)) for group in BudgetGroup],
        needs=[row.line for row in warnings.of_page(of)],
        stats=glance.stats(event, of),
        more=glance.more(event, of),
        each=glance.each(event, of, heads),
        per=per,
        pers=glance.pers(slug, heads, per),
        figures=lambda figures: figures.per(divisor) if divisor else figures,
        exceptions=_exceptions(event),
        tabs=shown.tabs(slug, "budget.index"),
        bars=shown.bars(of.by_line.values()),
        is_closed=event.status in (EventStatus.CLOSED, EventStatus.ARCHIVED),
    )


def _exceptions(event: Event) -> dict[int, list[Any]]:
    by_line = defaultdict(list)
    for row in queries.exceptions(event):
        by_line[row.line_id].append(row)
    return by_line


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
    line_id = request.args.get("line", type=int)
    line = found(next((each for each in of.lines if each.id == line_id), None)) if line_id is not None else None
    group = next((each for each in BudgetGroup if each.value == request.args.get("group")), None)
    figure = next((each for each in (*FIGURES, "forecast") if each == request.args.get("figure")), "")
    lines = [each for each in of.lines if line in (None, each) and group in (None, each.group)]
    column = "" if figure == "forecast" else figure
    entries = ledger.entries(of, lines=[each.id for each in lines], figure=column, most=MOST + 1)
    return page(
        "budget/rows.html",
        of=of,
        lines={each.id: each for each in of.lines},
        line=line,
        group=group,
        title=line.name if line else glance.title(group),
        figure=figure,
        figures=FIGURES,
        columns=FIGURES[:3] if figure == "forecast" else FIGURES if not figure else (figure,),
        entries=entries[:MOST],
        is_cut=len(entries) > MOST,
        rest=_still_planned(of, [each.id for each in lines]) if figure == "forecast" else [],
        url_of=lambda each: shown.url(slug, each),
        text_of=shown.text,
        origins=shown.origins(),
        sums=of.by_line[line.id] if line else of.by_group[group] if group else of.total,
        draw=shown.bars([of.by_line[line.id]] if line else [of.total]),
        exceptions=queries.exceptions(event, line.id) if line else [],
        may_edit=me().can(P.PLAN_BUDGET) and event.status not in (EventStatus.CLOSED, EventStatus.ARCHIVED),
        tabs=shown.tabs(slug, "budget.index"),
    )


def _still_planned(of: Ledger, lines: list[int]) -> list[tuple[int, Decimal]]:
    """What the forecast holds beyond the entries: what is planned for a line and nobody has asked for yet."""
    found = ((line, of.by_line[line]) for line in lines)
    rest = ((line, each.forecast - each.requested - each.bound) for line, each in found)
    return [(line, amount) for line, amount in rest if amount]
