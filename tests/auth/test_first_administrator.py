"""The first administrator: made once, however many ask."""

import threading

from app.access import Role
from app.blueprints.auth import actions, rules
from app.extensions import db
from app.models import User
from tests.auth.accounts import PASSWORD, actions_noted, is_in, rows

FORM = {"name": "王敏", "login": "Wang@Example.com", "password": PASSWORD}


def test_the_first_one_sets_up_and_is_in(app, client):
    assert client.get("/login").location == "/setup"
    assert client.get("/setup").status_code == 200
    answer = client.post("/setup", data=FORM)
    assert (answer.status_code, answer.location) == (303, "/")
    assert is_in(client)
    [user] = rows(app, User)
    assert (user.login, user.name) == ("wang@example.com", "王敏")
    with app.app_context():
        assert db.session.get_one(User, user.id).roles == [Role.ADMINISTRATOR]
    assert actions_noted(app) == ["user.created", "user.signed_in"]


def test_it_is_closed_for_ever_after(app, build, client):
    build.user(Role.RECEPTION, is_active=False)
    assert client.get("/setup").location == "/login"
    answer = client.post("/setup", data=FORM, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert answer.json["error"] == "already_set_up"
    assert len(rows(app, User)) == 1


def test_a_weak_password_is_refused_and_what_was_typed_is_kept(app, client):
    answer = client.post("/setup", data=FORM | {"password": "1234567890"})
    assert answer.status_code == 422
    assert 'value="王敏"' in answer.text
    assert rows(app, User) == []


def test_two_at_once_make_one(app):
    start = threading.Barrier(4)
    outcomes = []

    def ask(n: int) -> None:
        start.wait()
        with app.app_context():
            profile = actions.Profile(login=f"first{n}@example.com", name="x")
            try:
                actions.create_first_administrator(profile, PASSWORD)
                db.session.commit()
                outcomes.append("made")
            except rules.AlreadySetUp as refused:
                db.session.rollback()
                outcomes.append(refused.code)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already_set_up"] * 3 + ["made"]
    assert len(rows(app, User)) == 1
