"""Tables as files to take away: CSV that Excel opens rightly, and .xlsx that looks finished."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

import xlsxwriter

Value: TypeAlias = str | int | float | Decimal | bool | date | datetime | None

FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r]")
# A phone (+86 138-1234-5678) or a negative number is no formula, and an apostrophe would spoil it.
HARMLESS = re.compile(r"[+-]?[\d\s().,\-]*")
# XML cannot hold these at all.
UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
TITLE_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
NARROWEST, WIDEST = 8, 48
LONGEST_CELL = 32_767


def to_csv(rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with BOM and CRLF, as Excel wants it. What Excel would run as a formula gets an apostrophe."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    for row in rows:
        writer.writerow([_guarded(_plain(value)) for value in row])
    return b"\xef\xbb\xbf" + target.getvalue().encode("utf-8", "replace")


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


def _guarded(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) and not HARMLESS.fullmatch(text) else text


@dataclass(frozen=True)
class Tab:
    """One sheet of a workbook: its name, headings and rows."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]
    text_columns: Collection[int] = ()


def to_xlsx(
    headings: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    title: str,
    text_columns: Collection[int] = (),
) -> bytes:
    """One sheet with a frozen, filterable header. Columns in `text_columns` (phones, codes) stay text.

    Times are written as they stand: give them in the event's time zone. No text becomes a formula or a link.
    """
    return to_book([Tab(title, headings, rows, text_columns)])


def to_book(tabs: Iterable[Tab]) -> bytes:
    """A workbook of several such sheets, whose names must differ."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    head = book.add_format({"bold": True, "bg_color": "#E9EEF6", "bottom": 1, "valign": "vcenter"})
    formats: dict[type, object] = {
        str: book.add_format({"num_format": "@"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        Decimal: book.add_format({"num_format": "#,##0.00"}),
    }
    for tab in tabs:
        _fill(book.add_worksheet(sheet_title(tab.title)), tab, head, formats)
    book.close()
    return target.getvalue()


def _fill(sheet: xlsxwriter.worksheet.Worksheet, tab: Tab, head: object, formats: Mapping[type, object]) -> None:
    widths = [display_width(heading) + 4 for heading in tab.headings]
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(tab.headings):
        sheet.write_string(0, column, _writable(heading), head)
    as_text = formats[str]
    last = 0
    for last, row in enumerate(tab.rows, 1):
        for column, value in enumerate(row):
            is_text = column in tab.text_columns
            style = as_text if is_text else None if type(value) is str else formats.get(type(value))
            _write(sheet, last, column, value, style)
            if column < len(widths):
                widths[column] = max(widths[column], min(WIDEST, display_width(_plain(value)) + 2))
    for column, width in enumerate(widths):
        style = as_text if column in tab.text_columns else None
        sheet.set_column(column, column, max(NARROWEST, min(WIDEST, width)), style)
    if tab.headings:
        sheet.autofilter(0, 0, last, len(tab.headings) - 1)


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Value, style: object) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), style)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, _writable(value), style)
    else:
        sheet.write_number(row, column, value, style)


def _writable(text: str) -> str:
    return UNWRITABLE.sub("\ufffd", text)[:LONGEST_CELL]


def sheet_title(title: str) -> str:
    """At most 31 characters, without those Excel forbids in the name of a sheet."""
    plain = UNWRITABLE.sub("", TITLE_FORBIDDEN.sub(" ", title))
    # Excel counts UTF-16 units: a rare character of a name is two.
    short = plain.encode("utf-16-le")[: 2 * 31].decode("utf-16-le", "ignore")
    # Excel keeps "History" for itself.
    return short.strip().strip("'").strip() or "Sheet1" if plain.lower() != "history" else "History 1"


def display_width(text: str) -> int:
    """Columns a text takes on screen, a Chinese character being two; of several lines, the longest."""
    return max((len(line.encode("gbk", "replace")) for line in text.split("\n")), default=0)
