"""Sums written out, against the examples of the annex and read back by an inverse."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.money import WRITABLE, AmountNotWritable, in_chinese, in_english, rounded

DIGITS = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}
SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
DECADES = "twenty thirty forty fifty sixty seventy eighty ninety"
ENGLISH = {word: value for value, word in enumerate(SMALL.split())}
ENGLISH |= {word: 10 * value for value, word in enumerate(DECADES.split(), start=2)}
SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
}


def number(text):
    """Read a whole number back, taking nothing from how it was written."""
    for unit, scale in (("亿", 10**8), ("万", 10**4)):
        if unit in text:
            high, low = text.rsplit(unit, 1)
            return number(high) * scale + (number(low) if low else 0)
    total, digit = 0, 0
    for letter in text:
        if letter in DIGITS:
            digit = DIGITS[letter]
        else:
            total += digit * UNITS[letter]
            digit = 0
    return total + digit


def read(text):
    text = text.removeprefix("人民币").removesuffix("整")
    whole, _, rest = text.rpartition("元")
    total = Decimal(number(whole)) if whole else Decimal(0)
    digit = 0
    for letter in rest:
        if letter == "角":
            total += Decimal(digit) / 10
        elif letter == "分":
            total += Decimal(digit) / 100
        else:
            digit = DIGITS[letter]
    return total


def read_english(words):
    total, group = 0, 0
    for word in words.replace("-", " ").split():
        if word == "hundred":
            group *= 100
        elif word in SCALES:
            total += group * SCALES[word]
            group = 0
        else:
            group += ENGLISH[word]
    return total + group


amounts = st.one_of(
    st.decimals(0, Decimal("9999999999999999.99"), places=2),
    st.decimals(0, 100_000, places=2),
    # Zeros at every place are where the rules are.
    st.lists(st.sampled_from("0001579"), min_size=1, max_size=18).map(lambda digits: Decimal("".join(digits)) / 100),
)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        # The examples of the annex, in the first or second of the spellings it allows.
        ("1409.50", "人民币壹仟肆佰零玖元伍角"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("1680.32", "人民币壹仟陆佰捌拾元叁角贰分"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("123456.78", "人民币壹拾贰万叁仟肆佰伍拾陆元柒角捌分"),
        ("0", "人民币零元整"),
        ("0.05", "人民币伍分"),
        ("0.50", "人民币伍角"),
        ("10", "人民币壹拾元整"),
        ("110.10", "人民币壹佰壹拾元壹角"),
        ("10500", "人民币壹万零伍佰元整"),
        ("107000", "人民币壹拾万柒仟元整"),
        ("1000000", "人民币壹佰万元整"),
        ("1001000", "人民币壹佰万壹仟元整"),
        ("100000500", "人民币壹亿零伍佰元整"),
        ("100050000", "人民币壹亿零伍万元整"),
        ("105000000", "人民币壹亿零伍佰万元整"),
        ("150000000", "人民币壹亿伍仟万元整"),
        ("1000500000000", "人民币壹万零伍亿元整"),
        ("1000000000000", "人民币壹万亿元整"),
    ],
)
def test_examples(amount, words):
    assert in_chinese(Decimal(amount)) == words


@given(amounts)
@example(Decimal("20000000000.01"))
def test_what_is_written_reads_as_it_was(amount):
    assert read(in_chinese(amount)) == amount


@given(amounts)
def test_zeros_are_written_once(amount):
    words = in_chinese(amount)
    assert "零零" not in words
    assert not any(bad in words for bad in ("零万", "零亿", "零拾", "零佰", "零仟", "零角", "零分", "亿万"))
    assert words.endswith("整") == (amount == int(amount))


@given(amounts, amounts)
def test_two_sums_are_never_written_alike(one, other):
    assert (in_chinese(one) == in_chinese(other)) == (one == other)


@given(amounts)
def test_english_reads_as_it_was(amount):
    words = in_english(amount).removeprefix("Renminbi Yuan ").removesuffix(" only")
    whole, _, cents = words.partition(" and ")
    assert read_english(whole) + Decimal(cents.removesuffix("/100") or 0) / 100 == amount


def test_english_and_other_currencies():
    assert in_english(Decimal("1409.50")) == "Renminbi Yuan one thousand four hundred nine and 50/100 only"
    assert in_english(Decimal(21), "USD") == "US Dollars twenty-one only"
    assert in_chinese(Decimal("12.30"), "USD") == "美元壹拾贰元叁角"
    assert in_chinese(Decimal(12), "EUR") == "欧元壹拾贰元整"
    assert in_chinese(Decimal(12), "HKD") == "港元壹拾贰元整"
    assert in_chinese(Decimal(12000), "JPY") == "日元壹万贰仟元整"
    assert set(WRITABLE) == {"CNY", "USD", "EUR", "HKD", "JPY"}


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("-1", "CNY"),
        ("0.001", "CNY"),
        ("1.5", "JPY"),
        ("1", "GBP"),
        ("1E16", "CNY"),
        ("NaN", "CNY"),
        ("Infinity", "CNY"),
    ],
)
def test_what_has_no_words(amount, currency):
    for words in (in_chinese, in_english):
        with pytest.raises(AmountNotWritable):
            words(Decimal(amount), currency)


def test_rounding():
    assert rounded(Decimal("0.005"), "CNY") == Decimal("0.01")
    assert rounded(Decimal("0.5"), "JPY") == Decimal(1)
