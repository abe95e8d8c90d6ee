"""What administrators do to accounts."""

import json
import threading

import pytest

from app import passwords
from app.access import Role
from app.blueprints.auth import actions, mails, rules, sample
from app.blueprints.auth.commands import users
from app.demo import people
from app.extensions import db
from app.models import JournalEntry, Message, User
from tests.auth.accounts import PASSWORD, actions_noted, is_in, open_sessions, person, rows, sign_in

FORM = {"name": "陈静", "login": "Chen@Example.com", "department": "市场部", "mobile": "13812345678", "locale": "zh_CN"}


def roles_of(app, login):
    with app.app_context():
        return [role.value for user in db.session.query(User).filter_by(login=login) for role in user.roles]


def test_opening_an_account_sends_a_link_to_set_the_password(app, build, client):
    boss = build.client(Role.ADMINISTRATOR)
    answer = boss.post("/users/new", data=FORM | {"roles": ["planner", "finance"]})
    assert answer.status_code == 303
    assert roles_of(app, "chen@example.com") == ["finance", "planner"]
    [message] = rows(app, Message)
    assert (message.template, message.address, message.locale) == (mails.OPENED, "chen@example.com", "zh_CN")
    link = message.text.partition("http://localhost")[2].split()[0]
    assert client.post(link, data={"password": PASSWORD}).status_code == 303
    assert client.post("/login", data={"login": "chen@example.com", "password": PASSWORD}).status_code == 303
    created = next(entry for entry in rows(app, JournalEntry) if entry.action == "user.created")
    assert created.changes["roles"] == [[], ["finance", "planner"]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"login": "no mail"},
        {"login": ""},
        {"name": ""},
        {"roles": ["king"]},
        {"mobile": "12"},
        {"login": "taken@example.com"},
    ],
)
def test_wrong_entries_come_back_with_what_was_typed(app, build, wrong):
    boss = build.client(Role.ADMINISTRATOR)
    build.user(login="taken@example.com")
    answer = boss.post("/users/new", data=FORM | {"roles": ["planner"]} | wrong)
    assert answer.status_code == 422
    assert 'value="市场部"' in answer.text
    assert len(rows(app, User)) == 2


def test_an_address_of_an_internal_domain_is_a_mail_address(app, build):
    boss = build.client(Role.ADMINISTRATOR)
    answer = boss.post("/users/new", data=FORM | {"login": "chen@corp.local", "roles": ["planner"]})
    assert answer.status_code == 303


def test_editing_writes_before_and_after(app, build):
    boss = build.client(Role.ADMINISTRATOR)
    user = build.user(Role.PLANNER, name="陈静", login="chen@example.com", department="市场部")
    changed = FORM | {"name": "陈静怡", "mobile": "", "roles": ["planner", "reception"], "locale": "en"}
    assert boss.post(f"/users/{user.id}", data=changed).status_code == 303
    entry = rows(app, JournalEntry)[-1]
    assert entry.action == "user.edited"
    assert entry.changes == {"name": ["陈静", "陈静怡"], "roles": [["planner"], ["planner", "reception"]]}
    assert "陈静怡" in boss.get(f"/users/{user.id}").text
    boss.post(f"/users/{user.id}", data=changed)
    assert len(rows(app, JournalEntry)) == 1


def test_an_account_may_have_no_role_and_live_on_duties(app, build):
    boss = build.client(Role.ADMINISTRATOR)
    assert boss.post("/users/new", data=FORM).status_code == 303
    assert roles_of(app, "chen@example.com") == []
    assert boss.get("/users/").status_code == 200


def test_roles_hold_from_the_next_request_on(app, build):
    boss = build.client(Role.ADMINISTRATOR)
    user = person(build, Role.ADMINISTRATOR)
    client = app.test_client()
    sign_in(client, user)
    assert client.get("/users/").status_code == 200
    boss.post(f"/users/{user.id}", data={"name": user.name, "login": user.login, "roles": ["reception"]})
    assert client.get("/users/").status_code == 403


def test_deactivating_ends_sessions_and_links_and_can_be_undone(app, build, client):
    boss = build.client(Role.ADMINISTRATOR)
    user = person(build, Role.PLANNER)
    sign_in(client, user)
    assert boss.post(f"/users/{user.id}/deactivate").status_code == 303
    assert not is_in(client)
    assert open_sessions(app, user) == 0
    assert sign_in(client, user).status_code == 422
    assert f"/users/{user.id}/reactivate" in boss.get("/users/").text
    boss.post(f"/users/{user.id}/reactivate")
    assert sign_in(client, user).status_code == 303
    assert [each for each in actions_noted(app) if "activated" in each] == ["user.deactivated", "user.reactivated"]


