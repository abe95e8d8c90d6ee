"""Remembering what was handed out. No verb commits."""

from collections.abc import Mapping, Sequence

from app import clock, journal
from app.blueprints.travel import queries
from app.blueprints.travel.rules.changed import fingerprint
from app.extensions import db
from app.models import Event, IssuedSheet, SheetKind


def issue(
    event: Event, kind: SheetKind, lines: Mapping[str, Sequence[str]], *, subject: int = 0, by_id: int | None
) -> IssuedSheet:
    """Return the sheet that is handed out now: the last one again when nothing has changed since.

    Call it after `runs.actions.lock`, so that two people do not hand out the same number.
    """
    last = queries.last_sheet(event, kind, subject)
    print_of_now = fingerprint(lines)
    if last is not None and last.fingerprint == print_of_now:
        return last
    sheet = IssuedSheet(
        event_id=event.id,
        kind=kind,
        subject=subject,
        number=last.number + 1 if last else 1,
        fingerprint=print_of_now,
        lines={key: list(cells) for key, cells in lines.items()},
        issued_at=clock.now(),
        issued_by_id=by_id,
    )
    db.session.add(sheet)
    changes = {"sheet": [last.number if last else None, sheet.number], "kind": [None, kind.value]}
    journal.record("travel.sheet_issued", event, event_id=event.id, changes=changes)
    db.session.flush()
    return sheet
