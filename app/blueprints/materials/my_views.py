"""Somebody's materials on the page their personal link opens: ticked, counted, reported as damaged without sign-in.

Only what they see to can be reached from there, and neither prices nor suppliers are shown.
"""

from typing import Any

from flask import flash, request
from flask_babel import gettext

from app.blueprints.materials import blueprint, mine
from app.blueprints.materials.log import actions
from app.blueprints.materials.log.forms import CountForm, DamageForm
from app.blueprints.materials.phone.reading import client_id_of
from app.blueprints.staff.day.actions import is_closed
from app.blueprints.staff.day.parts import part
from app.blueprints.staff.day.views import LINK, happened_at, own_page, staff_page
from app.extensions import db
from app.models import MovementKind, StaffPass
from app.web.load import found
from app.web.render import back_to

K = MovementKind
TICKS = {"stands": K.TICKED, "stands_not": K.UNTICKED}
FORMS: dict[str, tuple[MovementKind, type[CountForm | DamageForm]]] = {
    "count": (K.COUNTED, CountForm),
    "damage": (K.DAMAGED, DamageForm),
}


@part("materials/_mine.html", place=1)
def my_materials(key: StaffPass) -> dict[str, Any] | None:
    """What the person sees to, with how many are wanted and how many are here."""
    lines = mine.lines(key)
    return {"lines": lines} if lines else None


@blueprint.post(LINK + "/materials/<int:material_id>")
@staff_page
def my_material(key: StaffPass, material_id: int) -> Any:
    """Tick a material, take the tick back, count it, or say how many are damaged."""
    if is_closed(key.event):
        return own_page(key, status=410)
    material, act = found(mine.material(key, material_id)), request.form.get("act", "")
    by = actions.By(key.person.name, key.person.user_id, key.person_id)
    sent: dict[str, Any] = {"client_id": client_id_of(request.form), "happened_at": happened_at()}
    if act in TICKS:
        actions.write(key.event, material, TICKS[act], by=by, **sent)
    elif act in FORMS:
        kind, make = FORMS[act]
        form = make()
        if not form.validate():
            return own_page(key, status=422, wrong_material=material.id, wrong_act=act, wrong_form=form)
        note = form.note.data or ""
        actions.write(key.event, material, kind, form.quantity.data or 0, by=by, note=note, **sent)
        flash(gettext("Written down."), "success")
    else:
        return own_page(key, status=422)
    db.session.commit()
    return back_to("staff.my_duties", token=key.token, _anchor=f"m{material.id}")
