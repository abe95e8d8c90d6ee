"""The form of a next step."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField
from wtforms.validators import DataRequired, Length, Optional

from app.web.fields import LineField


class StepForm(FlaskForm):
    """What, who, until when."""

    text = LineField(_("What happens next"), [DataRequired(_("Please say what happens next.")), Length(max=200)])
    owner_id = SelectField(_("Who does it"), coerce=int)
    due_on = DateField(_("Until when"), [Optional()])
