"""A long checklist is drawn by the worker; a short one while the person waits."""

from typing import Any

from flask import current_app

from app import clock, files, links
from app.blueprints.materials import queries
from app.blueprints.materials.printing import sheets
from app.blueprints.materials.printing.checklist import checklist_pdf
from app.blueprints.materials.printing.sheets import By, Heading, Which
from app.extensions import db
from app.jobs import JobKind, Progress
from app.models import Event, Job

KIND = "checklist"
AT_ONCE = 2000  # about three seconds of CPU


def heading(event: Event, language: str, printed_by: str) -> Heading:
    """Return what stands on top of an event's printed lists."""
    return Heading(
        event=event.name,
        when=sheets.when_words(event.local_start, language),
        where=" ".join(each for each in (event.venue, event.hall) if each),
        printed_at=clock.local(clock.now(), event.time_zone),
        printed_by=printed_by,
        url=links.public(f"/events/{event.slug}/materials/"),
        codes=links.material_page(""),
    )


def draw(event: Event, told: dict[str, Any], printed_by: str) -> bytes:
    """Return the checklist that the arguments ask for."""
    by, which, language = By(told["by"]), Which(told["which"]), told["language"]
    groups = sheets.checklist(queries.sheet(event), by, which, language)
    top = heading(event, language, printed_by)
    return checklist_pdf(top, groups, which=which, apart=told["apart"], language=language)


def run_checklist(job: Job, progress: Progress) -> None:
    """Draw the checklist and keep the file. After a crash it starts over."""
    event = db.session.get_one(Event, job.event_id)
    progress(0, job.total)
    content = draw(event, dict(job.arguments), job.created_by.name if job.created_by else "")
    file = files.keep(
        content,
        folder=current_app.config["SIGNING_DAY_HOME"],
        name=f"checklist-{event.slug}.pdf",
        media_type="application/pdf",
        by_id=job.created_by_id,
    )
    job.result_file_id = file.id
    db.session.commit()
    progress(job.total, job.total)


KINDS = (JobKind(KIND, run_checklist),)
