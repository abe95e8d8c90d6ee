"""Sheets as they leave the house: the rooming list as a workbook, the others as PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from app import clock, pdf
from app.blueprints.travel.rules.changed import Changes, since
from app.blueprints.travel.sheets.lines import HEAD, ROOM_HEADINGS, RUN_FACTS, RUN_HEADINGS
from app.blueprints.travel.sheets.more_lines import GROUP_FACTS, GROUP_HEADINGS, MEAL_FACTS, MEAL_HEADINGS
from app.errors import N_
from app.models import Event, IssuedSheet, SheetKind
from app.sheet_files import to_xlsx
from app.texts import gettext

_NEW, _CHANGED, _GONE = N_("new"), N_("changed: %(columns)s"), N_("cancelled")
_TITLE = N_("Rooming list")
_MARK = N_("Since the last sheet")


def changes_of(sheet: IssuedSheet, before: IssuedSheet | None) -> Changes:
    """Return what a sheet says differently from the one before it; a first sheet marks nothing."""
    return since(before.lines, sheet.lines) if before else Changes()


def rooms_xlsx(sheet: IssuedSheet, before: IssuedSheet | None, language: str) -> bytes:
    """Return the rooming list as the hotel gets it. The last column marks changes; who is gone stands at the end."""
    headings = [gettext(language, each) for each in ROOM_HEADINGS]
    changes = changes_of(sheet, before)
    rows = [[*cells, _mark(changes, key, headings, language)] for key, cells in sheet.lines.items()]
    rows += [[*cells, gettext(language, _GONE)] for cells in changes.removed.values()]
    return to_xlsx(
        [*headings, gettext(language, _MARK)],
        rows,
        title=gettext(language, _TITLE),
        text_columns=set(range(len(headings) + 1)),
    )


def _mark(changes: Changes, key: str, headings: list[str], language: str) -> str:
    if changes.is_new(key):
        return gettext(language, _NEW)
    places = sorted(changes.cells.get(key, ()))
    columns = "、" if language == "zh_CN" else ", "
    return gettext(language, _CHANGED, columns=columns.join(headings[each] for each in places)) if places else ""


@dataclass(frozen=True)
class Paper:
    """What is printed around the lines of a kind of sheet."""

    title: str
    facts: Sequence[str]
    headings: Sequence[str]
    people: int | None = None  # the cell that is summed below the list


PAPERS = {
    SheetKind.RUN: Paper(N_("Driver’s sheet"), RUN_FACTS, RUN_HEADINGS, people=3),
    SheetKind.MEALS: Paper(N_("Kitchen sheet"), MEAL_FACTS, MEAL_HEADINGS),
    SheetKind.GROUPS: Paper(N_("Group sheet"), GROUP_FACTS, GROUP_HEADINGS, people=1),
}


def paper_pdf(event: Event, sheet: IssuedSheet, before: IssuedSheet | None, language: str) -> bytes:
    """Return the sheet somebody holds in their hands: what has changed is marked, who is gone struck out."""
    changes = changes_of(sheet, before)
    paper, head = PAPERS[sheet.kind], sheet.lines[HEAD]
    riders = [(key, cells) for key, cells in sheet.lines.items() if key != HEAD]
    html = pdf.page_html(
        "travel/print/run.html",
        language,
        event=event,
        sheet=sheet,
        title=gettext(language, paper.title),
        changes=changes,
        head=[
            (gettext(language, label), text, changes.is_changed(HEAD, place))
            for place, (label, text) in enumerate(zip(paper.facts, head, strict=True))
        ],
        headings=[gettext(language, each) for each in paper.headings],
        riders=riders,
        people=None if paper.people is None else sum(int(cells[paper.people]) for _key, cells in riders),
        issued=f"{clock.local(sheet.issued_at, event.time_zone):%Y-%m-%d %H:%M}",
    )
    return pdf.render(html)
