"""From when a duty's rights hold, and what no duty may ever bring."""

from datetime import UTC, datetime, timedelta

import pytest

from app import rights
from app.access import GRANTED_BY, Grant, Permission

DOORS = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
LONG_AGO = DOORS - timedelta(days=40)


def begins(days, *, is_deputy=False, given_at=LONG_AGO, zone="Asia/Shanghai"):
    return rights.begins(days, is_deputy=is_deputy, given_at=given_at, starts_at=DOORS, time_zone=zone)


def test_a_lead_role_holds_as_soon_as_it_is_given():
    assert begins(None) == LONG_AGO


@pytest.mark.parametrize(
    ("days", "from_at"),
    [
        (0, datetime(2026, 11, 25, 16, 0, tzinfo=UTC)),  # midnight in Shanghai
        (1, datetime(2026, 11, 24, 16, 0, tzinfo=UTC)),
        (7, datetime(2026, 11, 18, 16, 0, tzinfo=UTC)),
        (365, LONG_AGO),  # never before the duty was given
    ],
)
def test_others_hold_from_a_midnight_of_the_place(days, from_at):
    assert begins(days) == from_at


def test_the_midnight_is_that_of_the_event_also_at_a_clock_change():
    # In Berlin the clock goes back on 25 October 2026: the day before begins in summer time.
    starts = datetime(2026, 10, 26, 8, 0, tzinfo=UTC)
    given_at = LONG_AGO - timedelta(days=60)
    found = rights.begins(1, is_deputy=False, given_at=given_at, starts_at=starts, time_zone="Europe/Berlin")
    assert found == datetime(2026, 10, 24, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(("days", "counts"), [(None, 1), (30, 1), (1, 1), (0, 0)])
def test_deputies_hold_from_the_day_of_the_set_up_at_the_earliest(days, counts):
    assert begins(days, is_deputy=True) == begins(counts)


def test_whoever_is_called_in_late_holds_at_once():
    just_now = DOORS + timedelta(minutes=10)
    assert begins(1, given_at=just_now) == begins(None, is_deputy=True, given_at=just_now) == just_now


def test_no_duty_brings_what_hands_on_rights_or_takes_data_away():
    never = {
        Permission.MANAGE_USERS,
        Permission.EDIT_STAFF,
        Permission.EDIT_EVENTS,
        Permission.EXPORT_LISTS,
        Permission.VIEW_JOURNAL,
        Permission.VIEW_DEALERS,
        Permission.VIEW_OUTBOX,
    }
    assert set(GRANTED_BY) == set(Grant)
    for allowed in GRANTED_BY.values():
        assert not allowed & never
