"""What the pages of the report show alike: tabs, doors behind figures, findings, the funnel and its cuts."""

from collections.abc import Iterable
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _

from app.blueprints.events.rules.status import UNDER_WAY
from app.blueprints.report import words
from app.blueprints.report.gather import Report
from app.blueprints.report.rules.facts import AGREED_OF, CUTS, STEPS, Choice, Mark, cut
from app.blueprints.report.rules.findings import Finding, Grade
from app.blueprints.report.rules.outcome import COLUMNS, choice_of, matrix
from app.models import Event, Readiness
from app.web.locale import money, number, percent
from app.web.nav import door
from app.web.words import word

M = Mark
TONES = {
    **dict.fromkeys(STEPS[:4], "secondary"),
    **dict.fromkeys((M.ARRIVED, M.TALKED), "info"),
    **dict.fromkeys((M.SIGNED, M.COUNTERSIGNED), "teal"),
    **dict.fromkeys((M.DEPOSIT, M.FIRST_ORDER, M.SECOND), "green"),
}
LOOKS = {Grade.GRAVE: ("danger", "flame"), Grade.BAD: ("warning", "alert-triangle"), Grade.GOOD: ("success", "check")}
_SHOWN = (M.INVITED, M.FIRM, M.ARRIVED, M.SIGNED, M.DEPOSIT, M.FIRST_ORDER, M.SECOND)  # columns of a cut


def tabs(slug: str, current: str) -> list[dict[str, Any]]:
    """Return the pages of the report that the signed-in person may open."""
    places = (
        ("report.index", _("Report")),
        ("report.day", _("The day itself")),
        ("report.unsigned", _("Not signed yet")),
        ("report.compared", _("Compared")),
        ("report.publicity", _("Publicity pieces")),
        ("events.close", _("Close-out")),
    )
    event = g.get("event")
    is_open = event is None or event.status in UNDER_WAY
    found = [
        (endpoint, label, door(endpoint, slug=slug)) for endpoint, label in places if is_open or "close" not in endpoint
    ]
    return [{"label": label, "url": url, "current": here == current} for here, label, url in found if url]


def rows_url(slug: str, choice: Choice) -> str:
    """Return the address of the rows behind a figure."""
    query: dict[str, Any] = {"has": sorted(choice.has, key=list(M).index), "lacks": sorted(choice.lacks)}
    if choice.by:
        query |= {"by": choice.by, "of": choice.of}
    if not choice.dealers_only:
        query["everybody"] = "1"
    return door("report.rows", slug=slug, **query)


def choice(*has: Mark, lacks: Iterable[Mark] = (), by: str = "", of: str = "") -> Choice:
    return Choice(frozenset(has), frozenset(lacks), dealers_only=by != "kind", by=by, of=of)


def finding_lines(report: Report) -> list[dict[str, Any]]:
    """Return the findings as the page draws them; each leads to its rows."""
    event = report.event
    return [
        {
            "grade": each.grade,
            "tone": LOOKS[each.grade][0],
            "icon": LOOKS[each.grade][1],
            "text": words.sentence(each, event),
            "url": finding_url(each, event),
        }
        for each in report.findings
    ]


_CHOICES: dict[str, Choice] = {
    "never_paid": choice(M.SIGNED, lacks={M.PAID}),
    "all_paid": choice(M.SIGNED, M.PAID),
    "overdue": choice(M.OVERDUE),
    "nobody_signed": choice(M.ARRIVED),
    "below_target": choice(M.SIGNED),
    "target_reached": choice(M.SIGNED),
    "ready_lost": choice(lacks={M.SIGNED}, by="readiness", of=Readiness.READY.value),
    "sum_below_said": choice(M.ARRIVED),
    "signed_absent": choice(M.SIGNED, lacks={M.ARRIVED}),
    "costs_not_covered": choice(M.PAID),
    "costs_covered": choice(M.PAID),
}
_DOORS: dict[str, str] = {
    "nobody_next": "report.unsigned",
    "no_plan": "budget.index",
    "over_budget": "budget.index",
    "lines_over": "budget.index",
    "within_budget": "budget.index",
    "emergencies": "staff.incidents",
    "incidents": "staff.incidents",
    "incidents_open": "staff.incidents",
    "staff_missing": "staff.by_person",
    "milestones_open": "events.overview",
    "milestones_late": "events.overview",
}


def finding_url(each: Finding, event: Event) -> str:
    if each.code in _CHOICES:
        return rows_url(event.slug, _CHOICES[each.code])
    if each.code in ("no_shows", "came_as_said"):
        has, lacks = (M.FIRM, M.ARRIVED) if each.code == "no_shows" else (M.ARRIVED, M.UNASKED)
        return rows_url(event.slug, Choice(frozenset({has}), frozenset({lacks}), dealers_only=False))
    return door(_DOORS.get(each.code, "report.day"), slug=event.slug)


