"""Telling the people in front their part: who is written to, what changes it, and what their hosts see."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.access import Role
from app.blueprints.programme import queries
from app.blueprints.programme.front import actions as front
from app.blueprints.programme.front import telling
from app.blueprints.programme.front.actions import Who
from app.blueprints.programme.front.parts import Knows, parts
from app.blueprints.programme.open import actions as opened
from app.blueprints.staff import passes
from app.models import EventStatus, FrontKind, Message, StaffPerson
from tests.programme.conftest import NOW


def knows(event):
    return {each.person.name: each.knows for each in parts(queries.front(event), queries.sessions(event))}


def written(session, template):
    return list(session.scalars(select(Message).where(Message.template == template).order_by(Message.id)))


@pytest.fixture
def people(event, add, session):
    """A speaker with a mail address, an official without any, and somebody with no part."""
    host = StaffPerson(name="方静怡", sort_key="fang", mobile="+8613800000000", created_at=clock.now())
    session.add(host)
    session.flush()
    speaker = front.add(event, Who(FrontKind.SPEAKER, "王海", mail="wang@expert.example", rostrum_order=2))
    official = front.add(event, Who(FrontKind.OFFICIAL, "陈处长", host_id=host.id, rostrum_order=1))
    front.add(event, Who(FrontKind.PRESS, "叶记者"))
    add(60, title="市场与产品", speaker_id=speaker.id)
    event.status = EventStatus.OPEN
    session.commit()
    return speaker, official, host


def test_everybody_is_told_once_and_again_when_it_changes(event, people, session):
    speaker, official, _ = people
    assert knows(event) == {"王海": Knows.NOT_TOLD, "陈处长": Knows.NOT_TOLD, "叶记者": Knows.NOTHING}
    token = opened.open_page(event).token
    told = telling.tell(event)
    session.commit()
    assert (told.written, [each.name for each in told.unreached]) == (1, ["陈处长"])
    (message,) = written(session, "front_notice")
    assert (message.template, message.address) == ("front_notice", "wang@expert.example")
    assert all(word in message.text for word in ("王海", "市场与产品", "10:00–10:30", f"/p/{token}"))
    assert telling.tell(event).written == 0
    telling.tell_by_hand(event, official)
    assert knows(event)["陈处长"] is Knows.TOLD
    queries.sessions(event)[0].starts_at += timedelta(minutes=15)
    session.commit()
    assert knows(event) == {"王海": Knows.CHANGED, "陈处长": Knows.TOLD, "叶记者": Knows.NOTHING}
    assert telling.tell(event).written == 1
    assert "10:15" in written(session, "front_notice")[1].text
    queries.sessions(event)[0].starts_at -= timedelta(minutes=15)
    with clock.stopped_at(NOW + timedelta(minutes=1)):
        assert telling.tell(event).written == 1
    session.commit()
    assert len(written(session, "front_notice")) == 3  # as it was at first, and yet told anew
    front.edit(event, speaker, Who(FrontKind.SPEAKER, "王海", mail="wang@expert.example", rostrum_order=3))
    assert knows(event)["王海"] is Knows.TOLD  # the seat is the same
    event.status = EventStatus.DRAFT
    with pytest.raises(telling.ProgrammeRests):
        telling.tell(event)


def test_the_buttons_and_the_host_s_own_page(app, build, event, people, session):
    speaker, official, host = people
    key = passes.ensure(event, [host])[host.id].token
    session.commit()
    base, ids = f"/events/{event.slug}/programme/front", (speaker.id, official.id)
    session.rollback()
    client = build.client(Role.PLANNER)
    assert client.get(base + "/").status_code == 200
    assert client.post(base + "/tell").status_code == 303
    assert client.post(f"{base}/{ids[1]}/told").status_code == 303
    assert set(knows(event).values()) == {Knows.TOLD, Knows.NOTHING}
    session.rollback()
    own = app.test_client().get(f"/d/{key}")
    assert "陈处长" in own.text
    assert "王海" not in own.text


def test_hosts_are_told_whom_they_look_after_and_when_that_changes(event, people, session):
    speaker, official, host = people
    assert telling.tell(event).hosts == 1
    (first,) = written(session, "host_notice")
    token = passes.of(event)[host.id].token
    assert all(word in first.text for word in ("方静怡", "陈处长", f"/d/{token}"))
    assert (first.address, "王海" in first.text) == (host.mobile, False)
    telling.tell_by_hand(event, official)
    assert telling.tell(event).hosts == 0
    front.edit(event, speaker, Who(FrontKind.SPEAKER, "王海", mail="wang@expert.example", host_id=host.id))
    assert telling.tell(event).hosts == 1
    front.edit(event, speaker, Who(FrontKind.SPEAKER, "王海", mail="wang@expert.example"))
    front.remove(event, official)
    assert telling.tell(event).hosts == 1
    session.commit()
    texts = [each.text for each in written(session, "host_notice")]
    assert [("陈处长" in each, "王海" in each) for each in texts] == [(True, False), (True, True), (False, False)]
