"""The job tray: what runs for a person, how far it is, and its result."""

import io
from typing import Any

from flask import Response, abort, current_app, request, send_file

from app import files
from app.access import Role
from app.blueprints.home import blueprint, job_words, queries
from app.jobs import unfinished_of
from app.models import JobState
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.render import page

UNFINISHED = (JobState.WAITING, JobState.RUNNING)
LAST_JOBS = 5  # on the home page
_ALL = 50


@blueprint.get("/jobs/")
@requires()
def jobs() -> Response:
    return page("home/jobs.html", fragment="home/_jobs.html", **last_jobs(request.args.get("last", _ALL, int)))


@blueprint.get("/jobs/tray")
@requires()
def tray() -> Response:
    """The mark in the header, which asks again while something runs."""
    return page("layouts/_tray.html", running=unfinished_of(me().id))


def last_jobs(last: int) -> dict[str, Any]:
    """Return what the template of the tray wants to know: one's own `last` jobs."""
    jobs = queries.jobs_of(me().id, max(1, min(last, _ALL)))
    return {
        "last": last,
        "jobs": jobs,
        "job_events": queries.events_of_jobs(jobs),
        "kind": job_words.kind,
        "reason": job_words.reason,
        "running": any(job.state in UNFINISHED for job in jobs),
    }


@blueprint.get("/jobs/<int:job_id>/result")
@requires()
def job_result(job_id: int) -> Response:
    """Hand over the file a job made: to who started it, and to administrators."""
    job = found(queries.job(job_id))
    person = me()
    if job.created_by_id != person.id and Role.ADMINISTRATOR not in person.roles:
        abort(404)  # whether there is such a job is nobody else's business
    file = found(job.result_file)
    return send_file(
        io.BytesIO(files.read(file, folder=current_app.config["SIGNING_DAY_HOME"])),
        mimetype=file.media_type,
        as_attachment=True,
        download_name=file.name,
    )
