"""The form of a row of the publicity plan."""

from decimal import Decimal

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, DecimalField, SelectField, URLField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp

from app.blueprints.budget import queries as budgets
from app.blueprints.budget.template import LINES
from app.blueprints.programme import queries
from app.blueprints.programme.agenda.forms import number
from app.blueprints.staff.versions import VersionedForm
from app.models import BudgetGroup, Event
from app.texts import gettext as said_in
from app.web.fields import LineField
from app.web.locale import language

_MOST = Decimal(100_000_000)


class EntryForm(VersionedForm):
    """A row of the publicity plan. What it costs, and the proof that it appeared, may come later."""

    medium = LineField(_("Medium"), [DataRequired(_("Please enter the medium.")), Length(max=80)])
    piece = LineField(_("What it carries"), [DataRequired(_("Please say what it carries.")), Length(max=160)])
    due_on = DateField(_("Appears on"), [DataRequired(_("Please enter a day."))])
    cost_line = SelectField(_("Cost line"))
    cost = DecimalField(_("Cost"), [Optional(), NumberRange(0, _MOST, _("From nothing to 100 million."))])
    owner_id = SelectField(_("Person in charge"), coerce=number)
    appeared_on = DateField(_("Appeared on"), [Optional()])
    proof_url = URLField(
        _("Proof that it appeared"),
        [
            Optional(),
            Length(max=300),
            Regexp(r"^https?://[^\s<>\"]+$", message=_("Please enter a whole address that begins with http.")),
        ],
    )
    proof = FileField(_("Picture or PDF of the piece"))
    without_proof = BooleanField(_("Take the kept file away"))

    def offer(self, event: Event) -> None:
        """Set the lines of the budget and whom one can choose."""
        self.cost_line.choices = [SelectChoice(key, name) for key, name in line_names(event).items()]
        self.owner_id.choices = [
            SelectChoice("", gettext("Nobody yet")),
            *(SelectChoice(key, name) for key, name in queries.people()),
        ]


def line_names(event: Event) -> dict[str, str]:
    """Return the lines that may pay, those of publicity first; before there is a budget, those of the template."""
    rows = sorted(budgets.lines(event), key=lambda each: each.group is not BudgetGroup.PUBLICITY)
    names = {each.key: each.name for each in rows if each.key}
    return names or {each.key: said_in(language(), each.name) for each in reversed(LINES)}
