"""Sums of money as people type them."""

import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext
from wtforms import StringField

NOTHING = Decimal(0)
LARGEST = Decimal(1_000_000_000)


def amount(typed: str) -> Decimal | None:
    """Return the sum, with or without thousands separators, full-width figures and a currency sign; None for nothing.

    Raises ValueError for what is no sum, is negative, has more than two decimals, or is a thousand million or more.
    """
    text = unicodedata.normalize("NFKC", typed).strip().lstrip("¥￥$€").replace(",", "").replace(" ", "")
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation as fault:
        raise ValueError(typed) from fault
    if not value.is_finite() or not 0 <= value < LARGEST or value != round(value, 2):
        raise ValueError(typed)
    return value


class SumField(StringField):
    """A sum of money; what is typed wrongly stays in the field."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data = amount(valuelist[0]) if valuelist else None
        except ValueError as fault:
            self.data = None
            raise ValueError(gettext("A sum is wanted, for instance 12,800.00.")) from fault

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:.2f}" if self.data is not None else ""
