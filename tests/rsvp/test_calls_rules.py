"""Whom to call first, and when."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from app.blueprints.rsvp.calls.rules import Hour, Place, doubt, ends_at, hour_at, in_order, next_good_hour, value
from app.models import GuestKind, Readiness

ZONE = "Asia/Shanghai"


def shanghai(hour, minute=0, day=23):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (shanghai(9, 59), Hour.POOR),
        (shanghai(10), Hour.GOOD),
        (shanghai(10, 59), Hour.GOOD),
        (shanghai(11), Hour.POOR),
        (shanghai(12), Hour.BY_CONSENT),
        (shanghai(13), Hour.POOR),
        (shanghai(15), Hour.GOOD),
        (shanghai(16, 59), Hour.GOOD),
        (shanghai(17), Hour.POOR),
    ],
)
def test_hours(at, expected):
    assert hour_at(at, ZONE) is expected
    assert (ends_at(at, ZONE) is None) is (expected is Hour.POOR)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (shanghai(8), shanghai(10)),
        (shanghai(10), shanghai(15)),
        (shanghai(12, 30), shanghai(15)),
        (shanghai(15, 30), shanghai(10, day=24)),
        (shanghai(23, 30), shanghai(10, day=24)),
    ],
)
def test_next_good_hour(after, expected):
    assert next_good_hour(after, ZONE) == expected


def test_doubt_is_highest_at_even_odds():
    assert doubt(0) == 0
    assert doubt(1) == 0
    assert doubt(0.5) == 1
    assert doubt(0.45) > doubt(0.1)


def test_value():
    million = Decimal(1_000_000)
    ready = value(GuestKind.DEALER, Readiness.READY, million, is_lead=False)
    assert ready == 1_000_000
    assert value(GuestKind.DEALER, Readiness.READY, million, is_lead=True) == 1_500_000
    assert value(GuestKind.DEALER, Readiness.PROSPECT, million, is_lead=False) == 100_000
    assert value(GuestKind.DEALER, Readiness.READY, None, is_lead=False) == 100_000
    assert value(GuestKind.EXPERT, Readiness.PROSPECT, None, is_lead=False) == 50_000


def test_order():
    now = shanghai(15)
    places = [
        Place(1, 50),
        Place(2, 90),
        Place(3, 10, next_call_at=now - timedelta(hours=2)),
        Place(4, 99, next_call_at=now - timedelta(minutes=1)),
        Place(5, 500, next_call_at=now + timedelta(hours=1)),
        Place(6, 999, needs_number=True),
        Place(7, 1, next_call_at=now + timedelta(minutes=5)),
    ]
    assert [each.invitation_id for each in in_order(places, now)] == [3, 4, 2, 1, 7, 5, 6]
