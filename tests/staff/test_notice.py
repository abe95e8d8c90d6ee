"""Telling people their duties, and their own page: what is sent once, what asks again, what a link may do."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.access import Role
from app.extensions import db
from app.models import Channel, Duty, DutyState, DutyTick, Event, EventStatus, JournalEntry, Message, StaffPass
from app.web.guards import GUARD
from tests.staff.conftest import NOW

S = DutyState


@pytest.fixture
def planner(build):
    return build.client(Role.PLANNER)


@pytest.fixture
def placed(crew):
    """An open event with a hired person in its one place."""
    event, role, shift = crew.place(status=EventStatus.OPEN, venue="云麓酒店", venue_address="云麓路 1 号")
    with crew.app.app_context():
        db.session.merge(role).duties = "迎宾\n引导入座"
        db.session.commit()
    person = crew.person("林晓", mail=None)
    return event, crew.duty(role, shift, person, station="1 号签到台")


def all_of(app, model):
    with app.app_context():
        return list(db.session.scalars(select(model).order_by(model.id)))


def tell(planner, event, **data):
    return planner.post(f"/events/{event.slug}/staff/notices", data=data or {"all": "1"})


def page_of(app):
    return f"/d/{all_of(app, StaffPass)[0].token}"


def duty_of(app):
    return all_of(app, Duty)[0]


def test_telling_writes_one_message_with_the_link(app, planner, placed):
    event, _duty = placed
    assert planner.get(f"/events/{event.slug}/staff/notices").status_code == 200
    assert tell(planner, event).status_code == 303
    assert tell(planner, event).status_code == 303
    (message,) = all_of(app, Message)
    assert (message.channel, message.template, message.event_id) == (Channel.SMS, "duty_notice", event.id)
    assert page_of(app) in message.text
    assert (duty_of(app).state, duty_of(app).told_at) == (S.TOLD, NOW)


def test_mail_goes_first_and_in_the_persons_language(app, crew, planner):
    event, role, shift = crew.place(status=EventStatus.OPEN)
    crew.duty(role, shift, crew.person("Lin", mail="lin@example.com", locale="en"))
    tell(planner, event)
    (message,) = all_of(app, Message)
    assert (message.channel, message.address, message.locale) == (Channel.MAIL, "lin@example.com", "en")
    assert message.text.startswith("Hello Lin")
    assert page_of(app) in message.html


def test_a_changed_duty_asks_again_and_back_again(app, planner, placed, client):
    event, duty = placed
    tell(planner, event)
    for count, station in enumerate(("2 号签到台", "1 号签到台", "2 号签到台"), 2):
        planner.post(f"/events/{event.slug}/staff/duties/{duty.id}/station", data={"station": station})
        shown = client.get(page_of(app))
        assert 'value="acknowledge"' not in shown.text
        tell(planner, event)
        assert len(all_of(app, Message)) == count
        assert duty_of(app).state is S.TOLD


def test_whoever_has_no_address_is_named_and_not_marked(app, crew, planner):
    event, role, shift = crew.place(status=EventStatus.OPEN)
    crew.duty(role, shift, crew.person("无址人", mobile=None))
    answer = tell(planner, event)
    assert all_of(app, Message) == []
    assert duty_of(app).state is S.PLANNED
    assert "无址人" in planner.get(answer.location).text.split('id="flashes"')[1]


def test_asking_once_more_those_who_are_silent(app, planner, placed):
    event, duty = placed
    tell(planner, event)
    tell(planner, event, ids=duty.person_id)
    assert len(all_of(app, Message)) == 1
    with clock.stopped_at(NOW + timedelta(hours=5)):
        tell(planner, event, ids=duty.person_id)
    assert len(all_of(app, Message)) == 2


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.CLOSED])
def test_nobody_is_told_of_a_draft_or_of_what_is_over(app, crew, planner, status):
    event, role, shift = crew.place(status=status)
    crew.duty(role, shift, crew.person())
    assert tell(planner, event).status_code == 409
    assert all_of(app, Message) == []


def test_only_this_events_people_are_told(app, crew, planner, placed):
    event, _duty = placed
    theirs, role, shift = crew.place(status=EventStatus.OPEN)
    other = crew.duty(role, shift, crew.person())
    tell(planner, event, ids=other.person_id)
    assert all_of(app, Message) == []
    assert tell(planner, theirs, ids=other.person_id).status_code == 303
    assert len(all_of(app, Message)) == 1


def test_only_those_who_plan_tell(build, placed):
    event, _duty = placed
    for role in (Role.DIRECTOR, Role.FINANCE):
        client = build.client(role)
        assert client.get(f"/events/{event.slug}/staff/notices").status_code == 403
        assert tell(client, event).status_code == 403


# -- the person's own page


@pytest.fixture
def told(app, planner, placed):
    tell(planner, placed[0])
    return page_of(app)


def seen(app):
    return {"duty_id": duty_of(app).id, "seen": duty_of(app).told_digest}


def test_the_page_needs_no_account_and_looking_changes_nothing(app, client, told):
    before = (duty_of(app).version, len(all_of(app, JournalEntry)))
    shown = client.get(told)
    assert shown.status_code == 200
    for word in ("1 号签到台", "迎宾", "云麓酒店"):
        assert word in shown.text
    assert "noindex" in shown.headers["X-Robots-Tag"]
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(f"{told}/answer").status_code == 405
    assert (duty_of(app).version, len(all_of(app, JournalEntry))) == before
    assert isinstance(getattr(app.view_functions["staff.my_duties"], GUARD), str)


@pytest.mark.parametrize("token", ["x", "x" * 40, "%00", "../"])
def test_an_unknown_link_is_no_page(client, token):
    assert client.get(f"/d/{token}").status_code == 404
    assert client.get(f"/d/{token}.ics").status_code == 404


def test_saying_yes_then_no_with_a_reason(app, client, told):
    assert client.post(f"{told}/answer", data={**seen(app), "answer": "acknowledge"}).status_code == 303
    assert (duty_of(app).state, duty_of(app).answered_at) == (S.ACKNOWLEDGED, NOW)
    for bad in ({"answer": "refuse"}, {"answer": "refuse", "reason": "长" * 201}, {"answer": "x"}, {}):
        assert client.post(f"{told}/answer", data={**seen(app), **bad}).status_code == 422
    assert (
        client.post(f"{told}/answer", data={**seen(app), "answer": "refuse", "reason": "\x00发烧 "}).status_code == 303
    )
    assert (duty_of(app).state, duty_of(app).refusal) == (S.REFUSED, "发烧")
    entry = all_of(app, JournalEntry)[-1]
    assert (entry.action, entry.actor) == ("duty.refused", "林晓")


def test_what_was_not_read_cannot_be_answered(app, client, told):
    stale = {"duty_id": duty_of(app).id, "seen": "0" * 64}
    assert client.post(f"{told}/answer", data={**stale, "answer": "acknowledge"}).status_code == 409
    assert duty_of(app).state is S.TOLD


def test_ticks_are_kept_once_and_can_be_taken_away(app, client, told):
    data = {"duty_id": duty_of(app).id, "line": "迎宾", "done": "1"}
    for _ in range(2):
        assert client.post(f"{told}/tick", data=data).status_code == 303
    assert [each.line for each in all_of(app, DutyTick)] == ["迎宾"]
    assert client.post(f"{told}/tick", data={**data, "done": "0"}).status_code == 303
    assert all_of(app, DutyTick) == []
    assert client.post(f"{told}/tick", data={**data, "line": "别的"}).status_code == 409


def test_a_link_opens_nobody_elses_duty(app, crew, client, told):
    _event, role, shift = crew.place(status=EventStatus.OPEN)
    other = crew.duty(role, shift, crew.person(), state=S.TOLD)
    for path, data in (("answer", {"seen": "", "answer": "acknowledge"}), ("tick", {"line": "迎宾", "done": "1"})):
        assert client.post(f"{told}/{path}", data={"duty_id": other.id, **data}).status_code == 404


def test_now_and_next(app, crew, client, told, placed):
    event, duty = placed
    with crew.app.app_context():
        loaded = db.session.get_one(Duty, duty.id)
        begins, ends = loaded.shift.starts_at, loaded.shift.ends_at
    for at, mark in ((begins - timedelta(hours=1), "my-next"), (begins, "my-now"), (ends, None)):
        with clock.stopped_at(at):
            found = set(re.findall(r"\bmy-(?:now|next)\b", client.get(told).text))
        assert found == ({mark} if mark else set())
    assert event.id == duty.event_id


def test_the_feed_holds_what_was_told(app, client, told):
    feed = client.get(f"{told}.ics")
    assert feed.headers["Content-Type"].startswith("text/calendar")
    assert feed.text.count("BEGIN:VEVENT") == 1
    client.post(f"{told}/answer", data={**seen(app), "answer": "refuse", "reason": "发烧"})
    assert "BEGIN:VEVENT" not in client.get(f"{told}.ics").text


def test_when_the_event_is_closed_the_page_says_so_and_takes_nothing(app, client, told, placed):
    answer = seen(app)
    with app.app_context():
        db.session.get_one(Event, placed[0].id).status = EventStatus.CLOSED
        db.session.commit()
    shown = client.get(told)
    assert shown.status_code == 200
    assert "1 号签到台" not in shown.text
    assert client.post(f"{told}/answer", data={**answer, "answer": "acknowledge"}).status_code == 410
    assert client.post(f"{told}/tick", data={**answer, "line": "迎宾", "done": "1"}).status_code == 410
    assert "BEGIN:VEVENT" not in client.get(f"{told}.ics").text
    assert duty_of(app).state is S.TOLD
