"""The form of a wording."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import HiddenInput

from app.blueprints.messages.rules import check_wording
from app.blueprints.messages.wording import Kind
from app.errors import SigningDayError
from app.models import Channel
from app.web.errors import sentence
from app.web.fields import LineField


class WordingForm(FlaskForm):
    """Subject and text. The version tells whether somebody else saved meanwhile."""

    subject = LineField(_("Subject"), [Length(max=200)])
    body = TextAreaField(_("Text"), [DataRequired(_("Without a text there is no message.")), Length(max=4000)])
    version = IntegerField(widget=HiddenInput(), default=0)

    def __init__(self, kind: Kind, channel: Channel, **values: Any) -> None:
        super().__init__(**values)
        self._kind = kind
        if channel is not Channel.MAIL:
            del self.subject

    def validate_subject(self, field: LineField) -> None:
        if not field.data:
            raise ValidationError(_("A mail needs a subject."))
        self._check(field.data)

    def validate_body(self, field: TextAreaField) -> None:
        # Browsers send the ends of lines as CR LF; the house's own words have LF.
        field.data = (field.data or "").replace("\r\n", "\n").strip()
        self._check(field.data)

    def _check(self, text: str) -> None:
        try:
            check_wording(text, self._kind.variables)
        except SigningDayError as error:
            raise ValidationError(sentence(error)) from error
