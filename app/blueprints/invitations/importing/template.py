"""The empty list to download: headings, one example, drop-downs, and a page that says what may stand in each column."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.blueprints.invitations.importing.values import LONGEST, MOST_COMPANIONS
from app.blueprints.invitations.importing.vocabulary import KINDS, READINESSES, Field
from app.blueprints.invitations.importing.words import FIELDS
from app.errors import N_
from app.sheet_files import display_width, sheet_title
from app.texts import gettext

ROWS_WITH_CHOICES = 10_000
TITLE = N_("Invite list")
GUIDE = N_("How to fill it in")
# An import passes over a row that begins so, should somebody leave it in.
EXAMPLE: dict[Field, str] = {
    Field.COMPANY: N_("Example: Yongfa Trading Co., Ltd."),
    Field.CONTACT: N_("Zhang San"),
    Field.CONTACT_TITLE: N_("General manager"),
    Field.MOBILE: "13800000000",
    Field.MAIL: "zhangsan@example.com",
    Field.PROVINCE: N_("Zhejiang"),
    Field.CITY: N_("Hangzhou"),
    Field.ADDRESS: N_("1 Wenhua Road"),
    Field.POSTCODE: "310000",
    Field.SOURCE: N_("Spring trade fair"),
    Field.COMPANIONS: "1",
    Field.EXPECTED_AMOUNT: "128000",
    Field.NOTES: N_("Would like to sit near the front."),
    Field.HOST_NOTES: N_("Comes for the first time."),
}
HINTS: dict[Field, str] = {
    Field.COMPANY: N_("Must be filled in for dealers."),
    Field.CONTACT: N_("The one person to be invited."),
    Field.MOBILE: N_("Recognises the guest: a number already on the list updates that guest."),
    Field.MAIL: N_("The invitation is sent here."),
    Field.KIND: N_("Left empty, the guest is a dealer."),
    Field.READINESS: N_("How near the dealer is to signing."),
    Field.IS_LEAD_SIGNER: N_("Has agreed to sign first, in front of everybody."),
    Field.REP: N_("Name or login of our own colleague."),
    Field.COMPANIONS: N_("How many people the guest may bring, at most 20."),
    Field.EXPECTED_AMOUNT: N_("Of the first contract, in the currency of the event."),
    Field.NOTES: N_("For our own people only."),
    Field.HOST_NOTES: N_("Shown to reception when the guest checks in."),
}
REQUIRED = frozenset({Field.COMPANY})
NUMBERS = frozenset({Field.COMPANIONS, Field.EXPECTED_AMOUNT})


@dataclass(frozen=True)
class _Looks:
    head: Format
    must: Format
    example: Format
    text: Format
    wrapped: Format


def import_template(locale: str) -> bytes:
    """An .xlsx in this language. It comes back through the import without a change to the mapping."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    head = {"bold": True, "bottom": 1, "valign": "vcenter", "bg_color": "#E9EEF6"}
    looks = _Looks(
        head=book.add_format(head),
        must=book.add_format(head | {"font_color": "#B42318"}),
        example=book.add_format({"font_color": "#6B7280", "num_format": "@"}),
        text=book.add_format({"num_format": "@"}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
    )
    choices = {
        Field.KIND: _first_words(KINDS, locale),
        Field.READINESS: _first_words(READINESSES, locale),
        Field.IS_LEAD_SIGNER: ["是", "否"] if locale == "zh_CN" else ["Yes", "No"],
    }
    _write_list(book.add_worksheet(sheet_title(gettext(locale, TITLE))), locale, choices, looks)
    _write_guide(book.add_worksheet(sheet_title(gettext(locale, GUIDE))), locale, choices, looks)
    book.close()
    return target.getvalue()


def heading(field: Field, locale: str) -> str:
    return gettext(locale, FIELDS[field]) + ("*" if field in REQUIRED else "")


def _translated(locale: str, text: str) -> str:
    """Numbers and addresses of the example have no translation, and the empty message id has a surprising one."""
    return gettext(locale, text) if text else ""


def _first_words(words: Mapping[Any, Sequence[str]], locale: str) -> list[str]:
    """The word we ourselves use for each, of all that an import understands."""
    if locale == "zh_CN":
        return [next(word for word in known if not word.isascii()) for known in words.values()]
    return [next(word for word in known if word.isascii()).capitalize() for known in words.values()]


def _write_list(sheet: Worksheet, locale: str, choices: Mapping[Field, list[str]], looks: _Looks) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 24)
    for column, field in enumerate(FIELDS):
        title = heading(field, locale)
        example = choices[field][0] if field in choices else _translated(locale, EXAMPLE.get(field, ""))
        sheet.set_column(
            column,
            column,
            max(10, min(40, max(display_width(title), display_width(example)) + 3)),
            None if field in NUMBERS else looks.text,
        )
        sheet.write_string(0, column, title, looks.must if field in REQUIRED else looks.head)
        if field in NUMBERS:
            sheet.write_number(1, column, int(example), looks.example)
        else:
            sheet.write_string(1, column, example, looks.example)
        if field in choices:
            sheet.data_validation(1, column, ROWS_WITH_CHOICES, column, {"validate": "list", "source": choices[field]})


def _write_guide(sheet: Worksheet, locale: str, choices: Mapping[Field, list[str]], looks: _Looks) -> None:
    titles = (N_("Column"), N_("What it is for"), N_("What may stand there"))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 2, 50)
    for column, title in enumerate(titles):
        sheet.write_string(0, column, gettext(locale, title), looks.head)
    for row, field in enumerate(FIELDS, 1):
        allowed = ("、" if locale == "zh_CN" else ", ").join(choices.get(field, []))
        if not allowed and field in LONGEST:
            allowed = gettext(locale, N_("Text of up to %(count)d characters"), count=LONGEST[field])
        if field is Field.COMPANIONS:
            allowed = f"0–{MOST_COMPANIONS}"
        sheet.write_string(row, 0, heading(field, locale), looks.wrapped)
        sheet.write_string(row, 1, _translated(locale, HINTS.get(field, "")), looks.wrapped)
        sheet.write_string(row, 2, allowed, looks.wrapped)
