"""A long register is written by the worker; a short one while the person waits."""

from collections.abc import Iterator
from typing import Any

from flask import current_app
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from app import clock, files
from app.blueprints.contracts.register import queries
from app.blueprints.contracts.register.printing.document import register_pdf
from app.blueprints.contracts.register.rules import wanted as asked
from app.blueprints.contracts.register.table import COLUMNS, Listed, rows_of, spec
from app.extensions import db
from app.jobs import JobKind, Progress
from app.models import Contract, Job
from app.sheets import to_xlsx

EXPORT, PRINT = "export_register", "print_register"
EXPORT_AT_ONCE, PRINT_AT_ONCE = 2_000, 120
MOST_EXPORTED, MOST_PRINTED = 200_000, 5_000
_PIECE = 500
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def listed(query: list[list[str]], only_of: int | None) -> Listed:
    """Return the register that an address asked for, limited to what that person may see."""
    arguments: MultiDict[str, str] = MultiDict([(name, value) for name, value in query])
    wanted, _wrong = asked.read(arguments)
    base = queries.everything(wanted, only_of, clock.now())
    return Listed(spec(selectable=False, exports=False), base, wanted, arguments)


def _rows(ids: list[int], job: Job, progress: Progress) -> Iterator[Contract]:
    for start in range(0, len(ids), _PIECE):
        progress(start, len(ids))
        yield from rows_of(ids[start : start + _PIECE])
        db.session.expire_all()
        db.session.refresh(job)


def run_export(job: Job, progress: Progress) -> None:
    """Write the workbook. After a crash it starts over."""
    told: dict[str, Any] = dict(job.arguments)
    ids = listed(told["query"], told["only_of"]).ids(MOST_EXPORTED)
    columns = [each for each in COLUMNS if each.key in told["columns"] and each.text]
    with force_locale(told["locale"]):
        headings = [str(each.label) for each in columns]
        lines = ([each.text(row) for each in columns if each.text] for row in _rows(ids, job, progress))
        content = to_xlsx(headings, lines, title="contracts")
    _keep(job, content, "contracts.xlsx", _XLSX)
    progress(len(ids), len(ids))


def run_print(job: Job, progress: Progress) -> None:
    """Draw the printed register."""
    told: dict[str, Any] = dict(job.arguments)
    ids = listed(told["query"], told["only_of"]).ids(MOST_PRINTED)
    progress(0, len(ids))
    by = job.created_by.name if job.created_by else ""
    _keep(job, register_pdf(rows_of(ids), told["said"], told["language"], by), "register.pdf", "application/pdf")
    progress(len(ids), len(ids))


def _keep(job: Job, content: bytes, name: str, media_type: str) -> None:
    folder = current_app.config["SIGNING_DAY_HOME"]
    job.result_file_id = files.keep(
        content, folder=folder, name=name, media_type=media_type, by_id=job.created_by_id
    ).id
    db.session.commit()


KINDS = (JobKind(EXPORT, run_export), JobKind(PRINT, run_print))
