"""The proof on the page of a material."""

from typing import Any

from flask import flash
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.materials import blueprint
from app.blueprints.materials.detail import show_material, the_material
from app.blueprints.materials.proofs import actions
from app.blueprints.materials.proofs.forms import ProofForm, SendBackForm
from app.blueprints.materials.rules.pictures import DOCUMENTS, PICTURES
from app.blueprints.materials.uploads import kept, shown
from app.extensions import db
from app.models import File
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.render import back_to

P = Permission


@blueprint.get("/events/<slug>/materials/<int:material_id>/proof")
@requires(P.VIEW_MATERIALS)
def proof(slug: str, material_id: int) -> Any:
    _event, material = the_material(slug, material_id)
    return shown(found(db.session.get(File, material.proof_file_id or 0)))


@blueprint.post("/events/<slug>/materials/<int:material_id>/proof")
@requires(P.EDIT_MATERIALS)
def submit_proof(slug: str, material_id: int) -> Any:
    event, material = the_material(slug, material_id)
    form = ProofForm()
    file = kept(form.file, {*PICTURES, *DOCUMENTS}) if form.validate_on_submit() else None
    if file is None:
        return show_material(event, material, wrong=form)
    actions.submit(event, material, file)
    db.session.commit()
    flash(_("The proof was handed in."), "success")
    return back_to("materials.show", slug=slug, material_id=material_id)


@blueprint.post("/events/<slug>/materials/<int:material_id>/proof/sign-off")
@requires(P.EDIT_MATERIALS)
def sign_off(slug: str, material_id: int) -> Any:
    event, material = the_material(slug, material_id)
    actions.sign_off(event, material, by_id=me().id)
    db.session.commit()
    flash(_("Signed off: it may be printed like this."), "success")
    return back_to("materials.show", slug=slug, material_id=material_id)


@blueprint.post("/events/<slug>/materials/<int:material_id>/proof/send-back")
@requires(P.EDIT_MATERIALS)
def send_back(slug: str, material_id: int) -> Any:
    event, material = the_material(slug, material_id)
    form = SendBackForm()
    if not form.validate_on_submit():
        return show_material(event, material, wrong=form)
    actions.send_back(event, material, form.note.data or "")
    db.session.commit()
    flash(_("The proof was sent back."), "success")
    return back_to("materials.show", slug=slug, material_id=material_id)
