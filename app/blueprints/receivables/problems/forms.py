"""What is typed about a problem account."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.blueprints.receivables.problems import queries
from app.blueprints.receivables.problems.actions import Plan
from app.blueprints.receivables.receipts.forms import ReasonForm
from app.models import ProblemDecision
from app.web.fields import LineField, WordField

__all__ = ["DecisionForm", "PlanForm", "ReasonForm"]


class PlanForm(FlaskForm):
    """Who sees to it, how, and by when."""

    owner_id = SelectField(_("Owner of the account"), coerce=lambda value: int(value) if value else None)
    plan = TextAreaField(_("Plan of action"), [Length(max=2000)])
    decide_by = DateField(_("Decide by"), [InputRequired(_("Please give the day."))])
    release_on = DateField(_("Let the territory go on"), [Optional()])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.owner_id.choices = [("", "–"), *((str(key), name) for key, name in queries.owners().items())]

    def given(self) -> Plan:
        assert self.decide_by.data is not None
        return Plan(self.owner_id.data, self.plan.data or "", self.decide_by.data, self.release_on.data)


class DecisionForm(FlaskForm):
    """What was decided, and why."""

    decision = WordField(_("Decision"), ProblemDecision)
    note = LineField(_("Reason"), [DataRequired(_("Please give the reason.")), Length(max=300)])
