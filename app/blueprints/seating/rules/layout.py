"""A hall laid out by the standard conference template, to be moved about afterwards. Lengths are in cm."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.models import ItemKind

K = ItemKind
TABLE = 180  # across a round table
CHAIR = 50  # what a chair with somebody on it needs beyond the table's edge
_PITCH = TABLE + 2 * CHAIR + 40
_WALL = 60  # kept for roll-ups
AISLE = 150
FIRST_ROW = 300  # from the rostrum
_STAGE_DEPTH = 300
_ROSTRUM_FRONT = 220
_BACK = 420  # desk, display and exits
_ROW_DEPTH, _ROW_PITCH, _CHAIR_WIDTH = 60, 100, 55
_ROLL_UP_EVERY = 500
_WITHOUT_MIDDLE = 5  # so many columns of tables need no aisle between them


@dataclass(frozen=True)
class Piece:
    """Something in the hall: where its upper left corner is, and how large it is."""

    kind: ItemKind
    x: int
    y: int
    width: int
    depth: int
    label: str = ""
    seats: int = 0
    is_vip: bool = False


@dataclass(frozen=True)
class Wanted:
    """What a hall is laid out for."""

    width: int
    depth: int
    seats: int  # people
    each: int = 10  # chairs at a table or in a row
    in_rows: bool = False
    honoured: int = 0  # people at tables of honour


def size_for(seats: int, each: int = 10, *, in_rows: bool = False) -> tuple[int, int]:
    """Return width and depth of a hall that takes so many people, in whole metres."""
    tables = max(1, -(-seats // each))
    if in_rows:
        width, lines = 2 * each * _CHAIR_WIDTH + 3 * AISLE + 2 * _WALL, -(-tables // 2)
        depth = _first_line() - CHAIR + lines * _ROW_PITCH + _BACK
    else:
        columns = max(3, min(tables, round((tables * 1.1) ** 0.5)))
        lines = -(-tables // columns)
        width = columns * _PITCH + (3 if columns > _WITHOUT_MIDDLE else 2) * AISLE + 2 * _WALL
        depth = _first_line() - CHAIR + lines * _PITCH + _BACK
    return -(-width // 100) * 100, -(-depth // 100) * 100


def standard(wanted: Wanted) -> list[Piece]:
    """Return stage, rostrum, aisles, exits, roll-ups, desk and display, and as many tables as fit and are needed."""
    width, depth = wanted.width, wanted.depth
    stage = min(1200, width // 2)
    pieces = [
        Piece(K.STAGE, (width - stage) // 2, 0, stage, _STAGE_DEPTH),
        Piece(K.ROSTRUM, (width - stage // 2) // 2, _ROSTRUM_FRONT - 80, stage // 2, 80),
        Piece(K.DESK, max(_WALL, width // 2 - 420), depth - 150, 240, 70),
        Piece(K.DISPLAY, min(width - _WALL - 300, width // 2 + 120), depth - 220, 300, 150),
        Piece(K.EXIT, _WALL + AISLE - 160, depth - 20, 160, 20),
        Piece(K.EXIT, width - _WALL - AISLE, depth - 20, 160, 20),
    ]
    top = _first_line() - CHAIR
    bottom = depth - _BACK
    aisles = [Piece(K.AISLE, x, top, AISLE, max(AISLE, bottom - top)) for x in _aisles(wanted)]
    seated = _rows(wanted, bottom) if wanted.in_rows else _tables(wanted, bottom)
    return [*pieces, *aisles, *seated, *_roll_ups(width, top, bottom)]


def _first_line() -> int:
    """Where the tables of the first row begin: their chairs are three metres from the rostrum."""
    return _ROSTRUM_FRONT + FIRST_ROW + CHAIR


def _columns(wanted: Wanted) -> int:
    inner = wanted.width - 2 * (_WALL + AISLE)
    columns = inner // _PITCH
    return max(0, columns if columns <= _WITHOUT_MIDDLE else (inner - AISLE) // _PITCH)


def _aisles(wanted: Wanted) -> list[int]:
    sides = [_WALL, wanted.width - _WALL - AISLE]
    columns = _columns(wanted)
    if wanted.in_rows:
        sides.append((wanted.width - AISLE) // 2)
    elif columns > _WITHOUT_MIDDLE:
        sides.append((wanted.width - columns * _PITCH - AISLE) // 2 + (columns + 1) // 2 * _PITCH)
    return sides


def _tables(wanted: Wanted, bottom: int) -> Iterator[Piece]:
    """Round tables line by line from the front; the middle of the first line is for guests of honour."""
    columns = _columns(wanted)
    number, needed = 0, -(-wanted.seats // wanted.each)
    if not columns:
        return
    line = min(columns, needed)
    middle = sorted(range(line), key=lambda column: (abs(2 * column - line + 1), column))
    honour = {*middle[: -(-wanted.honoured // wanted.each)]} if wanted.honoured else set()
    gap = AISLE if columns > _WITHOUT_MIDDLE else 0
    left = (wanted.width - columns * _PITCH - gap) // 2 + (_PITCH - TABLE) // 2
    y = _first_line()
    while y + TABLE + CHAIR <= bottom and number < needed:
        for column in range(columns):
            if number == needed:
                return
            x = left + column * _PITCH + (gap if column >= (columns + 1) // 2 else 0)
            number += 1
            is_vip = y == _first_line() and column in honour
            yield Piece(K.ROUND_TABLE, x, y, TABLE, TABLE, str(number), wanted.each, is_vip=is_vip)
        y += _PITCH


def _rows(wanted: Wanted, bottom: int) -> Iterator[Piece]:
    """Rows of chairs left and right of the aisle in the middle."""
    block = wanted.each * _CHAIR_WIDTH
    half = (wanted.width - AISLE) // 2
    if half - block < _WALL + AISLE:
        return
    number, needed, y = 0, -(-wanted.seats // wanted.each), _first_line() - CHAIR
    honour = -(-wanted.honoured // wanted.each)
    while y + _ROW_DEPTH <= bottom:
        for x in (half - block, half + AISLE):
            if number == needed:
                return
            number += 1
            yield Piece(K.ROW, x, y, block, _ROW_DEPTH, str(number), wanted.each, is_vip=number <= honour)
        y += _ROW_PITCH


def _roll_ups(width: int, top: int, bottom: int) -> Iterator[Piece]:
    """A ring along the side walls."""
    for y in range(top, bottom - 85, _ROLL_UP_EVERY):
        yield Piece(K.ROLL_UP, 5, y, 40, 85)
        yield Piece(K.ROLL_UP, width - 45, y, 40, 85)
