"""Whether a hall is laid out as people need it: distances in cm, by the standard conference template."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.blueprints.seating.rules.layout import AISLE, CHAIR, FIRST_ROW
from app.models import ItemKind

K = ItemKind
SEATED = frozenset({K.ROUND_TABLE, K.LONG_TABLE, K.ROW})
_EXIT_CLEAR = 150  # before an exit
_LIES_FLAT = frozenset({K.AISLE, K.EXIT})  # nothing one could run into


class Fault(StrEnum):
    """What is wrong with a hall plan."""

    TOO_NEAR = "too_near"  # the first row to the rostrum
    AISLE_NARROW = "aisle_narrow"
    AISLE_BLOCKED = "aisle_blocked"
    NO_AISLE = "no_aisle"
    EXIT_BLOCKED = "exit_blocked"
    NO_EXIT = "no_exit"
    SEATS_SHORT = "seats_short"
    OUTSIDE = "outside"
    OVERLAP = "overlap"


@dataclass(frozen=True)
class Thing:
    """Something in the hall as this rule sees it."""

    id: int
    kind: ItemKind
    x: int
    y: int
    width: int
    depth: int
    seats: int = 0


@dataclass(frozen=True)
class Flaw:
    """One fault: of which things, how much there is and how much is needed (cm, or people)."""

    fault: Fault
    ids: tuple[int, ...] = ()
    has: int = 0
    needs: int = 0


@dataclass(frozen=True)
class _Box:
    left: int
    top: int
    right: int
    bottom: int

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def distance(self, other: "_Box") -> float:
        across = max(0, other.left - self.right, self.left - other.right)
        along = max(0, other.top - self.bottom, self.top - other.bottom)
        return math.hypot(across, along)


def look_over(width: int, depth: int, things: Sequence[Thing], people: int) -> list[Flaw]:
    """Return what is wrong, what endangers people first. `people` is the firm head count."""
    return [
        *_exits(width, depth, things),
        *_aisles(things),
        *_seats(things, people),
        *_first_row(things),
        *_misplaced(width, depth, things),
    ]


def _exits(width: int, depth: int, things: Sequence[Thing]) -> Iterator[Flaw]:
    exits = [each for each in things if each.kind is K.EXIT]
    if not exits:
        yield Flaw(Fault.NO_EXIT)
    for way in exits:
        clear = _before(_bare(way), width, depth)
        ids = [each.id for each in things if each.kind not in _LIES_FLAT and _with_chairs(each).meets(clear)]
        if ids:
            yield Flaw(Fault.EXIT_BLOCKED, (way.id, *ids), needs=_EXIT_CLEAR)


def _before(way: _Box, width: int, depth: int) -> _Box:
    """What has to stay free before an exit: a step into the hall from the wall it is in."""
    walls = {"top": way.top, "bottom": depth - way.bottom, "left": way.left, "right": width - way.right}
    wall = min(walls, key=lambda each: walls[each])
    if wall == "top":
        return _Box(way.left, way.top, way.right, way.bottom + _EXIT_CLEAR)
    if wall == "bottom":
        return _Box(way.left, way.top - _EXIT_CLEAR, way.right, way.bottom)
    if wall == "left":
        return _Box(way.left, way.top, way.right + _EXIT_CLEAR, way.bottom)
    return _Box(way.left - _EXIT_CLEAR, way.top, way.right, way.bottom)


def _aisles(things: Sequence[Thing]) -> Iterator[Flaw]:
    aisles = [each for each in things if each.kind is K.AISLE]
    if not aisles and any(each.kind in SEATED for each in things):
        yield Flaw(Fault.NO_AISLE, needs=AISLE)
    for aisle in aisles:
        has = min(aisle.width, aisle.depth)
        if has < AISLE:
            yield Flaw(Fault.AISLE_NARROW, (aisle.id,), has, AISLE)
        way = _bare(aisle)
        ids = [each.id for each in things if each.kind not in _LIES_FLAT and _with_chairs(each).meets(way)]
        if ids:
            yield Flaw(Fault.AISLE_BLOCKED, (aisle.id, *ids), needs=AISLE)


def _seats(things: Iterable[Thing], people: int) -> Iterator[Flaw]:
    seats = sum(each.seats for each in things)
    if seats < people:
        yield Flaw(Fault.SEATS_SHORT, (), seats, people)


def _first_row(things: Sequence[Thing]) -> Iterator[Flaw]:
    """The nearest seat decides; without a rostrum the stage counts."""
    rostra = [each for each in things if each.kind is K.ROSTRUM] or [each for each in things if each.kind is K.STAGE]
    near = [
        (round(_with_chairs(each).distance(_bare(rostrum))), each.id)
        for rostrum in rostra
        for each in things
        if each.kind in SEATED
    ]
    within = sorted(each for each in near if each[0] < FIRST_ROW)
    if within:
        ids = tuple(dict.fromkeys(item_id for _, item_id in within))
        yield Flaw(Fault.TOO_NEAR, ids, within[0][0], FIRST_ROW)


def _misplaced(width: int, depth: int, things: Sequence[Thing]) -> Iterator[Flaw]:
    hall = _Box(0, 0, width, depth)
    for each in things:
        box = _bare(each)
        if box.left < hall.left or box.top < hall.top or box.right > hall.right or box.bottom > hall.bottom:
            yield Flaw(Fault.OUTSIDE, (each.id,))
    solid = sorted(
        (each for each in things if each.kind not in _LIES_FLAT | {K.STAGE}), key=lambda each: (each.x, each.id)
    )
    for n, one in enumerate(solid):
        for other in solid[n + 1 :]:
            if other.x >= one.x + one.width:
                break
            if _bare(one).meets(_bare(other)):
                yield Flaw(Fault.OVERLAP, (one.id, other.id))


def _bare(thing: Thing) -> _Box:
    return _Box(thing.x, thing.y, thing.x + thing.width, thing.y + thing.depth)


def _with_chairs(thing: Thing) -> _Box:
    """Chairs stand all round a round table and along both long sides of a long one; a row is chairs already."""
    aside = CHAIR if thing.kind in {K.ROUND_TABLE, K.LONG_TABLE} else 0
    if thing.kind is K.LONG_TABLE and thing.width < thing.depth:
        return _Box(thing.x - aside, thing.y, thing.x + thing.width + aside, thing.y + thing.depth)
    ends = aside if thing.kind is K.ROUND_TABLE else 0
    return _Box(thing.x - ends, thing.y - aside, thing.x + thing.width + ends, thing.y + thing.depth + aside)
