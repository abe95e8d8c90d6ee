"""How wide the columns of a printed table are, from the lengths of their texts.

Left to itself the layout of a table measures every cell several times, which is most of what a long plan costs. Widths
that are known beforehand make it one look a cell.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

_TABLE: Final = re.compile(r"<table[^>]*>(.*?)</table>", re.DOTALL)
_ROW: Final = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL: Final = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
_LATIN: Final = re.compile(r"[!-~]{1,24}")
_LEAD_IN: Final = re.compile(r"<p>(?=(?:(?!</p>).)*</p>\s*<table)", re.DOTALL)  # it stays with its table
_TAG: Final = re.compile(r"<[^>]*>")
_BREAK: Final = re.compile(r"<br>|</p>|</li>")
_NARROWEST, _WIDEST = 9, 44  # in half-width signs
_SHORT: Final = 10  # a heading up to here is kept on one line
_PAGE: Final = 100  # as many fit beside each other on the paper
_EDGES: Final = 5  # of a cell, and what bold letters need more
_WIDE: Final = 0x2E7F  # signs from here on take two places


def with_columns(html: str) -> str:
    """Return the text with the widths of columns told in each table that has none and joins no cells.

    A paragraph right before a table is marked, so that it does not stand alone at the foot of a page.
    """
    return _LEAD_IN.sub('<p class="before-table">', _TABLE.sub(_told, html))


def _told(found: re.Match[str]) -> str:
    inner = found[1]
    if "<colgroup" in inner or "colspan" in inner or "rowspan" in inner:
        return found[0]
    rows = [_CELL.findall(row) for row in _ROW.findall(inner)]
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return found[0]
    widths = [_NARROWEST] * columns
    for row in rows:
        for place, cell in enumerate(row):
            widths[place] = max(widths[place], min(_WIDEST, _longest(cell) + 4))
    widths = _shrunk(widths, [_word(column) for column in zip_longest(*rows, fillvalue="")])
    whole = sum(widths)
    shares = [max(3, round(width * 100 / whole)) for width in widths]
    shares[shares.index(max(shares))] += 100 - sum(shares)  # more than all would stand out over the margin
    cols = "".join(f'<col style="width:{share}%">' for share in shares)
    opening = found[0][: found[0].index(">")]
    marked = opening.replace('class="', 'class="fixed ') if "class=" in opening else f'{opening} class="fixed"'
    return f"{marked}><colgroup>{cols}</colgroup>{inner}</table>"


def _shrunk(widths: list[int], words: list[int]) -> list[int]:
    """Take what is too wide for the paper from columns whose words may stand on more lines: no word is cut in two."""
    spare = [max(0, width - max(_NARROWEST, word + _EDGES)) for width, word in zip(widths, words, strict=True)]
    over, all_spare = sum(widths) - _PAGE, sum(spare)
    if over <= 0 or not all_spare:
        return widths
    share = min(1.0, over / all_spare)
    return [width - round(each * share) for width, each in zip(widths, spare, strict=True)]


def _word(cells: Sequence[str]) -> int:
    """Return the length of the longest word that cannot be parted; Chinese may be parted after any sign.

    A short heading stands on one line: that of numbers is not parted on the paper at all.
    """
    words = (word for cell in cells for word in _LATIN.findall(_TAG.sub(" ", cell)))
    heading = _longest(cells[0])
    return max(max(map(len, words), default=2), heading if heading <= _SHORT else 0)


def _longest(cell: str) -> int:
    return max((_length(_TAG.sub("", line)) for line in _BREAK.split(cell)), default=0)


def _length(text: str) -> int:
    return sum(2 if ord(sign) > _WIDE else 1 for sign in text.strip())
