"""The head count of a whole event: parts that add up, needs that follow, and no more than three queries."""

from datetime import timedelta

import pytest
from sqlalchemy import event as sa_event

from app.blueprints.rsvp.queries import head_count_three_ways
from app.extensions import db
from app.models import Answer, Event, EventStatus, GuestKind, Readiness, Reply, Via
from app.models import InvitationState as S
from tests.rsvp.conftest import LONG_BEFORE, START

pytestmark = pytest.mark.usefixtures("at_the_beginning")


def count(desk, event, rep_id=None):
    with desk.app.app_context():
        return head_count_three_ways(db.session.get_one(Event, event.id), rep_id)


def answered(desk, event, state, *, companions=0, nights=0, pickup=False, **values):
    guest = desk.guest(event, state=state, readiness=Readiness.LEANING, **values)
    desk.build.companions(guest, ["同行"] * companions)
    desk.build.save(
        Reply(
            invitation_id=guest.id,
            answer=Answer.COMING,
            answered_at=LONG_BEFORE,
            via=Via.LINK,
            hotel_nights=nights,
            pickup_wanted=pickup,
        )
    )
    return guest


def figures(ways):
    return (ways.firm, ways.likely, ways.maximum)


def test_figures_and_what_follows(desk):
    event = desk.event(spare_percent=10, capacity=50)
    answered(desk, event, S.FIRM, companions=1, nights=2, pickup=True)  # 2 × 0.95
    answered(desk, event, S.ARRIVED)  # 1
    answered(desk, event, S.ACCEPTED, companions=2, nights=1)  # 3 × 0.75
    answered(desk, event, S.SILENT)  # 0.45
    desk.guest(event, state=S.NO_ANSWER, companions_allowed=2, readiness=Readiness.LEANING)  # 0.12, at most 3
    for gone in (S.DECLINED, S.DECLINED_LATE, S.WAITING, S.LISTED, S.NO_SHOW):
        answered(desk, event, gone, nights=9)
    found = count(desk, event)
    assert figures(found.total) == (3, 6, 10)  # 1.9 + 1 + 2.25 + 0.45 + 0.12 = 5.72
    assert figures(found.meals) == figures(found.seats) == (3, 6, 10)
    assert figures(found.rooms) == (1, 2, 2)  # 0.95 + 0.75 = 1.7
    assert figures(found.room_nights) == (2, 3, 3)  # 1.9 + 0.75 = 2.65
    assert figures(found.pickups) == (1, 1, 1)
    assert figures(found.bags) == figures(found.badges) == (4, 7, 11)
    assert found.capacity == 50


def test_parts_add_up(desk, build):
    event = desk.event()
    reps = [build.user(name=name) for name in ("甲", "乙", "丙")]
    for number in range(14):
        kind = list(GuestKind)[number % 4]
        rep = reps[number % 3] if number % 5 else None
        answered(desk, event, S.ACCEPTED, kind=kind, rep_id=rep.id if rep else None, companions=number % 2)
    found = count(desk, event)
    for shares in (found.by_kind, found.by_rep):
        assert sum(share.count.likely for share in shares) == found.total.likely
        assert sum(share.count.maximum for share in shares) == found.total.maximum
    assert {share.name for share in found.by_rep} == {"甲", "乙", "丙", ""}
    own = count(desk, event, reps[0].id)
    assert [share.name for share in own.by_rep] == ["甲"]
    assert own.total.maximum < found.total.maximum


@pytest.mark.parametrize(
    ("past", "status", "expected"),
    [
        ([], EventStatus.CLOSED, 8),  # ten accepted: 7.5
        ([S.ARRIVED], EventStatus.CLOSED, 8),  # each came once: (1 + 3.2) / 5 / 0.8 = 1.05, 7.9
        ([S.NO_SHOW, S.DECLINED_LATE], EventStatus.CLOSED, 5),  # (0 + 3.2) / 6 / 0.8 = 0.67, 5.0
        ([S.DECLINED, S.LISTED], EventStatus.CLOSED, 8),  # never accepted: says nothing
        ([S.NO_SHOW, S.NO_SHOW], EventStatus.OPEN, 8),  # not closed yet: says nothing
    ],
)
def test_the_dealers_own_record_counts(desk, build, past, status, expected):
    event = desk.event(capacity=50)
    dealers = [build.dealer() for _ in range(10)]
    for number, state in enumerate(past, 1):
        earlier = desk.event(starts_at=START - timedelta(days=100 * number), status=status)
        for dealer in dealers:
            desk.guest(earlier, dealer=dealer, state=state)
    for dealer in dealers:
        answered(desk, event, S.ACCEPTED, dealer=dealer)
    assert count(desk, event).total.likely == expected


def test_three_queries_however_many_guests(desk):
    event = desk.event()
    for _ in range(30):
        answered(desk, event, S.ACCEPTED, companions=1)
    with desk.app.app_context():
        loaded = db.session.get_one(Event, event.id)
        seen = []
        engine = db.engine

        def note(*args):
            seen.append(args[2])

        sa_event.listen(engine, "before_cursor_execute", note)
        try:
            head_count_three_ways(loaded)
        finally:
            sa_event.remove(engine, "before_cursor_execute", note)
    assert len(seen) == 3
