"""Ordering on the page of a material."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.materials import blueprint, queries, sizes
from app.blueprints.materials.detail import show_material, the_material
from app.blueprints.materials.orders import actions
from app.blueprints.materials.orders.forms import OrderForm, StockForm
from app.extensions import db
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.render import back_to

P = Permission


@blueprint.post("/events/<slug>/materials/<int:material_id>/order")
@requires(P.EDIT_MATERIALS)
def order(slug: str, material_id: int) -> Any:
    event, material = the_material(slug, material_id)
    form = OrderForm()
    if not form.validate_on_submit():
        return show_material(event, material, wrong=form)
    actions.order(
        event,
        material,
        form.quantity.data or 0,
        supplier=form.supplier.data or "",
        unit_price=form.unit_price.data,
        due_on=form.due_on.data,
        by_id=me().id,
    )
    db.session.commit()
    flash(_("%(num)s ordered.", num=form.quantity.data), "success")
    return back_to("materials.show", slug=slug, material_id=material_id)


@blueprint.post("/events/<slug>/materials/<int:material_id>/from-stock")
@requires(P.EDIT_MATERIALS)
def from_stock(slug: str, material_id: int) -> Any:
    event, material = the_material(slug, material_id)
    form = StockForm()
    if not form.validate_on_submit():
        return show_material(event, material, wrong=form)
    actions.order_from_stock(event, material, form.quantity.data or 0, by_id=me().id)
    db.session.commit()
    flash(_("%(num)s taken out of stock.", num=form.quantity.data), "success")
    return back_to("materials.show", slug=slug, material_id=material_id)


@blueprint.post("/events/<slug>/materials/<int:material_id>/order-sizes")
@requires(P.EDIT_MATERIALS)
def order_sizes(slug: str, material_id: int) -> Any:
    """Order work clothes, one order for each cut and size; those not filled in are left out."""
    event, material = the_material(slug, material_id)
    rows = sizes.clothing(event, queries.sheet(event).by_id[material.id]).rows
    wanted, wrong = sizes.wanted(rows, request.form)
    if wrong:
        return show_material(event, material, wrong_sizes=wrong)
    for row, number in wanted:
        price = material.unit_price
        actions.order(event, material, number, unit_price=price, cut=row.cut, size=row.size, by_id=me().id)
    db.session.commit()
    if wanted:
        flash(_("%(num)s ordered.", num=sum(number for _row, number in wanted)), "success")
    return back_to("materials.show", slug=slug, material_id=material_id)


@blueprint.post("/events/<slug>/materials/<int:material_id>/orders/<int:order_id>/cancel")
@requires(P.EDIT_MATERIALS)
def cancel_order(slug: str, material_id: int, order_id: int) -> Any:
    event, material = the_material(slug, material_id)
    row = found(queries.order(material, order_id))
    typed = request.form.get("number", "").strip()
    if typed and not (typed.isascii() and typed.isdecimal() and len(typed) <= 7):
        raise actions.QuantityNotPositive
    number = actions.cancel(event, material, row, number=int(typed) if typed else None, by_id=me().id)
    db.session.commit()
    flash(_("%(num)s of the order cancelled.", num=number), "success")
    return back_to("materials.show", slug=slug, material_id=material_id)
