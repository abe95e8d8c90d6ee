"""What the host fills in before the pen is given."""

import re

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms.validators import DataRequired, Regexp

from app.models import IdentityPaper, SigningWay
from app.web.fields import LineField, WordField


class IdentityForm(FlaskForm):
    """Which paper the host has seen. Never its whole number."""

    paper = WordField(_("Paper seen"), IdentityPaper, default=IdentityPaper.ID_CARD)
    last4 = LineField(
        _("Last four characters"),
        [
            DataRequired(_("Please type the last four characters of the paper's number.")),
            Regexp(re.compile(r"[0-9A-Za-z]{4}\Z"), message=_("Exactly four letters or digits are wanted.")),
        ],
        description=_("Only these four are kept, never the whole number."),
    )


class WayForm(FlaskForm):
    """On what the dealer signs."""

    way = WordField(_("Way of signing"), SigningWay, default=SigningWay.TABLET)


class StampForm(FlaskForm):
    """A picture of the dealer's company stamp."""

    picture = FileField(_("Picture of the company stamp"))
