"""Scans brought in, and what the check says of a page."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.web.fields import LineField, WholeNumberField


class ScansForm(FlaskForm):
    """Pictures or PDFs of the signed pages."""

    scans = MultipleFileField(
        _("Scans or photos"),
        [InputRequired(_("Please choose the scans."))],
        description=_("JPEG, PNG or PDF, several at once. The code on each page says which one it is."),
    )
    page = WholeNumberField(
        _("Page, where no code is found"), [Optional(), NumberRange(1, 999, _("There is no such page."))]
    )


class ReasonForm(FlaskForm):
    """Why a page is returned."""

    reason = LineField(_("Why?"), [InputRequired(_("Please say what is wrong with this page.")), Length(max=200)])


class FinishForm(FlaskForm):
    """All pages are right: the dealer has signed."""

    may_show = BooleanField(_("The dealer agreed to be named on the screen in the hall."))
