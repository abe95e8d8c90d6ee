"""The log on the page of a material: deliveries, counts, ticks, places, what became of it, photos."""

from typing import Any

from flask import flash
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.access import Permission
from app.blueprints.materials import blueprint, queries
from app.blueprints.materials.detail import show_material, the_material
from app.blueprints.materials.log import actions
from app.blueprints.materials.log.forms import AfterForm, CountForm, DeliveryForm, MoveForm, PhotoForm
from app.blueprints.materials.rules.pictures import PICTURES
from app.blueprints.materials.uploads import kept, shown
from app.extensions import db
from app.models import MovementKind
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.render import back_to

P = Permission
K = MovementKind


def _me() -> actions.By:
    return actions.By(me().name, me().id)


def _written(slug: str, material_id: int, kind: MovementKind, form: FlaskForm | None = None) -> Any:
    """Write one entry with what a form of these says, if it is right."""
    event, material = the_material(slug, material_id)
    if form is not None and not form.validate_on_submit():
        return show_material(event, material, wrong=form)

    def said(name: str) -> Any:
        return form[name].data if form is not None and name in form else None

    place, note = said("place") or "", said("note") or ""
    actions.write(event, material, kind, said("quantity") or 0, by=_me(), place=place, note=note)
    db.session.commit()
    flash(_("Written down."), "success")
    return back_to("materials.show", slug=slug, material_id=material_id)


@blueprint.post("/events/<slug>/materials/<int:material_id>/delivery")
@requires(P.EDIT_MATERIALS)
def delivery(slug: str, material_id: int) -> Any:
    event, material = the_material(slug, material_id)
    form = DeliveryForm()
    if not form.validate_on_submit():
        return show_material(event, material, wrong=form)
    place, note = form.place.data or "", form.note.data or ""
    actions.write(event, material, K.DELIVERED, form.quantity.data or 0, by=_me(), place=place, note=note)
    if form.damaged.data:
        actions.write(event, material, K.DAMAGED, form.damaged.data, by=_me(), note=note)
    db.session.commit()
    flash(_("Written down."), "success")
    return back_to("materials.show", slug=slug, material_id=material_id)


@blueprint.post("/events/<slug>/materials/<int:material_id>/count")
@requires(P.EDIT_MATERIALS)
def count(slug: str, material_id: int) -> Any:
    return _written(slug, material_id, K.COUNTED, CountForm())


@blueprint.post("/events/<slug>/materials/<int:material_id>/settle")
@requires(P.EDIT_MATERIALS)
def settle(slug: str, material_id: int) -> Any:
    event, material = the_material(slug, material_id)
    form = CountForm()
    if not form.validate_on_submit():
        return show_material(event, material, wrong=form)
    actions.settle(event, material, form.quantity.data or 0, by=_me())
    db.session.commit()
    flash(_("%(num)s count from now on.", num=form.quantity.data or 0), "success")
    return back_to("materials.show", slug=slug, material_id=material_id)


@blueprint.post("/events/<slug>/materials/<int:material_id>/move")
@requires(P.EDIT_MATERIALS)
def move(slug: str, material_id: int) -> Any:
    return _written(slug, material_id, K.MOVED, MoveForm())


@blueprint.post("/events/<slug>/materials/<int:material_id>/tick")
@requires(P.EDIT_MATERIALS)
def tick(slug: str, material_id: int) -> Any:
    return _written(slug, material_id, K.TICKED)


@blueprint.post("/events/<slug>/materials/<int:material_id>/untick")
@requires(P.EDIT_MATERIALS)
def untick(slug: str, material_id: int) -> Any:
    return _written(slug, material_id, K.UNTICKED)


@blueprint.post("/events/<slug>/materials/<int:material_id>/after")
@requires(P.EDIT_MATERIALS)
def after(slug: str, material_id: int) -> Any:
    form = AfterForm()
    return _written(slug, material_id, form.kind.data or K.LOST, form)


@blueprint.post("/events/<slug>/materials/<int:material_id>/photo")
@requires(P.EDIT_MATERIALS)
def photo(slug: str, material_id: int) -> Any:
    event, material = the_material(slug, material_id)
    form = PhotoForm()
    file = kept(form.file, PICTURES) if form.validate_on_submit() else None
    if file is None:
        return show_material(event, material, wrong=form)
    actions.write(event, material, K.PHOTO, by=_me(), note=form.note.data or "", file_id=file.id)
    db.session.commit()
    flash(_("The photo is kept."), "success")
    return back_to("materials.show", slug=slug, material_id=material_id)


@blueprint.get("/events/<slug>/materials/<int:material_id>/log/<int:movement_id>/photo")
@requires(P.VIEW_MATERIALS)
def show_photo(slug: str, material_id: int, movement_id: int) -> Any:
    _event, material = the_material(slug, material_id)
    return shown(found(found(queries.movement(material, movement_id)).file))


@blueprint.post("/events/<slug>/materials/<int:material_id>/log/<int:movement_id>/take-back")
@requires(P.EDIT_MATERIALS)
def take_back(slug: str, material_id: int, movement_id: int) -> Any:
    event, material = the_material(slug, material_id)
    actions.take_back(event, material, found(queries.movement(material, movement_id)), by_id=me().id)
    db.session.commit()
    flash(_("The entry counts no more."), "success")
    return back_to("materials.show", slug=slug, material_id=material_id)
