"""What needs a person: each line with the facts that bring it up and those that do not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.blueprints.events.rules.attention import Facts, Matter, concerns
from app.blueprints.events.rules.dates import Start
from app.blueprints.events.rules.head_count import Cell, HeadCount
from app.blueprints.events.rules.rail import MilestoneFact
from app.models import EventStatus, GuestKind, InvitationState, Readiness, Stage

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
S = InvitationState
M = Matter


def cell(state, guests=1, *, readiness=Readiness.PROSPECT, kind=GuestKind.DEALER, companions=0, leads=0):
    return Cell(state, kind, readiness, None, guests, companions, leads)


def facts(days=20, *cells, **more):
    """An event in so many days with which all is well, but for what is given."""
    start = NOW.replace(hour=1) + timedelta(days=days)
    given: dict[str, Any] = {
        "now": NOW,
        "status": EventStatus.OPEN,
        "start": Start(start, "Asia/Shanghai"),
        "ends_at": start + timedelta(hours=8),
        "venue": "云麓酒店",
        "contact_phone": "027-88886666",
        "capacity": 120,
        "signing_target": 0,
        "count": HeadCount(cells or (cell(S.ACCEPTED, 10, leads=1),)),
        "round_due_at": start - timedelta(days=3),
    }
    return Facts(**given | more)


def found(given):
    return {each.matter: each for each in concerns(given)}


def test_when_all_is_well_nothing_is_said():
    assert concerns(facts()) == []


@pytest.mark.parametrize(
    ("given", "matter", "is_grave"),
    [
        (facts(30, status=EventStatus.DRAFT), M.STILL_DRAFT, False),
        (facts(14, status=EventStatus.DRAFT), M.STILL_DRAFT, True),
        (facts(45, venue=""), M.VENUE_MISSING, False),
        (facts(21, venue=""), M.VENUE_MISSING, True),
        (facts(60, contact_phone=""), M.CONTACT_MISSING, False),
        (facts(28, count=HeadCount()), M.NO_GUESTS, False),
        (facts(21, count=HeadCount()), M.NO_GUESTS, True),
        (facts(14, cell(S.LISTED, 5)), M.NOT_INVITED, False),
        (facts(7, cell(S.LISTED, 5)), M.NOT_INVITED, True),
        (facts(10, cell(S.INVITED, 5), cell(S.ACCEPTED, leads=1)), M.UNANSWERED, False),
        (facts(20, questions_open=2), M.QUESTIONS_OPEN, False),
        (facts(2, status=EventStatus.RUNNING), M.ROUND_NOT_ASKED, True),
        (facts(2, round_was_asked=True, silent_uncalled=3), M.SILENT_NOT_CALLED, False),
        (facts(1, round_was_asked=True, silent_uncalled=3), M.SILENT_NOT_CALLED, True),
        (facts(20, cell(S.FIRM, 100, companions=21)), M.SEATS_EXCEEDED, True),
        (facts(14, cell(S.FIRM, 100), cell(S.INVITED, 21)), M.SEATS_MAY_BE_EXCEEDED, False),
        (facts(20, cell(S.WAITING, 2), cell(S.ACCEPTED, 119)), M.SEATS_FOR_WAITING, False),
        (facts(14, signing_target=3), M.SIGNERS_SHORT, False),
        (facts(3, signing_target=3), M.SIGNERS_SHORT, True),
        (facts(7, cell(S.ACCEPTED, 9)), M.NO_LEAD_SIGNER, False),
        (facts(1, round_was_asked=True, badges_unprinted=4), M.BADGES_NOT_PRINTED, True),
        (facts(20, messages_failed=1), M.MESSAGES_FAILED, True),
        (facts(-1, round_was_asked=True), M.NOT_CLOSED, False),
    ],
)
def test_what_brings_a_line_up(given, matter, is_grave):
    lines = found(given)
    assert matter in lines
    assert lines[matter].is_grave == is_grave


@pytest.mark.parametrize(
    ("given", "matter"),
    [
        (facts(31, status=EventStatus.DRAFT), M.STILL_DRAFT),
        (facts(46, venue=""), M.VENUE_MISSING),
        (facts(-1, venue=""), M.VENUE_MISSING),
        (facts(40, status=EventStatus.DRAFT, contact_phone=""), M.CONTACT_MISSING),
        (facts(29, count=HeadCount()), M.NO_GUESTS),
        (facts(15, cell(S.LISTED, 5)), M.NOT_INVITED),
        (facts(10, cell(S.INVITED, 5), round_was_asked=True), M.UNANSWERED),
        (facts(2, round_was_asked=True), M.ROUND_NOT_ASKED),
        (facts(2, cell(S.DECLINED, 3)), M.ROUND_NOT_ASKED),
        (facts(4), M.ROUND_NOT_ASKED),
        (facts(20, cell(S.FIRM, 120)), M.SEATS_EXCEEDED),
        (facts(20, cell(S.FIRM, 100), cell(S.WAITING, 50)), M.SEATS_MAY_BE_EXCEEDED),
        (facts(20, cell(S.WAITING, 2), cell(S.FIRM, 120)), M.SEATS_FOR_WAITING),
        (facts(14, cell(S.FIRM, 3, readiness=Readiness.READY, leads=1), signing_target=3), M.SIGNERS_SHORT),
        (facts(7, cell(S.ACCEPTED, 9, kind=GuestKind.MEDIA)), M.NO_LEAD_SIGNER),
        (facts(2, round_was_asked=True, badges_unprinted=4), M.BADGES_NOT_PRINTED),
        (facts(0, round_was_asked=True), M.NOT_CLOSED),
    ],
)
def test_what_does_not(given, matter):
    assert matter not in found(given)


def test_a_closed_event_only_asks_for_its_milestones_and_messages():
    late = MilestoneFact(1, Stage.REPORT, "summary", date(2026, 11, 20), is_done=False)
    closed = facts(-9, cell(S.FIRM, 200), status=EventStatus.CLOSED, milestones=(late,), messages_failed=1, venue="")
    assert list(found(closed)) == [M.MESSAGES_FAILED, M.MILESTONE_LATE]
    assert concerns(replace(closed, status=EventStatus.ARCHIVED)) == []


def test_late_milestones_are_named_up_to_three_and_then_counted():
    days = [date(2026, 11, 23), date(2026, 11, 1), date(2026, 11, 22), date(2026, 11, 10), date(2026, 11, 24)]
    rows = tuple(MilestoneFact(n, Stage.PLAN, str(n), day, is_done=False) for n, day in enumerate(days))
    lines = concerns(facts(milestones=rows))
    assert [each.milestone.id for each in lines if each.milestone] == [1, 3, 2]
    assert [each.is_grave for each in lines] == [True, True, False, False]
    assert lines[-1].matter is M.MORE_MILESTONES_LATE
    assert lines[-1].number == 1


def test_today_is_the_events_own_today():
    kiritimati = facts(1, start=Start(NOW + timedelta(hours=20), "Pacific/Kiritimati"))
    assert kiritimati.today == date(2026, 11, 24)
    assert replace(kiritimati, now=NOW + timedelta(hours=8)).today == date(2026, 11, 25)


def test_grave_lines_come_first():
    lines = concerns(facts(6, cell(S.LISTED, 3), questions_open=1, venue=""))
    assert [each.is_grave for each in lines] == sorted((each.is_grave for each in lines), reverse=True)
