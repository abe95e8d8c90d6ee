"""What an officer sends: the strokes, or the wish to use the kept ones."""

import json
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField
from wtforms.validators import DataRequired, Length

from app.blueprints.signing.rules import strokes
from app.web.fields import LineField


class _Drawn(FlaskForm):
    strokes = HiddenField(filters=[lambda sent: sent or ""])

    def drawn(self) -> Any:
        """Return what was drawn, unchecked, or None. Raises `SignatureTooLarge`, `SignatureUnreadable`."""
        text = self.strokes.data
        if not text:
            return None
        if len(text) > strokes.LARGEST:
            raise strokes.SignatureTooLarge
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as fault:
            raise strokes.SignatureUnreadable from fault


class PenForm(_Drawn):
    """Signs one contract. Without strokes the kept signature is used."""

    client_id = HiddenField(validators=[DataRequired(), Length(16, 40)])
    title = LineField(_("Your job title, as it stands beside the signature"), [Length(max=60)])
    keeps = BooleanField(_("Keep this signature for the next contracts"))


class SignatureForm(_Drawn):
    """Draws the signature that is kept."""


class StampForm(FlaskForm):
    """The picture of our company stamp."""

    picture = FileField(
        _("Picture of our company stamp"), description=_("PNG with a transparent background, at least 600 pixels wide.")
    )
