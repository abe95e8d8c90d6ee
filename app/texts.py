"""Our translations for whoever writes without a request: messages, printed pages, the command line."""

from functools import cache
from pathlib import Path

from babel import Locale
from babel.support import NullTranslations, Translations

LOCALES = ("zh_CN", "en")
FOLDER = Path(__file__).parent / "translations"


@cache
def translations(locale: str) -> NullTranslations:
    """Return the catalogue of a language; English is what the message ids already say."""
    return Translations.load(FOLDER, [locale]) if locale != "en" else NullTranslations()


def gettext(locale: str, message: str, **places: object) -> str:
    """Translate a message id and fill its places."""
    text = translations(locale).gettext(message)
    return text % places if places else text


def ngettext(one: str, many: str, num: int, *, locale: str) -> str:
    """Translate a message id that depends on a number, which takes the place `num`. They come first to be extracted."""
    return translations(locale).ngettext(one, many, num) % {"num": num}


def known(locale: str | None, fallback: str) -> str:
    """Return `locale` when it is one of ours, else `fallback`."""
    return locale if locale in LOCALES else fallback


@cache
def parsed(locale: str) -> Locale:
    """Return Babel's description of a language, for dates and numbers. Babel goes through all it knows each time."""
    return Locale.parse(locale)
