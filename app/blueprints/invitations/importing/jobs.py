"""Imports too large for one request: checked, applied and reverted by the worker, each in one transaction."""

from flask import current_app

from app import journal
from app.blueprints.invitations.importing import steps
from app.blueprints.invitations.importing.stages import UNDER_WAY, Step
from app.extensions import db
from app.jobs import JobKind, Progress, start
from app.models import Import, Job

CHECK, APPLY, REVERT = "check_import", "apply_import", "revert_import"
_NAMES = {Step.CHECK: CHECK, Step.APPLY: APPLY, Step.REVERT: REVERT}


def begin(an_import: Import, step: Step, *, by_id: int | None, result_url: str) -> Job:
    """Leave a step to the worker (flushed, not committed). `result_url` is where the job tray leads."""
    job = start(
        _NAMES[step],
        event_id=an_import.event_id,
        arguments={"import_id": an_import.id},
        by_id=by_id,
        total=an_import.row_count,
    )
    job.result_url = result_url
    an_import.state = UNDER_WAY[step]
    an_import.job_id = job.id
    return job


def _prepared(job: Job, step: Step) -> int | None:
    """Return the import's id, or None when an earlier try of this job has done the work."""
    journal.act_as(journal.Actor(job.created_by.name if job.created_by else "system", job.created_by_id))
    an_import = db.session.get(Import, job.arguments["import_id"])
    if an_import is None or steps.has_ended(an_import, step):
        return None
    return an_import.id


def run_check(job: Job, progress: Progress) -> None:
    """Check a list. Checking twice comes to the same."""
    job_id, import_id = job.id, _prepared(job, Step.CHECK)
    if import_id is not None:
        steps.check(import_id, current_app.config["SIGNING_DAY_HOME"], progress, job_id)


def run_apply(job: Job, progress: Progress) -> None:
    """Take a list in."""
    job_id, import_id = job.id, _prepared(job, Step.APPLY)
    if import_id is not None:
        steps.apply(import_id, current_app.config["SIGNING_DAY_HOME"], progress, job_id)


def run_revert(job: Job, progress: Progress) -> None:
    """Undo an import."""
    job_id, import_id = job.id, _prepared(job, Step.REVERT)
    if import_id is not None:
        steps.revert(import_id, job_id)


KINDS = (JobKind(CHECK, run_check), JobKind(APPLY, run_apply), JobKind(REVERT, run_revert))
