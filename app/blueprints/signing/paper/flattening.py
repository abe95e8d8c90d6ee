"""A photo of a printed page laid flat: its codes are known from the print, and say how the camera was held."""

from collections.abc import Mapping, Sequence
from functools import cache
from math import atan2, degrees

import zxingcpp
from PIL import Image

from app import pdf_picture
from app.blueprints.signing.paper.printing import with_codes

WIDTH = 1654  # pixels of a page laid flat: A4 at 200 dots an inch
_ENOUGH = 2  # codes: one alone is too small to tell how the far corner of the page lies
_UNIT = 1000.0  # pixels: coordinates near 1 keep the equations well behaved

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]  # as one reads: upper left, upper right, lower right, lower left
Codes = Mapping[str, Corners]


class Print:
    """The pages of a contract as they leave the printer, and where their codes stand. Each is drawn when asked for."""

    def __init__(self, document: bytes, number: str) -> None:
        self._printed = with_codes(document, number)
        self.number = number
        self.codes = cache(self._codes)

    def _codes(self, page: int) -> tuple[tuple[int, int], Codes]:
        """Return the size of a page in pixels and its codes; page counts from 1. Raises IndexError."""
        picture = pdf_picture.page_image(self._printed, page, width=WIDTH).convert("L")
        return picture.size, codes_of(picture)


def codes_of(picture: Image.Image) -> dict[str, Corners]:
    """Return the codes on a picture with their corners."""
    found = {}
    for each in zxingcpp.read_barcodes(picture):
        place = each.position
        corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        first, second, third, fourth = ((float(at.x), float(at.y)) for at in corners)
        found[each.text] = (first, second, third, fourth)
    return found


def flat(picture: Image.Image, seen: Codes, size: tuple[int, int], printed: Codes) -> Image.Image | None:
    """Return the page without what lies around it, seen from straight above; None when too few codes are known."""
    both = sorted(seen.keys() & printed.keys())
    if len(both) < _ENOUGH:
        return None
    try:
        turned = _perspective(
            [point for text in both for point in printed[text]], [point for text in both for point in seen[text]]
        )
    except ZeroDivisionError:
        return None
    return picture.transform(size, Image.Transform.PERSPECTIVE, turned, Image.Resampling.BICUBIC, fillcolor="white")


def upright(picture: Image.Image, corners: Corners) -> Image.Image:
    """Turn a picture by right angles until the code on it stands upright."""
    (left, top), (right, other), *_ = corners
    quarter = round(degrees(atan2(other - top, right - left)) / 90) * 90
    return picture.rotate(quarter, expand=True) if quarter % 360 else picture


def _perspective(flat_at: Sequence[Point], seen_at: Sequence[Point]) -> list[float]:
    """Return the eight numbers by which Pillow finds each place of the flat page on the photo (least squares)."""
    rows, values = [], []
    for place, photographed in zip(flat_at, seen_at, strict=True):
        (x, y), (u, v) = _small(place), _small(photographed)
        rows += [[x, y, 1.0, 0.0, 0.0, 0.0, -x * u, -y * u], [0.0, 0.0, 0.0, x, y, 1.0, -x * v, -y * v]]
        values += [u, v]
    square = [[sum(row[i] * row[j] for row in rows) for j in range(8)] for i in range(8)]
    right = [sum(row[i] * value for row, value in zip(rows, values, strict=True)) for i in range(8)]
    a, b, c, d, e, f, g, h = _solved(square, right)
    return [a, b, c * _UNIT, d, e, f * _UNIT, g / _UNIT, h / _UNIT]


def _small(point: Point) -> Point:
    return point[0] / _UNIT, point[1] / _UNIT


def _solved(square: list[list[float]], right: list[float]) -> list[float]:
    """Solve the equations by elimination. Raises ZeroDivisionError when they say too little."""
    size = len(right)
    table = [[*row, value] for row, value in zip(square, right, strict=True)]
    for at in range(size):
        best = max(range(at, size), key=lambda row: abs(table[row][at]))
        table[at], table[best] = table[best], table[at]
        for row in range(size):
            if row != at:
                share = table[row][at] / table[at][at]
                table[row] = [x - share * y for x, y in zip(table[row], table[at], strict=True)]
    return [table[at][size] / table[at][at] for at in range(size)]
