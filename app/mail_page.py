"""Mail as it is read: a letter's text as a branded HTML page with one big button.

Written for mail programs, Outlook and chat apps among them: a table, inline styles, no picture that has to be
fetched, nothing that needs a script.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from app.texts import parsed, translations

_FACT = re.compile(r"^([^：:]{1,24}?)\s*[：:]\s*(\S.*)$")
_ADDRESS = re.compile(r"https?://[^\s<>\"'，。；、）（]+")


@dataclass(frozen=True)
class Block:
    """A paragraph, a table of facts ("When: ...") or the button."""

    kind: str
    lines: tuple[Markup, ...] = ()
    facts: tuple[tuple[str, Markup], ...] = ()
    url: str = ""


@dataclass(frozen=True)
class Letter:
    """What a mail says around its text."""

    locale: str
    title: str  # in the coloured head
    sender: str
    button: str = ""
    kicker: str = ""  # small line above the title
    unsubscribe_url: str = ""


def page(letter: Letter, text: str) -> str:
    """Return the HTML of a mail. A line that is nothing but an address becomes the button."""
    template = _environment(letter.locale).get_template("mail/letter.html")
    return template.render(letter=letter, blocks=blocks(text), language=letter.locale.replace("_", "-"))


def blocks(text: str) -> list[Block]:
    """Cut a text into what the page shows."""
    return [_block(part.splitlines()) for part in re.split(r"\n\s*\n", text.strip())]


def _block(lines: list[str]) -> Block:
    if len(lines) == 1 and _ADDRESS.fullmatch(lines[0].strip()):
        return Block("button", url=lines[0].strip())
    facts = [match for line in lines if (match := _FACT.match(line))]
    if len(facts) == len(lines) > 1:
        return Block("facts", facts=tuple((fact[1], _linked(fact[2])) for fact in facts))
    return Block("paragraph", lines=tuple(_linked(line) for line in lines))


def _linked(line: str) -> Markup:
    """Escape a line and make addresses in it links, shown without the scheme."""
    whole, end = Markup(), 0
    for match in _ADDRESS.finditer(line):
        parts = urlsplit(match[0])
        shown = (parts.netloc + parts.path).rstrip("/")
        link = Markup('<a href="{}" style="color:#2746b4">{}</a>').format(match[0], shown)
        whole, end = whole + escape(line[end : match.start()]) + link, match.end()
    return whole + escape(line[end:])


@cache
def _environment(locale: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(_=translations(locale).gettext, direction=parsed(locale).text_direction)
    return environment
