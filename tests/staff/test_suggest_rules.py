"""Whom to suggest for a place, and the places themselves."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.staff.rules.places import free_slot, places
from app.blueprints.staff.rules.suggest import Candidate, Wanted, suggest
from app.models import DutyState as S
from app.models import StaffKind as K
from tests.staff.facts import ZONE, duty, shift

PLACE = Wanted(1, K.RECEPTIONIST, (shift(2, 9, 15),), frozenset({2}), ZONE)


def candidate(number, kind=K.RECEPTIONIST, *duties, **values):
    return Candidate(number, kind, f"{number:03}", duties=tuple(duties), **values)


def order(*candidates, wanted=PLACE):
    return [each.person_id for each in suggest(candidates, wanted)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # free before busy, whatever else
        (candidate(2, K.OTHER), candidate(1, K.RECEPTIONIST, duty(1, first=14, last=16), did_it=("a", "b"))),
        # within the hours before too long a day
        (candidate(2), candidate(1, K.RECEPTIONIST, duty(1, first=3, last=8), did_it=("a",))),
        # did it before
        (candidate(2, K.OTHER, did_it=("a",)), candidate(1)),
        (candidate(2, did_it=("b", "a")), candidate(1, did_it=("b",))),
        # of the right kind
        (candidate(2), candidate(1, K.HOST)),
        # fewest hours
        (candidate(2), candidate(1, K.RECEPTIONIST, duty(1, first=7, last=8))),
        # the name decides last
        (candidate(1), candidate(2)),
    ],
)
def test_order(first, second):
    assert order(first, second) == order(second, first) == [first.person_id, second.person_id]


def test_reasons():
    busy = duty(1, role=5, first=14, last=16, at_event="other")
    (found,) = suggest([candidate(1, K.OWN, busy, did_it=("spring",))], PLACE)
    assert (found.busy_with, found.is_free, found.did_it, found.is_of_kind) == ((busy,), False, ("spring",), False)
    assert found.hours == timedelta(hours=2)


def test_a_department_counts_among_equals():
    wanted = Wanted(1, K.OWN, PLACE.shifts, PLACE.shift_ids, ZONE, department="市场部")
    assert order(candidate(1, K.OWN), candidate(2, K.OWN, department="市场部"), wanted=wanted) == [2, 1]


def test_too_long_a_day():
    (found,) = suggest([candidate(1, K.OWN, duty(1, first=3, last=8))], PLACE)
    assert found.too_long == {date(2026, 12, 18): timedelta(hours=11)}
    (found,) = suggest([candidate(1, K.OWN, duty(1, first=3, last=8), duty(2, day=-2, first=1, last=13))], PLACE)
    assert found.too_long == {date(2026, 12, 18): timedelta(hours=11)}  # the other long day is not this place's doing


def test_a_deputy_may_be_on_duty_elsewhere():
    wanted = Wanted(1, K.OWN, PLACE.shifts, PLACE.shift_ids, ZONE, is_deputy=True)
    (found,) = suggest([candidate(1, K.OWN, duty(1, role=2, first=9, last=18))], wanted)
    assert (found.is_free, found.too_long) == (True, {})


def test_who_has_the_role_in_the_shift_comes_last():
    there = candidate(1, K.RECEPTIONIST, duty(1, role=1, of=shift(2, 9, 15), is_deputy=True))
    assert order(there, candidate(2, K.OTHER, duty(2, role=3))) == [2, 1]


def test_who_refused_is_free():
    (found,) = suggest([candidate(1, K.OWN, duty(1, role=2, standing=S.REFUSED))], PLACE)
    assert found.is_free


@given(st.integers(0, 8), st.sets(st.integers(1, 12)), st.booleans())
def test_a_free_place_is_free_and_within_the_need(required, taken, beyond):
    slot = free_slot(required, taken, beyond=beyond)
    within = [number for number in range(1, required + 1) if number not in taken]
    assert slot not in taken
    if within:
        assert slot == within[0]
    elif beyond:
        assert slot is not None
        assert slot > required
    else:
        assert slot is None


@given(st.integers(0, 8), st.sets(st.integers(1, 12)))
def test_places_are_those_required_and_those_filled(required, filled):
    found = places(required, dict.fromkeys(filled, "x"), {1: "desk"})
    assert [each.slot for each in found] == sorted(set(range(1, required + 1)) | filled)
    assert {each.slot for each in found if each.is_extra} == {slot for slot in filled if slot > required}
    assert all(each.is_free == (each.slot not in filled) for each in found)
