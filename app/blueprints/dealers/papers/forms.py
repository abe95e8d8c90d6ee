"""Forms of qualification papers and screening."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.models import PaperKind, ScreeningVerdict
from app.web.fields import LineField, WholeNumberField, WordField


class PaperForm(FlaskForm):
    """One paper, handed in."""

    kind = WordField(_("Which paper"), PaperKind)
    file = FileField(_("Picture or PDF"), [FileRequired(_("Please choose a picture or a PDF."))])
    number = LineField(_("Number on it"), [Length(max=60)])
    holder = LineField(
        _("Person named on it"),
        [Length(max=80)],
        description=_("The legal representative on a licence, the authorized person on a letter of authorization."),
    )
    valid_until = DateField(_("Valid until"), [Optional()], description=_("Left blank: without an end."))
    scope = StringField(
        _("Scope of business"), [Length(max=300)], description=_("Only licences: what it says, word for word.")
    )
    is_stamped = BooleanField(_("Stamped with the company seal"))


class ScreeningForm(FlaskForm):
    """What screening says of a dealer."""

    verdict = WordField(_("Verdict"), ScreeningVerdict)
    score = WholeNumberField(
        _("Score"), [InputRequired(_("Please enter a number.")), NumberRange(0, 100)], description=_("0 to 100.")
    )
    reason = LineField(
        _("Reason"), [Length(max=300)], description=_("For every refusal, and for an exception from the criteria.")
    )
