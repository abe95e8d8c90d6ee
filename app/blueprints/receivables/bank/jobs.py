"""Bank files too long for one request: taken in, and confirmed, by the worker."""

from flask import current_app

from app import journal
from app.blueprints.receivables.bank import queries, steps
from app.extensions import db
from app.jobs import JobKind, Progress, start
from app.models import BankFile, BankFileState, Job

TAKE, CONFIRM = "take_bank_file", "confirm_bank_file"
_STATES = {TAKE: BankFileState.WORKING, CONFIRM: BankFileState.CONFIRMING}


def begin(bank_file: BankFile, kind: str, *, by_id: int | None, result_url: str, total: int) -> Job:
    """Leave a step to the worker (flushed, not committed). `result_url` is where the job tray leads."""
    job = start(kind, event_id=None, arguments={"file_id": bank_file.id}, by_id=by_id, total=total)
    job.result_url = result_url
    bank_file.state, bank_file.job_id = _STATES[kind], job.id
    return job


def _prepared(job: Job) -> tuple[int, int | None, bool]:
    """Return the file, who asked, and whether the work is still to be done."""
    journal.act_as(journal.Actor(job.created_by.name if job.created_by else "system", job.created_by_id))
    file_id, by_id, job_id = int(job.arguments["file_id"]), job.created_by_id, job.id
    bank_file = db.session.get(BankFile, file_id)
    return file_id, by_id, bank_file is not None and bank_file.job_id == job_id


def run_take(job: Job, progress: Progress) -> None:
    """Take a file in. Taken up again, it finds the rows that are there already."""
    file_id, _by_id, is_due = _prepared(job)
    if is_due:
        steps.take(file_id, current_app.config["SIGNING_DAY_HOME"], progress)


def run_confirm(job: Job, progress: Progress) -> None:
    """Confirm what is certain. Taken up again, it goes on with the rows that are left."""
    file_id, by_id, is_due = _prepared(job)
    if not is_due:
        return
    steps.confirm_certain(file_id, by_id, progress)
    bank_file = queries.locked(file_id)
    bank_file.state, bank_file.job_id = BankFileState.READY, None
    db.session.commit()


KINDS = (JobKind(TAKE, run_take), JobKind(CONFIRM, run_confirm))
