"""Forms of the plan of materials."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, DecimalField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from app.blueprints.materials import cost, queries
from app.blueprints.materials.rules.design import unknown_names
from app.blueprints.materials.stock import queries as stock
from app.models import Event, Material, QuantityRule
from app.web.fields import LineField, WholeNumberField, WordField

MOST = 1_000_000


def id_or_none(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


def price_field() -> DecimalField:
    return DecimalField(_("Unit price"), [Optional(), NumberRange(0, 100_000_000)], places=2)


class MaterialForm(FlaskForm):
    """One row of the list."""

    name = LineField(_("What it is"), [DataRequired(_("Please enter the name.")), Length(max=120)])
    rule = WordField(_("How the quantity is found"), QuantityRule, default=QuantityRule.FIXED)
    base_quantity = WholeNumberField(
        _("Quantity"),
        [InputRequired(_("Please enter a number.")), NumberRange(0, MOST)],
        default=1,
        description=_("The whole number; or how many for each head, or in each kit. 0: still to be decided."),
    )
    extra_quantity = WholeNumberField(
        _("Further people"),
        [Optional(), NumberRange(0, 10_000)],
        default=0,
        description=_("On top of those who are counted: our own people on the rostrum, for instance."),
    )
    spare_percent = WholeNumberField(_("Spare in percent"), [Optional(), NumberRange(0, 200)], default=0)
    pack_size = WholeNumberField(_("Pack size"), [Optional(), NumberRange(1, 100_000)], default=1)
    unit = LineField(_("Unit"), [Length(max=12)])
    kit_id = SelectField(_("Part of"), coerce=id_or_none, validators=[Optional()])
    zone_id = SelectField(_("Zone"), coerce=id_or_none, validators=[Optional()])
    place = LineField(_("Place in the hall"), [Length(max=80)])
    department = LineField(_("Department"), [Length(max=60)])
    owner_id = SelectField(_("Sees to it"), coerce=id_or_none, validators=[Optional()])
    supplier = LineField(_("Supplier"), [Length(max=120)])
    unit_price = price_field()
    cost_line = SelectField(
        _("Paid by the budget line"), default="", description=_("Its orders count there as committed by themselves.")
    )
    lead_days = WholeNumberField(_("Days from order to delivery"), [Optional(), NumberRange(0, 365)], default=7)
    needed_on = DateField(
        _("Needed on"), [Optional()], description=_("Left blank: the day before the event, and it moves along with it.")
    )
    design_text = TextAreaField(_("Text of the design"), [Length(max=2000)])
    needs_proof = BooleanField(_("A proof has to be signed off"))
    is_returnable = BooleanField(_("Comes back into stock after the event"))
    stock_item_id = SelectField(
        _("Draws from"),
        coerce=id_or_none,
        validators=[Optional()],
        description=_("What comes back goes there too, and the next event’s copy draws from it."),
    )
    notes = TextAreaField(_("Notes"), [Length(max=2000)])

    def __init__(self, event: Event, material: Material | None = None, **kwargs: Any) -> None:
        super().__init__(obj=material, **kwargs)
        own_id = material.id if material else None
        kits = [(row.id, row.name) for row in queries.kits(event) if row.id != own_id]
        self.kit_id.choices = [("", _("Not a part of a kit")), *kits]
        self.zone_id.choices = [("", _("No zone")), *((row.id, row.name) for row in queries.zones(event))]
        self.owner_id.choices = [("", _("Nobody sees to it yet")), *((row.id, row.name) for row in queries.people())]
        usual = SelectChoice("", str(_("Conference materials")))
        self.cost_line.choices = [
            usual,
            *(SelectChoice(key, name) for key, name in cost.lines(event) if key != cost.USUAL),
        ]
        held = [(row.id, row.name) for row in stock.items()]
        self.stock_item_id.choices = [("", _("The stock of the same name")), *held]

    def validate_design_text(self, field: TextAreaField) -> None:
        unknown = unknown_names(field.data or "")
        if unknown:
            raise ValidationError(
                gettext("The event has nothing called %(names)s.", names=", ".join(f"{{{name}}}" for name in unknown))
            )


class AssignForm(FlaskForm):
    """One change for several materials; what is left blank stays as it is."""

    owner_id = SelectField(_("Sees to it"), coerce=id_or_none, validators=[Optional()])
    zone_id = SelectField(_("Zone"), coerce=id_or_none, validators=[Optional()])
    department = LineField(_("Department"), [Length(max=60)])

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        same = ("", _("leave as it is"))
        self.owner_id.choices = [same, *((row.id, row.name) for row in queries.people())]
        self.zone_id.choices = [same, *((row.id, row.name) for row in queries.zones(event))]

    def values(self) -> dict[str, Any]:
        return {name: self[name].data for name in ("owner_id", "zone_id", "department") if self[name].data}
