"""Sums of money: exact decimals, rounded where a rule says so and nowhere else, and written out in words."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

from babel.numbers import get_currency_precision

from app.errors import N_, SigningDayError


class _Names(NamedTuple):
    chinese: str
    english: str


# Currencies whose sums can be written out. Each stands in front, and its unit is a 元.
_NAMES: Final = {
    "CNY": _Names("人民币", "Renminbi Yuan"),
    "USD": _Names("美元", "US Dollars"),
    "EUR": _Names("欧元", "Euros"),
    "HKD": _Names("港元", "Hong Kong Dollars"),
    "JPY": _Names("日元", "Japanese Yen"),
}
WRITABLE: Final = tuple(_NAMES)
_TOO_LARGE: Final = Decimal(10) ** 16

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_TENS: Final = ("", "拾", "佰", "仟")

_ONES: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_DECADES: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES: Final = ((10**15, "quadrillion"), (10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


class AmountNotWritable(SigningDayError):
    """The sum has no words: an unknown currency, a negative or huge sum, or one finer than the smallest coin."""

    code = "amount_not_writable"
    sentence = N_("The sum %(amount)s %(currency)s cannot be written out in words.")


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Round half up to the currency's minor unit (ISO 4217 exponent, from CLDR): 2 for CNY, 0 for JPY."""
    return amount.quantize(Decimal(1).scaleb(-get_currency_precision(currency)), rounding=ROUND_HALF_UP)


def in_chinese(amount: Decimal, currency: str = "CNY") -> str:
    """The sum as contracts and bank vouchers want it, 大写金额: 人民币壹仟肆佰零玖元伍角.

    By annex 1 《正确填写票据和结算凭证的基本规定》 of 《支付结算办法》 (银发〔1997〕393号): the currency in front; 整
    where the sum ends with 元; zeros between digits as one 零; 零 after 元 where there is 分 but no 角. Where the annex
    leaves the choice (an empty 万 or 元 place before a digit) no 零 is written: 壹拾万柒仟元整, 壹佰捌拾元叁角贰分.
    Raises AmountNotWritable below zero, from 10¹⁶ on, and where the sum is finer than the smallest coin.
    """
    names, units, cents = _parts(amount, currency)
    jiao, fen = divmod(cents, 10)
    text = f"{_chinese(units)}元" if units or not cents else ""
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif fen and units:
        text += "零"
    if fen:
        text += f"{_DIGITS[fen]}分"
    return names.chinese + text + ("" if cents else "整")


def in_english(amount: Decimal, currency: str = "CNY") -> str:
    """The sum in words: "Renminbi Yuan one thousand four hundred nine and 50/100 only". Raises as `in_chinese`."""
    names, units, cents = _parts(amount, currency)
    return f"{names.english} {_english(units)}{f' and {cents:02}/100' if cents else ''} only"


def _parts(amount: Decimal, currency: str) -> tuple[_Names, int, int]:
    names = _NAMES.get(currency)
    if names is None or not amount.is_finite() or not 0 <= amount < _TOO_LARGE or rounded(amount, currency) != amount:
        raise AmountNotWritable(amount=amount, currency=currency)
    units, cents = divmod(int(amount * 100), 100)
    return names, units, cents


def _chinese(number: int) -> str:
    for scale, unit in ((10**8, "亿"), (10**4, "万")):
        if number >= scale:
            high, low = divmod(number, scale)
            # The place below the unit is empty: a 零 tells that it was not forgotten.
            gap = "零" if 0 < low < scale // 10 else ""
            return _chinese(high) + unit + gap + (_chinese(low) if low else "")
    text = ""
    for place, digit in zip(reversed(range(4)), f"{number:04}", strict=True):
        if digit != "0":
            text += _DIGITS[int(digit)] + _TENS[place]
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零") or "零"


def _english(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        decade, one = divmod(number, 10)
        return _DECADES[decade] + (f"-{_ONES[one]}" if one else "")
    for scale, word in (*_SCALES, (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            high, low = divmod(number, scale)
            return f"{_english(high)} {word}" + (f" {_english(low)}" if low else "")
    raise AssertionError
