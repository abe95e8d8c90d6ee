"""Which sheets that were handed out say something else than what is arranged by now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.blueprints.travel import queries
from app.blueprints.travel.rules.changed import Changes, since
from app.blueprints.travel.runs.situation import Situation
from app.blueprints.travel.sheets.lines import of_run
from app.models import IssuedSheet, SheetKind


@dataclass(frozen=True)
class Handed:
    """The last sheet somebody has in hand, and what has changed since."""

    sheet: IssuedSheet
    changes: Changes


def handed(sheet: IssuedSheet | None, lines: Mapping[str, Sequence[str]]) -> Handed | None:
    """Compare what was handed out last with what stands now; None when nothing has been handed out."""
    return Handed(sheet, since(sheet.lines, lines)) if sheet else None


def of_runs(now: Situation) -> dict[int, Handed]:
    """Return the last driver's sheet of every run that has one: one query."""
    found = queries.last_sheets(now.event, SheetKind.RUN)
    return {
        run.id: Handed(found[run.id], since(found[run.id].lines, of_run(now, run)))
        for run in now.runs
        if run.id in found
    }
