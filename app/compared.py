"""How two texts differ, word by word. Values in, values out."""

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# Latin words and numbers are compared as wholes, Chinese sign by sign.
_PIECES: Final = re.compile(r"[A-Za-z0-9_.,%’-]+|\s+|.", re.DOTALL)


class Change(StrEnum):
    """What became of a part, or of a piece of its text."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    change: Change
    text: str


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Return the text of both, each stretch marked as kept, added or removed."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    found: list[Piece] = []
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece(Change.SAME, "".join(before[a1:a2])))
            continue
        if a2 > a1:
            found.append(Piece(Change.REMOVED, "".join(before[a1:a2])))
        if b2 > b1:
            found.append(Piece(Change.ADDED, "".join(after[b1:b2])))
    return tuple(found)
