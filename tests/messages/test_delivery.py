"""The second look, at the moment of sending; and a letter's text as a page."""

from datetime import UTC, datetime, time, timedelta

import pytest

from app import clock, mail_page
from app.blueprints.messages import actions, delivery
from app.extensions import db
from app.models import Event, EventStatus, Invitation, InvitationState, Message, Unsubscription
from app.sending import Decision

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai
NIGHT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # 23:00


@pytest.fixture
def event(build):
    return build.event(starts_at=datetime(2026, 12, 5, 1, tzinfo=UTC), quiet_from=time(21), quiet_until=time(8, 30))


def written(app, build, event, template="invitation", state=InvitationState.INVITED):
    guest = build.invitation(event, state=state)
    with app.app_context(), clock.stopped_at(NOON):
        message = actions.post_to_guest(db.session.get_one(Invitation, guest.id), template, reason=str(guest.id))
        assert message is not None
        db.session.commit()
        return message.id, guest.id


def decided(app, message_id, at=NOON):
    with app.app_context(), clock.stopped_at(at):
        return delivery.decide(db.session.get_one(Message, message_id), at)


def change(app, model, key, **values):
    with app.app_context():
        row = db.session.get_one(model, key)
        for name, value in values.items():
            setattr(row, name, value)
        db.session.commit()


def test_what_is_still_wanted_goes(app, build, event):
    message_id, _ = written(app, build, event)
    assert decided(app, message_id) == Decision()


@pytest.mark.parametrize(
    ("template", "state", "reason"),
    [
        ("invitation", InvitationState.DECLINED, "declined"),
        ("reminder", InvitationState.ACCEPTED, "no_longer_needed"),
        ("reminder", InvitationState.DECLINED, "declined"),
        ("reconfirm", InvitationState.FIRM, "no_longer_needed"),
        ("reconfirm", InvitationState.DECLINED_LATE, "declined"),
        ("reply_received", InvitationState.DECLINED, ""),
    ],
)
def test_guests_change_their_mind_while_a_message_waits(app, build, event, template, state, reason):
    message_id, guest_id = written(app, build, event, template)
    change(app, Invitation, guest_id, state=state)
    assert decided(app, message_id).cancel == reason


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.CLOSED, EventStatus.ARCHIVED])
def test_the_event_was_closed(app, build, event, status):
    message_id, _ = written(app, build, event)
    change(app, Event, event.id, status=status)
    assert decided(app, message_id).cancel == "event_not_open"


def test_the_event_is_over(app, build, event):
    message_id, _ = written(app, build, event)
    thanks, _ = written(app, build, event, "reply_received")
    afterwards = event.ends_at + timedelta(hours=1)
    assert decided(app, message_id, afterwards).cancel == "event_over"
    assert decided(app, thanks, afterwards) == Decision()


def test_the_guest_unsubscribed_or_is_gone(app, build, event):
    message_id, guest_id = written(app, build, event)
    with app.app_context():
        address = db.session.get_one(Message, message_id).address
    build.save(Unsubscription(address=address, unsubscribed_at=NOON))
    assert decided(app, message_id).cancel == "unsubscribed"
    with app.app_context():
        db.session.delete(db.session.get_one(Invitation, guest_id))
        db.session.commit()
    assert decided(app, message_id).cancel == "guest_gone"


def test_a_backlog_is_not_sent_at_night(app, build, event):
    message_id, _ = written(app, build, event)
    thanks, _ = written(app, build, event, "reply_received")
    assert decided(app, message_id, NIGHT).later == datetime(2026, 11, 21, 0, 30, tzinfo=UTC)
    assert decided(app, thanks, NIGHT).later is None


def test_a_copy_that_a_person_wanted_goes_but_not_to_who_declined(app, build, event):
    message_id, guest_id = written(app, build, event, "reminder")
    change(app, Message, message_id, copy_of_id=message_id)
    change(app, Invitation, guest_id, state=InvitationState.ACCEPTED)
    assert decided(app, message_id) == Decision()
    change(app, Invitation, guest_id, state=InvitationState.DECLINED)
    assert decided(app, message_id).cancel == "declined"


# -- the page


def test_blocks_of_a_letter():
    text = (
        "Dear 张三,\n\nWhen: Thursday\nWhere: Hall\n\nhttps://example.com/r/x\n\nCall: 138\n\nsee https://example.com/y"
    )
    kinds = [block.kind for block in mail_page.blocks(text)]
    assert kinds == ["paragraph", "facts", "button", "paragraph", "paragraph"]
    facts = mail_page.blocks(text)[1].facts
    assert facts == (("When", "Thursday"), ("Where", "Hall"))
    assert 'href="https://example.com/y"' in mail_page.blocks(text)[4].lines[0]


def test_nothing_typed_becomes_markup():
    letter = mail_page.Letter(locale="en", title="<script>", sender="A & B", button="<b>")
    text = '<img src=x onerror=alert(1)>\n\nA: <b>\nB: "https://x.y/?a=1&b=<2>"\n\njavascript:alert(1)'
    page = mail_page.page(letter, text)
    for sign in ("<script>", "<img", "<b>", 'href="javascript'):
        assert sign not in page
    assert "A &amp; B" in page


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_a_page_has_one_button_and_a_way_out(locale):
    letter = mail_page.Letter(locale=locale, title="T", sender="S", button="Go", unsubscribe_url="https://x.y/u/1")
    page = mail_page.page(letter, "Hello\n\nhttps://x.y/r/1\n\nBye")
    assert page.count("https://x.y/r/1") == 1
    assert "https://x.y/u/1" in page
    assert f'lang="{locale.replace("_", "-")}"' in page
