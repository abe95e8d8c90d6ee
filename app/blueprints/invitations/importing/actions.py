"""What is done with an uploaded list before anything of it is taken in. Nothing here commits."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app import clock, journal
from app.blueprints.invitations import queries as invite_list
from app.blueprints.invitations.importing import queries
from app.blueprints.invitations.importing.columns import guess_mapping, signature, usable_mapping
from app.blueprints.invitations.importing.layout import first_rows, header_row_of, headings_of, tells_somebody
from app.blueprints.invitations.importing.refused import refused_headings
from app.blueprints.invitations.importing.rules import Judged, count, judge
from app.blueprints.invitations.importing.stages import ImportNotMapped
from app.blueprints.invitations.importing.values import Draft
from app.blueprints.invitations.importing.vocabulary import Field
from app.errors import EventNotOpen
from app.extensions import db
from app.many import insert_many
from app.models import ColumnMapping, Event, EventStatus, File, Import, ImportRow, ImportState
from app.sheets import Table
from app.texts import LOCALES

LONGEST_CELL_KEPT = 5_000


def is_open(event: Event) -> bool:
    """Tell whether the event's list may still change."""
    return event.status not in (EventStatus.CLOSED, EventStatus.ARCHIVED)


def ensure_open(event: Event) -> None:
    """Raise EventNotOpen when the event's list is closed for good."""
    if not is_open(event):
        raise EventNotOpen


def begin(event: Event, table: Table, *, file: File | None, file_name: str, by_id: int | None) -> Import:
    """Write down an uploaded list, with its columns mapped as remembered or guessed."""
    ensure_open(event)
    an_import = Import(
        event_id=event.id,
        file_id=file.id if file else None,
        file_name=file_name[:200],
        created_at=clock.now(),
        created_by_id=by_id,
        state=ImportState.UPLOADED,
        counts={},
    )
    an_import.event = event
    db.session.add(an_import)
    lay_out(an_import, table)
    db.session.flush()
    return an_import


def lay_out(an_import: Import, table: Table, header_row: int | None = None) -> None:
    """Note what the file looks like and where its headings stand, and map its columns as remembered or guessed.

    Without a `header_row` the headings are looked for; -1 says that there are none.
    """
    if header_row is None:
        header_row = header_row_of(table.rows)
    headings = headings_of(table.rows, header_row)
    below = table.rows[header_row + 1 :]
    known = queries.remembered(headings) if any(headings) else None
    mapping = usable_mapping(known, len(headings)) if known else guess_mapping(headings, below)
    an_import.sheet = table.sheet[:100]
    an_import.sheets = [name[:100] for name in table.sheets]
    an_import.row_count = len(table.rows)
    an_import.top_rows = [list(pair) for pair in zip(table.lines, first_rows(table.rows), strict=False)]
    an_import.header_row = header_row
    an_import.mapping = {field.value: column for field, column in mapping.items()}


def set_mapping(an_import: Import, mapping: Mapping[str, int]) -> None:
    """Say which column holds what; files with the same headings are mapped so from now on."""
    if not tells_somebody(mapping):
        raise ImportNotMapped
    an_import.mapping = dict(mapping)
    rows = [cells for _, cells in an_import.top_rows]
    headings = headings_of(rows, an_import.header_row)
    if any(headings):
        _remember(signature(headings), an_import.mapping)
        for locale in LOCALES:
            # The file of refused rows has one more column, and comes back.
            _remember(signature(refused_headings(headings, mapping, locale)), an_import.mapping)


def _remember(key: str, mapping: dict[str, Any]) -> None:
    known = db.session.get(ColumnMapping, key)
    if known is not None:
        known.mapping, known.used_at = mapping, clock.now()
        return
    try:
        with db.session.begin_nested():
            db.session.add(ColumnMapping(signature=key, mapping=mapping, used_at=clock.now()))
    except IntegrityError:
        # Two people map the same kind of file at the same moment; whichever is kept will do.
        return


def check(an_import: Import, drafts: Sequence[Draft]) -> list[Judged]:
    """Say what would become of each row, and write it down. Nobody's data changes."""
    if not tells_somebody(an_import.mapping):
        raise ImportNotMapped
    ensure_open(an_import.event)
    leave_seats_alone(an_import.event, drafts)
    on_file = queries.on_file(an_import.event, drafts)
    judged = judge(drafts, (one.known for one in on_file.values()))
    replace_rows(an_import, [{**row_of(one), "changes": plain_changes(one.changes)} for one in judged])
    an_import.counts = count(judged)
    an_import.state = ImportState.CHECKED
    an_import.error_code = ""
    an_import.job_id = None
    return judged


def leave_seats_alone(event: Event, drafts: Iterable[Draft]) -> None:
    """Take no table from a list once the event has a hall plan: the next change of seats would overwrite it."""
    if invite_list.has_hall(event):
        for draft in drafts:
            draft.values.pop(Field.TABLE, None)


def row_of(judged: Judged) -> dict[str, Any]:
    """Return what is kept of every row, whatever its verdict."""
    cells = list(judged.draft.cells)
    while cells and not cells[-1]:
        cells.pop()
    return {
        "line": judged.draft.line,
        "verdict": judged.verdict,
        "cells": [cell[:LONGEST_CELL_KEPT] for cell in cells],
        "reasons": [list(reason) for reason in judged.reasons],
        "changes": {},
        "made_dealer": False,
        "dealer_id": judged.known.dealer_id if judged.known else None,
        "invitation_id": judged.known.invitation_id if judged.known else None,
    }


def plain_changes(changes: Mapping[Any, tuple[object, object]]) -> dict[str, list[Any]]:
    """Return changes as the database keeps them."""
    return {str(field): [journal.plain(value) for value in pair] for field, pair in changes.items()}


def replace_rows(an_import: Import, rows: Sequence[dict[str, Any]]) -> None:
    """Keep these rows instead of those of an earlier check."""
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == an_import.id))
    insert_many(ImportRow, [{"import_id": an_import.id, **row} for row in rows])


def discard(an_import: Import) -> None:
    """Forget a list of which nothing was taken in."""
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == an_import.id))
    db.session.delete(an_import)
