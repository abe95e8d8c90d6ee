"""The refused rows as a file: to be corrected in the office program and brought back as it is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.blueprints.invitations.importing.columns import usable_mapping
from app.blueprints.invitations.importing.layout import headings_of
from app.blueprints.invitations.importing.values import Reason
from app.blueprints.invitations.importing.vocabulary import Field
from app.blueprints.invitations.importing.words import FIELDS, REASONS
from app.errors import N_
from app.models import Import, ImportRow
from app.sheet_files import to_xlsx
from app.texts import gettext

WHY = N_("Why it was refused")
TITLE = N_("Refused rows")
SENTENCE = N_("%(field)s: %(remark)s")


def refused_headings(headings: Sequence[str], mapping: Mapping[str, Any], locale: str) -> list[str]:
    """The headings of the file of refused rows: those of the list, and at the end that of the reasons."""
    names = {column: gettext(locale, FIELDS[field]) for field, column in usable_mapping(mapping, len(headings)).items()}
    return [*(heading or names.get(column, "") for column, heading in enumerate(headings)), gettext(locale, WHY)]


def refused_file(an_import: Import, rows: Iterable[ImportRow], locale: str) -> bytes:
    """An .xlsx whose columns stand where they stood in the list."""
    headings = headings_of([cells for _line, cells in an_import.top_rows], an_import.header_row)
    width = len(headings)
    body = [[*(row.cells + [""] * width)[:width], _why(row, locale)] for row in rows]
    return to_xlsx(
        refused_headings(headings, an_import.mapping, locale),
        body,
        title=gettext(locale, TITLE),
        text_columns=range(width),
    )


def _why(row: ImportRow, locale: str) -> str:
    reasons = [reason for reason in (Reason(*each) for each in row.reasons) if reason.refuses]
    return " ".join(
        gettext(
            locale,
            SENTENCE,
            field=gettext(locale, FIELDS[Field(reason.field)]),
            remark=gettext(locale, REASONS[reason.code], detail=reason.detail),
        )
        for reason in reasons
    )
