"""Which facts there are, what they are called in each language, and how a text is filled with them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from flask_babel import force_locale

from app.blueprints.plan.rules import filling
from app.blueprints.plan.rules.filling import Fact, Wrong
from app.errors import N_
from app.models import Event
from app.texts import LOCALES, gettext

UNKNOWN = N_("(not settled yet)")


@dataclass(frozen=True)
class Known:
    """A fact: `name` is a message id, `find` asks with few queries and answers in the language of the context."""

    key: str
    name: str
    find: Callable[[Event], Fact]
    is_block: bool = False  # a table or a list, which stands by itself


_KNOWN: dict[str, Known] = {}


def register(*facts: Known) -> None:
    """Let plans ask for these facts too."""
    _KNOWN.update({each.key: each for each in facts})


def everything() -> list[Known]:
    return list(_KNOWN.values())


def names() -> dict[str, str]:
    """Return the key of each fact by its name in every language, and by itself."""
    return {each.key: each.key for each in _KNOWN.values()} | {
        gettext(locale, each.name): each.key for locale in LOCALES for each in _KNOWN.values()
    }


def faults(html: str) -> list[Wrong]:
    """Return what is wrong with the placeholders of a text."""
    blocks = frozenset(each.key for each in _KNOWN.values() if each.is_block)
    return filling.faults(html, names(), blocks)


def filled(event: Event, texts: Iterable[str], locale: str) -> list[str]:
    """Return texts with what is known now, in a language; each fact is asked for once, and only when it is used."""
    texts, known = list(texts), names()
    wanted: Collection[str] = {key for text in texts for key in filling.used(text, known)}
    with force_locale(locale):
        facts = {key: _KNOWN[key].find(event) for key in sorted(wanted)}
    unknown = gettext(locale, UNKNOWN)
    return [filling.filled(text, known, facts, unknown) for text in texts]
