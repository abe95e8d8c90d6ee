"""Strokes of a signature as lines of a PDF: sharp at any size, and no picture that could be swapped."""

from collections.abc import Sequence
from itertools import pairwise

from app.blueprints.signing.rules.strokes import extent

Strokes = Sequence[Sequence[Sequence[int]]]

COLOUR = (0.063, 0.141, 0.369)  # of the pad, so that paper and screen look alike
_PEN = 1.25  # points
_LARGEST = 0.9  # points a pixel: a small signature is not blown up


def operators(strokes: Strokes, x: float, y: float, width: float, height: float) -> str:
    """Return PDF operators that draw the strokes into a box of points, as large as fits, standing in its middle."""
    box = extent(strokes)
    room = max(width - 2 * _PEN, 1.0), max(height - 2 * _PEN, 1.0)
    scale = min(room[0] / box.width, room[1] / box.height, _LARGEST)
    left = x + (width - box.width * scale) / 2
    top = y + (height + box.height * scale) / 2

    def at(point: Sequence[float]) -> tuple[float, float]:
        return left + (point[0] - box.left) * scale, top - (point[1] - box.top) * scale

    red, green, blue = COLOUR
    drawn = [f"q {red} {green} {blue} RG {_PEN} w 1 J 1 j"]
    drawn += [_stroke([at(point) for point in stroke]) for stroke in strokes if stroke]
    return "\n".join((*drawn, "Q\n"))


def _stroke(points: list[tuple[float, float]]) -> str:
    """Quadratic curves through the middles of neighbouring points, as the cubic ones that PDF knows."""
    (x, y), *_ = points
    parts = [f"{x:.2f} {y:.2f} m"]
    if len(points) == 1:
        return f"{parts[0]} {x + 0.1:.2f} {y:.2f} l S"
    here = points[0]
    for corner, after in pairwise(points[1:]):
        middle = (corner[0] + after[0]) / 2, (corner[1] + after[1]) / 2
        first, second = _towards(here, corner), _towards(middle, corner)
        parts.append(f"{first[0]:.2f} {first[1]:.2f} {second[0]:.2f} {second[1]:.2f} {middle[0]:.2f} {middle[1]:.2f} c")
        here = middle
    parts.append(f"{points[-1][0]:.2f} {points[-1][1]:.2f} l S")
    return " ".join(parts)


def _towards(begin: tuple[float, float], corner: tuple[float, float]) -> tuple[float, float]:
    return begin[0] + (corner[0] - begin[0]) * 2 / 3, begin[1] + (corner[1] - begin[1]) * 2 / 3
