"""What people do to their own account."""

from app import passwords
from app.access import Role
from app.models import SavedView, User
from tests.auth.accounts import PASSWORD, actions_noted, is_in, open_sessions, person, rows, second, sign_in

NEW = "another sentence altogether"


def test_changing_the_password_signs_the_others_out(app, build, client):
    user = person(build)
    sign_in(client, user)
    other = app.test_client()
    sign_in(other, user)
    answer = client.post("/account/password", data={"current": PASSWORD, "password": NEW})
    assert answer.status_code == 303
    assert is_in(client)
    assert not is_in(other)
    [kept] = rows(app, User)
    assert passwords.matches(kept.password_hash, NEW)
    assert "user.password_changed" in actions_noted(app)


def test_the_present_password_is_asked_for(app, build, client):
    user = person(build)
    sign_in(client, user)
    for typed in ({"current": "wrong", "password": NEW}, {"current": PASSWORD, "password": "short"}, {}):
        assert client.post("/account/password", data=typed).status_code == 422
    [kept] = rows(app, User)
    assert passwords.matches(kept.password_hash, PASSWORD)


def test_guessing_the_present_password_is_limited(app, build):
    user = person(build)
    with second(app, limits=True) as limited:
        client = limited.test_client()
        sign_in(client, user)
        wrong = {"current": "wrong", "password": NEW}
        got = [client.post("/account/password", data=wrong).status_code for _ in range(11)]
        assert got == [422] * 10 + [429]


def test_one_browser_can_be_signed_out_from_another(app, build, client):
    user = person(build)
    sign_in(client, user)
    phone = app.test_client()
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0"
    phone.post("/login", data={"login": user.login, "password": PASSWORD}, headers={"User-Agent": agent})
    page = client.get("/account").text
    assert "WeChat" in page
    assert "iPhone" in page
    assert client.post("/account/sessions/2/revoke").status_code == 303
    assert not is_in(phone)
    assert is_in(client)
    assert actions_noted(app)[-1] == "user.session_revoked"
    assert client.post("/account/sessions/2/revoke").status_code == 404


def test_somebody_elses_session_is_not_there(app, build, client):
    user, other = person(build), person(build)
    sign_in(client, user)
    victim = app.test_client()
    sign_in(victim, other)
    assert client.post("/account/sessions/2/revoke").status_code == 404
    assert is_in(victim)


def test_all_others_can_be_signed_out(app, build, client):
    user = person(build)
    others = [app.test_client() for _ in range(3)]
    for each in (client, *others):
        sign_in(each, user)
    assert client.post("/account/sessions/revoke-others").status_code == 303
    assert open_sessions(app, user) == 1
    assert is_in(client)
    assert not any(is_in(each) for each in others)


def test_name_mobile_and_language(app, build, client):
    user = person(build)
    sign_in(client, user)
    good = {"name": " 王  敏 ", "mobile": "138-1234-5678", "locale": ""}
    assert client.post("/account", data=good).status_code == 303
    [kept] = rows(app, User)
    assert (kept.name, kept.mobile, kept.locale) == ("王 敏", "+8613812345678", None)
    answer = client.post("/account", data=good | {"mobile": "12345"})
    assert answer.status_code == 422
    assert 'value="12345"' in answer.text
    assert client.post("/account", data=good | {"name": ""}).status_code == 422


def test_a_view_of_a_list_is_kept_under_a_name(app, build):
    client = build.client(Role.ADMINISTRATOR)
    build.user(Role.RECEPTION, name="林小雅")
    shown = client.get("/users/?role=reception&sort=-name").text
    assert "/account/views?table=users" in shown
    address = "/account/views?table=users&scope=&query=role%3Dreception%26sort%3D-name&next=/users/"
    assert client.post(address, data={"name": "Desk"}).location == "/users/"
    [view] = rows(app, SavedView)
    assert (view.table_name, view.name, view.query) == ("users", "Desk", "role=reception&sort=-name")
    assert "/users/?role=reception&amp;sort=-name" in client.get("/users/").text
    assert 'aria-current="true"' in client.get("/users/?role=reception&sort=-name").text
    client.post(address.replace("reception", "finance"), data={"name": "Desk"})
    assert [row.query for row in rows(app, SavedView)] == ["role=finance&sort=-name"]
    assert client.post(f"/account/views/{view.id}/delete").status_code == 303
    assert rows(app, SavedView) == []


def test_views_are_ones_own(app, build):
    mine, other = build.client(Role.ADMINISTRATOR), build.client(Role.ADMINISTRATOR)
    mine.post("/account/views?table=users&query=q%3Dx", data={"name": "Mine"})
    [view] = rows(app, SavedView)
    assert "Mine" in mine.get("/users/").text
    assert "Mine" not in other.get("/users/").text
    assert other.post(f"/account/views/{view.id}/delete").status_code == 404


def test_views_have_bounds(app, build):
    client = build.client(Role.ADMINISTRATOR)
    json = {"Accept": "application/json"}
    long = client.post("/account/views?table=users&query=" + "q" * 501, data={"name": "Long"}, headers=json)
    assert (long.status_code, long.json["error"]) == (409, "view_too_long")
    for n in range(30):
        client.post("/account/views?table=users&query=q%3Dx", data={"name": f"View {n}"})
    more = client.post("/account/views?table=users&query=q%3Dx", data={"name": "More"}, headers=json)
    assert (more.status_code, more.json["error"]) == (409, "too_many_views")
    client.post("/account/views?table=users&query=q%3Dx", data={"name": ""})
    assert len(rows(app, SavedView)) == 30
