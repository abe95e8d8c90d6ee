"""The page that asks what to print, and the PDFs. They open in the browser."""

from typing import Any

from flask import Response, request, url_for

from app import clock, links, texts
from app.access import Permission
from app.blueprints.materials import blueprint, queries
from app.blueprints.materials.printing import document, sheets
from app.blueprints.materials.printing.forms import PrintForm
from app.blueprints.materials.printing.sheets import By, Heading, Which
from app.models import Event
from app.web.guards import requires
from app.web.identity import me
from app.web.load import the_event
from app.web.render import page

P = Permission


def _heading(event: Event, language: str) -> Heading:
    return Heading(
        event=event.name,
        when=sheets.when_words(event.local_start, language),
        where=" ".join(each for each in (event.venue, event.hall) if each),
        printed_at=clock.local(clock.now(), event.time_zone),
        printed_by=me().name,
        url=links.public(url_for("materials.index", slug=event.slug)),
    )


def _language(event: Event) -> str:
    return texts.known(request.args.get("language"), texts.known(event.language, "zh_CN"))


def _word(kind: Any, name: str, default: Any) -> Any:
    try:
        return kind(request.args.get(name, ""))
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
        notes=sheets.delivery_notes(sheet),
        kits=sheets.packing_list(sheet),
    )


@blueprint.get("/events/<slug>/materials/checklist.pdf")
@requires(P.VIEW_MATERIALS)
def checklist(slug: str) -> Any:
    event = the_event(slug)
    by, which, language = _word(By, "by", By.ZONE), _word(Which, "which", Which.ALL), _language(event)
    groups = sheets.checklist(queries.sheet(event), by, which, language)
    apart = "apart" in request.args
    content = document.checklist_pdf(_heading(event, language), groups, which=which, apart=apart, language=language)
    return _pdf(content, f"checklist-{event.slug}-{by.value}")


@blueprint.get("/events/<slug>/materials/delivery-note.pdf")
@requires(P.VIEW_MATERIALS)
def delivery_note(slug: str) -> Any:
    event = the_event(slug)
    language = _language(event)
    notes = sheets.delivery_notes(queries.sheet(event), request.args.get("supplier"))
    return _pdf(document.delivery_note_pdf(_heading(event, language), notes, language=language), f"delivery-{slug}")


@blueprint.get("/events/<slug>/materials/packing-list.pdf")
@requires(P.VIEW_MATERIALS)
def packing_list(slug: str) -> Any:
    event = the_event(slug)
    language = _language(event)
    sheet = queries.sheet(event)
    content = document.packing_list_pdf(
        _heading(event, language), sheets.packing_list(sheet), queries.boxes(event), language=language
    )
    return _pdf(content, f"packing-{slug}")
