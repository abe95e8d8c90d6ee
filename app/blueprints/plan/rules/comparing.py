"""How two revisions differ: section by section, paragraph by paragraph, and within a paragraph word by word."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser

from app.compared import Change, Piece, pieces

_BLOCKS = {"p": "p", "h3": "h3", "h4": "h4", "li": "li", "blockquote": "p", "tr": "tr", "caption": "p"}
_LONGEST = 3_000  # signs of a paragraph that is compared word by word; a longer one is shown as a whole
# Two paragraphs at least so alike are one that was changed.
_ALIKE = 0.4


@dataclass(frozen=True)
class Text:
    """One section of a revision, filled in."""

    key: str
    heading: str
    html: str


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item or row of a table, as plain text (cells with a bar between them)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """A block in both revisions."""

    change: Change
    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Compared:
    """A section in both revisions. `places` counts the blocks that are not the same."""

    key: str
    heading: str
    old_heading: str
    change: Change
    lines: tuple[Line, ...]

    @cached_property
    def places(self) -> int:
        renamed = int(self.change is Change.CHANGED and self.heading != self.old_heading)
        return renamed + sum(line.change is not Change.SAME for line in self.lines)


def blocks(html: str) -> list[Block]:
    """Return the text of cleaned HTML in blocks."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.done()


def compare(old: Sequence[Text], new: Sequence[Text]) -> list[Compared]:
    """Return every section of both, in the order of the newer one; what was taken out stands where it stood."""
    before, after = {each.key: each for each in old}, {each.key: each for each in new}
    found = []
    matcher = difflib.SequenceMatcher(None, list(before), list(after), autojunk=False)
    for _tag, a1, a2, b1, b2 in matcher.get_opcodes():
        gone = [key for key in list(before)[a1:a2] if key not in after]
        found += [_section(before[key], None) for key in gone]
        found += [_section(before.get(key), after[key]) for key in list(after)[b1:b2]]
    return found


def _section(old: Text | None, new: Text | None) -> Compared:
    some = new or old
    assert some is not None
    if old is None or new is None:
        change = Change.ADDED if old is None else Change.REMOVED
        lines = tuple(_alone(block, change) for block in blocks(some.html))
        return Compared(some.key, some.heading, some.heading, change, lines)
    lines = tuple(_lines(blocks(old.html), blocks(new.html)))
    is_same = old.heading == new.heading and all(line.change is Change.SAME for line in lines)
    return Compared(new.key, new.heading, old.heading, Change.SAME if is_same else Change.CHANGED, lines)


def _lines(old: Sequence[Block], new: Sequence[Block]) -> list[Line]:
    found: list[Line] = []
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Line(Change.SAME, each.kind, (Piece(Change.SAME, each.text),)) for each in new[b1:b2]]
        else:
            found += _paired(list(old[a1:a2]), new[b1:b2])
    return found


def _paired(old: list[Block], new: Sequence[Block]) -> list[Line]:
    """Pair each new block with the first old one that is like it; those before it were taken out."""
    found: list[Line] = []
    for block in new:
        place = next((n for n, each in enumerate(old) if _are_alike(each, block)), None)
        if place is None:
            found.append(_alone(block, Change.ADDED))
            continue
        found += [_alone(each, Change.REMOVED) for each in old[:place]]
        found.append(_changed(old[place], block))
        old = old[place + 1 :]
    return found + [_alone(each, Change.REMOVED) for each in old]


def _are_alike(old: Block, new: Block) -> bool:
    if old.kind != new.kind:
        return False
    matcher = difflib.SequenceMatcher(None, old.text, new.text, autojunk=len(new.text) > _LONGEST)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE


def _changed(old: Block, new: Block) -> Line:
    if max(len(old.text), len(new.text)) > _LONGEST:
        return Line(Change.CHANGED, new.kind, (Piece(Change.REMOVED, old.text), Piece(Change.ADDED, new.text)))
    return Line(Change.CHANGED, new.kind, pieces(old.text, new.text))


def _alone(block: Block, change: Change) -> Line:
    return Line(change, block.kind, (Piece(change, block.text),))


class _Reader(HTMLParser):
    """Reads blocks out of HTML that we have cleaned ourselves."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[Block] = []
        self._kind, self._text = "p", ""
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS and not (tag == "p" and self._kind in {"li", "tr"}):
            self._end()
            self._kind, self._cells = _BLOCKS[tag], 0
        elif tag in {"td", "th"}:
            self._text += " | " if self._cells else ""
            self._cells += 1
        elif tag in {"br", "p"}:
            self._text += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS and _BLOCKS[tag] == self._kind:
            self._end()

    def handle_data(self, data: str) -> None:
        self._text += data

    def done(self) -> list[Block]:
        self._end()
        return self._found

    def _end(self) -> None:
        text = " ".join(self._text.split())
        if text.strip(" |"):
            self._found.append(Block(self._kind, text))
        self._kind, self._text = "p", ""
