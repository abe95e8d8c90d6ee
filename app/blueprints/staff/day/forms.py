"""Forms of the day."""

from flask_babel import lazy_gettext as _
from wtforms.validators import InputRequired, NumberRange

from app.blueprints.staff.versions import VersionedForm
from app.web.fields import WholeNumberField


class GraceForm(VersionedForm):
    """How long after the start of a shift somebody who has not come is missing."""

    minutes = WholeNumberField(
        _("Missing after so many minutes"),
        [InputRequired(_("Please enter a number of minutes.")), NumberRange(0, 180, _("From 0 to 180 minutes."))],
    )
