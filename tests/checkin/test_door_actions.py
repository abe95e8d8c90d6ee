"""Letting people in, with a database: once, whoever asks, however often."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app import clock
from app.blueprints.checkin import actions, queries
from app.blueprints.checkin.arrivals import queries as figures_of
from app.errors import EventNotOpen
from app.extensions import db
from app.models import Arrival, Badge, EventStatus, Invitation, JournalEntry, Scan, Verdict
from app.models import InvitationState as S


def scan(app, event, code, scan_id="scan-1", **more):
    with app.app_context():
        outcome = actions.check_in(
            db.session.merge(event, load=False),
            queries.holder_of_badge(code),
            door="A",
            by_id=None,
            at=clock.now(),
            scan_id=scan_id,
            **more,
        )
        db.session.commit()
        return outcome.verdict


def the_scan(event, scan_id):
    found = queries.scan(event, scan_id)
    assert found is not None
    return found


def count(app, model):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def state_of(app, invitation):
    with app.app_context():
        return db.session.get_one(Invitation, invitation.id).state


@pytest.fixture
def guest(build):
    event = build.event()
    invitation = build.invitation(event, state=S.FIRM)
    return event, invitation, build.badge(invitation)


def test_a_guest_comes_in_once(app, guest):
    event, invitation, badge = guest
    assert scan(app, event, badge.code, "one") is Verdict.ADMIT
    assert scan(app, event, badge.code, "two") is Verdict.ALREADY_IN
    assert (count(app, Arrival), count(app, Scan)) == (1, 2)
    assert state_of(app, invitation) is S.ARRIVED


def test_the_same_scan_sent_again_is_one_scan(app, guest):
    event, _, badge = guest
    assert scan(app, event, badge.code) is Verdict.ADMIT
    assert scan(app, event, badge.code) is Verdict.ADMIT
    assert (count(app, Arrival), count(app, Scan)) == (1, 1)


def test_an_id_of_a_scan_belongs_to_one_person(app, build, guest):
    event, _, badge = guest
    other = build.badge(build.invitation(event, state=S.FIRM))
    assert scan(app, event, badge.code) is Verdict.ADMIT
    with pytest.raises(actions.ScanIdTaken):
        scan(app, event, other.code)
    assert (count(app, Arrival), count(app, Scan)) == (1, 1)


def test_a_refused_scan_sent_again_stays_refused(app, build):
    event = build.event()
    invitation = build.invitation(event, state=S.DECLINED)
    badge = build.badge(invitation)
    assert scan(app, event, badge.code) is Verdict.DECLINED
    with app.app_context():
        db.session.get_one(Invitation, invitation.id).state = S.FIRM
        db.session.commit()
    assert scan(app, event, badge.code) is Verdict.DECLINED
    assert (count(app, Arrival), count(app, Scan)) == (0, 1)


def test_the_same_scan_arriving_twice_at_the_same_instant_is_one_scan(app, guest):
    event, _, badge = guest
    together = threading.Barrier(4)

    def send(_):
        together.wait()
        return scan(app, event, badge.code, "the same")

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, range(4))) == {Verdict.ADMIT}
    assert (count(app, Arrival), count(app, Scan)) == (1, 1)


def test_a_companion_has_a_badge_and_an_arrival_of_their_own(app, build, guest):
    event, invitation, badge = guest
    (companion,) = build.companions(invitation, ["李梅"])
    own = build.badge(invitation, companion_id=companion.id)
    assert scan(app, event, own.code, "companion") is Verdict.ADMIT
    assert state_of(app, invitation) is S.FIRM
    assert scan(app, event, badge.code, "guest") is Verdict.ADMIT
    assert scan(app, event, own.code, "again") is Verdict.ALREADY_IN
    assert count(app, Arrival) == 2


@pytest.mark.parametrize(
    ("state", "expected"),
    [(S.DECLINED, Verdict.DECLINED), (S.LISTED, Verdict.NOT_INVITED), (S.WAITING, Verdict.WAITING)],
)
def test_a_refusal_leaves_a_scan_and_may_be_overruled(app, build, state, expected):
    event = build.event()
    invitation = build.invitation(event, state=state)
    badge = build.badge(invitation)
    assert scan(app, event, badge.code, "one") is expected
    assert (count(app, Arrival), count(app, Scan)) == (0, 1)
    assert scan(app, event, badge.code, "two", overrule=True) is Verdict.ADMIT
    with app.app_context():
        assert "arrival.overruled" in set(db.session.scalars(select(JournalEntry.action)))


def test_a_badge_of_another_event_tells_nothing(app, build, guest):
    event, _, _ = guest
    foreign = build.badge(build.invitation(build.event(), state=S.FIRM))
    assert scan(app, event, foreign.code) is Verdict.OTHER_EVENT
    with app.app_context():
        assert db.session.scalar(select(Scan.invitation_id)) is None


def test_an_unknown_and_a_revoked_badge(app, build, guest):
    event, _, badge = guest
    assert scan(app, event, "NOSUCHCODE", "one") is Verdict.UNKNOWN
    with app.app_context():
        db.session.get_one(Badge, badge.id).revoked_at = clock.now()
        db.session.commit()
    assert scan(app, event, badge.code, "two") is Verdict.REVOKED


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.CLOSED, EventStatus.ARCHIVED])
def test_the_door_of_a_closed_event_does_not_work(app, build, status):
    event = build.event(status=status)
    badge = build.badge(build.invitation(event, state=S.FIRM))
    with pytest.raises(EventNotOpen):
        scan(app, event, badge.code)
    assert count(app, Scan) == 0


def test_undo_goes_back_to_where_the_guest_stood(app, build):
    event = build.event()
    invitation = build.invitation(event, state=S.SILENT)
    badge = build.badge(invitation)
    scan(app, event, badge.code, "one")
    with app.app_context():
        actions.undo(event, the_scan(event, "one"), at=clock.now())
        db.session.commit()
    assert state_of(app, invitation) is S.SILENT
    assert (count(app, Arrival), count(app, Scan)) == (0, 1)
    with app.app_context(), pytest.raises(actions.NothingToUndo):
        actions.undo(event, the_scan(event, "one"), at=clock.now())
    assert scan(app, event, badge.code, "two") is Verdict.ADMIT


def test_many_desks_at_the_same_instant_make_one_arrival(app, guest):
    event, _, badge = guest
    together = threading.Barrier(6)

    def desk(n):
        together.wait()
        return scan(app, event, badge.code, f"desk-{n}")

    with ThreadPoolExecutor(6) as pool:
        verdicts = sorted(pool.map(desk, range(6)))
    assert verdicts == [Verdict.ADMIT] + [Verdict.ALREADY_IN] * 5
    assert (count(app, Arrival), count(app, Scan)) == (1, 6)


def test_counters_add_up(app, build):
    event = build.event()
    for state in (S.FIRM, S.FIRM, S.SILENT, S.DECLINED, S.LISTED):
        build.invitation(event, state=state)
    late = build.invitation(event, state=S.FIRM)
    scan(app, event, build.badge(late).code)
    with app.app_context():
        figures = figures_of.counters(event)
    assert (figures.guests_in, figures.expected) == (1, 4)
    assert sum(pair[1] for pair in figures.by_readiness.values()) == 4
