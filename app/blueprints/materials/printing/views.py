"""The page that asks what to print, and the PDFs. They open in the browser."""

from typing import Any

from flask import Response, flash, request
from flask_babel import gettext as _

from app import texts
from app.access import Permission
from app.blueprints.materials import blueprint, queries
from app.blueprints.materials.printing import document, jobs, sheets
from app.blueprints.materials.printing.forms import PrintForm
from app.blueprints.materials.printing.sheets import By, Which
from app.extensions import db
from app.jobs import start
from app.models import Event
from app.web.guards import requires
from app.web.identity import me
from app.web.load import the_event
from app.web.render import back_to, page

P = Permission


def _language(event: Event) -> str:
    return texts.known(request.values.get("language"), texts.known(event.language, "zh_CN"))


def _word(kind: Any, name: str, default: Any) -> Any:
    try:
        return kind(request.values.get(name, ""))
    except ValueError:
        return default


def _pdf(content: bytes, name: str) -> Response:
    answer = Response(content, content_type="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"{name}.pdf")
    return answer


@blueprint.get("/events/<slug>/materials/print")
@requires(P.VIEW_MATERIALS)
def print_page(slug: str) -> Any:
    event = the_event(slug)
    sheet = queries.sheet(event)
    form = PrintForm(
        formdata=None,
        by=_word(By, "by", By.ZONE),
        which=_word(Which, "which", Which.ALL),
        language=_language(event),
        apart=True,
    )
    return page(
        "materials/print_page.html",
        form=form,
        sheet=sheet,
        is_long=len(sheet.lines) > jobs.AT_ONCE,
        notes=sheets.delivery_notes(sheet),
        kits=sheets.packing_list(sheet),
    )


def _told(event: Event) -> dict[str, Any]:
    """What is asked for, in plain values, as a job keeps it."""
    return {
        "by": _word(By, "by", By.ZONE).value,
        "which": _word(Which, "which", Which.ALL).value,
        "language": _language(event),
        "apart": "apart" in request.values,
    }


@blueprint.get("/events/<slug>/materials/checklist.pdf")
@requires(P.VIEW_MATERIALS)
def checklist(slug: str) -> Any:
    event = the_event(slug)
    told = _told(event)
    return _pdf(jobs.draw(event, told, me().name), f"checklist-{event.slug}-{told['by']}")


@blueprint.post("/events/<slug>/materials/checklist")
@requires(P.VIEW_MATERIALS)
def checklist_job(slug: str) -> Any:
    """Leave a long checklist to the worker; the job tray has it when it is done."""
    event = the_event(slug)
    total = len(queries.sheet(event).lines)
    start(jobs.KIND, event_id=event.id, arguments=_told(event), by_id=me().id, total=total)
    db.session.commit()
    flash(_("The checklist is being drawn. You find it among your jobs."), "success")
    return back_to("materials.print_page", slug=slug)


@blueprint.get("/events/<slug>/materials/delivery-note.pdf")
@requires(P.VIEW_MATERIALS)
def delivery_note(slug: str) -> Any:
    event = the_event(slug)
    language = _language(event)
    notes = sheets.delivery_notes(queries.sheet(event), request.args.get("supplier"))
    return _pdf(
        document.delivery_note_pdf(jobs.heading(event, language, me().name), notes, language=language),
        f"delivery-{slug}",
    )


@blueprint.get("/events/<slug>/materials/packing-list.pdf")
@requires(P.VIEW_MATERIALS)
def packing_list(slug: str) -> Any:
    event = the_event(slug)
    language = _language(event)
    sheet = queries.sheet(event)
    content = document.packing_list_pdf(
        jobs.heading(event, language, me().name), sheets.packing_list(sheet), queries.boxes(event), language=language
    )
    return _pdf(content, f"packing-{slug}")
