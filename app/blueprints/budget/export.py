"""The budget as a file that finance can go on with: one row a line, and one row for everything that costs money."""

from collections.abc import Sequence
from typing import Any

from flask import Response, request
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.budget import blueprint, ledger, shown
from app.blueprints.budget.ledger import Ledger
from app.blueprints.budget.rules.figures import Figures
from app.models import BudgetGroup
from app.sheet_files import Value, to_xlsx
from app.web.guards import requires
from app.web.load import the_event
from app.web.words import word

P = Permission
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/events/<slug>/budget/export")
@requires(P.EXPORT_LISTS, P.BOOK_INVOICES)
def export(slug: str) -> Any:
    """The lines with their figures; `?what=rows` gives the entries behind them."""
    event = the_event(slug)
    of = ledger.of_event(event)
    is_rows = request.args.get("what") == "rows"
    headings, rows = _entries(of) if is_rows else _lines(of)
    answer = Response(to_xlsx(headings, rows, title=_("Budget")), content_type=XLSX)
    name = f"budget-{'rows-' if is_rows else ''}{slug}.xlsx"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _sums(of: Figures) -> list[Value]:
    return [of.planned, of.committed, of.actual, of.paid, of.owed, of.forecast, of.left]


def _lines(of: Ledger) -> tuple[list[str], list[Sequence[Value]]]:
    headings = [_("Group"), _("Line"), _("Budgeted"), _("Committed"), _("Actual"), _("Paid so far"), _("Owed")]
    rows: list[Sequence[Value]] = []
    for group in BudgetGroup:
        title = str(word(group).text)
        rows += [[title, line.name, *_sums(of.by_line[line.id])] for line in of.lines_of(group)]
        rows.append([title, _("Together"), *_sums(of.by_group[group])])
    rows.append([_("All together"), "", *_sums(of.total)])
    return [*headings, _("Forecast"), _("Left")], rows


def _entries(of: Ledger) -> tuple[list[str], list[Sequence[Value]]]:
    lines = {line.id: line for line in of.lines}
    origins = shown.origins()
    rows: list[Sequence[Value]] = [
        [
            str(word(lines[each.line_id].group).text),
            lines[each.line_id].name,
            shown.text(each),
            each.who,
            origins[each.origin],
            each.at.date(),
            *(each.requested, each.committed, each.actual, each.paid, each.owed),
        ]
        for each in sorted(ledger.entries(of), key=lambda one: (lines[one.line_id].position, one.at, one.key))
    ]
    about = [_("Group"), _("Line"), _("Used for"), _("Paid to"), _("Kind of row"), _("When")]
    return [*about, _("Waits for approval"), _("Committed"), _("Actual"), _("Paid so far"), _("Owed")], rows
