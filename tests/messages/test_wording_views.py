"""The page Wording: an event's own words, checked, previewed with a real guest, and given back."""

import pytest
from sqlalchemy import select

from app.access import Role
from app.blueprints.messages import actions
from app.blueprints.messages.wording import KINDS
from app.extensions import db
from app.models import Channel, Invitation, InvitationState, JournalEntry, MessageTemplate


@pytest.fixture
def event(build):
    return build.event(language="zh_CN", name="春季招商会")


@pytest.fixture
def client(build):
    return build.client(Role.PLANNER)


def path(event, key="invitation", channel="mail", locale="zh_CN", tail=""):
    return f"/events/{event.slug}/wording/{key}/{channel}/{locale}{tail}"


def save(client, event, body="{contact}您好：\r\n\r\n{link}", version=0, **values):
    where = {name: values.pop(name) for name in ("key", "channel", "locale") if name in values}
    data = {"subject": "请{contact}出席", "body": body, "version": version} | values
    return client.post(path(event, **where), data=data)


def rows(app):
    with app.app_context():
        return list(db.session.scalars(select(MessageTemplate)))


@pytest.mark.parametrize("key", list(KINDS))
@pytest.mark.parametrize("channel", ["mail", "sms"])
@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_every_wording_opens_and_previews(build, client, event, key, channel, locale):
    build.invitation(event)
    assert client.get(path(event, key, channel, locale)).status_code == 200
    assert client.get(path(event, key, channel, locale, "/preview")).status_code == 200


def test_without_guests_there_is_no_preview_but_the_page(client, event):
    assert client.get(path(event)).status_code == 200
    assert client.get(path(event, tail="/preview")).status_code == 404


def test_own_words_are_used_and_given_back(app, build, client, event):
    assert save(client, event).status_code == 303
    (row,) = rows(app)
    assert (row.body, row.subject, row.version) == ("{contact}您好：\n\n{link}", "请{contact}出席", 1)
    guest = build.invitation(event, state=InvitationState.INVITED)
    with app.app_context():
        invitation = db.session.get_one(Invitation, guest.id)
        message = actions.post_to_guest(invitation, "invitation", reason="1")
        assert message is not None
        assert message.subject == f"请{invitation.dealer.contact}出席"
    assert client.post(path(event, tail="/reset")).status_code == 303
    assert rows(app) == []
    assert client.post(path(event, tail="/reset")).status_code == 303
    with app.app_context():
        said = list(
            db.session.scalars(
                select(JournalEntry.action).where(JournalEntry.action.like("wording.%")).order_by(JournalEntry.id)
            )
        )
    assert said == ["wording.changed", "wording.reset"]


def test_the_houses_words_saved_unchanged_stay_the_houses(app, client, event):
    page = client.get(path(event, channel="sms")).text
    body = page.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0].strip()
    save(client, event, body, channel="sms")
    assert rows(app) == []


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({"body": "{contcat}您好"}, "contcat"),
        ({"body": "{contact.mail}"}, "contact.mail"),
        ({"body": "{record}"}, "record"),  # of another message
        ({"body": ""}, ""),
        ({"subject": ""}, ""),
        ({"subject": "{nobody}"}, "nobody"),
        ({"body": "x" * 4001}, ""),
    ],
)
def test_bad_words_come_back_with_what_was_typed(app, client, event, data, named):
    answer = save(client, event, **data)
    assert answer.status_code == 422
    assert named in answer.text
    assert rows(app) == []


def test_somebody_else_was_quicker(app, client, event):
    save(client, event)
    save(client, event, "{link} 二", version=1)
    answer = client.post(
        path(event), data={"subject": "x", "body": "{link} 三", "version": 1}, headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.json["error"]) == (409, "stale_change")
    assert rows(app)[0].body == "{link} 二"


def test_the_preview_shows_what_was_just_typed_and_keeps_nothing(app, build, client, event):
    build.invitation(event, build.dealer(contact="张三", sort_key="a"))
    second = build.invitation(event, build.dealer(contact="李四", sort_key="b"))
    typed = {"subject": "{contact}", "body": "{contact}，{event}"}
    assert "张三，春季招商会" in client.post(path(event, tail="/preview"), data=typed).text
    answer = client.post(path(event, tail=f"/preview?guest={second.id}"), data=typed)
    assert "李四，春季招商会" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "contcat" in client.post(path(event, tail="/preview"), data={"subject": "x", "body": "{contcat}"}).text
    assert "&lt;b&gt;" in client.post(path(event, tail="/preview"), data={"subject": "x", "body": "<b>"}).text
    assert rows(app) == []


def test_a_guest_of_another_event_is_not_shown(build, client, event):
    build.invitation(event)
    foreign = build.invitation(build.event(), build.dealer(contact="别人"))
    assert client.get(path(event, tail=f"/preview?guest={foreign.id}")).status_code == 404
    assert "别人" not in client.get(path(event) + f"?guest={foreign.id}").text


@pytest.mark.parametrize("bad", ["robot/zh_CN", "mail/fr", "mail"])
def test_other_ways_and_languages_are_not_there(client, event, bad):
    assert client.get(f"/events/{event.slug}/wording/invitation/{bad}").status_code == 404
    assert client.get(f"/events/{event.slug}/wording/nothing/mail/en").status_code == 404


@pytest.mark.parametrize("role", [Role.SALES_REP, Role.DIRECTOR, Role.RECEPTION])
def test_who_may_not(app, build, event, role):
    other = build.client(role)
    assert other.get(f"/events/{event.slug}/wording/").status_code == 403
    assert other.get(path(event)).status_code == 403
    assert save(other, event).status_code == 403
    assert rows(app) == []


def test_the_list_tells_own_words_from_the_houses(build, client, event):
    build.save(
        MessageTemplate(event_id=event.id, key="welcome", channel=Channel.SMS, locale="en", subject="", body="{link}")
    )
    before = client.get(f"/events/{event.slug}/wording/").text
    client.post(path(event, "welcome", "sms", "en", "/reset"))
    after = client.get(f"/events/{event.slug}/wording/").text
    assert len(before) != len(after)
