"""Forms of the plan."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired, Length

from app.models import BudgetGroup, OverPlan
from app.web.fields import LineField, WordField


class LineForm(FlaskForm):
    """A line of one's own."""

    name = LineField(_("Name of the line"), [DataRequired(_("Please enter the name.")), Length(max=60)])
    group = WordField(_("Group"), BudgetGroup, default=BudgetGroup.CONFERENCE)
    over_plan = WordField(_("When the plan is used up"), OverPlan, default=OverPlan.WARN)
