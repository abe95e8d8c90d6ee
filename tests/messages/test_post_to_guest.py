"""Writing to guests: by which way, in which language, when, and when not at all."""

from datetime import UTC, datetime, time

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import select

from app import clock
from app.blueprints.messages import actions
from app.extensions import db
from app.models import (
    Answer,
    Channel,
    Event,
    EventStatus,
    Invitation,
    InvitationState,
    Message,
    MessageState,
    MessageTemplate,
    Reply,
    Unsubscription,
    User,
    Via,
)

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai


def post(app, invitation, template="invitation", **values):
    with app.app_context():
        message = actions.post_to_guest(
            db.session.get_one(Invitation, invitation.id), template, **{"reason": "1"} | values
        )
        db.session.commit()
        if message is not None:
            db.session.refresh(message)
            db.session.expunge(message)
        return message


def test_a_guest_with_an_address_gets_mail(app, build):
    guest = build.invitation(build.event(quiet_from=time(0), quiet_until=time(0)))
    message = post(app, guest, attach_letter=True, attach_calendar=True)
    assert message.channel is Channel.MAIL
    assert message.state is MessageState.WAITING
    assert message.key == "invitation:1"
    assert (message.attach_letter, message.attach_calendar) == (True, True)
    assert f"http://localhost/r/{guest.token}" in message.text
    assert f"http://localhost/r/{guest.token}" in message.html
    assert "/u/" in message.html
    assert "{" not in message.text + message.subject


def test_a_guest_without_address_gets_an_sms(app, build):
    event = build.event()
    guest = build.invitation(event, build.dealer(mail=None))
    message = post(app, guest, attach_letter=True)
    assert (message.channel, message.address) == (Channel.SMS, guest_mobile(app, guest))
    assert (message.html, message.subject, message.attach_letter) == ("", "", False)
    assert post(app, build.invitation(event, build.dealer(mail=None, mobile=None)), reason="2") is None


def guest_mobile(app, guest):
    with app.app_context():
        return db.session.get_one(Invitation, guest.id).dealer.mobile


@pytest.mark.parametrize(
    ("dealer_locale", "event_language", "expected"),
    [(None, "zh_CN", "zh_CN"), (None, "en", "en"), ("en", "zh_CN", "en"), ("zh_CN", "en", "zh_CN")],
)
def test_the_guests_language_comes_before_the_events(app, build, dealer_locale, event_language, expected):
    guest = build.invitation(build.event(language=event_language), build.dealer(locale=dealer_locale))
    assert post(app, guest).locale == expected


def test_the_same_reason_is_written_once(app, build):
    guest = build.invitation(build.event())
    assert post(app, guest) is not None
    assert post(app, guest) is None
    assert post(app, guest, reason="2") is not None


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.CLOSED, EventStatus.ARCHIVED])
def test_nothing_is_written_while_the_event_is_not_open(app, build, status):
    assert post(app, build.invitation(build.event(status=status))) is None


@pytest.mark.parametrize("state", [InvitationState.DECLINED, InvitationState.DECLINED_LATE])
@pytest.mark.parametrize("template", ["reminder", "reconfirm", "invitation", "event_moved"])
def test_who_declined_is_never_reminded(app, build, state, template):
    assert post(app, build.invitation(build.event(), state=state), template) is None


def test_who_unsubscribed_gets_nothing(app, build):
    dealer = build.dealer()
    build.save(Unsubscription(address=dealer.mail, unsubscribed_at=clock.now()))
    assert post(app, build.invitation(build.event(), dealer)) is None


