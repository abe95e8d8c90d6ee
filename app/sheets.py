"""Tables that people send us and take from us: workbooks and CSV in, CSV and .xlsx out.

What a file is, its bytes say; its name is never asked. Everything comes in as rows of text, as a person reads
the cells. Whatever cannot be read raises a SheetError whose code says why, and nothing has happened then.
"""

import codecs
import csv
import io
import marshal
import re
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from app.errors import N_, SigningDayError
from app.sheet_files import to_csv, to_xlsx
from app.sheet_parser import Refused, gather

__all__ = ["SheetError", "Table", "read_table", "to_csv", "to_xlsx"]

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5_000
MOST_ROWS = 50_000
MOST_COLUMNS = 200
PARSER = Path(__file__).with_name("sheet_parser.py")
# The parser limits its own CPU time; this one is for a machine that stands still.
PATIENCE_SECONDS = 60

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# Excel 2 to 4 wrote a bare stream that begins with one of these.
OLDEST_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
# PDF, pictures, RTF and archives, which would otherwise be taken for text in a Chinese encoding.
FOREIGN = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
MARKUP = re.compile(rb"\s*(?:<!doctype\s+html|<html|<head|<meta|<table|<\?xml|mime-version:)", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
DELIMITERS = ",;\t|"
GUARDED = re.compile(r"'+[=+\-@＝＋－＠]")


class SheetError(SigningDayError):
    """The file cannot be taken in."""

    code = "sheet_error"
    sentence = N_("The file could not be read.")


class SheetTooLarge(SheetError):
    code = "sheet_too_large"
    sentence = N_("The file is too large. Up to 10 MB can be read; split the list into several files.")


class SheetTooManyRows(SheetError):
    code = "sheet_too_many_rows"
    sentence = N_("The table has more than 50,000 rows. Split the list into several files.")


class SheetTooManyColumns(SheetError):
    code = "sheet_too_many_columns"
    sentence = N_("The table has more than 200 columns. Delete the columns that are not needed.")


class SheetCellTooLong(SheetError):
    code = "sheet_cell_too_long"
    sentence = N_("One cell holds more than 32,767 characters. Perhaps a quotation mark was not closed.")


class SheetUnpacksTooLarge(SheetError):
    code = "sheet_unpacks_too_large"
    sentence = N_("The file would grow far too large when unpacked, so it was not opened.")


class SheetEncrypted(SheetError):
    code = "sheet_encrypted"
    sentence = N_("The file is protected by a password. Save it without one and try again.")


class SheetHasMacros(SheetError):
    code = "sheet_has_macros"
    sentence = N_("The file contains macros, so it was not opened. Save it as a plain .xlsx file.")


class SheetBroken(SheetError):
    code = "sheet_broken"
    sentence = N_("The file is damaged. Open it in Excel or WPS, save it again and try once more.")


class SheetEmpty(SheetError):
    code = "sheet_empty"
    sentence = N_("The file is empty.")


class SheetMissing(SheetError):
    code = "sheet_missing"
    sentence = N_("The workbook has no sheet of that name.")


class SheetIsWebPage(SheetError):
    code = "sheet_is_web_page"
    sentence = N_("This is a web page that is only named like a workbook. Open it in Excel and save it as .xlsx.")


class SheetFormatUnknown(SheetError):
    code = "sheet_format_unknown"
    sentence = N_("This is neither a workbook nor a CSV file. Use .xlsx, .xls, .ods or .csv.")


class SheetTooOld(SheetError):
    code = "sheet_too_old"
    sentence = N_("The file comes from a very old version of Excel. Save it as .xlsx and try again.")


class SheetEncodingUnknown(SheetError):
    code = "sheet_encoding_unknown"
    sentence = N_("The characters of the file could not be read. Save it as .xlsx, or as CSV in UTF-8.")


BY_CODE: dict[str, type[SheetError]] = {kind.code: kind for kind in SheetError.__subclasses__()}


@dataclass(frozen=True)
class Table:
    """Rows of text, all equally wide, blank rows left out.

    `lines` holds each row's number as the office program shows it, from 1. `sheets` names the visible sheets
    of a workbook, `sheet` the one read. `encoding` and `delimiter` are those of a CSV file.
    """

    rows: list[list[str]]
    lines: list[int]
    format: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""


def read_table(data: bytes, sheet: str = "") -> Table:
    """The named sheet of the file, or its first visible one that is not empty. Raises SheetError."""
    if len(data) > LARGEST_FILE:
        raise SheetTooLarge
    if not data.strip():
        raise SheetEmpty
    if data.startswith((ZIP, EMPTY_ZIP)):
        return _parsed(data, _zip_format(data), sheet)
    if data.startswith(OLE):
        return _parsed(data, _ole_format(data), sheet)
    if data.startswith(OLDEST_EXCEL):
        raise SheetTooOld
    if data.startswith(FOREIGN):
        raise SheetFormatUnknown
    if MARKUP.match(data.removeprefix(codecs.BOM_UTF8)):
        raise SheetIsWebPage
    return _read_csv(data)


# --- Workbooks --------------------------------------------------------------------------------------------


def _zip_format(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise SheetUnpacksTooLarge
            if any(part.flag_bits & 1 for part in parts):
                raise SheetEncrypted
            names = {part.filename for part in parts}
            if "xl/workbook.xml" in names:
                _refuse_macros(names, archive.read("[Content_Types].xml"))
                return "xlsx"
            if "content.xml" in names and "mimetype" in names:
                manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
                if b"encryption-data" in manifest:
                    raise SheetEncrypted
                _refuse_macros(names, b"")
                return "ods"
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, OSError, NotImplementedError) as fault:
        raise SheetBroken from fault
    raise SheetFormatUnknown


def _refuse_macros(names: set[str], types: bytes) -> None:
    if b"macroEnabled" in types or any(
        name.endswith("vbaProject.bin") or name.startswith(("xl/macrosheets/", "Basic/", "Scripts/")) for name in names
    ):
        raise SheetHasMacros


def _ole_format(data: bytes) -> str:
    """An OLE file names its streams in UTF-16: an old workbook, another document, or a sealed .xlsx."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise SheetEncrypted
    if has("_VBA_PROJECT"):
        raise SheetHasMacros
    if not has("Workbook") and not has("Book"):
        raise SheetFormatUnknown
    return "xls"


def _parsed(data: bytes, kind: str, sheet: str) -> Table:
    wanted = sheet.encode("utf-8", "replace").hex()
    command = [sys.executable, "-P", str(PARSER), wanted, str(MOST_ROWS), str(MOST_COLUMNS)]
    try:
        child = subprocess.run(  # noqa: S603 - our own program; the name of the sheet is passed as hex digits
            command, input=data, capture_output=True, timeout=PATIENCE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise SheetTooLarge from late
    if child.returncode < 0:
        # A signal: out of memory or of time, which only a table of absurd extent brings about.
        raise SheetTooLarge
    if child.returncode > 0:
        raise SheetBroken
    outcome, found = marshal.loads(child.stdout)  # noqa: S302 - written by our own program a moment ago
    if outcome == "error":
        raise BY_CODE[found]
    return Table(found["rows"], found["lines"], kind, sheet=found["name"], sheets=tuple(found["names"]))


# --- CSV --------------------------------------------------------------------------------------------------


def _read_csv(data: bytes) -> Table:
    text, encoding = _decode(data)
    text = text.removesuffix("\x1a")
    if len(CONTROL.findall(text[:10_000])) * 100 > len(text[:10_000]):
        raise SheetFormatUnknown
    named = re.match(r"sep=([,;\t|])\r?\n", text, re.IGNORECASE)
    delimiter = named[1] if named else _sniff(text)
    source = io.StringIO(text, newline="")
    if named:
        source.readline()
    try:
        lines, rows = gather(csv.reader(source, delimiter=delimiter), MOST_ROWS, MOST_COLUMNS)
    except Refused as refused:
        raise BY_CODE[str(refused)] from refused
    except csv.Error as fault:
        raise SheetCellTooLong if "field larger" in str(fault) else SheetBroken from fault
    if not rows:
        raise SheetEmpty
    shift = 1 if named else 0
    plain = [[_unguarded(cell) for cell in row] for row in rows]
    return Table(plain, [line + shift for line in lines], "csv", encoding=encoding, delimiter=delimiter)


def _decode(data: bytes) -> tuple[str, str]:
    """BOM, then strict UTF-8, then GB18030, which is what Chinese Excel calls "CSV"."""
    marks = (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    )
    candidates = [name for mark, name in marks if data.startswith(mark)]
    if not candidates and b"\0" in data[:4000]:
        odd = data[1:4000:2].count(0)
        candidates = ["utf-16-le" if odd * 2 >= data[:4000].count(0) else "utf-16-be"]
        if len(data) % 2 or data[:4000].count(0) * 20 < len(data[:4000]):
            # Text in UTF-16 has a zero in every comma and line end; fewer, and it is no text at all.
            raise SheetFormatUnknown
    for encoding in candidates or ["utf-8", "gb18030"]:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise SheetEncodingUnknown


def _sniff(text: str) -> str:
    """The delimiter that cuts most of the first rows into the same number of columns, more than one."""
    sample = text[:20_000]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
            widths = [len(row) for row in rows if row][:50]
        except csv.Error:
            continue
        width, count = Counter(widths).most_common(1)[0] if widths else (1, 0)
        score = count / max(len(widths), 1) + min(width, 20) / 100 if width > 1 else 0.0
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _unguarded(cell: str) -> str:
    """Takes back the apostrophe that `sheet_files.to_csv` puts before a formula sign."""
    return cell[1:] if cell.startswith("'") and GUARDED.match(cell) else cell
