"""Which strokes are a signature."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.signing.rules import strokes
from app.errors import SigningDayError

LINE = [[10 * n, 50, 20 * n, 50] for n in range(12)]
_numbers = st.one_of(st.integers(), st.floats(), st.text(max_size=3), st.none(), st.booleans())
_anything = st.recursive(_numbers, lambda inner: st.lists(inner, max_size=5), max_leaves=30)
_point = st.tuples(st.integers(0, 900), st.integers(0, 300), st.integers(0, 9000), st.integers(0, 100)).map(list)
_written = st.lists(st.lists(_point, min_size=1, max_size=30), min_size=1, max_size=6)


def test_a_signature_is_taken_as_it_was_written():
    assert strokes.read([LINE, []]) == [[tuple(point) for point in LINE]]
    assert strokes.ink(strokes.read([LINE])) == 110


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ([], "signature_empty"),
        ([[[5, 5, 0, 50]]], "signature_empty"),
        ([[[5, 5, n, 50] for n in range(50)]], "signature_empty"),  # a finger that lies still
        (None, "signature_unreadable"),
        ("signature", "signature_unreadable"),
        ([["x"]], "signature_unreadable"),
        ([[[1, 2, 3]]], "signature_unreadable"),
        ([[[1, 2, 3, True]]], "signature_unreadable"),
        ([[[1, 2, -3, 50]]], "signature_unreadable"),
        ([[[float("nan"), 2, 3, 50]]], "signature_unreadable"),
        ([[[10**9, 2, 3, 50]]], "signature_unreadable"),
        ([LINE] * 121, "signature_too_large"),
        ([LINE * 200] * 6, "signature_too_large"),
    ],
)
def test_what_is_no_signature(sent, code):
    with pytest.raises(SigningDayError) as raised:
        strokes.read(sent)
    assert raised.value.code == code


@given(_anything)
def test_nothing_a_device_sends_breaks_the_reader(sent):
    try:
        taken = strokes.read(sent)
    except SigningDayError:
        return
    assert json.loads(json.dumps(taken)) == [[list(point) for point in stroke] for stroke in taken]


@given(_written)
def test_a_path_begins_once_a_stroke_and_stays_in_its_extent(written):
    box = strokes.extent(written)
    drawn = strokes.path(written)
    assert drawn.count("M") == len(written)
    assert box.width > 0
    assert box.height > 0
    assert all(box.left <= x <= box.left + box.width for stroke in written for x, *_ in stroke)
