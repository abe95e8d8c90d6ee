"""Overlaps, and hours a day, over midnight and over clock changes."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.blueprints.staff.rules.hours import Stretch, by_day, clashes, merged, of_days, overlap, total

ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]
BERLIN_SPRING = datetime(2026, 3, 28, tzinfo=UTC)  # clocks go forward in the night to the 29th

instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda at: at.replace(second=0, microsecond=0)
)
spans = st.builds(lambda at, minutes: Stretch(at, at + timedelta(minutes=minutes)), instants, st.integers(1, 60 * 20))
close = st.builds(
    lambda first, minutes: Stretch(
        BERLIN_SPRING + timedelta(minutes=first), BERLIN_SPRING + timedelta(minutes=first + minutes)
    ),
    st.integers(0, 60 * 72),
    st.integers(1, 60 * 14),
)


def local(day, first, last, zone="Asia/Shanghai"):
    """A span from an hour to an hour of the clock on the wall; past 24 it is the next day."""

    def at(hour):
        whole = datetime(2026, 12, day) + timedelta(hours=hour)  # noqa: DTZ001 - a wall-clock time
        return clock.instant(whole.date(), whole.time(), zone)

    return Stretch(at(first), at(last))


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ((9, 12), (12, 15), False),
        ((9, 12), (11.5, 15), True),
        ((9, 15), (10, 11), True),
        ((9, 12), (9, 12), True),
        ((22, 30), (25, 26), True),
        ((9, 12), (13, 15), False),
    ],
)
def test_overlap(first, second, share):
    a, b = local(18, *first), local(18, *second)
    assert overlap(a, b) is overlap(b, a) is share
    assert bool(clashes([a, b])) is share


def test_a_shift_over_midnight_belongs_to_the_day_it_begins():
    assert by_day([local(17, 20, 32)], "Asia/Shanghai") == {date(2026, 12, 17): timedelta(hours=12)}


def test_work_that_goes_on_over_midnight_is_one_day():
    nights = [local(17, 18, 24), local(18, 0, 4), local(18, 9, 12)]
    assert by_day(nights, "Asia/Shanghai") == {
        date(2026, 12, 17): timedelta(hours=10),
        date(2026, 12, 18): timedelta(hours=3),
    }


def test_two_duties_at_once_are_not_counted_twice():
    assert by_day([local(18, 8, 12), local(18, 9, 13)], "Asia/Shanghai") == {date(2026, 12, 18): timedelta(hours=5)}


def test_hours_over_a_clock_change_are_real_hours():
    """A night from 22:00 to 06:00 is seven hours when the clock goes forward, nine when it goes back."""
    for day, worked in ((date(2026, 3, 28), 7), (date(2026, 10, 24), 9)):
        begins = clock.instant(day, datetime(2026, 1, 1, 22).time(), "Europe/Berlin")  # noqa: DTZ001
        ends = clock.instant(day + timedelta(days=1), datetime(2026, 1, 1, 6).time(), "Europe/Berlin")  # noqa: DTZ001
        assert by_day([Stretch(begins, ends)], "Europe/Berlin") == {day: timedelta(hours=worked)}


@given(st.lists(spans, max_size=8))
def test_merged_stretches_cover_the_same_time_and_lie_apart(given_spans):
    found = merged(given_spans)
    assert all(one.ends_at < two.starts_at for one, two in pairwise(found))
    for each in given_spans:
        assert any(one.starts_at <= each.starts_at and each.ends_at <= one.ends_at for one in found)
    assert total(given_spans) <= sum((each.length for each in given_spans), timedelta())
    assert all(total([each]) <= total(given_spans) for each in given_spans)


@given(st.lists(close, max_size=8))
def test_clashes_are_just_the_pairs_that_share_time(given_spans):
    pairs = sum(overlap(one, two) for place, one in enumerate(given_spans) for two in given_spans[place + 1 :])
    assert len(clashes(given_spans)) == pairs


@given(st.lists(close, max_size=8), st.sampled_from(ZONES))
def test_no_hour_is_lost_or_counted_twice_by_day(given_spans, zone):
    days = by_day(given_spans, zone)
    assert sum(days.values(), timedelta()) == total(given_spans)
    assert sum(len(each) for each in of_days(given_spans, zone).values()) == len(given_spans)
