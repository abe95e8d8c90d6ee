"""The language of clauses: variables in double braces, and nothing that could run.

A clause is paragraphs, one a line. `{{ deposit }}` is a variable, `{{ deposit | figures }}` the same in another form.
A line that begins with `- ` is an item of the paragraph above it. A line that begins with `{{ if is_exclusive }}`
(`{{ if not is_exclusive }}`, `{{ if tier is general }}`) is printed only when that holds. There are no loops, calls
or attributes, values are never read again as text of a clause, and everything has a greatest length, so the work
is bounded by what is written down.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.errors import N_, SigningDayError

LONGEST_BODY: Final = 12_000  # characters of one clause in one language
MOST_CLAUSES: Final = 150

_KEY: Final = r"[a-z][a-z0-9_]{0,39}"
_BRACES: Final = re.compile(r"\{\{([^{}\n]{1,120})\}\}|[{}]")
_PLACE: Final = re.compile(rf"\s*({_KEY})\s*(?:\|\s*({_KEY})\s*)?")
_CONDITION: Final = re.compile(rf"\s*(not\s+)?({_KEY})(?:\s+is\s+([\w-]{{1,40}}))?\s*")
_GUARD: Final = re.compile(r"\s*\{\{\s*if\s([^{}\n]{1,110})\}\}")
_ITEM: Final = re.compile(r"\s*[-–•]\s+")
_WIDE: Final = str.maketrans("｛｝", "{}")
_RESERVED: Final = frozenset({"if", "not", "is"})


class StrayBrace(SigningDayError):
    """A brace that belongs to no variable: a tag of another template language, or a slip of the finger."""

    code = "template_stray_brace"
    sentence = N_("“%(near)s” is no variable. A variable is written like this: {{ deposit }}.")


class ConditionUnreadable(SigningDayError):
    """A condition that is not one of the three kinds there are."""

    code = "template_condition_unreadable"
    sentence = N_("The condition “%(near)s” cannot be read.")


class ClauseTooLong(SigningDayError):
    """A clause of more characters than any contract needs."""

    code = "template_clause_too_long"
    sentence = N_("A clause may have %(most)s characters.")


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether a variable is there, or has a certain value, or the opposite."""

    key: str
    is_negated: bool = False
    value: str = ""  # "": any value that says yes


@dataclass(frozen=True, slots=True)
class Place:
    """Where a variable stands, and in which form it is wanted."""

    key: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of a clause."""

    pieces: tuple[str | Place, ...]
    condition: Condition | None = None
    is_item: bool = False

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Place))

    @property
    def alone(self) -> Place | None:
        """The variable that is all there is, as a table has to be."""
        pieces = [piece for piece in self.pieces if not isinstance(piece, str) or piece.strip()]
        return pieces[0] if len(pieces) == 1 and isinstance(pieces[0], Place) else None


def is_key(text: str) -> bool:
    """Tell whether a variable may be called that."""
    return re.fullmatch(_KEY, text) is not None and text not in _RESERVED


def condition(text: str) -> Condition | None:
    """Return what `is_exclusive`, `not is_exclusive` or `tier is general` says; None for no condition."""
    if not text.strip():
        return None
    match = _CONDITION.fullmatch(text[:200])
    if match is None or not is_key(match[2]):
        raise ConditionUnreadable(near=text.strip()[:60])
    return Condition(match[2], bool(match[1]), match[3] or "")


def paragraphs(body: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a clause. Raises StrayBrace, ConditionUnreadable, ClauseTooLong."""
    if len(body) > LONGEST_BODY:
        raise ClauseTooLong(most=LONGEST_BODY)
    lines = (line.strip() for line in body.translate(_WIDE).splitlines())
    return tuple(_paragraph(line) for line in lines if line)


def _paragraph(line: str) -> Paragraph:
    guard = _GUARD.match(line)
    held = None
    if guard:
        held, line = condition(guard[1]), line[guard.end() :]
        if held is None:
            raise ConditionUnreadable(near=guard[0])
    item = _ITEM.match(line)
    return Paragraph(tuple(_pieces(line[item.end() :] if item else line.strip())), held, item is not None)


def _pieces(line: str) -> Iterator[str | Place]:
    at = 0
    for match in _BRACES.finditer(line):
        place = _PLACE.fullmatch(match[1]) if match[1] else None
        if place is None or not is_key(place[1]):
            raise StrayBrace(near=line[max(0, match.start() - 6) : match.end() + 14].strip())
        if match.start() > at:
            yield line[at : match.start()]
        yield Place(place[1], place[2] or "")
        at = match.end()
    if at < len(line):
        yield line[at:]
