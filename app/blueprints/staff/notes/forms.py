"""The form of a note."""

import uuid
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from app.blueprints.staff.notes.audience import Audience, Whom, read, stations
from app.blueprints.staff.plan import Plan

LONGEST = 500


class NoteForm(FlaskForm):
    """To whom, what, and whether it cannot wait."""

    audience = SelectField(_("To whom"), default=Whom.ALL.value)
    text = TextAreaField(
        _("Text"), [DataRequired(_("Without a text there is no message.")), Length(max=LONGEST)], render_kw={"rows": 5}
    )
    urgent = BooleanField(_("Urgent: goes out in quiet hours too"))
    nonce = HiddenField(validators=[Regexp(r"^[A-Za-z0-9-]{8,36}$")])

    def __init__(self, plan: Plan, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        groups: dict[Any, list[tuple[str, Any]]] = {
            _("Everybody"): [(Whom.ALL.value, _("All of the staff"))],
            _("One role"): [(Audience(Whom.ROLE, str(each.id)).key, each.name) for each in plan.roles],
            _("One station"): [(Audience(Whom.STATION, each).key, each) for each in stations(plan.duties)],
            _("One shift"): [(Audience(Whom.SHIFT, str(each.id)).key, each.name) for each in plan.shifts],
        }
        self.audience.choices = {str(label): choices for label, choices in groups.items() if choices}
        self._names = {key: str(name) for choices in groups.values() for key, name in choices}
        if not self.nonce.data:
            self.nonce.data = str(uuid.uuid4())

    def validate_text(self, field: Any) -> None:
        field.data = (field.data or "").replace("\r\n", "\n").strip()
        if not field.data.replace("\n", "").isprintable():
            raise ValidationError(_("Please take the special characters out."))

    @property
    def whom(self) -> Audience:
        return read(self.audience.data or "")

    @property
    def whom_words(self) -> str:
        return self._names.get(self.audience.data or "", "")