def test_quiet_hours_are_those_of_the_events_zone(app, build):
    event = build.event(quiet_from=time(21), quiet_until=time(8, 30), starts_at=datetime(2026, 12, 5, 1, tzinfo=UTC))
    guest = build.invitation(event, state=InvitationState.INVITED)
    with clock.stopped_at(datetime(2026, 11, 20, 14, 0, tzinfo=UTC)):  # 22:00 in Shanghai
        assert post(app, guest).due_at == datetime(2026, 11, 21, 0, 30, tzinfo=UTC)
        assert post(app, guest, "reply_received").due_at == clock.now()
    with clock.stopped_at(NOON):
        assert post(app, guest, reason="2").due_at == NOON
        late = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
        assert post(app, guest, reason="3", due_at=late).due_at == datetime(2026, 11, 21, 0, 30, tzinfo=UTC)


def test_the_events_own_words_are_used(app, build):
    event = build.event(language="zh_CN")
    build.save(
        MessageTemplate(
            event_id=event.id,
            key="invitation",
            channel=Channel.MAIL,
            locale="zh_CN",
            subject="请{contact}",
            body="{company} < {link}",
        )
    )
    dealer = build.dealer(company="甲 & 乙")
    message = post(app, build.invitation(event, dealer))
    assert message.subject == f"请{dealer.contact}"
    assert message.text.startswith("甲 & 乙 < http")
    assert "甲 &amp; 乙 &lt; " in message.html


def test_the_thank_you_says_what_is_on_record(app, build):
    guest = build.invitation(build.event(language="en"), state=InvitationState.ACCEPTED)
    build.companions(guest, ["王芳"])
    build.save(
        Reply(invitation_id=guest.id, answer=Answer.COMING, answered_at=clock.now(), via=Via.LINK, diet="no peanuts")
    )
    text = post(app, guest, "reply_received").text
    assert "王芳" in text
    assert "no peanuts" in text


def test_many_guests_cost_a_handful_of_statements(app, build):
    event = build.event()
    for _ in range(60):
        build.invitation(event)
    with app.app_context():
        statements = []
        guests = list(db.session.scalars(select(Invitation).join(Event).where(Event.id == event.id)))

        def count(*arguments):
            statements.append(arguments[2])

        sqlalchemy_event.listen(db.engine, "before_cursor_execute", count)
        try:
            posted = actions.post_to_guests(guests, "invitation", reason=lambda guest: str(guest.id))
        finally:
            sqlalchemy_event.remove(db.engine, "before_cursor_execute", count)
        db.session.commit()
        assert len(posted) == 60
        looked_up = [each for each in statements if each.startswith("SELECT")]
        assert len(looked_up) < 10  # SQLite inserts row by row, which costs nothing there
        assert actions.post_to_guests(guests, "invitation", reason=lambda guest: str(guest.id)) == []
        assert len(list(db.session.scalars(select(Message)))) == 60


def test_a_rep_is_told_whom_to_call_and_the_group_how_many(app, build):
    rep = build.user(login="rep@example.com")
    event = build.event(language="zh_CN")
    guests = [build.invitation(event, rep_id=rep.id, state=InvitationState.SILENT) for _ in range(2)]
    app.config["ROBOT_URLS"] = ["json://localhost/1", "json://localhost/2"]
    try:
        with app.app_context():
            row, person = db.session.get_one(Event, event.id), db.session.get_one(User, rep.id)
            rows = list(db.session.scalars(select(Invitation).where(Invitation.event_id == event.id)))
            assert actions.post_to_rep(row, person, rows, reason="1", link="/calls") is not None
            assert actions.post_to_rep(row, person, rows, reason="1", link="/calls") is None
            db.session.commit()
            mail, *notes = db.session.scalars(select(Message).order_by(Message.id))
            assert (mail.address, mail.user_id) == ("rep@example.com", rep.id)
            assert all(guest.dealer.company in mail.text for guest in rows)
            assert [(note.channel, note.address) for note in notes] == [(Channel.ROBOT, "1"), (Channel.ROBOT, "2")]
            for note in notes:
                assert "http://localhost/calls" in note.text
                assert not any(guest.dealer.company in note.text for guest in rows)
    finally:
        app.config["ROBOT_URLS"] = []
    assert len(guests) == 2
