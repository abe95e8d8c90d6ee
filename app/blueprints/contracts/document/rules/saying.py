"""How values read on paper, in Chinese and in English."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from app import money
from app.blueprints.contracts.document.rules import words
from app.blueprints.contracts.document.rules.values import (
    Chosen,
    GoodsTable,
    Money,
    PaymentTable,
    Promise,
    Table,
    TargetTable,
    Value,
)
from app.blueprints.contracts.document.rules.words import ZH, both
from app.models import VariableKind

# The forms a variable may be asked for in, by its kind; without one it is said in full.
FORMS: Final[dict[VariableKind, frozenset[str]]] = {
    VariableKind.MONEY: frozenset({"figures", "capital"}),
    VariableKind.TERRITORY: frozenset({"regions"}),
}
_DIGITS: Final = "〇一二三四五六七八九"
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as it is printed: headings, rows and the row of sums, all text; `numbers` are set to the right."""

    kind: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...]
    numbers: tuple[bool, ...]


def chinese_number(number: int) -> str:
    """Return 1 to 999 as clauses are counted: 一, 十, 二十三, 一百零一."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif ones and hundreds:
        said += "零"
    return said + (_DIGITS[ones] if ones else "")


def figures(amount: Decimal, currency: str, language: str) -> str:
    """Return a sum in figures: ¥20,000.00, or CNY 20,000.00 in English."""
    number = f"{money.rounded(amount, currency):,f}"
    if language == ZH and currency == "CNY":
        return f"¥{number}"
    return f"{currency} {number}"


def day(value: date, language: str) -> str:
    """Return a date as a contract writes it: 2026年11月24日, 24 November 2026."""
    if language == ZH:
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def plain_number(value: Decimal | int) -> str:
    """Return a number with thousands marked and no idle noughts."""
    if isinstance(value, int):
        return f"{value:,}"
    said = f"{value:,f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def said(value: Value, kind: VariableKind, form: str, language: str) -> str:
    """Return a value, that is no table, as it stands in a sentence."""
    match value:
        case bool():
            return (words.YES if value else words.NO).inside(language)
        case Money():
            return _money(value, form, language)
        case Chosen():
            return value.text if language == ZH else value.text_en
        case date():
            return day(value, language)
        case tuple():
            return _territory(value, form, language)
        case str():
            return " ".join(value.split())
        case Decimal() | int():
            return _counted(value, kind, language)
        case _:
            raise TypeError(type(value))


def _money(value: Money, form: str, language: str) -> str:
    in_words = money.in_chinese if language == ZH else money.in_english
    if form == "capital":
        return in_words(value.amount, value.currency)
    in_figures = figures(value.amount, value.currency, language)
    if form == "figures" or value.currency not in money.WRITABLE:
        return in_figures
    said = in_words(value.amount, value.currency)
    return f"{in_figures}（大写：{said}）" if language == ZH else f"{in_figures} ({said})"


def _counted(value: Decimal | int, kind: VariableKind, language: str) -> str:
    number = plain_number(value)
    if kind is VariableKind.PERCENT:
        return f"{number}%"
    if kind is VariableKind.DAYS:
        return f"{number}日" if language == ZH else f"{number} day" + ("" if value == 1 else "s")
    return number


def _territory(promises: Sequence[Promise], form: str, language: str) -> str:
    if language == ZH:
        if form == "regions":
            return "、".join(promise.region for promise in promises)
        return "；".join(f"{each.region}（{_of_promise(each, language)}）" for each in promises)
    if form == "regions":
        return ", ".join(promise.region_en or promise.region for promise in promises)
    return "; ".join(f"{each.region_en or each.region} ({_of_promise(each, language)})" for each in promises)


def _of_promise(promise: Promise, language: str) -> str:
    parts = (
        (words.EXCLUSIVE if promise.is_exclusive else words.NON_EXCLUSIVE).inside(language),
        promise.line,
        promise.channel or words.ALL_CHANNELS.inside(language),
    )
    return ("、" if language == ZH else ", ").join(part for part in parts if part)


def shown(table: Table | tuple[Promise, ...], languages: Sequence[str]) -> Shown:
    """Return a table as it is printed, its own words in each of the languages."""
    if isinstance(table, GoodsTable):
        return _goods(table, languages)
    if isinstance(table, TargetTable):
        return _targets(table, languages)
    if isinstance(table, PaymentTable):
        return _payments(table, languages)
    return _territories(table, languages)


def _head(pairs: Sequence[words.Pair], languages: Sequence[str]) -> tuple[str, ...]:
    return tuple(both(pair, languages) for pair in pairs)


def _day(value: date, languages: Sequence[str]) -> str:
    return value.isoformat() if len(languages) > 1 else day(value, languages[0])


def _sum(amount: Decimal, currency: str) -> str:
    return f"{money.rounded(amount, currency):,f}"


def _foot(total: Decimal, currency: str, languages: Sequence[str]) -> tuple[str, ...]:
    """The row of sums: what it is called, with the currency, and the sum."""
    return f"{both(words.TOTAL, languages)} ({currency})", _sum(total, currency)


def _goods(table: GoodsTable, languages: Sequence[str]) -> Shown:
    rows = tuple(
        (
            str(number),
            row.name,
            row.specification or "—",
            row.unit or "—",
            f"{row.quantity:,}",
            _unit_price(row.unit_price, table.currency),
            _sum(table.amount(row), table.currency),
        )
        for number, row in enumerate(table.rows, 1)
    )
    foot = _foot(table.total, table.currency, languages)
    return Shown("goods", _head(words.GOODS, languages), rows, foot, (False, False, False, False, True, True, True))


def _unit_price(price: Decimal, currency: str) -> str:
    """A price as it was agreed: finer than the currency's minor unit where it is, never rounded."""
    exact = money.rounded(price, currency)
    return f"{exact:,f}" if exact == price else plain_number(price)


def _targets(table: TargetTable, languages: Sequence[str]) -> Shown:
    rows = tuple(
        (str(number), _day(row.starts_on, languages), _day(row.ends_on, languages), _sum(row.amount, table.currency))
        for number, row in enumerate(table.rows, 1)
    )
    foot = _foot(table.total, table.currency, languages)
    return Shown("targets", _head(words.TARGETS, languages), rows, foot, (False, False, False, True))


def _payments(table: PaymentTable, languages: Sequence[str]) -> Shown:
    rows = tuple(
        (
            str(number),
            both(words.PAYMENT_KINDS[row.kind], languages),
            _day(row.due_on, languages) if row.due_on else both(words.after_signing(row.due_days or 0), languages),
            _sum(row.amount, table.currency),
        )
        for number, row in enumerate(table.rows, 1)
    )
    foot = _foot(table.total, table.currency, languages)
    return Shown("payments", _head(words.PAYMENTS, languages), rows, foot, (False, False, False, True))


def _territories(promises: Sequence[Promise], languages: Sequence[str]) -> Shown:
    rows = tuple(
        (
            str(number),
            both(words.Pair(each.region, each.region_en or each.region), languages),
            each.line,
            each.channel or both(words.ALL_CHANNELS, languages),
            both(words.EXCLUSIVE if each.is_exclusive else words.NON_EXCLUSIVE, languages),
            _day(each.starts_on, languages),
            _day(each.ends_on, languages),
        )
        for number, each in enumerate(promises, 1)
    )
    return Shown("territory", _head(words.TERRITORIES, languages), rows, (), (False,) * 7)