def stats(report: Report) -> list[dict[str, Any]]:
    """Return the few figures a director asks for: came, signed, paid, what it cost and brought."""
    of, event = report.dealers, report.event
    signed, paid = of.of(M.SIGNED), of.of(M.PAID)
    target = _("target %(target)s", target=number(event.signing_target)) if event.signing_target else None
    share = percent((signed - paid) / signed) if signed and report.is_over else ""
    return [
        _stat(report, _("Dealers who came"), M.ARRIVED, _("of %(of)s invited", of=number(of.of(M.INVITED)))),
        _stat(report, _("Signed"), M.SIGNED, target, bad=bool(event.signing_target) and signed < event.signing_target),
        _stat(
            report,
            _("Paid something"),
            M.PAID,
            _("%(share)s never paid", share=share) if share else None,
            bad=paid < signed,
        ),
        {
            "label": _("Money at the bank"),
            "value": money(of.got, event.currency),
            "url": door("receivables.index", slug=event.slug) or rows_url(event.slug, choice(M.PAID)),
            "hint": _("of %(sum)s signed", sum=money(of.total, event.currency)),
        },
        {
            "label": _("Cost"),
            "value": money(report.cost, event.currency),
            "url": door("budget.index", slug=event.slug),
            "hint": _("budgeted %(sum)s", sum=money(report.planned, event.currency)) if report.planned else None,
            "tone": "red" if report.planned is not None and report.cost > report.planned else None,
        },
    ]


def _stat(report: Report, label: str, mark: Mark, hint: str | None, *, bad: bool = False) -> dict[str, Any]:
    return {
        "label": label,
        "value": number(report.dealers.of(mark)),
        "url": rows_url(report.event.slug, choice(mark)),
        "hint": hint,
        "tone": "red" if bad and report.is_over else None,
    }


def funnel(report: Report) -> list[dict[str, Any]]:
    """Return the steps as the macro `funnel` draws them. Payments say how many contracts speak of them."""
    of = report.dealers
    steps = []
    for step in STEPS:
        count = of.of(step)
        agreed = of.agreed(step) if step in AGREED_OF else 0
        hint = _("agreed with %(num)s", num=number(agreed)) if step in AGREED_OF and agreed else None
        url = rows_url(report.event.slug, choice(step))
        steps.append({"label": words.MARKS[step], "value": count, "url": url, "tone": TONES[step], "hint": hint})
    return steps


def cuts(slug: str, by: str) -> list[dict[str, Any]]:
    return [
        {
            "label": words.CUTS[each],
            "url": url_for("report.index", slug=slug, by=each, _anchor="cut"),
            "current": each == by,
        }
        for each in CUTS
    ]


def cut_rows(report: Report, by: str) -> list[dict[str, Any]]:
    """Return the parts of a cut with their figures and doors."""
    slug = report.event.slug
    rows = []
    for of, counted in cut(report.facts, by).items():
        came, signed = counted.of(M.ARRIVED), counted.of(M.SIGNED)
        rows.append(
            {
                "label": words.part(by, of, list(counted.facts)),
                "cells": [(counted.of(mark), rows_url(slug, choice(mark, by=by, of=of))) for mark in _SHOWN],
                "rate": percent(signed / came) if came else "",
                "got": counted.got,
                "counted": counted,
            }
        )
    return rows


def cut_columns() -> list[Any]:
    return [words.MARKS[mark] for mark in _SHOWN]


def matrix_rows(report: Report) -> list[dict[str, Any]]:
    """Return what was said (rows) and what came of it (columns), each cell with its share of the row."""
    slug = report.event.slug
    rows = []
    for said, cells in matrix(report.facts).items():
        whole = sum(cells.values())
        found = [
            {
                "count": count,
                "share": count / whole if whole else 0,
                "url": rows_url(slug, choice_of(column, said)),
                "tone": words.TONE_OF_COLUMN[column],
                "label": words.COLUMNS[column],
            }
            for column, count in cells.items()
        ]
        rows.append({"said": word(said), "whole": whole, "cells": found})
    return [row for row in rows if row["whole"]]


def matrix_columns() -> list[Any]:
    return [words.COLUMNS[name] for name in COLUMNS]


def per_dealer(report: Report) -> list[dict[str, Any]]:
    """Return what one dealer cost: who came, who signed, who paid."""
    event = report.event
    rows = ((_("Each dealer who came"), M.ARRIVED), (_("Each who signed"), M.SIGNED), (_("Each who paid"), M.PAID))
    return [
        {
            "label": label,
            "value": money(sum_, event.currency) if (sum_ := report.each(mark)) is not None else "—",
            "by": number(report.dealers.of(mark)),
            "url": rows_url(event.slug, choice(mark)),
        }
        for label, mark in rows
    ]
