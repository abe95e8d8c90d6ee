"""The page of one material. Every act on it is a form there, so a wrong one comes back to it with what was typed."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm

from app.access import Permission
from app.blueprints.materials import alarm_words, cost, queries, sizes
from app.blueprints.materials.boxes import queries as boxes
from app.blueprints.materials.figures_shown import design_values
from app.blueprints.materials.lines import Line
from app.blueprints.materials.log.forms import AfterForm, CountForm, DeliveryForm, MoveForm, PhotoForm
from app.blueprints.materials.orders.forms import OrderForm, StockForm
from app.blueprints.materials.proofs.forms import ProofForm, SendBackForm
from app.blueprints.materials.rules.design import filled, unfilled
from app.blueprints.materials.rules.quantity import TYPED
from app.blueprints.materials.stock import queries as stock
from app.models import Event, Material, QuantityRule
from app.tokens import number_code
from app.web.history import lines
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import page
from app.web.words import word


def the_material(slug: str, material_id: int) -> tuple[Event, Material]:
    """Return the event and the material of an address; 404 when there is none."""
    event = the_event(slug)
    return event, found(queries.material(event, material_id))


def show_material(
    event: Event, material: Material, *, wrong: FlaskForm | None = None, wrong_sizes: Mapping[str, str] | None = None
) -> Any:
    """Answer with the page of a material; with `wrong`, a form that has errors takes the place of its fresh one."""
    sheet = queries.sheet(event)
    line = sheet.by_id[material.id]
    values = design_values(event)
    may_edit = me().can(Permission.EDIT_MATERIALS)
    in_stock = stock.in_stock(material)
    forms = fresh_forms(line, in_stock) if may_edit else {}
    if wrong is not None:
        forms[type(wrong).__name__] = wrong
    return page(
        "materials/show.html",
        fragment=None if wrong or wrong_sizes else "materials/_panel.html",
        status=422 if wrong or wrong_sizes else 200,
        material=material,
        line=line,
        kit=sheet.by_id.get(material.kit_id or 0),
        parts=sheet.parts_of(line),
        clothing=sizes.clothing(event, line, wrong_sizes) if material.rule is QuantityRule.PER_STAFF else None,
        alarms=alarm_words.of_line(sheet, line),
        orders=queries.orders_of(material),
        log=queries.log_of(material),
        phone_code=number_code(material.id),
        boxes=boxes.holding(event, material.id),
        in_stock=in_stock,
        design=filled(material.design_text, values),
        design_lacks=unfilled(material.design_text, values),
        history_lines=lines(material),
        how=how_many(material),
        cost_line=cost.name_of(event, material.cost_line),
        forms=forms,
        may_edit=may_edit,
    )


def how_many(material: Material) -> str:
    """Return the rule of a quantity in one line: 1 for each guest who is coming, 5 % spare, in packs of 10."""
    parts = [str(word(material.rule).text)]
    if material.kit_id is not None:
        parts = [gettext("%(num)s in each kit", num=material.base_quantity)]
    elif material.rule not in TYPED and material.base_quantity != 1:
        parts.append(gettext("%(num)s for each", num=material.base_quantity))
    if material.extra_quantity and material.rule not in TYPED:
        parts.append(gettext("for %(num)s people more", num=material.extra_quantity))
    if material.spare_percent:
        parts.append(gettext("%(num)s%% spare", num=material.spare_percent))
    if material.pack_size > 1:
        parts.append(gettext("in packs of %(num)s", num=material.pack_size))
    return gettext(", ").join(parts)


def fresh_forms(line: Line, in_stock: int) -> dict[str, FlaskForm]:
    """Return the forms of the page, filled with what is most likely wanted."""
    row, balance = line.material, line.balance
    to_order = balance.to_order or (balance.coming if not line.ordered else 0)
    made: list[FlaskForm] = [
        OrderForm(
            formdata=None, quantity=to_order or None, supplier=row.supplier, unit_price=row.unit_price, due_on=None
        ),
        StockForm(formdata=None, quantity=min(in_stock, to_order) or None),
        DeliveryForm(formdata=None, quantity=line.outstanding or None),
        CountForm(formdata=None),
        MoveForm(formdata=None, place=line.place),
        AfterForm(formdata=None, quantity=line.figures.here or None),
        PhotoForm(formdata=None),
        ProofForm(formdata=None),
        SendBackForm(formdata=None),
    ]
    return {type(form).__name__: form for form in made}
