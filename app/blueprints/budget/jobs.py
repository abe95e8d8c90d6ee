"""The workbook of a long budget is written by the worker; a short one while the person waits."""

from flask import current_app
from flask_babel import force_locale

from app import files
from app.blueprints.budget import queries
from app.blueprints.budget.workbook import XLSX, workbook
from app.extensions import db
from app.jobs import JobKind, Progress
from app.models import Event, Job

KIND = "export_budget"
AT_ONCE = 2_000  # expenses: about half a second of CPU


def run_export(job: Job, progress: Progress) -> None:
    """Write the workbook and keep the file. After a crash it starts over."""
    event = db.session.get_one(Event, job.event_id)
    # Each expense stands in a row of its own, and with its invoice and payment in another one or two.
    total = queries.number_of_rows(event)
    progress(0, total)
    with force_locale(job.arguments["locale"]):
        content = workbook(event, seen=lambda done: progress(min(done, total), total))
    file = files.keep(
        content,
        folder=current_app.config["SIGNING_DAY_HOME"],
        name=f"budget-{event.slug}.xlsx",
        media_type=XLSX,
        by_id=job.created_by_id,
    )
    job.result_file_id = file.id
    db.session.commit()
    progress(total, total)


KINDS = (JobKind(KIND, run_export),)
