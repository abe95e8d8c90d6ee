"""Forms of records that two people may edit at once."""

from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.widgets import HiddenInput


class VersionedForm(FlaskForm):
    """Carries the version of the record that was shown, so that nobody overwrites another's change unknowingly."""

    version = IntegerField(widget=HiddenInput(), default=1)
    is_overtaken = False  # the page says so above what was typed

    def overtaken_by(self, version: int) -> bool:
        """Tell whether somebody else has saved since the form was shown. Saving it once more then means it."""
        self.is_overtaken = self.version.data != version
        if self.is_overtaken:
            self.version.data, self.version.raw_data = version, None
        return self.is_overtaken
