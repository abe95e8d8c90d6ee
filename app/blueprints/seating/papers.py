"""What is printed of the seating, drawn at once for a small conference and by the worker for a large one."""

from collections.abc import Callable

from flask import current_app

from app import files
from app.blueprints.seating import document, queries
from app.blueprints.seating.errors import DrawnByTheWorker
from app.blueprints.seating.situation import Situation
from app.extensions import db
from app.jobs import JobKind, Progress
from app.models import Event, Job

KIND = "seating_paper"
AT_ONCE = 200  # people; their cards take about two seconds of CPU
PAPERS: dict[str, tuple[str, Callable[[Situation, str], bytes]]] = {
    "cards": ("table-cards-{slug}", document.cards_pdf),
    "signs": ("table-signs-{slug}", document.signs_pdf),
    "name": ("seating-by-name-{slug}", lambda now, language: document.chart_pdf(now, "name", language)),
    "table": ("seating-by-table-{slug}", lambda now, language: document.chart_pdf(now, "table", language)),
}


def is_large(now: Situation) -> bool:
    """Tell whether so many people sit that nobody should wait for their papers."""
    return len(now.valid) > AT_ONCE


def at_once(now: Situation, paper: str, language: str) -> bytes:
    """Return a paper. Raises DrawnByTheWorker when it takes longer than a request should."""
    if is_large(now) and paper != "signs":
        raise DrawnByTheWorker
    return PAPERS[paper][1](now, language)


def run_paper(job: Job, progress: Progress) -> None:
    """Draw a paper and keep the file. After a crash it starts over."""
    event = db.session.get_one(Event, job.event_id)
    progress(0, job.total)
    name, draw = PAPERS[job.arguments["paper"]]
    file = files.keep(
        draw(queries.situation(event), job.arguments["language"]),
        folder=current_app.config["SIGNING_DAY_HOME"],
        name=f"{name.format(slug=event.slug)}.pdf",
        media_type="application/pdf",
        by_id=job.created_by_id,
    )
    job.result_file_id = file.id
    db.session.commit()
    progress(job.total, job.total)


KINDS = (JobKind(KIND, run_paper),)
