"""Placeholders in a section: {{head_count}} becomes a figure in the sentence, {{materials}} a table below it.

The same placeholder has a name in each language, {{人数}} and {{head count}}; all of them are understood everywhere.
What stands in a text is HTML that has been cleaned, so only text can hold braces.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from html import unescape
from typing import Final

from markupsafe import Markup, escape

_PLACE: Final = re.compile(r"\{\{\s*([^{}<>]{1,40}?)\s*\}\}")
_ALONE: Final = re.compile(r"<p>\s*\{\{\s*([^{}<>]{1,40}?)\s*\}\}\s*(?:<br>)?\s*</p>")
_HALF: Final = re.compile(r"\{\{|\}\}")


@dataclass(frozen=True)
class Figure:
    """A few words or a number, put into the sentence. "": not known yet."""

    text: str


@dataclass(frozen=True)
class Lines:
    """A short list."""

    items: Sequence[str]


@dataclass(frozen=True)
class Table:
    """Rows under headings. `numbers` names the columns of figures; `total` is the last row."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()
    total: Sequence[str] = ()


Fact = Figure | Lines | Table


class Fault(StrEnum):
    """What is wrong with a placeholder."""

    UNKNOWN = "unknown"
    UNFINISHED = "unfinished"  # braces that do not close
    NOT_ALONE = "not_alone"  # a table or list inside a sentence


@dataclass(frozen=True)
class Wrong:
    """A fault, the name as it stands there, and the name that was probably meant."""

    fault: Fault
    name: str = ""
    meant: str = ""


def used(html: str, names: Mapping[str, str]) -> set[str]:
    """Return the keys of the facts that a text asks for; `names` gives the key of each name in any language."""
    return {names[name] for each in _PLACE.findall(html) if (name := _name(each)) in names}


def faults(html: str, names: Mapping[str, str], blocks: frozenset[str]) -> list[Wrong]:
    """Return what is wrong with the placeholders of a text, once each. `blocks` are the keys of tables and lists."""
    found: dict[tuple[Fault, str], Wrong] = {}
    for each in _PLACE.findall(html):
        if (name := _name(each)) not in names:
            close = get_close_matches(name, names, 1, 0.5)
            found[Fault.UNKNOWN, name] = Wrong(Fault.UNKNOWN, name, close[0] if close else "")
    for each in _PLACE.findall(_ALONE.sub("", html)):
        if names.get(name := _name(each)) in blocks:
            found[Fault.NOT_ALONE, name] = Wrong(Fault.NOT_ALONE, name)
    if _HALF.search(_PLACE.sub("", html)):
        found[Fault.UNFINISHED, ""] = Wrong(Fault.UNFINISHED)
    return list(found.values())


def filled(html: str, names: Mapping[str, str], facts: Mapping[str, Fact], unknown: str) -> str:
    """Return the text with facts in the places of their names; `unknown` stands where there is nothing to say yet."""

    def block(found: re.Match[str]) -> str:
        fact = facts.get(names.get(_name(found[1]), ""))
        if isinstance(fact, Table):
            return _table(fact, unknown)
        if isinstance(fact, Lines):
            return _list(fact, unknown)
        return found[0]

    def inline(found: re.Match[str]) -> str:
        fact = facts.get(names.get(_name(found[1]), ""))
        if not isinstance(fact, Figure):
            return found[0]
        return str(escape(fact.text or unknown))

    return _PLACE.sub(inline, _ALONE.sub(block, html))


def _name(raw: str) -> str:
    return unescape(raw).strip()


def _list(fact: Lines, unknown: str) -> str:
    if not fact.items:
        return f"<p>{escape(unknown)}</p>"
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in fact.items) + "</ul>"


def _table(fact: Table, unknown: str) -> str:
    if not fact.rows:
        return f"<p>{escape(unknown)}</p>"
    head = "".join(_cell("th", text, place in fact.numbers) for place, text in enumerate(fact.headings))
    body = "".join(_row(row, fact) for row in fact.rows)
    foot = f"<tfoot>{_row(fact.total, fact)}</tfoot>" if fact.total else ""
    return f'<table class="facts-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot}</table>'


def _row(row: Sequence[str], fact: Table) -> str:
    return "<tr>" + "".join(_cell("td", text, place in fact.numbers) for place, text in enumerate(row)) + "</tr>"


def _cell(tag: str, text: str, is_number: bool) -> str:
    lines = Markup("<br>").join(text.split("\n"))
    return f'<{tag} class="num">{lines}</{tag}>' if is_number else f"<{tag}>{lines}</{tag}>"
