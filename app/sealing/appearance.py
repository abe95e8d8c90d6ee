"""What the seal shows on its page: a few lines of text, with their fonts inside, as archives want it."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

import pikepdf

from app.pdf import Field, Layout
from app.stamp import Canvas, Stamper

_MARGIN: Final = 5.0
_FRAME: Final = 0.8
_LARGEST_TYPE: Final = 9.0
_INK: Final = (0.62, 0.11, 0.13)
_LEADING: Final = 1.3


def drawn(lines: Sequence[str], width: float, height: float) -> bytes:
    """A page of this size in points, the lines framed and one under the other, the first one bold. No lines: empty."""
    blank = pikepdf.new()
    blank.add_blank_page(page_size=(width, height))
    source = BytesIO()
    blank.save(source)
    stamper = Stamper(Layout(source.getvalue(), ()))
    canvas = Canvas()
    if lines:
        room = (height - 2 * _MARGIN) / len(lines)
        size = min(room / _LEADING, _LARGEST_TYPE)
        fields = [
            Field(
                str(number),
                _MARGIN,
                height - _MARGIN - (number + 1) * room,
                width - 2 * _MARGIN,
                room,
                size,
                "Regular" if number else "Bold",
                _INK,
                "left",
                1.2,
                {"keep": "0.5"},
            )
            for number in range(len(lines))
        ]
        red, green, blue = _INK
        frame = f"{_FRAME} w {_FRAME / 2} {_FRAME / 2} {width - _FRAME} {height - _FRAME} re S"
        canvas.raw(f"{red} {green} {blue} RG {frame}\n{red} {green} {blue} rg\n")
        canvas.write(fields, {str(number): line for number, line in enumerate(lines)})
    stamper.page(width, height, canvas)
    return stamper.save(title="", language="zh_CN")
