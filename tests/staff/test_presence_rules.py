"""Who is here: a day of duty, over midnight, over a clock change, and with a deputy's duties."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from app.blueprints.staff.rules.presence import Presence, counts_from, duty_day, is_here, presence

ZONE = "Asia/Shanghai"
MIDNIGHT = datetime(2026, 12, 17, 16, tzinfo=UTC)  # of 18 December in Shanghai
GRACE = timedelta(minutes=10)


@dataclass(frozen=True)
class Stretch:
    starts_at: datetime
    ends_at: datetime


def shift(first, last):
    return Stretch(MIDNIGHT + timedelta(hours=first), MIDNIGHT + timedelta(hours=last))


def at(hour):
    return MIDNIGHT + timedelta(hours=hour)


SET_UP, DOORS, NIGHT, NEXT = shift(7, 9), shift(9, 12), shift(20, 26), shift(32, 36)


def said(day, hour, arrived=None, *, stands_by=False):
    return presence(day, None if arrived is None else at(arrived), at(hour), ZONE, GRACE, stands_by=stands_by)


@pytest.mark.parametrize(
    ("hour", "arrived", "expected"),
    [
        (5.9, None, Presence.LATER),
        (6.5, None, Presence.DUE),
        (7.1, None, Presence.DUE),
        (7.17, None, Presence.MISSING),
        (10, None, Presence.MISSING),
        (7.5, 6.9, Presence.HERE),
        (7.5, -1, Presence.MISSING),  # yesterday's check-in is not today's
        (7.5, 0.5, Presence.HERE),
    ],
)
def test_from_the_start_and_the_grace_on_somebody_is_missing(hour, arrived, expected):
    assert said([SET_UP, DOORS], hour, arrived) is expected


def test_a_deputy_is_never_missing():
    assert said([SET_UP], 8, stands_by=True) is Presence.STANDBY
    assert said([SET_UP], 8, 7, stands_by=True) is Presence.HERE


def test_the_day_is_that_of_the_first_shift_not_over():
    shifts = [NEXT, DOORS, SET_UP]
    assert duty_day(shifts, at(8), ZONE) == [SET_UP, DOORS]
    assert duty_day(shifts, at(11), ZONE) == [SET_UP, DOORS]
    assert duty_day(shifts, at(12), ZONE) == [NEXT]
    assert duty_day(shifts, at(36), ZONE) == []
    assert said([], 40) is Presence.OVER


def test_over_midnight_the_check_in_counts_to_the_end_of_the_shift():
    day = duty_day([NIGHT, NEXT], at(25), ZONE)
    assert day == [NIGHT]
    assert said(day, 25, 19.8) is Presence.HERE
    assert said(duty_day([NIGHT, NEXT], at(32.5), ZONE), 32.5, 19.8) is Presence.MISSING


def test_who_comes_before_midnight_for_a_shift_after_it_is_here():
    early = shift(24.5, 28)
    assert counts_from(early, ZONE) == at(18.5)
    assert is_here(at(23), early, ZONE)
    assert not is_here(at(18), early, ZONE)
    assert not is_here(None, early, ZONE)


def test_the_day_follows_the_clock_on_the_wall():
    change = datetime(2026, 10, 25, 6, tzinfo=UTC)  # seven in Berlin, winter time since three
    assert counts_from(Stretch(change, change + timedelta(hours=3)), "Europe/Berlin") == datetime(
        2026, 10, 24, 22, tzinfo=UTC
    )
