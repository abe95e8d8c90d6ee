"""What a plan and its revisions are called."""

import string

LETTERS = string.ascii_uppercase


def mark(place: int) -> str:
    """Return the mark of a revision: A, B, ... Z, AA, AB, ..."""
    text = ""
    while place > 0:
        place, rest = divmod(place - 1, len(LETTERS))
        text = LETTERS[rest] + text
    return text


def place(marked: str) -> int | None:
    """Return the place of a mark, or None where it is none."""
    if not marked or len(marked) > 3 or any(letter not in LETTERS for letter in marked):
        return None
    number = 0
    for letter in marked:
        number = number * len(LETTERS) + LETTERS.index(letter) + 1
    return number


def number(year: int, count: int) -> str:
    """Return the number of a plan as it stands on the document: FA-2026-007 (FA is 方案)."""
    return f"FA-{year}-{count:03d}"
