"""An import's rows as its page and its file of refused rows show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.blueprints.invitations.importing.columns import usable_mapping
from app.blueprints.invitations.importing.layout import headings_of
from app.blueprints.invitations.importing.undo import KEPT
from app.blueprints.invitations.importing.values import Reason
from app.blueprints.invitations.importing.vocabulary import Field
from app.blueprints.invitations.importing.words import FIELDS, REASONS
from app.models import GuestKind, Import, ImportRow, Readiness, RowVerdict
from app.phones import display
from app.sheets import to_xlsx
from app.web.tables import Column, Filter, Option, TableSpec, counted
from app.web.words import word


def sentence(reason: Reason) -> str:
    """Return what a person reads about a cell."""
    return gettext(REASONS[reason.code], detail=reason.detail)


@dataclass(frozen=True)
class Remark:
    """A sentence beside a cell: `bad` when it refuses the row."""

    text: str
    bad: bool


@dataclass(frozen=True)
class Cell:
    """One cell: what the file says, what stood there before, what is to be said about it."""

    text: str
    was: str | None
    remarks: list[Remark]


@dataclass(frozen=True)
class Shown:
    """A row: its cells by field, and what is said about fields the file has no column for."""

    cells: dict[str, Cell]
    loose: list[Remark]
    kept: str


def shown(row: ImportRow, mapping: Mapping[str, int], people: Mapping[int, str]) -> Shown:
    """Return a row in words. `people` holds the names of our reps by id."""
    remarks: dict[str, list[Remark]] = {}
    for field, code, *detail in row.reasons:
        reason = Reason(field, code, detail[0] if detail else "")
        remarks.setdefault(field, []).append(Remark(sentence(reason), reason.refuses))
    tells_before = row.verdict is RowVerdict.UPDATED or (row.verdict is RowVerdict.NEW and not row.made_dealer)
    cells = {}
    for field, column in mapping.items():
        before = row.changes.get(field, [None])[0] if tells_before else None
        was = None if before in (None, "") and field not in row.changes else _was(field, before, people)
        text = row.cells[column] if column < len(row.cells) else ""
        show_was = tells_before and field in row.changes and (row.verdict is RowVerdict.UPDATED or before)
        cells[field] = Cell(text, was if show_was else None, remarks.pop(field, []))
    loose = [
        Remark(gettext("%(field)s: %(remark)s", field=gettext(FIELDS[Field(field)]), remark=each.text), each.bad)
        for field, some in remarks.items()
        for each in some
    ]
    return Shown(cells, loose, gettext(KEPT[row.kept]) if row.kept else "")


def _was(field: str, value: Any, people: Mapping[int, str]) -> str:
    if value is None or value == "":
        return gettext("nothing")
    if field == Field.KIND:
        return str(word(GuestKind(value)).text)
    if field == Field.READINESS:
        return str(word(Readiness(value)).text)
    if field == Field.REP:
        return people.get(value, "?")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return display(value) if field == Field.MOBILE else str(value)


def _verdicts(counts: dict[Any, int]) -> list[Option]:
    pairs = [Option(each.value, word(each).text, word(each).tone, word(each).icon) for each in RowVerdict]
    return counted(pairs, counts)


def rows_table(an_import: Import, slug: str) -> TableSpec:
    """Return the description of an import's rows: a column for each that the file and we both know."""
    by_column = sorted(an_import.mapping.items(), key=lambda pair: pair[1])
    return TableSpec(
        name="import",
        columns=(
            Column("line", _("Row"), ImportRow.line, hideable=False),
            Column("verdict", _("Becomes"), hideable=False),
            *(Column(field, _(FIELDS[Field(field)]), hideable=False) for field, _column in by_column),
        ),
        tie=ImportRow.line,
        default_sort="line",
        filters=(Filter("verdict", _("Becomes"), ImportRow.verdict, _verdicts, RowVerdict),),
        row_url=lambda row: (
            url_for("invitations.show", slug=slug, invitation_id=row.invitation_id) if row.invitation_id else ""
        ),
    )


def refused_file(an_import: Import, rows: Iterable[ImportRow]) -> bytes:
    """Return the refused rows as an .xlsx to be mended and brought back, with the reasons in a last column."""
    top = [cells for _line, cells in an_import.top_rows]
    headings = headings_of(top, an_import.header_row)
    mapped = usable_mapping(an_import.mapping, len(headings))
    names = {column: gettext(FIELDS[field]) for field, column in mapped.items()}
    headings = [heading or names.get(column, "") for column, heading in enumerate(headings)]
    width = len(headings)
    body = [
        [*(row.cells + [""] * width)[:width], " ".join(_reasons(row, {str(field) for field in mapped}))] for row in rows
    ]
    return to_xlsx(
        [*headings, gettext("Why it was refused")], body, title=gettext("Refused rows"), text_columns=range(width)
    )


def _reasons(row: ImportRow, mapped: set[str]) -> list[str]:
    found = []
    for field, code, *detail in row.reasons:
        reason = Reason(field, code, detail[0] if detail else "")
        if reason.refuses:
            name = gettext(FIELDS[Field(field)])
            found.append(gettext("%(field)s: %(remark)s", field=name, remark=sentence(reason)))
    return found
