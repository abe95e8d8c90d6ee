"""Forms of a proof."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms.validators import DataRequired, Length

from app.web.fields import LineField


class ProofForm(FlaskForm):
    """A proof handed in."""

    file = FileField(
        _("Proof"), [FileRequired(_("Please choose a file."))], description=_("PNG, JPEG or PDF, up to 12 MB.")
    )


class SendBackForm(FlaskForm):
    """Why a proof is sent back."""

    note = LineField(_("What to mend"), [DataRequired(_("Please say what to mend.")), Length(max=200)])
