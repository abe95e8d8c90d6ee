"""The steps of an import as page, job and command line take them: each reads outside any transaction, then does its
work in one and commits it. What fails in the middle leaves nothing behind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError

from app import files
from app.blueprints.dealers.bulk import BLANK as DEALER_FIELDS
from app.blueprints.dealers.bulk import keys_of
from app.blueprints.invitations.importing import actions, applying, queries, reverting
from app.blueprints.invitations.importing.layout import guests
from app.blueprints.invitations.importing.rules import Judged
from app.blueprints.invitations.importing.stages import UNDER_WAY, Step, ensure
from app.blueprints.invitations.importing.values import Draft
from app.errors import StaleChange
from app.extensions import db, reading_only
from app.jobs import Progress
from app.models import Import, ImportState, JobState
from app.sheets import Table, read_table

# From so many rows on the worker does it, and the page shows how far it is.
LARGE = 500
_TRIES = 3


def read(data: bytes, sheet: str = "") -> Table:
    """Read an uploaded file. Whatever transaction was open ends first: nobody waits for a lock while we parse."""
    db.session.rollback()
    return read_table(data, sheet)


def _silent(done: int, total: int) -> None:
    pass


@dataclass(frozen=True)
class _Source:
    """All that reading takes, without a session."""

    data: bytes
    sheet: str
    header_row: int
    mapping: Mapping[str, Any]
    names: Mapping[str, int | None]


def _source(import_id: int, folder: Path) -> _Source:
    """Look the import up and let go of the database."""
    db.session.rollback()
    with reading_only():
        an_import = db.session.get_one(Import, import_id)
        assert an_import.file is not None
        source = _Source(
            files.read(an_import.file, folder=folder),
            an_import.sheet,
            an_import.header_row,
            dict(an_import.mapping),
            queries.our_names(),
        )
        db.session.rollback()
    return source


def _drafts(source: _Source, progress: Progress) -> list[Draft]:
    table = read_table(source.data, source.sheet)
    return guests(table, source.header_row, source.mapping, source.names, progress)


def is_alone(an_import: Import, job_id: int | None = None) -> bool:
    """Tell whether no job but this one works on the import."""
    return an_import.job is None or an_import.job_id == job_id or an_import.job.state is JobState.FAILED


def is_at_work(an_import: Import) -> bool:
    """Tell whether the worker is at it, or soon will be."""
    return an_import.state in UNDER_WAY.values() and not is_alone(an_import)


def check(import_id: int, folder: Path, progress: Progress = _silent, job_id: int | None = None) -> None:
    """Read the file with the mapping as it stands, and write down what would become of each row."""
    drafts = _drafts(_source(import_id, folder), progress)
    an_import = queries.locked(import_id)
    ensure(Step.CHECK, an_import.state, alone=is_alone(an_import, job_id))
    actions.check(an_import, drafts)
    db.session.commit()


def apply(import_id: int, folder: Path, progress: Progress = _silent, job_id: int | None = None) -> Import:
    """Take the list in and return the import."""
    source = _source(import_id, folder)

    def once() -> Import:
        drafts = _drafts(source, progress)
        # Spelling names takes longer than writing them, so it is done before anybody has to wait for us.
        keys = {draft.line: _keys(draft) for draft in drafts if not draft.is_refused}
        an_import = queries.locked(import_id)
        ensure(Step.APPLY, an_import.state, alone=is_alone(an_import, job_id))
        applying.apply(an_import, drafts, keys)
        an_import.job_id = None
        db.session.commit()
        return an_import

    return _repeated(once)


def _keys(draft: Draft) -> dict[str, str]:
    return keys_of({field.value: value for field, value in draft.values.items() if field.value in DEALER_FIELDS})


def revert(import_id: int, job_id: int | None = None) -> Import:
    """Undo the import and return it."""

    def once() -> Import:
        an_import = queries.locked(import_id)
        ensure(Step.REVERT, an_import.state, alone=is_alone(an_import, job_id))
        reverting.revert(an_import)
        an_import.job_id = None
        db.session.commit()
        return an_import

    return _repeated(once)


def _repeated(once: Callable[[], Import]) -> Import:
    """Do it again when somebody saved one of the same records in between; it then reads what they wrote."""
    for _ in range(_TRIES - 1):
        try:
            return once()
        except (StaleChange, IntegrityError):
            db.session.rollback()
    try:
        return once()
    except IntegrityError as fault:
        raise StaleChange from fault


def rehearse(an_import: Import, drafts: list[Draft]) -> list[Judged]:
    """Say what would become of the rows without writing anything: the import itself is forgotten too."""
    judged = actions.check(an_import, drafts)
    db.session.rollback()
    return judged


def is_large(an_import: Import) -> bool:
    """Tell whether the worker should do it."""
    return an_import.row_count >= LARGE


def has_ended(an_import: Import, step: Step) -> bool:
    """Tell whether a job taken up again finds its work done: it was committed just before the worker died."""
    ends = {Step.CHECK: ImportState.CHECKED, Step.APPLY: ImportState.APPLIED, Step.REVERT: ImportState.REVERTED}
    return an_import.state is ends[step] and an_import.job_id is None
