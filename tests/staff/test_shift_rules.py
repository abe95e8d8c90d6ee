"""The shifts of the standard day, and where shifts go when their event moves."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.blueprints.events.rules.dates import Start
from app.blueprints.staff.rules.hours import LIMIT, Stretch, by_day, clashes
from app.blueprints.staff.rules.shifts import Part, is_laid_out_for, moved, standard_shifts

ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]
SHANGHAI = "Asia/Shanghai"
naive = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31))  # noqa: DTZ001


def at(day, hour, minute=0, zone=SHANGHAI):
    return clock.instant(day, time(hour, minute), zone)


def wall(instant, zone=SHANGHAI):
    return clock.local(instant, zone).strftime("%m-%d %H:%M")


DAY = date(2026, 12, 18)


def test_the_standard_day():
    rows = standard_shifts(at(DAY, 9), at(DAY, 16, 30), SHANGHAI)
    assert [(row.key, wall(row.starts_at), wall(row.ends_at)) for row in rows] == [
        ("set_up", "12-17 14:00", "12-17 18:00"),
        ("reception", "12-18 08:00", "12-18 09:00"),
        ("conference", "12-18 09:00", "12-18 15:00"),
        ("signing", "12-18 15:00", "12-18 16:30"),
        ("tear_down", "12-18 16:30", "12-18 18:00"),
    ]
    assert all(worked <= LIMIT for worked in by_day(rows, SHANGHAI).values())


def test_two_days_have_two_receptions_and_one_signing():
    rows = standard_shifts(at(DAY, 9), at(DAY + timedelta(days=1), 12), SHANGHAI)
    assert [row.key for row in rows] == [
        *("set_up", "reception", "conference"),
        *("reception_2", "conference_2", "signing", "tear_down"),
    ]
    assert wall(rows[2].ends_at) == "12-18 12:00"


def test_a_mistyped_end_brings_no_hundred_shifts():
    assert len(standard_shifts(at(DAY, 9), at(DAY + timedelta(days=300), 16), SHANGHAI)) == 31


def test_an_evening_that_ends_after_midnight_is_one_day():
    rows = standard_shifts(at(DAY, 19), at(DAY + timedelta(days=1), 1), SHANGHAI)
    assert [row.part for row in rows] == list(Part)


@given(naive, st.integers(30, 60 * 24 * 6), st.sampled_from(ZONES))
def test_standard_shifts_follow_each_other_and_never_overlap(starts, minutes, zone):
    starts_at = clock.instant(starts.date(), starts.time(), zone)
    ends_at = starts_at + timedelta(minutes=minutes)
    rows = standard_shifts(starts_at, ends_at, zone)
    assert all(row.ends_at > row.starts_at for row in rows)
    assert len({row.key for row in rows}) == len(rows)
    conference = [row for row in rows if row.part in {Part.CONFERENCE, Part.SIGNING}]
    assert conference[0].starts_at == starts_at
    assert conference[-1].ends_at <= ends_at
    assert clashes([row for row in rows if row.part is not Part.SET_UP]) == []
    assert rows[0].part is Part.SET_UP


@pytest.mark.parametrize(
    ("shift", "after", "there"),
    [
        # A month later: the same hours.
        ((DAY, 8, DAY, 9), (date(2027, 1, 18), 9), ("01-18 08:00", "01-18 09:00")),
        # To the afternoon: what hangs on the start goes along, set-up on the day before stays where it is.
        ((DAY, 8, DAY, 9), (DAY, 14), ("12-18 13:00", "12-18 14:00")),
        ((date(2026, 12, 17), 14, date(2026, 12, 17), 18), (DAY, 14), ("12-17 14:00", "12-17 18:00")),
        ((date(2026, 12, 17), 14, date(2026, 12, 17), 18), (date(2026, 12, 25), 14), ("12-24 14:00", "12-24 18:00")),
        # A night of guarding the hall, over midnight.
        ((date(2026, 12, 17), 20, DAY, 7), (date(2026, 12, 20), 9), ("12-19 20:00", "12-20 07:00")),
    ],
)
def test_moved(shift, after, there):
    span = Stretch(at(shift[0], shift[1]), at(shift[2], shift[3]))
    to = moved(span, Start(at(DAY, 9), SHANGHAI), Start(at(*after), SHANGHAI))
    assert (wall(to.starts_at), wall(to.ends_at)) == there


def test_a_move_over_a_clock_change_keeps_the_clock_on_the_wall():
    berlin = "Europe/Berlin"
    before, after = (
        Start(at(date(2026, 3, 20), 9, zone=berlin), berlin),
        Start(at(date(2026, 4, 3), 9, zone=berlin), berlin),
    )
    to = moved(Stretch(before.at - timedelta(hours=1), before.at), before, after)
    assert (wall(to.starts_at, berlin), to.ends_at) == ("04-03 08:00", after.at)


def test_a_shift_inside_the_hour_that_comes_twice_keeps_its_length():
    berlin = "Europe/Berlin"
    start = Start(datetime(2026, 10, 25, 8, tzinfo=UTC), berlin)
    twice = Stretch(datetime(2026, 10, 25, 0, 50, tzinfo=UTC), datetime(2026, 10, 25, 1, 10, tzinfo=UTC))
    to = moved(twice, start, Start(start.at + timedelta(days=7, hours=1), berlin))
    assert to.length == timedelta(minutes=20)


zoned = st.builds(
    lambda day, zone: Start(clock.instant(day.date(), day.time(), zone), zone), naive, st.sampled_from(ZONES)
)


@given(zoned, zoned, st.integers(-60 * 48, 60 * 48), st.integers(1, 60 * 24))
def test_a_moved_shift_is_never_empty(before, after, begins, minutes):
    starts_at = before.at + timedelta(minutes=begins)
    shift = Stretch(starts_at, starts_at + timedelta(minutes=minutes))
    to = moved(shift, before, after)
    assert to.ends_at > to.starts_at
    # A clock change may make it an hour longer or shorter (two where both ends meet one), never more.
    assert abs(to.length - shift.length) <= timedelta(hours=2)


@given(zoned, st.integers(-60 * 48, 60 * 48), st.integers(1, 60 * 24))
def test_an_event_that_stays_moves_nothing(start, begins, minutes):
    starts_at = (start.at + timedelta(minutes=begins)).replace(second=0, microsecond=0)
    shift = Stretch(starts_at, starts_at + timedelta(minutes=minutes))
    to = moved(shift, start, start)
    # Only a time that the clock shows twice may be read as its first showing.
    assert (to.starts_at, to.ends_at) == (shift.starts_at, shift.ends_at) or abs(
        to.starts_at - shift.starts_at
    ) <= timedelta(hours=1)


def test_laid_out_for():
    start = Start(at(DAY, 9), SHANGHAI)
    assert is_laid_out_for(start.at, SHANGHAI, start)
    assert not is_laid_out_for(start.at + timedelta(hours=1), SHANGHAI, start)
    assert not is_laid_out_for(start.at, "Asia/Urumqi", start)
