"""Forms about boxes."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.blueprints.materials import queries
from app.blueprints.materials.forms import MOST
from app.models import Event
from app.web.fields import LineField, WholeNumberField

MOST_BLANKS = 480


class BoxForm(FlaskForm):
    """What a box is called and where it stands."""

    name = LineField(
        _("Name of the box"),
        [InputRequired(_("Please enter a name.")), Length(max=80)],
        description=_("What a person looks for: Roll-ups, door; Handbooks 1 of 3."),
    )
    place = LineField(_("Where it is"), [Length(max=80)])


class PackForm(FlaskForm):
    """So many of a material in the box."""

    material_id = SelectField(_("Material"), coerce=int)
    quantity = WholeNumberField(
        _("How many"), [InputRequired(_("Please enter a number.")), NumberRange(1, MOST, _("At least 1 is wanted."))]
    )

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        rows = queries.all_of(event)
        self.material_id.choices = [(row.id, row.name) for row in rows]


class PlaceForm(FlaskForm):
    """Where a box is now."""

    place = LineField(_("Where it is now"), [InputRequired(_("Please enter the place.")), Length(max=80)])


class BlanksForm(FlaskForm):
    """How many blank labels to print. They are rows, so it is sent as a form and not opened as an address."""

    number = WholeNumberField(
        _("How many"), [Optional(), NumberRange(1, MOST_BLANKS, _("Between 1 and 480 at a time."))], default=24
    )
