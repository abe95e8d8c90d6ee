"""What a desk sends."""

import uuid
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, StringField
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError

from app.tokens import read_badge_code
from app.web.fields import LineField

SCAN_ID = r"^[A-Za-z0-9_-]{8,40}$"


def new_scan_id() -> str:
    """Return an id for a scan whose form was drawn by us: pressing twice is then one scan."""
    return str(uuid.uuid4())


class ScanForm(FlaskForm):
    """A badge's code, or a guest or somebody of the staff who was found by name."""

    code = StringField(_("Badge code"), [Length(max=300)])
    invitation_id = IntegerField(validators=[Optional()])
    companion_id = IntegerField(validators=[Optional()])
    person_id = IntegerField(validators=[Optional()])
    scan_id = HiddenField(validators=[Optional(), Regexp(SCAN_ID)])
    overrule = BooleanField()

    def validate_code(self, field: Any) -> None:
        by_name = self.invitation_id.data is not None or self.person_id.data is not None
        if not by_name and read_badge_code(field.data or "") is None:
            raise ValidationError(_("This is not the code of a badge."))


class DoorForm(FlaskForm):
    """What this desk is called."""

    door = LineField(_("Name of this desk"), [DataRequired(_("Please enter a name.")), Length(max=40)])

    def validate_door(self, field: Any) -> None:
        if not field.data.isprintable():
            raise ValidationError(_("Please enter a name."))
