"""Telephone numbers as people write them, and as we keep and show them.

A mobile is kept in E.164 ("+8613812345678"), so that one person is one number however the office typed it.
"""

import re
import unicodedata

import phonenumbers

CN_MOBILE = re.compile(r"1[3-9][0-9]{9}")
# Excel turns a number column into floats; an offline editor may even save "1.3812345678E+10".
FLOAT_TAIL = re.compile(r"\.0+$")
EXPONENT = re.compile(r"1\.[0-9]{10}[eE]\+?10")
# Blanks of every kind, dashes, dots, brackets and invisible marks that office programs leave in numbers.
SEPARATORS = re.compile(
    r"[\s\-_.()\[\]/\u00b7\u2010-\u2015\u2212\u30fb\u30fc\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+"
)
CN_PREFIX = re.compile(r"(?:\+|00)?86(?=1[3-9][0-9]{9}$)|^0(?=1[3-9][0-9]{9}$)")
MOBILE_TYPES = frozenset(
    {
        phonenumbers.PhoneNumberType.MOBILE,
        # In the United States and a few other countries the two cannot be told apart.
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    }
)
LONGEST_INPUT = 60


def plain_digits(text: str) -> str:
    """The number with full-width forms, separators, a float's ".0" and an exponent taken out."""
    number = unicodedata.normalize("NFKC", text).strip()
    if EXPONENT.fullmatch(number):
        number = str(int(float(number)))
    return SEPARATORS.sub("", FLOAT_TAIL.sub("", number))


def normalize_mobile(text: str, region: str = "CN") -> str | None:
    """E.164 of a mobile number, or None when the text is not one (a landline is none)."""
    if len(text) > LONGEST_INPUT:
        return None
    number = plain_digits(text)
    domestic = CN_PREFIX.sub("", number, count=1)
    if CN_MOBILE.fullmatch(domestic) and (region == "CN" or domestic != number):
        # Nine rows in ten end here, thirty times faster than through the number plan of the world.
        return f"+86{domestic}"
    parsed = _parse(number, region)
    if parsed is None or phonenumbers.number_type(parsed) not in MOBILE_TYPES:
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def normalize_phone(text: str, region: str = "CN") -> str | None:
    """E.164 of any telephone, landline or mobile, or None. An extension is not kept."""
    if len(text) > LONGEST_INPUT:
        return None
    mobile = normalize_mobile(text, region)
    if mobile is not None:
        return mobile
    parsed = _parse(unicodedata.normalize("NFKC", text), region)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) if parsed else None


def _parse(number: str, region: str) -> phonenumbers.PhoneNumber | None:
    if number.startswith("00"):
        number = f"+{number[2:]}"
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_valid_number(parsed) else None


def display(e164: str) -> str:
    """As it is read aloud: "138 1234 5678" at home, "+852 9123 4567" abroad. Anything else stays as it is."""
    if e164.startswith("+86") and CN_MOBILE.fullmatch(e164[3:]):
        return f"{e164[3:6]} {e164[6:10]} {e164[10:]}"
    parsed = _parse(e164, "ZZ")
    if parsed is None:
        return e164
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, form.NATIONAL if parsed.country_code == 86 else form.INTERNATIONAL)


def national(e164: str) -> str:
    """The digits people know by heart: without +86 at home, with the country code and no plus abroad."""
    return e164[3:] if e164.startswith("+86") else e164.lstrip("+")


def tail(e164: str, length: int = 4) -> str:
    """The last digits, by which a guest at the door is found ("5678")."""
    return e164[-length:] if len(e164) > length else e164
