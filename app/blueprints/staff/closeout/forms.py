"""Forms of close-out lists."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import DataRequired, Length

from app.models import CloseoutKind, StaffPerson
from app.web.fields import LineField, WordField


class AddForm(FlaskForm):
    """One thing more for somebody to do."""

    kind = WordField(_("Kind"), CloseoutKind, default=CloseoutKind.RETURN)
    text = LineField(_("Item"), [DataRequired(_("Please say what is to be done.")), Length(max=200)])


class WaiveForm(FlaskForm):
    """Why something is let pass."""

    why = LineField(_("Reason"), [DataRequired(_("Please say why.")), Length(max=200)])


class HandOverForm(FlaskForm):
    """Who takes the open items over."""

    to_id = SelectField(_("Who takes them over"), coerce=int)

    def __init__(self, people: Sequence[StaffPerson]) -> None:
        super().__init__()
        self.to_id.choices = [(each.id, each.name) for each in people]
