import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import sheets
from app.sheets import SheetError, read_table, to_csv
from tests.invitations import samples

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8)
CELLS = st.one_of(CHINESE, st.from_regex(r"[a-z0-9@.,;\"' -]{0,12}", fullmatch=True), st.just("多\n行"))


def refused(data: bytes) -> str:
    with pytest.raises(SheetError) as caught:
        read_table(data)
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (samples.guest_list(), "xlsx"),
        (samples.open_document(), "ods"),
        (samples.guest_csv("utf-8"), "csv"),
        (samples.guest_csv("utf-8-sig"), "csv"),
        (samples.guest_csv("gb18030"), "csv"),
        (samples.guest_csv("utf-16"), "csv"),
        (samples.guest_csv("utf-16-le"), "csv"),
        (samples.guest_csv("utf-16-be"), "csv"),
        (b"\xfe\xff" + samples.guest_csv("utf-16-be"), "csv"),
        (samples.guest_csv("utf-8", ";"), "csv"),
        (samples.guest_csv("utf-16", "\t"), "csv"),
        (samples.guest_csv("utf-8") + b"\x1a", "csv"),
    ],
)
def test_the_same_list_in_every_dress(data: bytes, kind: str) -> None:
    table = read_table(data)
    assert table.format == kind
    assert table.rows[0] == list(samples.HEADINGS)
    assert [row[2] for row in table.rows[1:]] == [
        "13812345678",
        "+86 139-0000-1111",
        "１３６００００２２２２",
    ]
    assert table.rows[1] == list(samples.GUESTS[0])
    assert table.lines == [1, 2, 3, 4]


def test_old_excel() -> None:
    table = read_table(samples.EXCEL_97.read_bytes())
    assert table.format == "xls"
    assert table.rows[1] == ["杭州永发商贸有限公司", "单小雨", "13812345678"]


def test_numbers_dates_and_truths_read_as_a_person_reads_them() -> None:
    rows: list[list[object]] = [
        [13812345678, 2.5, 0, True, "  a\u00a0b\u200b ", "x_x000D_\ny"],
        [-7, 1e20, None, False, "\u3000", "1"],
    ]
    assert read_table(samples.workbook(rows)).rows == [
        ["13812345678", "2.5", "0", "TRUE", "a b", "x\n\ny"],
        ["-7", "1e+20", "", "FALSE", "", "1"],
    ]


def test_blank_rows_keep_the_numbers_of_the_others() -> None:
    table = read_table(samples.workbook([["a", "b"], [], ["", " "], ["c"]]))
    assert (table.lines, table.rows) == ([1, 4], [["a", "b"], ["c", ""]])
    table = read_table(b"sep=;\r\na;b\r\n\r\nc;d\r\n")
    assert (table.lines, table.delimiter) == ([2, 4], ";")


def test_cells_merged_downwards_hold_their_value_in_every_row() -> None:
    assert read_table(samples.merged()).rows == [
        ["公司", "联系人"],
        ["永发商贸", "张三"],
        ["永发商贸", "李四"],
        ["海丰贸易", "王五"],
    ]


def test_hidden_sheets_are_not_shown_and_a_sheet_can_be_named() -> None:
    data = samples.several_sheets()
    table = read_table(data)
    assert (table.sheet, table.sheets, table.rows) == ("名单", ("说明", "名单", "其他"), [["公司"]])
    assert read_table(data, "其他").rows == [["x"]]
    for name in ("密", "\0", "\ud800"):
        with pytest.raises(sheets.SheetMissing):
            read_table(data, name)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "sheet_empty"),
        (b" \r\n\t ", "sheet_empty"),
        (b"\xef\xbb\xbf", "sheet_empty"),
        (b",,\r\n,,\r\n", "sheet_empty"),
        (samples.workbook([]), "sheet_empty"),
        (b"a" * (sheets.LARGEST_FILE + 1), "sheet_too_large"),
        (b"a\n" * (sheets.MOST_ROWS + 1), "sheet_too_many_rows"),
        (b"a," * 201 + b"b", "sheet_too_many_columns"),
        (b'a,"' + b"b" * 40_000, "sheet_cell_too_long"),
        (b'a,"' + b"b" * 140_000, "sheet_cell_too_long"),
        (samples.sparse_bomb(), "sheet_too_large"),
        (samples.zip_bomb(), "sheet_unpacks_too_large"),
        (samples.encrypted_workbook(), "sheet_encrypted"),
        (samples.macro_workbook(), "sheet_has_macros"),
        (samples.guest_list()[:2000], "sheet_broken"),
        (samples.guest_list()[:500] + samples.guest_list()[900:], "sheet_broken"),
        (b"PK\x03\x04 and then nothing", "sheet_broken"),
        (samples.OLE + "Workbook".encode("utf-16-le") + b"\0" * 600, "sheet_broken"),
        (samples.OLE + "WordDocument".encode("utf-16-le") + b"\0" * 600, "sheet_format_unknown"),
        (samples.OLE + "Workbook _VBA_PROJECT".encode("utf-16-le"), "sheet_has_macros"),
        (samples.with_parts(b"", word__document_xml=b"<w/>"), "sheet_format_unknown"),
        (samples.web_page(), "sheet_is_web_page"),
        (b"\xef\xbb\xbf  <!DOCTYPE html>", "sheet_is_web_page"),
        (b'<?xml version="1.0"?><Workbook/>', "sheet_is_web_page"),
        (b"\x09\x00\x04\x00\x07\x00\x10\x00", "sheet_too_old"),
        (b"%PDF-1.7 \xe2\xe3", "sheet_format_unknown"),
        (bytes(range(256)) * 8, "sheet_format_unknown"),
        (struct.pack("<512H", *range(512)), "sheet_format_unknown"),
        (b"\xff" * 64, "sheet_encoding_unknown"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_every_reason_has_a_code_of_its_own_and_a_sentence() -> None:
    kinds = SheetError.__subclasses__()
    assert len(sheets.BY_CODE) == len(kinds)
    assert all(kind.code.startswith("sheet_") and "sentence" in vars(kind) for kind in kinds)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
def test_csv_comes_back_in_every_encoding(rows: list[list[str]], encoding: str) -> None:
    rows = [["公司", "手机", "备注"], *[[cell.strip() or "x" for cell in row] for row in rows]]
    text = to_csv(rows).decode("utf-8-sig")
    assert read_table(text.encode(encoding)).rows == rows


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        table = read_table(data)
    except SheetError:
        return
    assert len(table.rows) == len(table.lines)
