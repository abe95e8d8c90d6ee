"""The report as a document a director reads in ten minutes: what is bad first, in Chinese or English."""

import base64
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from flask_babel import force_locale

from app import clock, files, links, pdf
from app.blueprints.report import compare, shown, words
from app.blueprints.report.gather import Report
from app.blueprints.report.photos import queries as photos
from app.blueprints.report.rules.facts import AGREED_OF, STEPS, Counted, Mark, cut
from app.blueprints.report.rules.outcome import COLUMNS, matrix
from app.blueprints.report.steps import queries as steps
from app.models import BudgetGroup, Event
from app.web import locale
from app.web.words import word

M = Mark
LANGUAGES = ("zh_CN", "en")
_MOST_PHOTOS, _MOST_UNSIGNED = 6, 40
_PARTS = (M.INVITED, M.FIRM, M.ARRIVED, M.SIGNED, M.DEPOSIT, M.FIRST_ORDER, M.SECOND)


def document(report: Report, language: str, *, folder: Path) -> bytes:
    """Return the PDF. `folder` is where the photos lie."""
    event = report.event
    with force_locale(language):
        html = pdf.page_html(
            "report/print/report.html",
            language,
            event=event,
            report=report,
            company=event.organizer or links.company_name(),
            findings=[(each.grade, words.sentence(each, event)) for each in report.findings],
            stats=_stats(report),
            funnel=_funnel(report),
            matrix=_matrix(report),
            matrix_columns=[str(words.COLUMNS[name]) for name in COLUMNS],
            budget=_budget(report),
            parts=[(str(words.CUTS[by]), _cut(report, by)) for by in ("rep", "region", "source")],
            part_columns=[str(words.MARKS[mark]) for mark in _PARTS],
            per_dealer=[(each["label"], each["value"], each["by"]) for each in shown.per_dealer(report)],
            over_time=_over_time(report),
            others=compare.earlier(report),
            age=words.age((report.now - event.starts_at).days),
            slots=_slots(report),
            unsigned=_unsigned(report),
            more_unsigned=max(0, len(report.unsigned) - _MOST_UNSIGNED),
            photos=_pictures(event, folder),
            **_formats(event),
        )
    return pdf.render(html)


def _formats(event: Event) -> dict[str, Any]:
    zone = event.time_zone
    return {
        "money": lambda value: locale.money(value, event.currency) if value is not None else "—",
        "amount": locale.amount,
        "number": locale.number,
        "percent": lambda value: "—" if value is None else locale.percent(float(value)),
        "day": lambda value: locale.day(value, zone),
        "long_day": lambda value: locale.long_day(value, zone),
        "moment": lambda value: locale.moment(value, zone),
        "word": lambda value: str(word(value).text),
        "printed": locale.moment(clock.now(), zone),
        "share": lambda part, whole: round(100 * float(part) / float(whole), 1) if whole else 0,
    }


def _stats(report: Report) -> list[Mapping[str, Any]]:
    return [each | {"hint": each["hint"] or "", "is_bad": each.get("tone") == "red"} for each in shown.stats(report)]


def _funnel(report: Report) -> list[dict[str, Any]]:
    of, rows, before = report.dealers, [], 0
    for step in STEPS:
        count = of.of(step)
        rows.append(
            {
                "label": str(words.MARKS[step]),
                "count": count,
                "rate": count / before if before else None,
                "tone": shown.TONES[step],
                "agreed": of.agreed(step) if step in AGREED_OF else None,
            }
        )
        before = count
    return rows


def _matrix(report: Report) -> list[tuple[str, int, list[tuple[str, int]]]]:
    rows = []
    for said, cells in matrix(report.facts).items():
        if whole := sum(cells.values()):
            counts = [(words.TONE_OF_COLUMN[name], count) for name, count in cells.items()]
            rows.append((str(word(said).text), whole, counts))
    return rows


def _budget(report: Report) -> list[tuple[str, Any, bool]]:
    of, rows = report.ledger, []
    for group in BudgetGroup:
        rows.append((str(word(group).text), of.by_group[group], True))
        rows += [(line.name, of.by_line[line.id], False) for line in of.lines_of(group)]
    return rows


def _cut(report: Report, by: str) -> list[tuple[str, list[int], Counted]]:
    return [
        (words.part(by, of, list(each.facts)), [each.of(mark) for mark in _PARTS], each)
        for of, each in cut(report.facts, by).items()
    ]


def _over_time(report: Report) -> dict[str, Any]:
    """The course of the figures that are watched for weeks, as text."""
    over = compare.over_time(report)
    shown_rows = []
    for each in over.courses:
        say: Callable[[Any], str] = locale.amount if each.name in words.SUMS else locale.number
        values = [say(value) if value is not None else "–" for value in (*each.kept, each.now)]
        shown_rows.append((str(words.FIGURES[each.name]), values))
    return {"days": [row.days for row in over.rows], "rows": shown_rows}


def _slots(report: Report) -> list[tuple[str, int]]:
    zone = report.event.time_zone
    return [(locale.at(when, zone), count) for when, count in report.door.slots][-36:]


def _unsigned(report: Report) -> list[dict[str, Any]]:
    said = steps.of_event(report.event)
    return [{"fact": each, "step": said.get(each.invitation_id or 0)} for each in report.unsigned[:_MOST_UNSIGNED]]


def _pictures(event: Event, folder: Path) -> Sequence[tuple[str, str]]:
    found = []
    for each in photos.photos(event)[:_MOST_PHOTOS]:
        content = base64.b64encode(files.read(each.file, folder=folder)).decode()
        found.append((f"data:{each.file.media_type};base64,{content}", each.caption))
    return found
