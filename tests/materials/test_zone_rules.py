"""How far a zone is, and what about it needs a person."""

from datetime import UTC, datetime, timedelta

import pytest

from app.blueprints.materials.zones import rules
from app.blueprints.materials.zones.rules import Fact, Progress, Trouble
from app.models import MaterialState

NOW = datetime(2026, 12, 17, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def fact(number=1, *, due=NOW + HOUR, done=False, owner=True, material=None):
    return Fact(number, due, done, owner, material)


def test_a_task_is_due_an_hour_before_the_doors_unless_it_says_otherwise():
    assert rules.due(None, NOW) == NOW - HOUR
    assert rules.due(NOW + HOUR, NOW) == NOW + HOUR


@pytest.mark.parametrize(
    ("facts", "accepted_at", "expected"),
    [
        ([], None, Progress.EMPTY),
        ([fact()], None, Progress.OPEN),
        ([fact(), fact(2, due=NOW - HOUR)], None, Progress.LATE),
        ([fact(due=NOW - HOUR, done=True)], None, Progress.READY),
        ([fact(done=True)], NOW, Progress.ACCEPTED),
        ([fact(done=True), fact(2)], NOW, Progress.OPEN),
    ],
)
def test_progress(facts, accepted_at, expected):
    assert rules.progress(facts, accepted_at, NOW) is expected


def troubles(*facts):
    return [(each.trouble, each.task_id) for each in rules.alarms(facts, NOW)]


def test_alarms_come_worst_first():
    late = fact(3, due=NOW - HOUR)
    assert troubles(fact(1, owner=False), fact(2, material=MaterialState.ORDERED), late) == [
        (Trouble.OVERDUE, 3),
        (Trouble.NO_MATERIAL, 2),
        (Trouble.NO_OWNER, 1),
    ]


def test_a_done_task_needs_nobody():
    assert troubles(fact(due=NOW - HOUR, done=True, owner=False, material=MaterialState.PLANNED)) == []


@pytest.mark.parametrize(
    ("state", "due", "expected"),
    [
        (MaterialState.PLANNED, NOW + timedelta(hours=23), True),
        (MaterialState.PLANNED, NOW + timedelta(hours=25), False),
        (MaterialState.DELIVERED, NOW + HOUR, False),
        (MaterialState.SET_UP, NOW + HOUR, False),
    ],
)
def test_a_material_is_missed_a_day_ahead(state, due, expected):
    assert bool(troubles(fact(due=due, material=state))) is expected


def test_minutes_are_whole_and_go_below_nothing():
    assert rules.minutes_to(NOW + timedelta(minutes=90, seconds=30), NOW) == 90
    assert rules.minutes_to(NOW - timedelta(seconds=1), NOW) == -1
