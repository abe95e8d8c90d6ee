"""Forms of cash advances."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField
from wtforms.validators import DataRequired, Length, Optional

from app.blueprints.budget.expenses.forms import sum_field
from app.blueprints.budget.typed import SumField
from app.web.fields import LineField


class AdvanceForm(FlaskForm):
    """How much cash, and what for."""

    amount = sum_field(_("Sum"))
    purpose = LineField(_("What the money is for"), [DataRequired(_("Please say what it is for.")), Length(max=200)])
    settle_by = DateField(_("Settled by"), [Optional()], description=_("Left blank: a week after the event."))
    client_id = HiddenField()


class PartForm(FlaskForm):
    """Accounting for a part of an advance; which claims is ticked beside them."""

    returned = SumField(
        _("Cash given back with it"), [Optional()], description=_("Left blank: none, the rest stays in hand.")
    )
