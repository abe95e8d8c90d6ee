"""Forms of the timeline."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from app.models import PlanTask
from app.web.fields import LineField

_NEEDED = DataRequired(_("Please enter a day."))


def _number(value: object) -> int | None:
    return int(str(value)) if value not in (None, "", "None") else None


class TaskForm(FlaskForm):
    """A task of the timeline."""

    title = LineField(_("Task"), [DataRequired(_("Please enter the task.")), Length(max=120)])
    department = LineField(_("Department"), [Length(max=60)])
    owner_id = SelectField(_("Person in charge"), coerce=_number)
    starts_on = DateField(_("From"), [_NEEDED])
    due_on = DateField(_("Until"), [_NEEDED])
    after_id = SelectField(_("After which task"), coerce=_number)
    note = LineField(_("Note"), [Length(max=200)])

    def offer(self, people: Sequence[tuple[int, str]], tasks: Sequence[PlanTask], own_id: int | None) -> None:
        """Set whom and what one can choose."""
        self.owner_id.choices = [SelectChoice("", _("Nobody yet")), *(SelectChoice(key, name) for key, name in people)]
        others = [task for task in tasks if task.id != own_id]
        self.after_id.choices = [
            SelectChoice("", _("Nothing")),
            *(SelectChoice(each.id, each.title) for each in others),
        ]

    def validate_due_on(self, field: DateField) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(gettext("A task ends on the day it begins, or later."))
