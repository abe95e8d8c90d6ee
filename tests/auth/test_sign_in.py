"""Signing in and out: sessions as rows, the journal, `next`, limits, CSRF, languages."""

import logging
import re

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from app import clock, passwords
from app.access import Role
from app.extensions import db
from app.models import JournalEntry, LoginSession, User
from tests.auth.accounts import PASSWORD, actions_noted, alike, is_in, open_sessions, person, rows, second, sign_in


def test_signing_in_opens_a_session_that_only_the_browser_can_use(app, build, client):
    user = person(build)
    answer = sign_in(client, user)
    assert (answer.status_code, answer.location) == (303, "/")
    assert is_in(client)
    [row] = rows(app, LoginSession)
    with client.session_transaction() as session:
        assert session["_user_id"] != row.token_digest
        assert session.permanent
    assert actions_noted(app) == ["user.signed_in"]
    [entry] = rows(app, JournalEntry)
    assert (entry.actor_id, entry.subject_id, entry.address) == (user.id, user.id, "127.0.0.1")


def test_the_session_before_is_forgotten_and_ended(app, build, client):
    first, then = person(build), person(build)
    sign_in(client, first)
    with client.session_transaction() as session:
        old = session["_user_id"]
        session["left over"] = "of somebody else"
    sign_in(client, then)
    with client.session_transaction() as session:
        assert session["_user_id"] != old
        assert "left over" not in session
    assert open_sessions(app, first) == 0
    assert open_sessions(app, then) == 1


@pytest.mark.parametrize("case", ["wrong password", "no such account", "deactivated", "no password set"])
def test_refusals_are_alike(app, build, client, case):
    user = person(build, is_active=case != "deactivated")
    if case == "no password set":
        user = build.user()
    login = "nobody@example.com" if case == "no such account" else user.login
    typed = "something else" if case == "wrong password" else PASSWORD
    answer = client.post("/login", data={"login": login, "password": typed})
    assert answer.status_code == 422
    assert not is_in(client)
    assert rows(app, LoginSession) == []
    [entry] = rows(app, JournalEntry)
    assert entry.action == "user.sign_in_failed"
    assert entry.subject_id == (0 if case == "no such account" else user.id)
    assert entry.changes == {}
    other = client.post("/login", data={"login": "else@example.com", "password": "x"})
    assert alike(answer.text) == alike(other.text)


def test_login_names_are_read_as_people_type_them(build, client):
    person(build, login="wang@example.com")
    answer = client.post("/login", data={"login": "  Wang@Example.COM ", "password": PASSWORD})
    assert answer.status_code == 303


def test_an_old_hash_is_renewed_on_signing_in(app, build, client):
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1)
    user = build.user(password_hash=weak.hash(PASSWORD))
    sign_in(client, user)
    [kept] = rows(app, User)
    assert not passwords.is_outdated(kept.password_hash)
    assert passwords.matches(kept.password_hash, PASSWORD)


def test_signing_out_ends_the_row_too(app, build, client):
    user = person(build)
    sign_in(client, user)
    with client.session_transaction() as session:
        stolen = dict(session)
    assert client.post("/logout").status_code == 303
    assert not is_in(client)
    thief = app.test_client()
    with thief.session_transaction() as session:
        session.update(stolen)
    assert not is_in(thief)
    assert actions_noted(app) == ["user.signed_in", "user.signed_out"]


def test_a_session_ends_by_itself(app, build, client):
    user = person(build)
    sign_in(client, user)
    ends = rows(app, LoginSession)[0].expires_at
    with clock.stopped_at(ends):
        assert not is_in(client)
    assert is_in(client)


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/account", "/account"),
        ("/search?q=%E5%BC%A0", "/search?q=%E5%BC%A0"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\tevil", "/"),
        ("", "/"),
    ],
)
def test_only_our_own_pages_come_next(build, client, wanted, goes_to):
    assert sign_in(client, person(build), next=wanted).location == goes_to


