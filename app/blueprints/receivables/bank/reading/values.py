"""Sums and days as banks write them. Whatever is not clearly one raises ValueError; nothing is guessed."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

LARGEST = Decimal(10) ** 13
_CENT = Decimal("0.01")
_NOISE = Decimal("0.000001")  # what binary fractions of workbooks may be off by
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_MARKS = re.compile(r"(?:CNY|RMB|USD|EUR|HKD|人民币|[¥$€元])", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月)(\d{1,2})日?(?=$|[ T-])")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})(?:$|[ T]|\d{4}(?:\d{2})?(?:$|[.\[])|\[)")
_EXCEL = re.compile(r"[345]\d{4}(?:\.\d+)?")
_FIRST_YEAR = 2000


def plain(text: str) -> str:
    """The cell without width, blanks around it, and the armour that keeps office programs from reading numbers."""
    text = unicodedata.normalize("NFKC", text).strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    return text.strip("'\t ").strip()


def amount(text: str) -> Decimal | None:
    """Return a sum to the cent, or None for an empty cell. Brackets or a minus on either side make it negative."""
    given = plain(text)
    if given in ("", "-", "--", "—"):
        return None
    given = _MARKS.sub("", given).replace(" ", "").replace("−", "-")
    sign = 1
    if given.startswith("(") and given.endswith(")"):
        given, sign = given[1:-1], -1
    elif given.endswith("-"):
        given, sign = given[:-1], -1
    elif given[:1] in "+-" and given:
        sign, given = (-1 if given[0] == "-" else 1), given[1:]
    if not (_PLAIN.fullmatch(given) or _GROUPED.fullmatch(given)) or not given.isascii():
        raise ValueError(text)
    try:
        value = Decimal(given.replace(",", ""))
        cents = value.quantize(_CENT)
    except InvalidOperation as fault:
        raise ValueError(text) from fault
    if abs(value - cents) > _NOISE or value >= LARGEST:
        raise ValueError(text)
    return cents * sign


def day(text: str) -> date:
    """Return the day of 2026-11-24, 2026/11/24, 2026.11.24, 20261124, 2026年11月24日, with or without a time of day."""
    given = plain(text)
    if found := _DAY.match(given):
        year, month, number = found[1], found[2] or found[3] or found[4] or found[5], found[6]
    elif found := _SOLID.match(given):
        year, month, number = found[1], found[2], found[3]
    elif _EXCEL.fullmatch(given):
        return date(1899, 12, 30) + timedelta(days=int(float(given)))
    else:
        raise ValueError(text)
    value = date(int(year), int(month), int(number))
    if value.year < _FIRST_YEAR:
        raise ValueError(text)
    return value
