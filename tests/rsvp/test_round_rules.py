"""When guests are asked again, and when silence becomes a call."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.blueprints.rsvp.rounds.rules import Asked, Timing, is_current, next_due, round_due, silent_from

START = datetime(2026, 11, 26, 1, tzinfo=UTC)  # 09:00 in Shanghai, a Thursday
DUE = datetime(2026, 11, 23, 2, tzinfo=UTC)  # 10:00 there, three days before


def timing(starts_at=START, zone="Asia/Shanghai", days=3, at=time(10)):
    return Timing(starts_at, zone, days, at)


def asked(started_at=DUE, event_starts_at=START, number=1):
    return Asked(number, started_at, event_starts_at)


@pytest.mark.parametrize(
    ("starts_at", "zone", "days", "at", "expected"),
    [
        (START, "Asia/Shanghai", 3, time(10), DUE),
        (START, "Asia/Shanghai", 0, time(8, 30), datetime(2026, 11, 26, 0, 30, tzinfo=UTC)),
        # 00:30 local is still the day before in UTC: the event's own day counts.
        (datetime(2026, 11, 25, 16, 30, tzinfo=UTC), "Asia/Shanghai", 3, time(10), DUE),
        # The clocks of Berlin go back on 25 October: the wall clock keeps ten o'clock, the instant moves.
        (datetime(2026, 10, 27, 8, tzinfo=UTC), "Europe/Berlin", 3, time(10), datetime(2026, 10, 24, 8, tzinfo=UTC)),
        (datetime(2026, 10, 29, 8, tzinfo=UTC), "Europe/Berlin", 3, time(10), datetime(2026, 10, 26, 9, tzinfo=UTC)),
        # On 28 March 2027 half past two does not exist there.
        (
            datetime(2027, 3, 31, 7, tzinfo=UTC),
            "Europe/Berlin",
            3,
            time(2, 30),
            datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        ),
        # On 25 October half past two is lived through twice: the first counts.
        (
            datetime(2026, 10, 28, 8, tzinfo=UTC),
            "Europe/Berlin",
            3,
            time(2, 30),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ),
    ],
)
def test_due(starts_at, zone, days, at, expected):
    assert timing(starts_at, zone, days, at).due_at == expected


LATER = START + timedelta(days=14)
LATER_DUE = DUE + timedelta(days=14)
NEXT_DAY = START + timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "starts_at", "latest", "expected"),
    [
        (DUE - timedelta(seconds=1), START, None, None),
        (DUE, START, None, 1),
        (START - timedelta(seconds=1), START, None, 1),  # the worker was down and is back
        (START, START, None, None),
        (DUE, START, asked(), None),
        (DUE + timedelta(days=1), START, asked(), None),
        (DUE, LATER, None, None),  # moved before the round: the round moves
        (LATER_DUE, LATER, None, 1),
        (LATER_DUE - timedelta(seconds=1), LATER, asked(), None),
        (LATER_DUE, LATER, asked(), 2),  # moved after it: asked for the new day
        (LATER_DUE, LATER, asked(LATER_DUE, LATER, 2), None),
        (DUE + timedelta(hours=1), START + timedelta(hours=5), asked(), None),  # moved by hours
        (DUE + timedelta(hours=1), START - timedelta(days=1), asked(), None),  # brought forward
        (DUE + timedelta(days=1, hours=1), NEXT_DAY, asked(), 2),  # put off by a day within the three
        (DUE + timedelta(hours=1), LATER, asked(DUE - timedelta(days=4)), None),
    ],
)
def test_which_round_is_due(now, starts_at, latest, expected):
    assert round_due(now, timing(starts_at), latest) == expected


def test_current_is_the_round_of_the_same_day():
    assert is_current(timing(), asked())
    assert is_current(timing(START + timedelta(hours=9)), asked())
    assert not is_current(timing(NEXT_DAY), asked())
    assert not is_current(timing(), None)


def test_next_due():
    assert next_due(DUE - timedelta(days=5), timing(), None) == DUE
    assert next_due(DUE + timedelta(hours=5), timing(), None) == DUE + timedelta(hours=5)
    assert next_due(DUE, timing(), asked()) is None
    assert next_due(DUE + timedelta(days=1), timing(LATER), asked()) == LATER_DUE
    assert next_due(START, timing(), None) is None


@given(
    st.integers(0, 2 * 365 * 24 * 60).map(
        lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
    st.integers(0, 30),
    st.times(),
)
def test_due_is_that_many_calendar_days_before(starts_at, zone, days, at):
    rule = timing(starts_at, zone, days, at.replace(second=0, microsecond=0))
    local = clock.local(rule.due_at, zone)
    assert (clock.local(starts_at, zone).date() - local.date()).days == days


@given(st.lists(st.integers(0, 60 * 24 * 20), min_size=1, max_size=30))
def test_looking_often_or_seldom_starts_one_round_a_day_of_the_event(minutes):
    latest = None
    for minute in sorted(minutes):
        now = DUE - timedelta(days=10) + timedelta(minutes=minute)
        number = round_due(now, timing(), latest)
        if number is not None:
            assert latest is None
            assert DUE <= now < START
            latest = asked(now, START, number)


def test_silence_counts_from_when_the_question_could_be_heard():
    night = datetime(2026, 11, 23, 19, tzinfo=UTC)
    morning = night + timedelta(hours=5)
    assert silent_from(night, morning, 4) == morning + timedelta(hours=4)
    assert silent_from(morning, night, 4) == morning + timedelta(hours=4)
