"""Pages of the boxes: their list, one box with what is in it, and a blank label that finds its box."""

from typing import Any

from flask import flash
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.materials import blueprint, queries
from app.blueprints.materials.boxes import actions
from app.blueprints.materials.boxes import queries as boxes
from app.blueprints.materials.boxes.forms import BlanksForm, BoxForm, PackForm, PlaceForm
from app.blueprints.materials.log.actions import By
from app.extensions import db
from app.models import Box, Event
from app.tokens import read_code
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, invalid, page

P = Permission


def the_box(slug: str, code: str) -> tuple[Event, Box]:
    """Return the event and the box of an address; 404 when there is none."""
    event = the_event(slug)
    return event, found(boxes.box_of_code(event, read_code(code, "X") or ""))


def show_boxes(event: Event, *, form: BoxForm | None = None, blanks: BlanksForm | None = None) -> Any:
    """Answer with the list of boxes; a form that has errors takes the place of its fresh one."""
    is_wrong = form is not None or blanks is not None
    return page(
        "materials/boxes/index.html",
        status=422 if is_wrong else 200,
        rows=queries.boxes(event),
        form=form or BoxForm(formdata=None),
        blanks=blanks or BlanksForm(formdata=None),
        may_edit=me().can(P.EDIT_MATERIALS),
    )


@blueprint.get("/events/<slug>/materials/boxes/", endpoint="boxes")
@requires(P.VIEW_MATERIALS)
def index(slug: str) -> Any:
    return show_boxes(the_event(slug))


@blueprint.post("/events/<slug>/materials/boxes/")
@requires(P.EDIT_MATERIALS)
def box_make(slug: str) -> Any:
    event = the_event(slug)
    form = BoxForm()
    if not form.validate_on_submit():
        return show_boxes(event, form=form)
    box = actions.make(event, form.name.data or "", form.place.data or "")
    db.session.commit()
    flash(_("The box is on the list. Say what is in it, then print its label."), "success")
    return back_to("materials.box", slug=slug, code=box.code)


def _show_box(event: Event, box: Box, *, pack: PackForm | None = None, place: PlaceForm | None = None) -> Any:
    return page(
        "materials/boxes/show.html",
        status=422 if pack or place else 200,
        box=box,
        pack=pack or PackForm(event, formdata=None),
        place=place or PlaceForm(formdata=None, place=box.place),
        form=BoxForm(formdata=None, name=box.name, place=box.place),
        may_edit=me().can(P.EDIT_MATERIALS),
    )


@blueprint.get("/events/<slug>/materials/boxes/<code>", endpoint="box")
@requires(P.VIEW_MATERIALS)
def show_box(slug: str, code: str) -> Any:
    event, box = the_box(slug, code)
    return _show_box(event, box)


@blueprint.post("/events/<slug>/materials/boxes/<code>/pack")
@requires(P.EDIT_MATERIALS)
def box_pack(slug: str, code: str) -> Any:
    event, box = the_box(slug, code)
    form = PackForm(event)
    if not form.validate_on_submit():
        return _show_box(event, box, pack=form)
    material = found(queries.material(event, form.material_id.data))
    actions.put(event, box, material, form.quantity.data or 0)
    db.session.commit()
    flash(_("%(name)s is in the box.", name=material.name), "success")
    return back_to("materials.box", slug=slug, code=box.code)


@blueprint.post("/events/<slug>/materials/boxes/<code>/unpack/<int:material_id>")
@requires(P.EDIT_MATERIALS)
def box_unpack(slug: str, code: str, material_id: int) -> Any:
    event, box = the_box(slug, code)
    actions.put(event, box, found(queries.material(event, material_id)), 0)
    db.session.commit()
    return back_to("materials.box", slug=slug, code=box.code)


@blueprint.post("/events/<slug>/materials/boxes/<code>/move")
@requires(P.EDIT_MATERIALS)
def box_move(slug: str, code: str) -> Any:
    event, box = the_box(slug, code)
    form = PlaceForm()
    if not form.validate_on_submit():
        return _show_box(event, box, place=form)
    actions.move(event, box, form.place.data or "", by=By(me().name, me().id))
    db.session.commit()
    flash(_("The box is there, and what is in it."), "success")
    return back_to("materials.box", slug=slug, code=box.code)


@blueprint.post("/events/<slug>/materials/boxes/<code>/rename")
@requires(P.EDIT_MATERIALS)
def box_rename(slug: str, code: str) -> Any:
    event, box = the_box(slug, code)
    form = BoxForm()
    if form.validate_on_submit():
        actions.rename(event, box, form.name.data or "")
        db.session.commit()
        flash(_("Saved."), "success")
    return back_to("materials.box", slug=slug, code=box.code)


@blueprint.post("/events/<slug>/materials/boxes/<code>/remove")
@requires(P.EDIT_MATERIALS)
def box_remove(slug: str, code: str) -> Any:
    event, box = the_box(slug, code)
    actions.remove(event, box)
    db.session.commit()
    flash(_("The box is off the list; its label is void."), "success")
    return back_to("materials.boxes", slug=slug)


@blueprint.get("/boxes/blank/<code>")
@requires(P.EDIT_MATERIALS, elsewhere=True)
def blank(code: str) -> Any:
    """A blank label was scanned by the phone's own camera: which conference is the box for?"""
    label = found(boxes.blank_of_code(read_code(code, "X") or ""))
    may_bind = [each for each in boxes.events_ahead() if me().can(P.EDIT_MATERIALS, each.slug)]
    return page("materials/boxes/blank.html", label=label, events=may_bind)


@blueprint.route("/events/<slug>/materials/boxes/bind/<code>", methods=["GET", "POST"])
@requires(P.EDIT_MATERIALS)
def box_bind(slug: str, code: str) -> Any:
    """Say which box the blank label stands on. One that stands on a box already opens that box."""
    event = the_event(slug)
    read = read_code(code, "X") or ""
    if boxes.box_of_code(event, read):
        return back_to("materials.phone", slug=slug, box=read)
    label = found(boxes.blank_of_code(read))
    form = BoxForm()
    if not form.validate_on_submit():
        return (invalid if form.is_submitted() else page)("materials/boxes/bind.html", label=label, form=form)
    actions.bind(event, label, form.name.data or "", form.place.data or "")
    db.session.commit()
    flash(_("The label stands on this box now. Say what is in it."), "success")
    return back_to("materials.box", slug=slug, code=label.code)
