"""What in a staff plan needs a person, as a table, and what never holds."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.staff.rules.alarms import Matter, alarms
from app.blueprints.staff.rules.facts import RoleFact
from app.models import DutyState as S
from app.models import EventStatus
from tests.staff.facts import NOW, START, duty, facts, shift

M = Matter
DAY = timedelta(days=1)
LEAD = RoleFact(1, "lead", is_lead=True)


def matters(given_facts):
    return [each.matter for each in alarms(given_facts)]


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"duties": (duty(1),)}, []),
        ({}, [M.ROLE_EMPTY]),
        ({"needs": {}}, []),
        ({"needs": {(1, 1): 3}, "duties": (duty(1), duty(2, 2))}, [M.ROLE_SHORT]),
        ({"duties": (duty(1), duty(2, 2))}, []),  # one more than needed
        # A deputy fills no place.
        ({"duties": (duty(1, is_deputy=True),)}, [M.ROLE_EMPTY]),
        # Refused and left places are told once, as what they are.
        ({"duties": (duty(1, standing=S.REFUSED, refusal="ill"),)}, [M.REFUSED]),
        ({"duties": (duty(1, is_here=False),)}, [M.PERSON_LEFT]),
        ({"duties": (duty(1, is_here=False, standing=S.REFUSED),)}, [M.PERSON_LEFT]),
        ({"duties": (duty(1, standing=S.PLANNED),)}, [M.NOT_TOLD]),
        ({"duties": (duty(1, standing=S.CHANGED),)}, [M.CHANGED]),
        ({"duties": (duty(1, standing=S.TOLD, told_at=NOW - timedelta(hours=25)),)}, [M.NOT_ANSWERED]),
        ({"duties": (duty(1, standing=S.TOLD, told_at=NOW - timedelta(hours=23)),)}, []),
        ({"roles": (LEAD,), "duties": (duty(1),)}, [M.DEPUTY_MISSING]),
        ({"roles": (LEAD,), "duties": (duty(1), duty(2, 2, is_deputy=True))}, []),
        (
            {"roles": (LEAD,), "duties": (duty(1), duty(2, 2, is_deputy=True, standing=S.REFUSED))},
            [M.REFUSED, M.DEPUTY_MISSING],
        ),
        ({"shifts": (shift(1, is_at_old_time=True),), "duties": (duty(1),)}, [M.SHIFTS_NOT_MOVED]),
    ],
)
def test_each_matter(values, wanted):
    assert matters(facts(**values)) == wanted


def test_an_event_without_a_plan_is_told_in_the_last_month():
    nothing: dict[str, Any] = {"roles": (), "shifts": (), "needs": {}}
    assert matters(facts(**nothing)) == [M.NOT_PLANNED]
    assert matters(facts(now=START - 40 * DAY, **nothing)) == []
    assert matters(facts(now=START + DAY, **nothing)) == []
    assert [each.is_grave for each in alarms(facts(now=START - 3 * DAY, **nothing))] == [True]


@pytest.mark.parametrize("status", [EventStatus.CLOSED, EventStatus.ARCHIVED])
def test_what_is_closed_is_on_record(status):
    assert matters(facts(status=status)) == []


def test_what_is_over_cannot_be_mended():
    late = {"now": START + timedelta(hours=9)}
    assert matters(facts(**late)) == []
    assert matters(facts(duties=(duty(1, standing=S.REFUSED), duty(2, 2, is_here=False)), **late)) == []


def test_near_the_day_an_empty_place_is_grave():
    assert [each.is_grave for each in alarms(facts(now=START - 8 * DAY))] == [False]
    assert [each.is_grave for each in alarms(facts(now=START - 6 * DAY))] == [True]


def test_near_the_day_an_answer_is_wanted_sooner():
    told = duty(1, standing=S.TOLD, told_at=START - DAY - timedelta(hours=5))
    assert matters(facts(now=START - DAY, duties=(told,))) == [M.NOT_ANSWERED]


def test_two_places_at_once():
    both = facts(needs={}, duties=(duty(1, first=8, last=10), duty(2, role=2, first=9, last=15)))
    (line,) = alarms(both)
    assert line.duty
    assert line.other
    assert (line.matter, line.duty.id, line.other.id, line.is_grave) == (M.TWO_PLACES, 1, 2, True)


@pytest.mark.parametrize(
    "other",
    [
        duty(2, role=2, first=15, last=17),  # begins when the first ends
        duty(2, 2, role=2),  # somebody else
        duty(2, role=2, is_deputy=True),  # stands by
        duty(2, role=2, day=1),
    ],
)
def test_not_in_two_places(other):
    assert M.TWO_PLACES not in matters(facts(needs={}, duties=(duty(1), other)))


def test_somebody_who_refused_is_not_in_two_places():
    refused = duty(2, role=2, standing=S.REFUSED)
    assert matters(facts(needs={}, duties=(duty(1), refused))) == [M.REFUSED]


def test_another_event_at_the_same_time_counts_and_two_others_do_not():
    away = duty(9, role=8, first=13, last=18, at_event="other")
    away_too = duty(10, 2, role=8, first=13, last=18, at_event="other")
    and_there = duty(11, 2, role=9, first=14, last=19, at_event="third")
    (line,) = alarms(facts(needs={}, duties=(duty(1),), elsewhere=(away, away_too, and_there)))
    assert line.duty
    assert line.other
    assert (line.matter, line.duty.id, line.other.at_event) == (M.TWO_PLACES, 1, "other")


def test_hours_of_a_day_with_what_is_worked_elsewhere():
    long = facts(needs={}, duties=(duty(1, first=8, last=15),), elsewhere=(duty(2, first=16, last=20, at_event="x"),))
    (line,) = alarms(long)
    assert (line.matter, line.day, line.worked) == (M.HOURS_OVER, date(2026, 12, 18), timedelta(hours=11))
    ten = facts(needs={}, duties=(duty(1, first=8, last=18),))
    assert matters(ten) == []


def test_the_duty_that_makes_a_day_too_long_is_the_one_to_give_away():
    three = (duty(1, first=8, last=12), duty(2, role=2, first=12, last=17), duty(3, role=3, first=17, last=20))
    assert [each.duty and each.duty.id for each in alarms(facts(needs={}, duties=three))] == [3]
    first_alone = (duty(1, first=6, last=17), duty(2, role=2, first=18, last=19))
    assert [each.duty and each.duty.id for each in alarms(facts(needs={}, duties=first_alone))] == [1]
    away = duty(9, role=8, first=17, last=20, at_event="x")
    (line,) = alarms(facts(needs={}, duties=three[:2], elsewhere=(away,)))
    assert line.duty
    assert line.duty.id == 2  # the one that passes the limit is not ours to give away


def test_a_long_day_elsewhere_is_told_there():
    away = duty(2, first=6, last=20, day=1, at_event="x")
    assert matters(facts(needs={}, duties=(duty(1),), elsewhere=(away,))) == []


def test_a_night_over_midnight_is_one_long_day():
    (line,) = alarms(facts(needs={}, duties=(duty(1, first=20, last=32, day=-1),)))
    assert (line.matter, line.day, line.worked) == (M.HOURS_OVER, date(2026, 12, 17), timedelta(hours=12))


def test_one_line_a_person_who_left_and_one_for_all_not_told():
    three = (
        duty(1, is_here=False),
        duty(2, role=2, is_here=False),
        duty(3, 2, standing=S.PLANNED),
        duty(4, 3, standing=S.PLANNED),
    )
    found = alarms(facts(needs={}, duties=three))
    assert [(each.matter, each.number) for each in found] == [(M.PERSON_LEFT, 2), (M.NOT_TOLD, 2)]


standings = st.sampled_from(list(S))
some_duties = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 3), standings, st.booleans(), st.booleans()),
    max_size=10,
)
SHIFTS = (shift(1, 8, 9), shift(2, 9, 15), shift(3, 13, 21))
ROLES = (RoleFact(1, "one", is_lead=True), RoleFact(2, "two"), RoleFact(3, "three"))


def build(rows):
    return tuple(
        duty(
            number,
            person,
            role=role,
            of=SHIFTS[of - 1],
            standing=how,
            is_deputy=deputy,
            is_here=here,
            told_at=NOW - DAY,
        )
        for number, (person, role, of, how, deputy, here) in enumerate(rows)
    )


needed = st.dictionaries(st.tuples(st.integers(1, 3), st.integers(1, 3)), st.integers(1, 3))


@given(some_duties, needed)
def test_grave_lines_come_first_and_every_line_has_its_object(rows, needs):
    found = alarms(facts(roles=ROLES, shifts=SHIFTS, needs=needs, duties=build(rows)))
    assert [each.is_grave for each in found] == sorted((each.is_grave for each in found), reverse=True)
    for each in found:
        assert each.duty is not None or each.role is not None
        assert each.role is None or each.shifts


@given(some_duties, needed)
def test_a_plan_without_alarms_is_filled_by_people_who_know_it(rows, needs):
    duties = build(rows)
    if alarms(facts(roles=ROLES, shifts=SHIFTS, needs=needs, duties=duties)):
        return
    for (role_id, shift_id), number in needs.items():
        there = [each for each in duties if (each.role_id, each.shift_id) == (role_id, shift_id)]
        assert sum(each.is_on_duty for each in there) >= number
    assert all(each.standing in {S.ACKNOWLEDGED, S.TOLD} for each in duties)
