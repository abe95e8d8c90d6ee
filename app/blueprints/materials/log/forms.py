"""Forms of the log."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from app.blueprints.materials.forms import MOST
from app.blueprints.materials.rules.figures import AFTERWARDS
from app.models import MovementKind
from app.web.fields import LineField, WholeNumberField
from app.web.words import word


def _note() -> LineField:
    return LineField(_("Remark"), [Length(max=200)])


class DeliveryForm(FlaskForm):
    """What a delivery brought, counted, and how many of it are damaged."""

    quantity = WholeNumberField(
        _("Counted"), [InputRequired(_("Please enter a number.")), NumberRange(1, MOST, _("At least 1 is wanted."))]
    )
    damaged = WholeNumberField(_("Of these damaged"), [Optional(), NumberRange(0, MOST)], default=0)
    place = LineField(_("Put at"), [Length(max=80)])
    note = _note()

    def validate_damaged(self, field: WholeNumberField) -> None:
        if (field.data or 0) > (self.quantity.data or 0):
            raise ValidationError(gettext("More cannot be damaged than came."))


class CountForm(FlaskForm):
    """How many good ones are here."""

    quantity = WholeNumberField(_("Good ones here"), [InputRequired(_("Please enter a number.")), NumberRange(0, MOST)])
    note = _note()


class DamageForm(FlaskForm):
    """How many are broken, and how."""

    quantity = WholeNumberField(
        _("How many are damaged"),
        [InputRequired(_("Please enter a number.")), NumberRange(1, MOST, _("At least 1 is wanted."))],
    )
    note = _note()


class MoveForm(FlaskForm):
    """Where it is now."""

    place = LineField(_("Where it is now"), [InputRequired(_("Please enter the place.")), Length(max=80)])


class AfterForm(FlaskForm):
    """What became of it after the event, or when something broke."""

    kind = SelectField(_("What became of them"), coerce=MovementKind)
    quantity = WholeNumberField(
        _("How many"), [InputRequired(_("Please enter a number.")), NumberRange(1, MOST, _("At least 1 is wanted."))]
    )
    note = _note()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in MovementKind if kind in AFTERWARDS or kind is MovementKind.DAMAGED]
        self.kind.choices = [(kind.value, word(kind).text) for kind in (*kinds[1:], kinds[0])]


class PhotoForm(FlaskForm):
    """A picture of it."""

    file = FileField(_("Photo"), [FileRequired(_("Please choose a picture."))])
    note = _note()
