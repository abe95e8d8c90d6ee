"""An import's rows as its page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.blueprints.invitations.importing.rules import DEALER_FIELDS
from app.blueprints.invitations.importing.undo import KEPT
from app.blueprints.invitations.importing.values import Reason
from app.blueprints.invitations.importing.vocabulary import Field
from app.blueprints.invitations.importing.words import FIELDS, REASONS
from app.models import GuestKind, Import, ImportRow, ImportState, Readiness, RowVerdict
from app.phones import display
from app.web.tables import Column, Filter, Option, TableSpec, counted
from app.web.words import word


def sentence(reason: Reason) -> str:
    """Return what a person reads about a cell."""
    return gettext(REASONS[reason.code], detail=reason.detail)


@dataclass(frozen=True)
class Remark:
    """A sentence about a cell: `bad` when it refuses the row."""

    text: str
    bad: bool


@dataclass(frozen=True)
class Cell:
    """One cell: what the file says, what stood there before, whether something is said about it."""

    text: str
    was: str | None
    bad: bool
    told: bool


@dataclass(frozen=True)
class Shown:
    """A row: its cells by field, all that is said about them, and which fields change."""

    cells: dict[str, Cell]
    remarks: list[Remark]
    changed: str
    is_on_file: bool
    kept: str


def shown(row: ImportRow, mapping: Mapping[str, int], people: Mapping[int, str]) -> Shown:
    """Return a row in words. `people` holds the names of our reps by id.

    Reasons stand together beside the verdict, since the cell they are about may be far to the right.
    """
    reasons = [Reason(*each) for each in row.reasons]
    told = {reason.field for reason in reasons}
    bad = {reason.field for reason in reasons if reason.refuses}
    changes = _changes(row)
    cells = {
        field: Cell(
            row.cells[column] if column < len(row.cells) else "",
            _was(field, changes[field], people) if field in changes else None,
            field in bad,
            field in told,
        )
        for field, column in mapping.items()
    }
    return Shown(
        cells,
        [Remark(_with_field(reason), reason.refuses) for reason in reasons],
        gettext(", ").join(gettext(FIELDS[field]) for field in Field if field in changes),
        row.verdict is RowVerdict.NEW and row.dealer_id is not None and not row.made_dealer,
        gettext(KEPT[row.kept]) if row.kept else "",
    )


def _changes(row: ImportRow) -> dict[str, Any]:
    """What stood before in the fields that change. Of a new guest only a dealer on file has had anything."""
    if row.verdict is RowVerdict.UPDATED:
        return {field: pair[0] for field, pair in row.changes.items() if field in FIELDS}
    if row.verdict is RowVerdict.NEW and not row.made_dealer:
        return {field: pair[0] for field, pair in row.changes.items() if field in DEALER_FIELDS and pair[0]}
    return {}


def _with_field(reason: Reason) -> str:
    return gettext("%(field)s: %(remark)s", field=gettext(FIELDS[Field(reason.field)]), remark=sentence(reason))


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


def _kept(counts: dict[Any, int]) -> list[Option]:
    return counted([Option(code, _(text), icon="lock") for code, text in KEPT.items()], counts)


def rows_table(an_import: Import, slug: str) -> TableSpec:
    """Return the description of an import's rows: a column for each that the file and we both know."""
    by_column = sorted(an_import.mapping.items(), key=lambda pair: pair[1])
    filters = [Filter("verdict", _("Result"), ImportRow.verdict, _verdicts, RowVerdict)]
    if an_import.state is ImportState.REVERTED and an_import.counts.get("kept"):
        filters.append(Filter("kept", _("Kept"), ImportRow.kept, _kept))
    return TableSpec(
        name="import",
        columns=(
            Column("line", _("Row"), ImportRow.line, hideable=False),
            Column("verdict", _("Result"), hideable=False),
            *(Column(field, _(FIELDS[Field(field)]), hideable=False) for field, _column in by_column),
        ),
        tie=ImportRow.line,
        default_sort="line",
        filters=filters,
        row_url=lambda row: (
            url_for("invitations.show", slug=slug, invitation_id=row.invitation_id) if row.invitation_id else ""
        ),
    )
