"""How wide the columns of a printed table are, from the lengths of their texts.

Left to itself the layout of a table measures every cell several times, which is most of what a long plan costs. Widths
that are known beforehand make it one look a cell.
"""

import re
from typing import Final

_TABLE: Final = re.compile(r"<table[^>]*>(.*?)</table>", re.DOTALL)
_ROW: Final = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL: Final = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")
_BREAK: Final = re.compile(r"<br>|</p>|</li>")
_NARROWEST, _WIDEST = 9, 44  # in half-width signs
_WIDE: Final = 0x2E7F  # signs from here on take two places


def with_columns(html: str) -> str:
    """Return the text with the widths of columns told in each table that has none and joins no cells."""
    return _TABLE.sub(_told, html)


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
    whole = sum(widths)
    cols = "".join(f'<col style="width:{max(3, round(width * 100 / whole))}%">' for width in widths)
    opening = found[0][: found[0].index(">")]
    marked = opening.replace('class="', 'class="fixed ') if "class=" in opening else f'{opening} class="fixed"'
    return f"{marked}><colgroup>{cols}</colgroup>{inner}</table>"


def _longest(cell: str) -> int:
    return max((_length(_TAG.sub("", line)) for line in _BREAK.split(cell)), default=0)


def _length(text: str) -> int:
    return sum(2 if ord(sign) > _WIDE else 1 for sign in text.strip())
