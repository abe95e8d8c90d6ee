"""The standard hall keeps its own rules, and each fault of a plan is found."""

import pytest

from app.blueprints.seating.rules.checks import Fault, Thing, look_over
from app.blueprints.seating.rules.layout import Wanted, size_for, standard
from app.models import ItemKind

K = ItemKind


def _things(wanted: Wanted) -> list[Thing]:
    return [
        Thing(n, each.kind, each.x, each.y, each.width, each.depth, each.seats)
        for n, each in enumerate(standard(wanted), 1)
    ]


@pytest.mark.parametrize("in_rows", [False, True])
@pytest.mark.parametrize("people", [1, 30, 118, 400, 1000])
def test_a_standard_hall_has_no_fault(people: int, in_rows: bool):
    width, depth = size_for(people, in_rows=in_rows)
    wanted = Wanted(width, depth, people, in_rows=in_rows, honoured=8)
    assert look_over(width, depth, _things(wanted), people) == []
    assert sum(each.seats for each in standard(wanted) if each.is_vip) == 10


def test_labels_are_told_apart_and_a_small_hall_takes_what_fits():
    pieces = standard(Wanted(2000, 2000, 1000))
    labels = [each.label for each in pieces if each.seats]
    assert len(labels) == len({*labels})
    assert 0 < sum(each.seats for each in pieces) < 1000
    assert not any(each.seats for each in standard(Wanted(400, 400, 100)))


def _table(n: int, x: int, y: int) -> Thing:
    return Thing(n, K.ROUND_TABLE, x, y, 180, 180, 10)


WHOLE = (
    Thing(1, K.ROSTRUM, 800, 100, 400, 80),
    Thing(2, K.AISLE, 0, 500, 150, 1000),
    Thing(3, K.EXIT, 0, 1980, 160, 20),
    _table(4, 900, 530),
)


@pytest.mark.parametrize(
    ("fault", "ids", "things"),
    [
        (None, (), WHOLE),
        (Fault.TOO_NEAR, (5,), (*WHOLE, _table(5, 700, 520))),
        (Fault.AISLE_NARROW, (5,), (*WHOLE, Thing(5, K.AISLE, 1800, 500, 149, 900))),
        (Fault.AISLE_BLOCKED, (2, 5), (*WHOLE, _table(5, 199, 800))),
        (Fault.EXIT_BLOCKED, (3, 5), (*WHOLE, Thing(5, K.DESK, 100, 1900, 200, 60))),
        (Fault.EXIT_BLOCKED, (5, 6), (*WHOLE, Thing(5, K.EXIT, 1980, 900, 20, 160), _table(6, 1700, 900))),
        (Fault.EXIT_BLOCKED, (5, 6), (*WHOLE, Thing(5, K.EXIT, 0, 1700, 20, 160), Thing(6, K.DESK, 160, 1700, 60, 60))),
        (Fault.EXIT_BLOCKED, (5, 6), (*WHOLE, Thing(5, K.EXIT, 100, 0, 160, 20), Thing(6, K.DESK, 160, 100, 60, 60))),
        (Fault.NO_EXIT, (), (*WHOLE[:2], WHOLE[3])),
        (Fault.NO_AISLE, (), (WHOLE[0], *WHOLE[2:])),
        (Fault.SEATS_SHORT, (), WHOLE[:3]),
        (Fault.OUTSIDE, (5,), (*WHOLE, Thing(5, K.DESK, 1900, 900, 200, 60))),
        (Fault.OVERLAP, (4, 5), (*WHOLE, _table(5, 1000, 600))),
    ],
)
def test_each_fault_is_found(fault: Fault | None, ids: tuple[int, ...], things: tuple[Thing, ...]):
    found = look_over(2000, 2000, things, 10)
    assert [(each.fault, each.ids) for each in found] == ([(fault, ids)] if fault else [])
