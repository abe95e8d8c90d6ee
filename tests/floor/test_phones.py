import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.phones import display, national, normalize_mobile, normalize_phone, tail

WRITTEN = [
    "13812345678",
    " 138 1234 5678 ",
    "138-1234-5678",
    "138.1234.5678",
    "(+86) 138 1234 5678",
    "+8613812345678",
    "86 13812345678",
    "0086-138-1234-5678",
    "013812345678",
    "13812345678.0",
    "1.3812345678E+10",
    "１３８１２３４５６７８",
    "＋８６ １３８ １２３４ ５６７８",
    "\u202d13812345678\u202c",
    "138\u00a01234\u30005678\u200b",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_one_mobile_however_written(text: str) -> None:
    assert normalize_mobile(text) == "+8613812345678"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "无",
        "12345",
        "1381234567",
        "138123456789",
        "12812345678",
        "0571-8888 8888",
        "13812345678 13912345678",
    ],
)
def test_what_is_no_mobile(text: str) -> None:
    assert normalize_mobile(text) is None


def test_mobiles_from_abroad() -> None:
    assert normalize_mobile("+852 9123 4567") == "+85291234567"
    assert normalize_mobile("00852-9123-4567") == "+85291234567"
    assert normalize_mobile("9123 4567", "HK") == "+85291234567"
    assert normalize_mobile("+8613812345678", "HK") == "+8613812345678"


def test_landline_is_a_phone_but_no_mobile() -> None:
    assert normalize_mobile("0571-88888888") is None
    assert normalize_phone("0571-88888888") == "+8657188888888"
    assert normalize_phone("13812345678") == "+8613812345678"


@pytest.mark.parametrize(
    ("e164", "shown", "known", "end"),
    [
        ("+8613812345678", "138 1234 5678", "13812345678", "5678"),
        ("+8657188888888", "0571 8888 8888", "57188888888", "8888"),
        ("+85291234567", "+852 9123 4567", "85291234567", "4567"),
        ("odd", "odd", "odd", "odd"),
    ],
)
def test_how_it_is_shown(e164: str, shown: str, known: str, end: str) -> None:
    assert (display(e164), national(e164), tail(e164)) == (shown, known, end)


@given(st.text(max_size=80))
def test_any_text_gives_a_number_or_none(text: str) -> None:
    found = normalize_mobile(text)
    assert found is None or normalize_mobile(found) == found
    assert display(text) is not None