def test_who_is_not_signed_in_is_led_back_afterwards(build, client):
    build.user()
    answer = client.get("/users/?state=on")
    assert (answer.status_code, answer.location) == (303, "/login?next=/users/?state%3Don")
    page = client.get(answer.location)
    assert 'value="/users/?state=on"' in page.text
    sent = client.post("/account", data={}, headers={"Referer": "http://localhost/account"})
    assert sent.location == "/login?next=/account"
    part = client.get("/jobs/", headers={"HX-Request": "true", "HX-Current-URL": "http://localhost/jobs/"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (401, "/login?next=/jobs/")
    foreign = client.post("/account", data={}, headers={"Referer": "http://evil.example/x"})
    assert foreign.location == "/login"


def test_wrong_tries_are_counted_for_the_address_and_for_the_name(app, build):
    user = person(build)
    with second(app, limits=True) as limited:
        client = limited.test_client()
        for _ in range(10):
            assert sign_in(client, user, "wrong").status_code == 422
        enough = sign_in(client, user, PASSWORD)
        assert enough.status_code == 429
        assert not is_in(client)
        elsewhere = limited.test_client()
        base = {"REMOTE_ADDR": "10.0.0.9"}
        by_name = elsewhere.post("/login", data={"login": user.login, "password": PASSWORD}, environ_base=base)
        assert by_name.status_code == 429
        other = person(build)
        answer = elsewhere.post("/login", data={"login": other.login, "password": PASSWORD}, environ_base=base)
        assert answer.status_code == 303


def test_signing_in_rightly_is_not_counted(app, build):
    user = person(build)
    with second(app, limits=True) as limited:
        for _ in range(12):
            assert sign_in(limited.test_client(), user).status_code == 303


def test_forms_need_their_token(app, build):
    user = person(build)
    with second(app, csrf=True) as guarded:
        client = guarded.test_client()
        assert sign_in(client, user).status_code == 400
        page = client.get("/login")
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
        assert found
        answer = client.post("/login", data={"login": user.login, "password": PASSWORD, "csrf_token": found[1]})
        assert answer.status_code == 303


def test_no_secret_reaches_the_log(app, build, client, caplog, capsys):
    user = person(build)
    logger = logging.getLogger("signing_day")
    logger.propagate, level = True, logger.level
    logger.setLevel("INFO")
    try:
        with caplog.at_level(logging.DEBUG):
            sign_in(client, user, "a wrong secret 77")
            sign_in(client, user)
            client.post("/password/forgot", data={"login": user.login})
            client.get("/password/a-link-token-55")
    finally:
        logger.propagate = False
        logger.setLevel(level)
    told = caplog.text + "".join(str(record.__dict__) for record in caplog.records) + capsys.readouterr().err
    assert "/password/<token>" in told
    for secret in (PASSWORD, "a wrong secret 77", "a-link-token-55", user.login):
        assert secret not in told
    noted = [str(entry.changes) for entry in rows(app, JournalEntry)]
    assert not any("secret" in each or PASSWORD in each for each in noted)


def test_the_language_is_kept_for_guests_and_for_accounts(app, build, client):
    user = person(build, locale="en")
    assert client.post("/language", data={"locale": "zh_CN", "next": "/login"}).location == "/login"
    assert 'lang="zh-CN"' in client.get("/login").text
    sign_in(client, user)
    assert 'lang="en"' in client.get("/account").text
    client.post("/language", data={"locale": "zh_CN"})
    assert 'lang="zh-CN"' in client.get("/account").text
    assert [row.locale for row in rows(app, User)] == ["zh_CN"]
    assert client.post("/language", data={"locale": "zh_CN", "next": "/account/password"}).location == "/"
    assert client.post("/language", data={"locale": "zh_CN", "next": "/users/?q=x"}).location == "/users/?q=x"
    assert client.post("/language", data={"locale": "zh_CN", "next": "//evil.example"}).location == "/"
    client.post("/language", data={"locale": "xx"})
    assert [row.locale for row in rows(app, User)] == ["zh_CN"]


def test_the_theme_is_a_cookie(client):
    client.post("/theme", data={"theme": "dark"})
    assert client.get_cookie("theme").value == "dark"
    client.post("/theme", data={"theme": "pink"})
    assert client.get_cookie("theme").value == "dark"


def test_sample_people_are_shown_only_while_they_exist_and_are_wanted(app, build, client):
    person(build)
    assert "sample-who" not in client.get("/login").text
    build.user(login="planner@demo.example")
    assert "sample-who" in client.get("/login").text
    app.config["DEMO_LOGINS"] = False
    try:
        assert "sample-who" not in client.get("/login").text
    finally:
        app.config["DEMO_LOGINS"] = True


def test_many_sessions_of_long_ago_are_swept(app, build, client):
    user = person(build)
    sign_in(client, user)
    with app.app_context():
        db.session.scalars(select(LoginSession)).one().expires_at = clock.now().replace(year=2020)
        db.session.commit()
    sign_in(client, user)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(LoginSession)) == 1


def test_roles_open_doors(app, build):
    assert build.client(Role.RECEPTION).get("/users/").status_code == 403
    assert build.client(Role.RECEPTION).get("/permissions").status_code == 403
    assert build.client(Role.DIRECTOR).get("/users/new").status_code == 403
    assert build.client(Role.ADMINISTRATOR).get("/users/").status_code == 200
