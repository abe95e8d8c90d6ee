"""Agenda, day, people and publicity in the database."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from app import clock
from app.blueprints.budget import ledger
from app.blueprints.budget.rules.figures import Origin
from app.blueprints.budget.template import lines
from app.blueprints.events import following
from app.blueprints.events.rules.dates import Start
from app.blueprints.events.rules.status import EventArchived
from app.blueprints.programme import queries
from app.blueprints.programme.agenda import actions, template
from app.blueprints.programme.agenda.actions import Said, Watched
from app.blueprints.programme.day import actions as day
from app.blueprints.programme.day.actions import DayIsOver, Line
from app.blueprints.programme.front import actions as front
from app.blueprints.programme.front.actions import NamedTwice, Who
from app.blueprints.programme.open import actions as opened
from app.blueprints.programme.publicity import actions as publicity
from app.blueprints.programme.publicity.actions import Row
from app.blueprints.programme.rules.coverage import coverage
from app.blueprints.programme.rules.rehearsed import Readiness
from app.blueprints.programme.taking_along import moved
from app.models import (
    EventStatus,
    FrontKind,
    GuestKind,
    Invitation,
    InvitationState,
    Point,
    SessionKind,
)
from tests.programme.conftest import START


def minutes(event):
    return [(each.starts_at - START) // timedelta(minutes=1) for each in queries.sessions(event)]


def said(row, start, length, **values):
    given = {"kind": row.kind, "title": row.title, "room": row.room, "speaker_id": row.speaker_id} | values
    return Said(starts_at=START + timedelta(minutes=start), minutes=length, **given)


def test_the_template_covers_everything_and_fits_together(event, session):
    assert actions.lay_out(event) == len(template.SESSIONS)
    session.commit()
    assert actions.lay_out(event) == 0
    rows = queries.sessions(event)
    assert coverage((each.id, each.kind, each.covered) for each in rows).is_whole
    assert all(one.ends_at == other.starts_at for one, other in pairwise(rows))
    assert all(each.cues for each in rows)


def test_a_moved_session_takes_along_what_follows_when_asked(event, add, session):
    first, _, _ = add(0), add(30), add(70, room="二号厅")
    add(60, 20)
    assert actions.edit(event, first, said(first, 10, 30)) == 0
    assert minutes(event) == [10, 30, 60, 70]
    assert actions.edit(event, first, said(first, 10, 45, points=[Point.MARKET]), along=True) == 2
    session.commit()
    assert minutes(event) == [10, 45, 70, 75]
    assert first.covered == {Point.MARKET}
    actions.remove(event, first)
    assert minutes(event) == [45, 70, 75]
    event.status = EventStatus.ARCHIVED
    with pytest.raises(EventArchived):
        add(200)


def test_another_speaker_has_to_pass_a_rehearsal_anew(event, add, session):
    one, other = (front.add(event, Who(FrontKind.SPEAKER, name)) for name in ("王海", "李敏"))
    row = add(0, speaker_id=one.id)
    assert queries.readiness_of(row) is Readiness.NEVER
    actions.log_rehearsal(event, row, Watched(date(2026, 12, 15), "赵总", "毛利多少", "数据页", False), None)
    assert queries.readiness_of(row) is Readiness.NOT_READY
    passed = actions.log_rehearsal(event, row, Watched(date(2026, 12, 16), "赵总", "", "", True), None)
    assert queries.readiness_of(row) is Readiness.READY
    actions.edit(event, row, said(row, 0, 30, speaker_id=other.id))
    assert queries.readiness_of(row) is Readiness.NEVER
    actions.edit(event, row, said(row, 0, 30, speaker_id=one.id))
    actions.remove_rehearsal(event, row, passed)
    assert queries.readiness_of(row) is Readiness.NOT_READY
    front.remove(event, one)
    session.commit()
    assert row.speaker_id is None
    assert queries.readiness_of(row) is Readiness.NO_SPEAKER


def test_a_guest_stands_in_front_once_and_may_decline(event, build, session):
    session.commit()  # SQLite has one writer
    dealer = build.dealer(contact="陈处长")
    guest = Invitation(
        event_id=event.id, dealer_id=dealer.id, token="t", listed_at=clock.now(), kind=GuestKind.GOVERNMENT
    )
    session.add(guest)
    session.commit()
    row = front.add(event, Who(FrontKind.OFFICIAL, invitation_id=guest.id, rostrum_order=1))
    assert row.name == "陈处长"
    with pytest.raises(NamedTwice):
        front.add(event, Who(FrontKind.HONOUR, invitation_id=guest.id))
    session.rollback()
    row = front.add(event, Who(FrontKind.OFFICIAL, invitation_id=guest.id, rostrum_order=1))
    session.commit()
    assert not queries.stays_away(row)
    session.refresh(row)
    guest.state = InvitationState.DECLINED
    session.commit()
    assert queries.stays_away(queries.front(event)[0])
    front.edit(event, row, Who(FrontKind.OFFICIAL, invitation_id=guest.id, title="处长"))
    assert (row.invitation_id, row.title) == (guest.id, "处长")


def test_the_day_is_said_once_and_taken_back(event, add, session):
    first, second, aside = add(0), add(30), add(0, room="二号厅")
    cue = day.add_cue(event, first, Line(-5, "暖场音乐", "音响师"))
    with clock.stopped_at(START):
        day.begin(event, first)
        day.begin(event, aside)
        day.begin(event, first)
    with clock.stopped_at(START + timedelta(minutes=40)):
        day.begin(event, second)
        session.commit()
    assert first.ended_at == START + timedelta(minutes=40)
    assert aside.ended_at is None
    day.take_back(event, second)
    assert second.began_at is None
    day.end(event, aside)
    assert aside.ended_at == aside.began_at
    day.take_back(event, aside)
    assert (aside.began_at, aside.ended_at) == (START, None)
    day.tick(event, cue, is_done=True, by_id=None)
    assert cue.done_at is not None
    event.status = EventStatus.CLOSED
    with pytest.raises(DayIsOver):
        day.begin(event, second)


def test_publicity_is_a_commitment_of_its_line(event, session):
    rows = lines(event)
    session.add_all(rows)
    publicity.add(event, Row("行业周刊", "半版广告", date(2026, 12, 10), "media", Decimal(12000)))
    publicity.add(event, Row("公众号", "预告", date(2026, 12, 1), "media"))
    publicity.add(event, Row("电视台", "新闻", date(2026, 12, 18), "gone", Decimal(8000)))
    session.commit()
    entries = [each for each in ledger.entries(ledger.of_event(event)) if each.origin is Origin.PUBLICITY]
    assert sorted(each.committed for each in entries) == [Decimal(8000), Decimal(12000)]
    media = next(each.id for each in rows if each.key == "media")
    assert {each.line_id for each in entries} == {media}


def test_a_copy_takes_the_agenda_along_and_a_move_moves_it(event, add, build, session):
    speaker = front.add(event, Who(FrontKind.SPEAKER, "王海"))
    row = add(20, speaker_id=speaker.id, points=[Point.MARGIN])
    day.add_cue(event, row, Line(-5, "暖场音乐"))
    publicity.add(event, Row("行业周刊", "半版广告", date(2026, 12, 10), "media", Decimal(12000)))
    session.commit()
    other = build.event(starts_at=START + timedelta(days=30, hours=2), ends_at=START + timedelta(days=31))
    copy = session.get(type(event), other.id)
    following.copied(event, copy, with_people=True)
    session.commit()
    (made,) = queries.sessions(copy)
    assert made.starts_at == copy.starts_at + timedelta(minutes=20)
    assert made.speaker is not None
    assert made.speaker.name == "王海"
    assert made.covered == {Point.MARGIN}
    assert [each.offset for each in made.cues] == [-5]
    (entry,) = queries.publicity(copy)
    assert (entry.due_on, entry.cost) == (date(2027, 1, 9), None)


def test_a_session_keeps_its_distance_over_zones():
    before, after = Start(START, "Asia/Shanghai"), Start(START + timedelta(days=3, hours=6), "Europe/Berlin")
    assert moved(START + timedelta(minutes=90), before, after) == after.at + timedelta(minutes=90)


def test_an_address_is_renewed_and_taken_back(event, session):
    first = opened.open_page(event).token
    second = opened.open_page(event).token
    session.commit()
    assert queries.by_token(first) is None
    assert queries.by_token(second) == event
    opened.close_page(event)
    opened.close_page(event)
    session.commit()
    assert queries.by_token(second) is None


def test_a_kind_without_questions_covers_nothing(event, add):
    add(0, kind=SessionKind.MEAL, points=[Point.MARKET])
    rows = queries.sessions(event)
    assert Point.MARKET in coverage((each.id, each.kind, each.covered) for each in rows).missing
