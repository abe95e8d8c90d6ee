"""Parses one workbook in a process of its own, under limits of memory and time.

The parser is native code, and a workbook of five kilobytes can ask it for half a terabyte (one cell in A1,
another in XFD1048576): it then aborts the whole process. Here that costs one short-lived child and the web
server lives on. `app.sheets` starts this file as a program: the workbook comes in on standard input, the
answer goes out on standard output with `marshal`, as either ("error", code) or ("table", its parts).
"""

import datetime
import io
import marshal
import resource
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import python_calamine

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
LONGEST_CELL = 32_767

Cell: TypeAlias = str | float | int | bool | datetime.date | datetime.time | datetime.timedelta | None


class Refused(Exception):
    """Carries the code of the SheetError that the parent raises."""


def clean(text: str) -> str:
    """Without the marks nobody sees, blanks of every kind as plain ones, trimmed."""
    text = text.strip()
    if text.isprintable():
        return text
    text = text.replace("_x000D_", "\n").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(map(_shown, text)).strip()


def _shown(letter: str) -> str:
    if letter.isprintable() or letter == "\n":
        return letter
    return " " if unicodedata.category(letter) == "Zs" else ""


def as_text(cell: Cell) -> str:
    """What a person reads in the cell. Whole numbers lose Excel's ".0", so that a phone stays a phone."""
    if isinstance(cell, str):
        return clean(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, datetime.time):
        return cell.isoformat("auto")
    return str(cell)


def gather(cells: Iterable[Iterable[Cell]], most_rows: int, most_columns: int) -> tuple[list[int], list[list[str]]]:
    """The rows that hold something, with their numbers as the office program shows them, equally wide."""
    lines: list[int] = []
    rows: list[list[str]] = []
    width = 0
    for line, source in enumerate(cells, 1):
        row = [as_text(cell) for cell in source]
        while row and not row[-1]:
            row.pop()
        if not row:
            continue
        if len(rows) == most_rows:
            raise Refused("sheet_too_many_rows")
        if len(row) > most_columns:
            raise Refused("sheet_too_many_columns")
        if max(map(len, row)) > LONGEST_CELL:
            raise Refused("sheet_cell_too_long")
        width = max(width, len(row))
        lines.append(line)
        rows.append(row)
    for row in rows:
        row.extend([""] * (width - len(row)))
    return lines, rows


def filled(sheet: python_calamine.CalamineSheet) -> Iterator[list[Cell]]:
    """Rows in which a cell merged downwards (one company, three contacts) holds its value in every row."""
    starts: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or []:
        if bottom > top:
            starts.setdefault(top, []).append((bottom, left))
    running: dict[int, tuple[int, Cell]] = {}
    for number, row in enumerate(sheet.iter_rows()):
        cells: list[Cell] = list(row)
        for column, (bottom, value) in list(running.items()):
            if number > bottom:
                del running[column]
            elif column < len(cells):
                cells[column] = value
        for bottom, left in starts.get(number, ()):
            if left < len(cells):
                running[left] = (bottom, cells[left])
        yield cells


def parse(data: bytes, wanted: str, most_rows: int, most_columns: int) -> dict[str, Any]:
    book = python_calamine.load_workbook(io.BytesIO(data))
    kinds = python_calamine.SheetTypeEnum
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == kinds.WorkSheet and sheet.visible == python_calamine.SheetVisibleEnum.Visible
    ]
    if wanted and wanted not in shown:
        raise Refused("sheet_missing")
    for name in [wanted] if wanted else shown:
        lines, rows = gather(filled(book.get_sheet_by_name(name)), most_rows, most_columns)
        if rows:
            return {"names": shown, "name": name, "lines": lines, "rows": rows}
    raise Refused("sheet_empty")


def answer(data: bytes, wanted: str, most_rows: int, most_columns: int) -> tuple[str, Any]:
    try:
        return "table", parse(data, wanted, most_rows, most_columns)
    except Refused as refused:
        return "error", str(refused)
    except python_calamine.PasswordError:
        return "error", "sheet_encrypted"
    except MemoryError:
        return "error", "sheet_too_large"
    except python_calamine.CalamineError:
        return "error", "sheet_broken"


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    wanted = bytes.fromhex(sys.argv[1]).decode()
    found = answer(sys.stdin.buffer.read(), wanted, int(sys.argv[2]), int(sys.argv[3]))
    marshal.dump(found, sys.stdout.buffer)


if __name__ == "__main__":
    main()
