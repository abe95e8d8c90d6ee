"""The strokes of a signature as a device sends them: what is taken, and what is no signature at all.

A stroke is a list of points `[x, y, ms, pressure]`: place in the pad's pixels, milliseconds since the first point,
pressure from 0 to 100. They are kept as they came, since how somebody writes says more than the picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, isfinite
from typing import Any

from app.errors import N_, SigningDayError

Point = tuple[int, int, int, int]
Strokes = list[list[Point]]

LARGEST = 400_000  # bytes of a request that brings a mark; a long signature has some 60,000
_MOST_STROKES = 120
_MOST_POINTS = 12_000
_PAD = 8000  # pixels; no pad is wider or higher
_LONGEST = 3_600_000  # milliseconds
_LEAST_POINTS = 6
_LEAST_LENGTH = 60.0  # pixels of ink: a dot or a tap is no signature


class SignatureEmpty(SigningDayError):
    """Nothing, or hardly anything, was written."""

    code = "signature_empty"
    sentence = N_("There is no signature yet. Please sign with your finger in the field.")


class SignatureUnreadable(SigningDayError):
    """What came is not what our page sends."""

    code = "signature_unreadable"
    sentence = N_("The signature could not be read. Please clear the field and sign again.")


class SignatureTooLarge(SigningDayError):
    """More than any hand writes."""

    code = "signature_too_large"
    sentence = N_("The signature has too many strokes. Please clear the field and sign again.")


@dataclass(frozen=True)
class Extent:
    """The part of the pad that has ink, in its pixels."""

    left: int
    top: int
    width: int
    height: int


def read(sent: Any) -> Strokes:
    """Return the strokes of a request, checked.

    Raises:
        SignatureUnreadable: it is not a list of strokes of points, or a number is out of its range.
        SignatureTooLarge: more strokes or points than a signature can have.
        SignatureEmpty: too little ink.
    """
    if not isinstance(sent, list) or not all(isinstance(stroke, list) for stroke in sent):
        raise SignatureUnreadable
    if len(sent) > _MOST_STROKES or sum(len(stroke) for stroke in sent) > _MOST_POINTS:
        raise SignatureTooLarge
    strokes = [[_point(point) for point in stroke] for stroke in sent if stroke]
    if sum(len(stroke) for stroke in strokes) < _LEAST_POINTS or ink(strokes) < _LEAST_LENGTH:
        raise SignatureEmpty
    return strokes


def _point(sent: Any) -> Point:
    if not isinstance(sent, list) or len(sent) != 4:
        raise SignatureUnreadable
    x, y, ms, pressure = (_number(value) for value in sent)
    if not (-_PAD <= x <= _PAD and -_PAD <= y <= _PAD and 0 <= ms <= _LONGEST and 0 <= pressure <= 100):
        raise SignatureUnreadable
    return x, y, ms, pressure


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise SignatureUnreadable
    return round(value)


def ink(strokes: Strokes) -> float:
    """Return the length of all strokes in the pad's pixels."""
    return sum(
        hypot(after[0] - before[0], after[1] - before[1]) for stroke in strokes for before, after in pairwise(stroke)
    )


def extent(strokes: Sequence[Sequence[Sequence[int]]]) -> Extent:
    """Return the smallest box around the ink."""
    xs = [point[0] for stroke in strokes for point in stroke]
    ys = [point[1] for stroke in strokes for point in stroke]
    return Extent(min(xs), min(ys), max(max(xs) - min(xs), 1), max(max(ys) - min(ys), 1))


def path(strokes: Sequence[Sequence[Sequence[int]]]) -> str:
    """Return the strokes as the `d` of an SVG path, drawn from the corner of their own extent.

    Through the middles of neighbouring points as quadratic curves: a hand makes no corners, samples do.
    """
    box = extent(strokes)
    drawn: list[str] = []
    for stroke in strokes:
        points = [(point[0] - box.left, point[1] - box.top) for point in stroke]
        drawn.append(f"M{points[0][0]} {points[0][1]}")
        if len(points) == 1:
            drawn.append("h1")  # a dot
            continue
        for before, after in pairwise(points[1:]):
            drawn.append(f"Q{before[0]} {before[1]} {(before[0] + after[0]) / 2:g} {(before[1] + after[1]) / 2:g}")
        drawn.append(f"L{points[-1][0]} {points[-1][1]}")
    return "".join(drawn)
