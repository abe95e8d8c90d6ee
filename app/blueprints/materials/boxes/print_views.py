"""Labels and packing lists as PDF, opened in the browser."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Response, request

from app import links, texts
from app.access import Permission
from app.blueprints.materials import blueprint, queries
from app.blueprints.materials.boxes import actions
from app.blueprints.materials.boxes import queries as boxes
from app.blueprints.materials.boxes.forms import BlanksForm
from app.blueprints.materials.boxes.views import show_boxes, the_box
from app.blueprints.materials.lines import Line
from app.blueprints.materials.printing import document, jobs
from app.blueprints.materials.printing.labels import LabelFace, LabelSize, labels_pdf
from app.errors import N_
from app.extensions import db
from app.models import Box, Event
from app.tokens import number_code
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event

P = Permission


def _language(event: Event) -> str:
    return texts.known(request.values.get("language"), texts.known(event.language, "zh_CN"))


def _answer(event: Event, faces: Sequence[LabelFace]) -> Response:
    known = {each.value: each for each in LabelSize}
    size = known.get(request.values.get("size", ""), LabelSize.SHEET_8)
    return _pdf(labels_pdf(faces, size=size, event=event.name, language=_language(event)), f"labels-{event.slug}")


def _pdf(content: bytes, name: str) -> Response:
    answer = Response(content, content_type="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"{name}.pdf")
    return answer


def _face(box: Box, language: str) -> LabelFace:
    holds = [f"{each.material.name} {each.quantity}{each.material.unit}" for each in box.contents]
    told = texts.gettext(language, N_("; ")).join(holds)
    return LabelFace(links.box_page(box.code), box.code, box.name or box.code, box.place, told)


def _thing(line: Line) -> LabelFace:
    row = line.material
    code = number_code(row.id)
    number = max(line.wanted.firm, line.ordered)
    holds = f"{number} {row.unit}" if number else ""
    return LabelFace(links.material_page(code), code, row.name, row.place or (row.zone.name if row.zone else ""), holds)


@blueprint.get("/events/<slug>/materials/boxes/labels.pdf")
@requires(P.VIEW_MATERIALS)
def box_labels(slug: str) -> Any:
    """The labels of all boxes, or of those that the address names."""
    event = the_event(slug)
    chosen = request.args.getlist("code")
    rows = boxes.boxes_of_codes(event, chosen) if chosen else queries.boxes(event)
    return _answer(event, found([_face(box, _language(event)) for box in rows] or None))


@blueprint.post("/events/<slug>/materials/boxes/blank-labels")
@requires(P.EDIT_MATERIALS)
def blank_labels(slug: str) -> Any:
    event = the_event(slug)
    form = BlanksForm()
    if not form.validate_on_submit():
        return show_boxes(event, blanks=form)
    made = actions.make_blanks(form.number.data or 24)
    faces = [LabelFace(links.box_page(box.code), box.code) for box in made]
    db.session.commit()
    return _answer(event, faces)


@blueprint.get("/events/<slug>/materials/labels.pdf")
@requires(P.VIEW_MATERIALS)
def thing_labels(slug: str) -> Any:
    """A label for each material, to be stuck on the thing or where it belongs."""
    event = the_event(slug)
    lines = queries.sheet(event).lines
    return _answer(event, found([_thing(line) for line in lines] or None))


@blueprint.get("/events/<slug>/materials/boxes/<code>/packing-list.pdf")
@requires(P.VIEW_MATERIALS)
def box_packing_list(slug: str, code: str) -> Any:
    event, box = the_box(slug, code)
    language = _language(event)
    heading = replace(jobs.heading(event, language, me().name), url=links.box_page(box.code))
    return _pdf(document.packing_list_pdf(heading, [], [box], language=language), f"box-{box.code}")
