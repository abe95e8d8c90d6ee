"""Forms of ordering."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.blueprints.materials.forms import MOST, price_field
from app.web.fields import LineField, WholeNumberField


def quantity_field() -> WholeNumberField:
    return WholeNumberField(
        _("Quantity"), [InputRequired(_("Please enter a number.")), NumberRange(1, MOST, _("At least 1 is wanted."))]
    )


class OrderForm(FlaskForm):
    """An order with a supplier."""

    quantity = quantity_field()
    supplier = LineField(_("Supplier"), [Length(max=120)])
    unit_price = price_field()
    due_on = DateField(_("Due on"), [Optional()])


class StockForm(FlaskForm):
    """So many out of the company's stock."""

    quantity = quantity_field()
