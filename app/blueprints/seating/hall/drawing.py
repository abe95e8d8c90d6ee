"""Where each chair stands in the drawing, in cm."""

import math

from app.blueprints.seating.rules.layout import CHAIR
from app.models import HallItem, ItemKind

MARGIN = 60  # round the hall in the drawing
_AWAY = CHAIR // 2


def chairs(item: HallItem) -> list[tuple[int, int, int]]:
    """Return (number, x, y) of the middle of each chair, from 1: clockwise from the top, or along the row."""
    if item.kind is ItemKind.ROUND_TABLE:
        points = _round(item)
    elif item.kind is ItemKind.LONG_TABLE:
        points = _long(item)
    else:
        points = _row(item)
    return [(number, round(x), round(y)) for number, (x, y) in enumerate(points, 1)]


def _round(item: HallItem) -> list[tuple[float, float]]:
    radius = item.width / 2 + _AWAY
    middle = item.x + item.width / 2, item.y + item.depth / 2
    turns = [2 * math.pi * n / item.seats - math.pi / 2 for n in range(item.seats)] if item.seats else []
    return [(middle[0] + radius * math.cos(turn), middle[1] + radius * math.sin(turn)) for turn in turns]


def _long(item: HallItem) -> list[tuple[float, float]]:
    """One long side from left to right, then the other one back."""
    first = -(-item.seats // 2)
    lies = item.width >= item.depth
    points: list[tuple[float, float]] = []
    for n in range(item.seats):
        there, of = (n, first) if n < first else (item.seats - 1 - n, item.seats - first)
        along = (there + 0.5) / of
        across = -_AWAY if n < first else (item.depth if lies else item.width) + _AWAY
        points.append(
            (item.x + along * item.width, item.y + across) if lies else (item.x + across, item.y + along * item.depth)
        )
    return points


def _row(item: HallItem) -> list[tuple[float, float]]:
    if item.width >= item.depth:
        return [(item.x + (n + 0.5) * item.width / item.seats, item.y + item.depth / 2) for n in range(item.seats)]
    return [(item.x + item.width / 2, item.y + (n + 0.5) * item.depth / item.seats) for n in range(item.seats)]
