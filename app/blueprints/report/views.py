"""The report: what is bad first, the figures, the funnel; and the day itself."""

from typing import Any

from flask import request

from app.access import Permission
from app.blueprints.report import blueprint, compare, gather, shown, words
from app.blueprints.report.gather import Report
from app.blueprints.report.photos import queries as photos
from app.blueprints.report.rules.facts import CUTS
from app.models import BudgetGroup
from app.web.guards import requires
from app.web.load import the_event
from app.web.locale import at
from app.web.nav import door
from app.web.render import page
from app.web.words import word

P = Permission


@blueprint.get("/events/<slug>/report/")
@requires(P.VIEW_REPORT)
def index(slug: str) -> Any:
    event = the_event(slug)
    by = request.args.get("by", "")
    by = by if by in CUTS else CUTS[0]
    report = gather.report(event)
    return page(
        "report/index.html",
        report=report,
        tabs=shown.tabs(slug, "report.index"),
        lines=shown.finding_lines(report),
        stats=shown.stats(report),
        funnel=shown.funnel(report),
        cuts=shown.cuts(slug, by),
        by=by,
        cut_columns=shown.cut_columns(),
        cut_rows=shown.cut_rows(report, by),
        matrix=shown.matrix_rows(report),
        matrix_columns=shown.matrix_columns(),
        per_dealer=shown.per_dealer(report),
        budget=budget_rows(report),
    )


def budget_rows(report: Report) -> list[dict[str, Any]]:
    """Return the groups and the lines that went over their plan: planned, spent and committed, and the difference."""
    of, slug = report.ledger, report.event.slug
    rows = []
    for group in BudgetGroup:
        figures = of.by_group[group]
        url = door("budget.rows", slug=slug, group=group.value)
        rows.append({"label": word(group).text, "of": figures, "url": url, "is_group": True})
        for line in of.lines_of(group):
            figures = of.by_line[line.id]
            if of.plan and figures.is_over:
                url = door("budget.rows", slug=slug, line=line.id)
                rows.append({"label": line.name, "of": figures, "url": url, "is_group": False})
    return rows


@blueprint.get("/events/<slug>/report/day")
@requires(P.VIEW_REPORT)
def day(slug: str) -> Any:
    """Heads, the door, things and what went wrong."""
    event = the_event(slug)
    report = gather.report(event)
    slots = [{"label": at(when, event.time_zone), "value": count} for when, count in report.door.slots]
    return page(
        "report/day.html",
        report=report,
        tabs=shown.tabs(slug, "report.day"),
        slots=slots[-48:],
        came_url=door("checkin.arrivals", slug=slug),
        photos=photos.photos(event),
    )


@blueprint.get("/events/<slug>/report/compared")
@requires(P.VIEW_REPORT)
def compared(slug: str) -> Any:
    """The same event on earlier days, and earlier events."""
    event = the_event(slug)
    report = gather.report(event)
    return page(
        "report/compared.html",
        report=report,
        tabs=shown.tabs(slug, "report.compared"),
        over_time=compare.over_time(report),
        others=compare.earlier(report),
        age=words.age((report.now - event.starts_at).days),
        figure=words.FIGURES,
        sums=words.SUMS,
    )
