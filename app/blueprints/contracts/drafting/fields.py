"""Fields of the contract form: sums as people type them, and one field for each free variable of a template."""

import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from wtforms import DecimalField, Field, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, ValidationError

from app.blueprints.contracts.document.rules.values import TYPED, choices, read
from app.errors import SigningDayError
from app.models import TemplateVariable, VariableKind
from app.web.fields import LineField

LARGEST = Decimal("99999999999")
_IGNORED = str.maketrans("", "", ", ¥￥元%")


class AmountField(DecimalField):
    """A sum or percent, in half-width or full-width figures, with or without thousands' commas."""

    def __init__(self, label: Any, *, most: Decimal = LARGEST, **kwargs: Any) -> None:
        super().__init__(label, [Optional()], places=None, **kwargs)
        self.most = most

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = unicodedata.normalize("NFKC", valuelist[0]).translate(_IGNORED).strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        try:
            value = Decimal(typed)
        except InvalidOperation as fault:
            raise ValueError(gettext("A number is wanted, for instance 20000.")) from fault
        if not value.is_finite() or not 0 <= value <= self.most or value != round(value, 4):
            raise ValueError(gettext("This number is too large, below nought, or has too many places."))
        self.data = value

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        text = f"{self.data:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


def is_typed(variable: TemplateVariable) -> bool:
    """Tell whether a person types this variable; the others come from the contract itself."""
    return not variable.source and variable.kind in TYPED


def name_of(variable: TemplateVariable) -> str:
    return f"v_{variable.key}"


def label_of(variable: TemplateVariable) -> str:
    return variable.label_en if _is_english() and variable.label_en else variable.label


def _is_english() -> bool:
    return get_locale() is not None and get_locale().language == "en"


def field_of(variable: TemplateVariable) -> Field:
    """Return the form field for a free variable of a template."""
    label = label_of(variable)
    if variable.kind is VariableKind.CHOICE:
        english = _is_english()
        words = choices(variable.choices or ())
        known = [SelectChoice(each.word, each.text_en if english else each.text) for each in words]
        return SelectField(label, choices=[SelectChoice("", _("Please choose")), *known], validate_choice=False)
    if variable.kind is VariableKind.YES_NO:
        answers = [SelectChoice("", _("Please choose")), SelectChoice("yes", _("Yes")), SelectChoice("no", _("No"))]
        return SelectField(label, choices=answers, validate_choice=False)

    def readable(_form: Any, field: Field) -> None:
        try:
            read(variable.kind, field.data or "", label=variable.label, given=variable.choices or ())
        except SigningDayError as fault:
            raise ValidationError(gettext("This cannot be read as what it should be.")) from fault

    return LineField(label, [Length(max=2000), readable], description=_hint(variable.kind))


def _hint(kind: VariableKind) -> Any:
    return {
        VariableKind.DATE: _("A date, for instance 2026-12-31."),
        VariableKind.PERCENT: _("In percent."),
        VariableKind.DAYS: _("In days."),
        VariableKind.MONEY: _("A sum; the capital amount is written by itself."),
    }.get(kind, "")
