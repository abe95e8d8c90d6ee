"""What moves with an event: as many days, on the calendar of its own zone, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.events.rules.dates import (
    Start,
    days_moved,
    due_day,
    moved_day,
    moved_instant,
    round_due_at,
)

ZONES = st.sampled_from(
    ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati", "UTC"]
)
INSTANTS = st.integers(0, 15 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
STARTS = st.builds(Start, INSTANTS, ZONES)
DAYS = st.dates(date(2019, 1, 1), date(2036, 1, 1))


@given(STARTS, STARTS, DAYS)
def test_a_milestone_keeps_its_distance_from_the_event(before, after, day):
    assert moved_day(day, before, after) - after.day == day - before.day


@given(STARTS, STARTS, DAYS)
def test_moving_there_and_back_is_no_move(before, after, day):
    assert moved_day(moved_day(day, before, after), after, before) == day


@given(STARTS, STARTS, STARTS, DAYS)
def test_two_moves_are_one(first, second, third, day):
    assert moved_day(moved_day(day, first, second), second, third) == moved_day(day, first, third)


@given(STARTS, ZONES)
def test_another_zone_moves_only_by_what_its_calendar_says(start, zone):
    assert -1 <= days_moved(start, Start(start.at, zone)) <= 1


@given(STARTS, STARTS, INSTANTS)
def test_a_closing_time_keeps_its_wall_clock_unless_the_clocks_skip_it(before, after, closing):
    was = closing.astimezone(ZoneInfo(before.time_zone))
    now = moved_instant(closing, before, after).astimezone(ZoneInfo(after.time_zone))
    wanted = datetime.combine(moved_day(was.date(), before, after), was.time())
    gap = abs(now.replace(tzinfo=None) - wanted)
    assert gap <= timedelta(hours=1)
    real = wanted.replace(tzinfo=ZoneInfo(after.time_zone))
    exists = real.astimezone(UTC).astimezone(ZoneInfo(after.time_zone)).replace(tzinfo=None) == wanted
    assert (gap == timedelta(0)) == exists


@given(STARTS, st.integers(0, 30), st.times())
def test_the_round_is_due_that_many_days_before(start, days, at):
    due = round_due_at(start, days, at.replace(microsecond=0, fold=0)).astimezone(ZoneInfo(start.time_zone))
    assert abs((start.day - due.date()).days - days) <= 1  # a skipped hour before midnight may end on the next day


def test_three_days_before_at_ten_across_a_clock_change():
    berlin = Start(datetime(2027, 3, 30, 7, tzinfo=UTC), "Europe/Berlin")  # clocks went forward on 28 March
    assert round_due_at(berlin, 3, time(10)) == datetime(2027, 3, 27, 9, tzinfo=UTC)
    assert round_due_at(berlin, 1, time(10)) == datetime(2027, 3, 29, 8, tzinfo=UTC)


def test_a_template_row_is_never_due_before_the_first_day():
    start = Start(datetime(2026, 12, 1, 1, tzinfo=UTC), "Asia/Shanghai")
    assert due_day(start, -45) == date(2026, 10, 17)
    assert due_day(start, -45, date(2026, 11, 24)) == date(2026, 11, 24)
    assert due_day(start, 7, date(2026, 11, 24)) == date(2026, 12, 8)
