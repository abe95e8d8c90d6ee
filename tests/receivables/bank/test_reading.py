"""Bank files in the layouts of several banks, and one that is malformed in each way: bytes in, lines or a code out."""

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from app.blueprints.receivables.bank.reading import columns, values
from app.blueprints.receivables.bank.reading.files import read
from app.blueprints.receivables.bank.reading.lines import BankFileError
from app.errors import SigningDayError

FILES = Path(__file__).parent.parent / "bank_files"
TODAY = date(2026, 11, 24)
DEPOSIT = (date(2026, 10, 8), Decimal(20000), "湖北华康医药有限公司")
FEE = (date(2026, 10, 9), Decimal("-15.50"))


def read_file(name, account="", currency="CNY", **how):
    return read((FILES / name).read_bytes(), account=account, currency=currency, today=TODAY, **how)


def test_every_file_here_is_named_by_a_test():
    told = Path(__file__).read_text()
    assert not [each.name for each in FILES.iterdir() if each.name not in told]


@pytest.mark.parametrize(
    ("name", "count", "account", "has_fee"),
    [
        ("two_columns_gb18030.csv", 5, "42001865108053002211", True),
        ("direction_utf8.csv", 3, "6217002870011223344", True),
        ("workbook.xlsx", 3, "31001512000050012345", True),
        ("statement_1.ofx", 3, "4200186510805300", True),
        ("statement_2.ofx", 2, "4200186510805300", False),
        ("camt053.xml", 4, "4200186510805300", True),
        ("camt053_gb18030.xml", 4, "4200186510805300", True),
    ],
)
def test_layouts_of_banks(name, count, account, has_fee):
    found = read_file(name)
    assert not found.faults
    assert (len(found.lines), found.account) == (count, account)
    first = found.lines[0]
    assert (first.booked_on, first.amount, first.payer) == DEPOSIT
    assert "XG-2026-001" in first.memo
    assert first.serial
    if has_fee:
        assert (found.lines[1].booked_on, found.lines[1].amount) == FEE


def test_cells_as_banks_write_them():
    chinese = read_file("two_columns_gb18030.csv").lines
    assert chinese[2].amount == 72000  # in full-width figures
    assert chinese[4].amount == -20000
    assert chinese[0].payer_account == "42001234567890123456"
    english = read_file("signed_english.csv")
    assert [line.amount for line in english.lines] == [Decimal(each) for each in ("20000", "-15.5", "500", "500")]
    assert read_file("workbook.xlsx").lines[2].amount == Decimal("72000.30")  # a sum of two binary fractions
    assert read_file("statement_2.ofx").lines[1].currency == "USD"
    assert [line.amount for line in read_file("camt053.xml").lines[2:]] == [72000, 15000]  # a batch taken apart
    assert "&" in read_file("statement_1.ofx").lines[0].memo


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("bad_no_header.csv", ["no_header"]),
        ("bad_shift_jis.csv", ["no_header"]),
        ("bad_sum.csv", ["bad_sum", "bad_sum"]),
        ("bad_two_sums.csv", ["two_sums"]),
        ("bad_date.csv", ["bad_date", "bad_date", "future_date"]),
        ("bad_totals.csv", ["totals_disagree"]),
        ("bad_direction.csv", ["bad_direction"]),
        ("odd_serial_twice.csv", []),
    ],
)
def test_cells_that_are_wrong_are_named(name, codes):
    assert [fault.code for fault in read_file(name).faults] == codes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("bad_closing_balance.xml", "bank_file_sums_disagree"),
        ("bad_truncated.xml", "bank_file_broken"),
        ("bad_truncated.ofx", "bank_file_broken"),
        ("bad_entity_bomb.xml", "bank_file_dangerous"),
        ("bad_encoding.csv", "sheet_encoding_unknown"),
        ("bad_web_page.xls", "bank_file_unknown"),
    ],
)
def test_files_that_are_refused_whole(name, code):
    with pytest.raises(SigningDayError) as refused:
        read_file(name)
    assert refused.value.code == code


def far_cell():
    """A workbook of a few kilobytes whose two cells span the largest sheet there is."""
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "交易日期")
        sheet.write(1_048_575, 16_383, 1)
    return content.getvalue()


def bomb():
    """A workbook that unpacks to two hundred times its size."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", " " * (201 * 1024 * 1024))
    return content.getvalue()


def test_traps_are_refused():
    whole = (FILES / "workbook.xlsx").read_bytes()
    for data, code in (
        (far_cell(), "sheet_too_large"),
        (bomb(), "sheet_unpacks_too_large"),
        (whole[: len(whole) // 2], "sheet_broken"),
        (b"", "sheet_empty"),
        (b"x" * (10 * 1024 * 1024 + 1), "sheet_too_large"),
    ):
        with pytest.raises(SigningDayError) as refused:
            read(data, account="", currency="CNY", today=TODAY)
        assert refused.value.code == code


def test_a_file_of_another_account_or_currency_is_refused():
    assert read_file("statement_1.ofx", account="4200 1865 1080 5300").lines
    for name in ("statement_1.ofx", "camt053.xml", "two_columns_gb18030.csv"):
        with pytest.raises(BankFileError) as refused:
            read_file(name, account="999988887777")
        assert refused.value.code == "bank_file_other_account"
    with pytest.raises(BankFileError) as refused:
        read_file("camt053.xml", currency="USD")
    assert refused.value.code == "bank_file_other_currency"


def test_a_mapping_that_was_corrected_is_known_again():
    given_ = {"date": 0, "amount": 1}
    data = "甲日,乙数\n2026-10-08,5.00\n".encode()
    assert read(data, account="", currency="CNY", today=TODAY).faults[0].code == "no_header"
    known = {columns.signature(["甲日", "乙数"]): given_}
    found = read(b"x,y\n" + data, account="", currency="CNY", today=TODAY, known=known)
    assert [line.amount for line in found.lines] == [5]


@settings(max_examples=60)
@given(
    st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(("{:,.2f}", "{:.2f}", "¥{:,.2f}", " {:,.2f} "))
)
def test_sums_are_read_as_written(amount, shape):
    assert values.amount(shape.format(amount)) == amount
    full_width = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
    assert values.amount(shape.format(amount).translate(full_width)) == amount
    for negative in (f"-{amount}", f"({amount})", f"{amount}-"):
        assert values.amount(negative) == -amount


@pytest.mark.parametrize("text", ["1.234,50", "1,23", "12.345", "二万", "1e5", "NaN", "1 2 x", "--5", "9" * 20])
def test_what_is_no_sum_is_not_guessed(text):
    with pytest.raises(ValueError, match=r".*"):
        values.amount(text)


@settings(max_examples=60)
@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_days_are_read_in_every_shape(day):
    for shape in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日", "%Y-%m-%d 09:12:33", "%Y%m%d091233"):
        assert values.day(day.strftime(shape)) == day
    assert values.day(f"{day.year}-{day.month}-{day.day}") == day
