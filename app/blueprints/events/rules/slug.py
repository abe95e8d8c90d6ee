"""The event's name in its address."""

import re
import unicodedata
from collections.abc import Collection

from app.names import HAN_RUN, PIECES, syllables

LONGEST = 40
PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Words that stand in the same place of an address.
RESERVED = frozenset({"new"})


def is_slug(text: str) -> bool:
    """Tell whether the text can stand in an address as it is."""
    return len(text) <= 60 and PATTERN.fullmatch(text) is not None and text not in RESERVED


def slug_from(name: str, taken: Collection[str] = ()) -> str:
    """Return an address for the name, by pinyin: "2026华中招商会" is "2026-hua-zhong-zhao-shang-hui".

    It is cut between syllables at 40 characters and gets a number when it is taken.
    """
    slug = ""
    for syllable in _syllables(name):
        longer = f"{slug}-{syllable}" if slug else syllable[:LONGEST]
        if len(longer) > LONGEST:
            break
        slug = longer
    slug = slug or "event"
    found, number = slug, 1
    while found in taken or found in RESERVED:
        number += 1
        found = f"{slug}-{number}"
    return found


def _syllables(name: str) -> list[str]:
    found: list[str] = []
    for piece in PIECES.findall(unicodedata.normalize("NFKC", name).lower()):
        if HAN_RUN.fullmatch(piece):
            found.extend(syllable.rstrip("12345") for syllable in syllables(piece))
        else:
            found.append("".join(part for part in unicodedata.normalize("NFD", piece) if part.isascii()))
    return [syllable for syllable in found if syllable.isascii() and syllable.isalnum()]
