"""Where a file's headings stand and what lies below them. Pure: a table in, guests or samples out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.blueprints.invitations.importing.columns import Mapped, find_header, usable_mapping
from app.blueprints.invitations.importing.values import Draft, Names, read_rows
from app.blueprints.invitations.importing.vocabulary import Field
from app.sheets import Table

ROWS_SHOWN = 40
LONGEST_SHOWN = 60
SAMPLES = 3
ROWS_AT_ONCE = 1_000
# Without one of these a row cannot say whom it is about.
TELLING = frozenset({Field.COMPANY, Field.CONTACT})


def first_rows(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The first rows, long cells shortened: enough to choose the headings and the columns by."""
    return [[_shortened(cell) for cell in row] for row in rows[:ROWS_SHOWN]]


def _shortened(cell: str) -> str:
    return cell if len(cell) <= LONGEST_SHOWN else f"{cell[: LONGEST_SHOWN - 1]}…"


def header_row_of(rows: Sequence[Sequence[str]]) -> int:
    """Where the headings stand, or -1. A first row of words alone is taken for headings even if nobody knows them."""
    known = find_header(rows)
    if known >= 0 or len(rows) < 2:
        return known
    filled = [cell for cell in rows[0] if cell]
    return 0 if len(filled) > 1 and not any(_is_data(cell) for cell in filled) else -1


def _is_data(cell: str) -> bool:
    return "@" in cell or any(map(str.isdigit, cell))


def headings_of(rows: Sequence[Sequence[str]], header_row: int) -> list[str]:
    """The headings, or as many empty ones as there are columns."""
    if 0 <= header_row < len(rows):
        return list(rows[header_row])
    return [""] * (len(rows[0]) if rows else 0)


def letter(column: int) -> str:
    """What the office program calls a column: A, B, ... Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


@dataclass(frozen=True)
class FileColumn:
    """A column of the file as the mapping shows it."""

    index: int
    letter: str
    heading: str
    samples: list[str]


def file_columns(top_rows: Sequence[Sequence[str]], header_row: int) -> list[FileColumn]:
    """The columns that have a heading or hold something in the first rows, each with a few different values."""
    headings = headings_of(top_rows, header_row)
    below = top_rows[header_row + 1 :]
    columns = []
    for index, heading in enumerate(headings):
        values = list(dict.fromkeys(row[index] for row in below if row[index]))
        if heading or values:
            columns.append(FileColumn(index, letter(index), heading, values[:SAMPLES]))
    return columns


def tells_somebody(mapping: Mapping[str, object]) -> bool:
    """Whether a mapping says where the company or the contact stands."""
    return any(field.value in mapping for field in TELLING)


def guests(
    table: Table,
    header_row: int,
    mapping: Mapping[str, object],
    reps: Names,
    progress: Callable[[int, int], None] | None = None,
) -> list[Draft]:
    """The guests of a table as drafts. `progress` hears of each thousand rows."""
    headings = headings_of(table.rows, header_row)
    columns: Mapped = usable_mapping(mapping, len(headings))
    drafts: list[Draft] = []
    total = len(table.rows)
    for start in range(header_row + 1, total, ROWS_AT_ONCE):
        end = min(start + ROWS_AT_ONCE, total)
        drafts.extend(read_rows(table.rows[start:end], table.lines[start:end], headings, columns, reps))
        if progress is not None:
            progress(end, total)
    return drafts
