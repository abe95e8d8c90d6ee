"""What somebody looks for in the register, besides the search and the chips. Values in, verdict out."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

FIELDS = (
    *("event", "rep", "dealer", "territory", "signed_from", "signed_to", "ends_from", "ends_to"),
    *("sum_from", "sum_to"),
)
_LARGEST = Decimal("99999999999")


@dataclass(frozen=True)
class Wanted:
    """The fields of the register's form; None or "" where nothing is asked."""

    event: int | None = None
    rep: int | None = None
    dealer: int | None = None
    territory: str = ""
    signed_from: date | None = None
    signed_to: date | None = None  # the last day
    ends_from: date | None = None
    ends_to: date | None = None
    sum_from: Decimal | None = None
    sum_to: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        return self == Wanted()


def read(given: Mapping[str, str]) -> tuple[Wanted, frozenset[str]]:
    """Return what is asked for, and the names of the fields that cannot be read; those narrow nothing."""
    values: dict[str, object] = {}
    wrong = set()
    for name in FIELDS:
        typed = unicodedata.normalize("NFKC", given.get(name, "")).strip()[:60]
        if not typed:
            continue
        try:
            values[name] = _value(name, typed)
        except (ValueError, InvalidOperation):
            wrong.add(name)
    return Wanted(**values), frozenset(wrong)  # type: ignore[arg-type]


def _value(name: str, typed: str) -> object:
    if name == "territory":
        return typed
    if name.endswith(("_from", "_to")) and not name.startswith("sum"):
        return date.fromisoformat(typed)
    if name.startswith("sum"):
        value = Decimal(typed.replace(",", "").removeprefix("¥"))
        if not value.is_finite() or not 0 <= value <= _LARGEST or value != round(value, 4):
            raise ValueError(name)
        return value
    number = int(typed)
    if not 0 < number < 2**31:
        raise ValueError(name)
    return number


def number_in(typed: str) -> str:
    """Return what was typed as it could stand in a contract's number, "" when no number is like that."""
    text = unicodedata.normalize("NFKC", typed).strip().upper()
    return text if any(each.isdigit() for each in text) and len(text) <= 30 else ""
