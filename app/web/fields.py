"""Form fields that know our kinds of value."""

import unicodedata
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateTimeLocalField, Form, IntegerField, SelectField, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.phones import display, normalize_mobile
from app.web.words import choices


class InstantField(DateTimeLocalField):
    """A wall-clock time of a zone, as an aware instant. The form sets `zone` before it reads the values."""

    zone: str = "Asia/Shanghai"
    data: datetime | None

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return self.data.astimezone(ZoneInfo(self.zone)).strftime("%Y-%m-%dT%H:%M") if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as fault:
            raise ValueError(gettext("A date with a time is wanted, for instance 2026-11-26 09:00.")) from fault
        if isinstance(self.data, datetime):
            self.data = self.data.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)


class MobileField(TelField):
    """A mobile number in any usual spelling, as E.164 or None."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return display(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = (valuelist[0] if valuelist else "").strip()
        self.data = normalize_mobile(typed) if typed else None
        self.typed_wrongly = bool(typed) and self.data is None

    def pre_validate(self, form: Form) -> None:
        if getattr(self, "typed_wrongly", False):
            raise ValidationError(
                _("This is not a mobile number. Eleven digits are wanted, for instance 138 1234 5678.")
            )


class WordField(SelectField):
    """One of a closed set of words (a StrEnum), as the enum's member; with `optional` also none of them."""

    def __init__(self, label: Any, kind: Any, *, optional: Any = None, **kwargs: Any) -> None:
        blank = [] if optional is None else [SelectChoice("", optional)]
        super().__init__(
            label,
            choices=blank + choices(kind),
            coerce=lambda value: kind(value) if value else None,
            **kwargs,
        )


class WholeNumberField(IntegerField):
    """A whole number, in half-width or full-width figures; what is typed wrongly stays in the field."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = unicodedata.normalize("NFKC", valuelist[0]).strip() if valuelist else ""
        if not typed:
            self.data = None
            return
        try:
            self.data = int(typed)
        except ValueError as fault:
            self.data = None
            raise ValueError(gettext("A whole number is wanted.")) from fault


class LineField(StringField):
    """One line of text, without blanks at its ends."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = " ".join(valuelist[0].split()) if valuelist else ""
