"""QR codes from text to modules, and from modules to PNG and SVG.

The mask is fixed. Searching for the best of eight masks costs seven times as much, and readers do not need
it: a thousand codes of our own kind, drawn with this mask, were all read back. Text of digits, upper-case
letters and `$%*+-./:` takes the alphanumeric mode by itself, which is why badge addresses are written in
upper case.
"""

import re
import struct
import zlib
from typing import Final, Literal

import qrcode
from qrcode import constants

Matrix = list[list[bool]]
Correction = Literal["L", "M", "Q", "H"]

# The margin that the standard asks for, in modules. Whoever draws a code keeps it white.
QUIET_ZONE: Final = 4

_MASK: Final = 2
_LEVELS: Final[dict[str, int]] = {
    "L": constants.ERROR_CORRECT_L,
    "M": constants.ERROR_CORRECT_M,
    "Q": constants.ERROR_CORRECT_Q,
    "H": constants.ERROR_CORRECT_H,
}
_DARK: Final = re.compile("1+")


def modules(text: str, correction: Correction = "M") -> Matrix:
    """The dark modules of the smallest code that holds `text`, row by row, without the quiet zone."""
    code = qrcode.QRCode(error_correction=_LEVELS[correction], mask_pattern=_MASK, border=0)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.modules]


def runs(matrix: Matrix) -> list[tuple[int, int, int]]:
    """The dark modules as horizontal strokes: column, row and length, counted from the upper left."""
    return [
        (stroke.start(), y, stroke.end() - stroke.start())
        for y, row in enumerate(matrix)
        for stroke in _DARK.finditer("".join("1" if dark else "0" for dark in row))
    ]


def png(text: str, *, scale: int = 8, correction: Correction = "M") -> bytes:
    """The code with its quiet zone as an 8-bit greyscale PNG of `scale` pixels a module."""
    matrix = modules(text, correction)
    blank = [False] * (len(matrix) + 2 * QUIET_ZONE)
    sides = [False] * QUIET_ZONE
    framed = [blank] * QUIET_ZONE + [[*sides, *row, *sides] for row in matrix] + [blank] * QUIET_ZONE
    lines = (b"".join((b"\0" if dark else b"\xff") * scale for dark in row) for row in framed)
    pixels = b"".join((b"\0" + line) * scale for line in lines)
    side = len(framed) * scale
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    parts = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(pixels, 9)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def svg(text: str, *, label: str = "", correction: Correction = "M") -> str:
    """The code with its quiet zone as an SVG that carries no style and so passes a strict content policy.

    It has no size of its own: a class on the element around it decides. `label` is read out by screen
    readers.
    """
    matrix = modules(text, correction)
    side = len(matrix) + 2 * QUIET_ZONE
    path = "".join(f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{n}v1h-{n}z" for x, y, n in runs(matrix))
    spoken = label.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    name = f'role="img" aria-label="{spoken}"' if label else 'aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" {name} '
        'shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
