"""Forms of incidents."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.blueprints.staff.incidents.presets import BY_KEY
from app.blueprints.staff.versions import VersionedForm
from app.models import Incident, Severity, StaffPerson
from app.web.fields import LineField, WordField


def clean(_form: Any, field: Any) -> None:
    """Refuse characters that no keyboard gives; no database takes a zero byte."""
    if field.data and not field.data.isprintable():
        raise ValidationError(_("Please take the special characters out."))


class IncidentForm(VersionedForm):
    """What happened, where, how bad, who acts. A tile fills in the first and the third."""

    preset = RadioField(_("What has happened?"), [Optional()], validate_choice=False)
    what = LineField(_("In your words"), [Length(max=300), clean])
    place = LineField(_("Where"), [Length(max=80), clean])
    severity = WordField(_("How bad"), Severity, optional=_("as usual for this"), default=None)
    acting_id = SelectField(_("Who sees to it"), coerce=int, default=0)

    def __init__(self, people: Sequence[StaffPerson], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.acting_id.choices = [SelectChoice(0, _("the executive commander"))] + [
            SelectChoice(each.id, each.name) for each in people
        ]
        self._people = {each.id: each for each in people}

    def validate_what(self, field: Any) -> None:
        if not field.data and self.preset.data not in BY_KEY:
            raise ValidationError(_("Please say what has happened: choose a tile or type it."))

    @property
    def words(self) -> str:
        """What was chosen and typed, as one line."""
        preset = BY_KEY.get(self.preset.data or "")
        typed = self.what.data or ""
        if preset is None or (preset.key == "other" and typed):
            return typed
        return f"{gettext(preset.text)}{gettext(': ')}{typed}"[:300] if typed else gettext(preset.text)

    @property
    def how_bad(self) -> Severity:
        preset = BY_KEY.get(self.preset.data or "")
        return self.severity.data or (preset.severity if preset else Severity.MINOR)

    @property
    def acting(self) -> StaffPerson | None:
        return self._people.get(self.acting_id.data or 0)


class EditForm(VersionedForm):
    """What stands in the log."""

    what = LineField(_("What happened"), [DataRequired(_("Please say what has happened.")), Length(max=300), clean])
    place = LineField(_("Where"), [Length(max=80), clean])
    severity = WordField(_("How bad"), Severity)
    acting_id = SelectField(_("Who sees to it"), coerce=int, default=0)

    def __init__(self, incident: Incident, people: Sequence[StaffPerson], **kwargs: Any) -> None:
        super().__init__(obj=incident, **kwargs)
        self._people = {each.id: each for each in people}
        if incident.acting is not None:
            self._people.setdefault(incident.acting.id, incident.acting)
        self.acting_id.choices = [SelectChoice(0, _("nobody yet"))] + [
            SelectChoice(each.id, each.name) for each in self._people.values()
        ]

    @property
    def values(self) -> dict[str, Any]:
        return {
            "what": self.what.data,
            "place": self.place.data or "",
            "severity": self.severity.data,
            "acting": self._people.get(self.acting_id.data or 0),
        }


class OutcomeForm(VersionedForm):
    """What came of it."""

    outcome = LineField(
        _("What was done"), [DataRequired(_("Please say in a few words what came of it.")), Length(max=300), clean]
    )
