"""The forms of the board: whom to give a place, and where somebody stands."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.models import Shift
from app.web.fields import LineField

MOST_PLACES = 9999


class PickForm(FlaskForm):
    """A person for a place, in one or more shifts."""

    shift_id = SelectMultipleField(
        _("Shifts"),
        [DataRequired(_("For which shift?"))],
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    station = LineField(_("Station"), [Length(max=60)])
    person_id = IntegerField(_("Person"), [InputRequired(_("Choose a person."))])

    def __init__(self, shifts: Sequence[Shift], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.shift_id.choices = [(each.id, each.name) for each in shifts]


class StationForm(FlaskForm):
    """Where somebody stands."""

    station = LineField(_("Station"), [Length(max=60)])


class PlaceForm(FlaskForm):
    """A place as the board's script names it: a role in a shift, its number, and whether it is a deputy's."""

    role_id = IntegerField(validators=[InputRequired()])
    shift_id = IntegerField(validators=[InputRequired()])
    slot = IntegerField(validators=[Optional(), NumberRange(1, MOST_PLACES)])
    deputy = HiddenField()
    person_id = IntegerField(validators=[Optional()])

    @property
    def is_deputy(self) -> bool:
        return self.deputy.data == "1"
