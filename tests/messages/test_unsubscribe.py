"""The guest's way out, by the page and by a mail program's one click."""

import pytest
from sqlalchemy import select

from app import links
from app.blueprints.messages import actions, delivery
from app.extensions import db
from app.models import Channel, Dealer, Invitation, InvitationState, JournalEntry, MessageState, Unsubscription


@pytest.fixture
def guest(build):
    return build.invitation(build.event(), state=InvitationState.INVITED)


def path(app, guest, channel=Channel.MAIL):
    with app.app_context():
        return "/u/" + links.unsubscribe_token(guest.id, channel)


def out(app):
    with app.app_context():
        return set(db.session.scalars(select(Unsubscription.address)))


def dealer(app, guest):
    with app.app_context():
        row = db.session.get_one(Invitation, guest.id).dealer
        return row.mail, row.mobile


def test_looking_changes_nothing_and_pressing_does(app, client, guest):
    mail, _ = dealer(app, guest)
    assert client.get(path(app, guest)).status_code == 200
    assert out(app) == set()
    assert client.post(path(app, guest), data={"want": "none"}).status_code == 200
    assert out(app) == {mail}
    client.post(path(app, guest), data={"want": "none"})
    client.post(path(app, guest), data={"want": "again"})
    assert out(app) == set()
    with app.app_context():
        said = list(db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)))
    assert said == ["invitation.unsubscribed", "invitation.subscribed_again"]


def test_one_click_of_a_mail_program_needs_no_page_of_ours(app, guest):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = app.test_client().post(path(app, guest), data={"List-Unsubscribe": "One-Click"})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 200
    assert out(app) == {dealer(app, guest)[0]}


def test_each_way_is_left_for_itself(app, client, guest):
    client.post(path(app, guest, Channel.SMS))
    assert out(app) == {dealer(app, guest)[1]}


def test_the_address_written_to_is_meant_even_when_it_was_changed_since(app, client, guest):
    first, _ = dealer(app, guest)
    with app.app_context():
        actions.post_to_guest(db.session.get_one(Invitation, guest.id), "invitation", reason="1")
        db.session.get_one(Dealer, guest.dealer_id).mail = "new@example.com"
        db.session.commit()
    client.post(path(app, guest))
    assert out(app) == {first, "new@example.com"}


def test_what_waits_is_not_sent_any_more(post, guest):
    app = post.app
    with app.app_context():
        message = actions.post_to_guest(db.session.get_one(Invitation, guest.id), "invitation", reason="1")
        assert message is not None
        db.session.commit()
    app.test_client().post(path(app, guest))
    post.later()
    post.send(decide=delivery.decide)
    assert post.states() == [MessageState.CANCELLED]
    assert post.server.received == []


@pytest.mark.parametrize(
    "forged", ["x", "1-mail-aaaaaaaaaaaaaaaaaaaa", "{id}-sms-{signature}", "{id}-mail-{signature}x", "-mail-"]
)
def test_a_link_cannot_be_made_up(app, client, guest, forged):
    with app.app_context():
        signature = links.unsubscribe_token(guest.id, Channel.MAIL).rpartition("-")[2]
    link = "/u/" + forged.format(id=guest.id, signature=signature)
    assert client.get(link).status_code == 404
    assert client.post(link).status_code == 404
    assert out(app) == set()
