import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sheet_files import Value, display_width, sheet_title, to_csv, to_xlsx
from app.sheets import read_table


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3+cmd", "'-2+3+cmd"),
        ("@SUM(1)", "'@SUM(1)"),
        ("＝1+1", "'＝1+1"),
        ("\t=1", "'\t=1"),
        ("'=1", "''=1"),
        ("+86 138-1234-5678", "+86 138-1234-5678"),
        ("-5.20", "-5.20"),
        ("-", "-"),
        ("——", "——"),
        ("it's", "it's"),
        (None, ""),
        (date(2026, 11, 26), "2026-11-26"),
        (datetime(2026, 11, 26, 9, 0, tzinfo=UTC), "2026-11-26 09:00"),
        (Decimal("128000.00"), "128000.00"),
    ],
)
def test_csv_cells(cell: Value, written: str) -> None:
    text = to_csv([[cell, "x"]]).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(text, newline=""))) == [written, "x"]


def test_csv_is_what_excel_expects() -> None:
    assert to_csv([["公司", "a,b"], ["c"]]) == b"\xef\xbb\xbf" + '公司,"a,b"\r\nc\r\n'.encode()


def test_guarded_cells_come_back_as_they_were() -> None:
    rows = [["=1+1", "@a", "'=b"], ["+86 138", "'", "'x"]]
    assert read_table(to_csv(rows)).rows == rows


def test_workbook_holds_text_as_text_and_the_rest_as_what_it_is() -> None:
    data = to_xlsx(
        ["公司", "手机", "时间", "金额", "到场"],
        [
            [
                "=HYPERLINK(1)",
                "+8613812345678",
                datetime(2026, 11, 26, 9, 30, tzinfo=UTC),
                Decimal("1.5"),
                True,
            ],
            ["https://example.com", "13812345678", date(2026, 11, 26), 3, None],
        ],
        title="Guests: 名单/1",
        text_columns={1},
    )
    table = read_table(data)
    assert table.sheet == "Guests  名单 1"
    assert table.rows[1:] == [
        ["=HYPERLINK(1)", "+8613812345678", "2026-11-26 09:30:00", "1.5", "TRUE"],
        ["https://example.com", "13812345678", "2026-11-26", "3", ""],
    ]
    xml = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert "<hyperlink" not in xml
    assert 'state="frozen"' in xml
    assert '<autoFilter ref="A1:E3"/>' in xml


def test_columns_are_as_wide_as_chinese_needs() -> None:
    assert display_width("公司ab") == 6
    assert display_width("a\n公司") == 4
    data = to_xlsx(["a", "b"], [["上海永发商贸有限公司", "1"]], title="x")
    xml = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert '<col min="1" max="1" width="22.7109375" customWidth="1"/>' in xml
    assert '<col min="2" max="2" width="8.7109375" customWidth="1"/>' in xml


@pytest.mark.parametrize(
    "title", ["", "'", "a" * 40, "[]:*?/\\", "History", "'x'", "\ud800", "  ", "a" * 27 + "𠮷" * 5]
)
def test_any_title_makes_a_sheet(title: str) -> None:
    assert 1 <= len(sheet_title(title)) <= 31
    assert read_table(to_xlsx(["h"], [], title=title)).rows == [["h"]]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.text(max_size=30), min_size=2, max_size=2), max_size=4), st.text(max_size=50))
def test_any_text_can_be_written(rows: list[list[str]], title: str) -> None:
    assert to_xlsx(["a", "b"], rows, title=title).startswith(b"PK")
    assert to_csv(rows).startswith(b"\xef\xbb\xbf")
