"""The kinds of value a variable may have, and how typed text becomes one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from app import money
from app.errors import N_, SigningDayError
from app.models import PaymentKind, VariableKind

LONGEST_TEXT: Final = 2_000  # characters of one value
MOST_ROWS: Final = 200  # of one table
_LARGEST: Final = Decimal(10) ** 13
_YES: Final = frozenset({"1", "y", "yes", "true", "on", "是", "有"})
_NO: Final = frozenset({"0", "n", "no", "false", "off", "否", "无"})


class ValueUnreadable(SigningDayError):
    """What was typed is no value of the variable's kind."""

    code = "value_unreadable"
    sentence = N_("“%(label)s” cannot be read as what it should be.")


class TableTooLong(SigningDayError):
    """A table with more rows than a contract can carry."""

    code = "document_table_too_long"
    sentence = N_("The table “%(label)s” may have %(most)s rows.")


@dataclass(frozen=True, slots=True)
class Money:
    amount: Decimal
    currency: str = "CNY"


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of a set of words: the word that conditions ask for, and how it reads."""

    word: str
    text: str
    text_en: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """A region for a product line and a channel."""

    region: str
    region_en: str
    line: str
    channel: str  # "": every channel
    is_exclusive: bool
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Goods:
    """One row of the table of goods."""

    name: str
    specification: str
    unit: str
    quantity: int
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class GoodsTable:
    """What is bought. Each row is rounded to the currency's minor unit, and the total is the sum of the rows."""

    rows: tuple[Goods, ...]
    currency: str = "CNY"

    def amount(self, row: Goods) -> Decimal:
        return money.rounded(row.unit_price * row.quantity, self.currency)

    @property
    def total(self) -> Decimal:
        return sum((self.amount(row) for row in self.rows), Decimal(0))


@dataclass(frozen=True, slots=True)
class Target:
    """How much the dealer is to buy in a stretch of time."""

    starts_on: date
    ends_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class TargetTable:
    rows: tuple[Target, ...]
    currency: str = "CNY"

    @property
    def total(self) -> Decimal:
        return sum((money.rounded(row.amount, self.currency) for row in self.rows), Decimal(0))


@dataclass(frozen=True, slots=True)
class Payment:
    """A sum that is due so many days after signing, or on a day."""

    kind: PaymentKind
    amount: Decimal
    due_days: int | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class PaymentTable:
    rows: tuple[Payment, ...]
    currency: str = "CNY"

    @property
    def total(self) -> Decimal:
        return sum((money.rounded(row.amount, self.currency) for row in self.rows), Decimal(0))


Table = GoodsTable | TargetTable | PaymentTable
Value = str | bool | int | Decimal | date | Money | Chosen | tuple[Promise, ...] | Table
TABLES: Final = frozenset({VariableKind.GOODS, VariableKind.TARGETS, VariableKind.PAYMENTS})
# What a person can type into one field. The others are filled from the contract's own rows.
TYPED: Final = frozenset(VariableKind) - TABLES - {VariableKind.TERRITORY}


def is_empty(value: Value | None) -> bool:
    """Tell whether nothing stands there. Nought is something, and so is No."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, tuple):
        return not value
    if isinstance(value, Chosen):
        return not value.word
    return isinstance(value, GoodsTable | TargetTable | PaymentTable) and not value.rows


def choices(given: Sequence[Any]) -> tuple[Chosen, ...]:
    """Return the words of a choice, stored as `[word, text, text_en]` or just as words."""
    found = []
    for each in given:
        parts = [str(part) for part in each] if isinstance(each, list | tuple) else [str(each)]
        word, text, text_en = (*parts, "", "")[:3]
        found.append(Chosen(word, text or word, text_en or text or word))
    return tuple(found)


def read(
    kind: VariableKind, text: str, *, label: str, given: Sequence[Any] = (), currency: str = "CNY"
) -> Value | None:
    """Return the value that a typed text stands for; None for an empty one. Raises ValueUnreadable."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    text = ("\n" if kind is VariableKind.TEXT else " ").join(line for line in lines if line)
    if not text:
        return None
    try:
        return _read(kind, text, given, currency)
    except (ValueError, InvalidOperation) as error:
        raise ValueUnreadable(label=label) from error


def _read(kind: VariableKind, text: str, given: Sequence[Any], currency: str) -> Value:
    match kind:
        case VariableKind.TEXT if len(text) <= LONGEST_TEXT:
            return text
        case VariableKind.MONEY:
            return Money(money.rounded(_number(text), currency), currency)
        case VariableKind.NUMBER:
            return _number(text)
        case VariableKind.PERCENT:
            return _number(text.removesuffix("%").removesuffix("％"), most=Decimal(1000))
        case VariableKind.DAYS:
            return _days(text)
        case VariableKind.DATE:
            return date.fromisoformat(text)
        case VariableKind.YES_NO if text.lower() in _YES | _NO:
            return text.lower() in _YES
        case VariableKind.CHOICE:
            return _chosen(text, given)
    raise ValueError(kind)


def _chosen(word: str, given: Sequence[Any]) -> Chosen:
    found = [each for each in choices(given) if each.word == word]
    if not found:
        raise ValueError(word)
    return found[0]


def _number(text: str, most: Decimal = _LARGEST) -> Decimal:
    number = Decimal(text.replace(",", "").replace("，", ""))
    if not number.is_finite() or not 0 <= number <= most:
        raise ValueError(text)
    return number


def _days(text: str) -> int:
    days = int(text)
    if not 0 <= days <= 9999:
        raise ValueError(text)
    return days
