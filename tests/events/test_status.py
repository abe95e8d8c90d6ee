"""Which status follows which, and what stands in the way."""

from datetime import UTC, datetime, timedelta

import pytest

from app.blueprints.events.rules.status import FOLLOWS, Standing, check_step, is_step_back, possible_steps
from app.errors import SigningDayError
from app.models import EventStatus as S

START = datetime(2026, 12, 1, 1, tzinfo=UTC)
BEFORE = Standing(START - timedelta(days=3), START)
AFTER = Standing(START + timedelta(hours=9), START, invited=90, arrived=80)


def outcome(status, to, standing):
    try:
        check_step(status, to, standing)
    except SigningDayError as refusal:
        return refusal.code
    return "done"


@pytest.mark.parametrize(
    ("status", "to", "standing", "expected"),
    [
        (S.DRAFT, S.OPEN, BEFORE, "done"),
        (S.DRAFT, S.RUNNING, BEFORE, "status_change_not_allowed"),
        (S.DRAFT, S.DRAFT, BEFORE, "status_change_not_allowed"),
        (S.OPEN, S.DRAFT, BEFORE, "done"),
        (S.OPEN, S.DRAFT, Standing(START, START, invited=1), "guests_already_invited"),
        (S.OPEN, S.RUNNING, BEFORE, "done"),
        (S.OPEN, S.CLOSED, BEFORE, "event_not_begun"),
        (S.OPEN, S.CLOSED, AFTER, "done"),
        (S.RUNNING, S.OPEN, Standing(START, START, invited=9), "done"),
        (S.RUNNING, S.OPEN, AFTER, "guests_already_in"),
        (S.RUNNING, S.CLOSED, AFTER, "done"),
        (S.RUNNING, S.CLOSED, BEFORE, "event_not_begun"),
        (S.CLOSED, S.RUNNING, AFTER, "done"),
        (S.CLOSED, S.OPEN, AFTER, "status_change_not_allowed"),
        (S.CLOSED, S.ARCHIVED, AFTER, "done"),
        (S.ARCHIVED, S.CLOSED, AFTER, "done"),
        (S.ARCHIVED, S.OPEN, AFTER, "status_change_not_allowed"),
    ],
)
def test_steps(status, to, standing, expected):
    assert outcome(status, to, standing) == expected


def test_every_status_has_a_way_on_and_all_can_be_reached():
    assert set(FOLLOWS) == set(S)
    assert {to for steps in FOLLOWS.values() for to in steps} == set(S)


def test_possible_steps_leave_out_what_is_barred():
    assert possible_steps(S.OPEN, BEFORE) == [S.RUNNING, S.DRAFT]
    assert possible_steps(S.OPEN, AFTER) == [S.RUNNING, S.CLOSED]


def test_steps_back_are_known():
    assert is_step_back(S.CLOSED, S.RUNNING)
    assert not is_step_back(S.OPEN, S.RUNNING)
