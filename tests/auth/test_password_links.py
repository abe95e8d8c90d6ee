"""Links that set a password: the same answer for everybody, one hour, once, and all sessions end."""

import re
import threading
from datetime import timedelta

import pytest

from app import clock, passwords
from app.blueprints.auth import actions, mails
from app.extensions import db
from app.models import JournalEntry, Message, PasswordReset, User
from app.tokens import digest
from tests.auth.accounts import PASSWORD, alike, is_in, open_sessions, person, rows, second, sign_in

NEW = "another sentence altogether"


def ask(app, client, user):
    """Ask for a link and read it out of the mail."""
    assert client.post("/password/forgot", data={"login": user.login}).status_code == 200
    text = rows(app, Message)[-1].text
    found = re.search(r"http://localhost(/password/\S+)", text)
    assert found
    return found[1]


def test_the_mail_is_in_the_readers_language_and_names_no_event(app, build, client):
    user = person(build, locale="zh_CN")
    ask(app, client, user)
    [message] = rows(app, Message)
    assert (message.template, message.address, message.user_id) == (mails.RESET, user.login, user.id)
    assert (message.locale, message.event_id) == ("zh_CN", None)
    [link] = rows(app, PasswordReset)
    assert link.token_digest not in message.text
    assert link.expires_at - link.created_at == timedelta(hours=1)


def test_nobody_learns_whether_there_is_an_account(app, build, client):
    user = person(build)
    answers = [
        client.post("/password/forgot", data={"login": login})
        for login in (user.login, "nobody@example.com", build.user(is_active=False).login)
    ]
    texts = {re.sub(r"\S+@example\.com", "", alike(answer.text)) for answer in answers}
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len(texts) == 1
    assert len(rows(app, Message)) == 1
    assert [entry.action for entry in rows(app, JournalEntry)] == ["user.password_link_made"] * 3


def test_a_link_sets_the_password_and_ends_all_sessions(app, build, client):
    user = person(build)
    elsewhere = app.test_client()
    sign_in(elsewhere, user)
    link = ask(app, client, user)
    assert client.get(link).status_code == 200
    assert client.post(link, data={"password": NEW}).location == "/login"
    assert not is_in(elsewhere)
    assert open_sessions(app, user) == 0
    assert sign_in(client, user, PASSWORD).status_code == 422
    assert sign_in(client, user, NEW).status_code == 303
    assert client.get(link).status_code == 410
    assert client.post(link, data={"password": PASSWORD}).status_code == 410


@pytest.mark.parametrize("minutes", [59, 60])
def test_a_link_lasts_an_hour(app, build, client, minutes):
    link = ask(app, client, person(build))
    with clock.stopped_at(rows(app, PasswordReset)[0].created_at + timedelta(minutes=minutes)):
        assert client.get(link).status_code == (200 if minutes < 60 else 410)


def test_a_newer_link_replaces_the_older(app, build, client):
    user = person(build)
    older, newer = ask(app, client, user), ask(app, client, user)
    assert client.get(older).status_code == 410
    assert client.get(newer).status_code == 200


def test_looking_at_a_link_does_not_use_it_and_a_weak_password_neither(app, build, client):
    link = ask(app, client, person(build))
    assert client.get(link).status_code == 200
    assert client.post(link, data={"password": "short"}).status_code == 422
    assert client.post(link, data={"password": NEW}).status_code == 303


def test_a_link_of_a_deactivated_account_is_over(app, build, client):
    user = person(build)
    link = ask(app, client, user)
    with app.app_context():
        db.session.get_one(User, user.id).is_active = False
        db.session.commit()
    assert client.get(link).status_code == 410


def test_of_two_that_use_a_link_at_once_one_succeeds(app, build):
    user = person(build)
    with app.app_context():
        token = actions.make_password_link(db.session.get_one(User, user.id), valid_for=timedelta(hours=1))
        db.session.commit()
    start = threading.Barrier(4)
    won = []

    def use(n: int) -> None:
        hashed = passwords.hashed(f"the password of thread {n}")
        start.wait()
        with app.app_context():
            if actions.set_password_by_link(token, hashed) is not None:
                won.append(n)
            db.session.commit()

    threads = [threading.Thread(target=use, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    [kept] = rows(app, User)
    assert passwords.matches(kept.password_hash, f"the password of thread {won[0]}")
    assert [row.token_digest for row in rows(app, PasswordReset)] == [digest(token)]


def test_asking_is_limited_by_address_and_by_mailbox(app, build):
    user = person(build)
    with second(app, limits=True, RATE_PUBLIC="60 per minute") as limited:
        for n in range(5):
            base = {"REMOTE_ADDR": f"10.0.0.{n}"}
            answer = limited.test_client().post("/password/forgot", data={"login": user.login}, environ_base=base)
            assert answer.status_code == 200
        late = {"REMOTE_ADDR": "10.0.0.99"}
        answer = limited.test_client().post("/password/forgot", data={"login": user.login}, environ_base=late)
        assert answer.status_code == 429
        client = limited.test_client()
        got = [client.post("/password/forgot", data={"login": f"x{n}@example.com"}).status_code for n in range(11)]
        assert got == [200] * 10 + [429]
    assert len(rows(app, Message)) == 5


def test_trying_links_is_limited(app):
    with second(app, limits=True, RATE_PUBLIC="60 per minute") as limited:
        client = limited.test_client()
        got = [client.get(f"/password/token{n}").status_code for n in range(61)]
        assert got == [410] * 60 + [429]