def test_the_last_administrator_stays(app, build):
    boss = build.user(Role.ADMINISTRATOR)
    client = app.test_client()
    build.sign_in(client, boss)
    asks = {"Accept": "application/json"}
    form = {"name": boss.name, "login": boss.login, "roles": ["planner"]}
    answer = client.post(f"/users/{boss.id}", data=form, headers=asks)
    assert (answer.status_code, answer.json["error"]) == (409, "last_administrator")
    assert roles_of(app, boss.login) == ["administrator"]
    answer = client.post(f"/users/{boss.id}/deactivate", headers=asks)
    assert (answer.status_code, answer.json["error"]) == (409, "own_account")
    off = build.user(Role.ADMINISTRATOR, is_active=False)
    assert client.post(f"/users/{boss.id}", data=form, headers=asks).status_code == 409
    client.post(f"/users/{off.id}/reactivate")
    assert client.post(f"/users/{boss.id}", data=form, headers=asks).status_code == 303


def test_two_administrators_who_demote_each_other_at_once(app, build):
    pair = [build.user(Role.ADMINISTRATOR), build.user(Role.ADMINISTRATOR)]
    start = threading.Barrier(2)
    outcomes = []

    def demote(victim: User) -> None:
        start.wait()
        with app.app_context():
            try:
                actions.edit_user(
                    db.session.get_one(User, victim.id),
                    actions.Profile(login=victim.login, name=victim.name, roles=frozenset({Role.PLANNER})),
                )
                db.session.commit()
                outcomes.append("done")
            except rules.LastAdministrator as refused:
                db.session.rollback()
                outcomes.append(refused.code)

    threads = [threading.Thread(target=demote, args=(each,)) for each in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "last_administrator"]


def test_a_password_link_is_shown_once_and_works(app, build, client):
    boss = build.client(Role.ADMINISTRATOR)
    user = build.user(Role.PLANNER)
    page = boss.post(f"/users/{user.id}/link").text
    link = page.partition("http://localhost")[2].split('"')[0]
    assert client.post(link, data={"password": PASSWORD}).status_code == 303
    assert sign_in(client, user).status_code == 303
    assert rows(app, Message) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [("zhangsan", 1), ("zs", 1), ("张三", 1), ("5678", 1), ("zhang@corp", 1), ("市场", 1), ("lisi", 0)],
)
def test_people_are_found_as_people_search(build, typed, found):
    boss = build.client(Role.ADMINISTRATOR)
    values = {"login": "zhang@corp.example", "department": "市场部", "mobile": "+8613812345678"}
    build.user(Role.PLANNER, name="张三", **values)
    assert boss.get("/users/", query_string={"q": typed}).text.count("data-row=") == found


def test_the_list_narrows_by_role_and_state(build):
    boss = build.client(Role.ADMINISTRATOR)
    build.user(Role.PLANNER, Role.FINANCE)
    build.user(Role.RECEPTION, is_active=False)

    def shown(**narrowed):
        return boss.get("/users/", query_string=narrowed).text.count("data-row=")

    assert shown() == 3
    assert shown(role="planner") == 1
    assert shown(role=["planner", "finance"]) == 1
    assert shown(role=["planner", "reception"]) == 2
    assert shown(state="off") == 1
    assert shown(role="reception", state="on") == 0
    assert shown(sort="-seen") == 3
    assert boss.get("/users/?format=csv").data.decode("utf-8-sig").count("\r\n") == 4


def test_the_table_of_roles_counts_people(build):
    boss = build.client(Role.ADMINISTRATOR)
    build.user(Role.PLANNER)
    page = boss.get("/permissions").text
    assert "/users/?role=planner" in page
    assert page.count('class="is-on"') > 50


def test_the_command_line_opens_accounts(app):
    run = app.test_cli_runner()
    args = ["create", "--login", "Root@Example.com", "--name", "管理员", "--role", "administrator", "--json"]
    answer = run.invoke(users, args)
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.output)
    [user] = rows(app, User)
    assert (user.login, told["roles"]) == ("root@example.com", ["administrator"])
    assert passwords.matches(user.password_hash, told["password"])
    assert "create" in run.invoke(args=["users", "--help"]).output
    again = run.invoke(users, args)
    assert again.exit_code == 1
    typed = ["create", "--login", "b@example.com", "--name", "B", "--role", "planner", "--role", "finance"]
    weak = run.invoke(users, [*typed, "--password-stdin"], input="short\n")
    assert weak.exit_code == 1
    good = run.invoke(users, [*typed, "--password-stdin"], input=f"{PASSWORD}\n")
    assert good.exit_code == 0
    assert PASSWORD not in good.output
    assert roles_of(app, "b@example.com") == ["finance", "planner"]
    assert run.invoke(users, [*typed[:-1], "king"]).exit_code == 2


def test_the_sign_in_page_knows_the_sample_people():
    assert people.PASSWORD == sample.PASSWORD
    assert all(sample.is_sample(login) for login, *_ in people.LOGINS)
