"""The pages of dealers."""

import io

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from app.access import Role
from app.blueprints.dealers.actions import set_keys
from app.extensions import db
from app.models import Dealer, JournalEntry, Standing
from tests.build.statements import noted

FORM = {
    "contact": "王小明",
    "company": "汉阳龙泉净水有限公司",
    "mobile": "138 1234 5678",
    "mail": " Wang@Example.com ",
    "city": "武汉",
    "standing": "key",
    "owner_id": "",
    "locale": "",
    "version": "1",
}


def only(app):
    with app.app_context():
        return db.session.scalar(select(Dealer))


def count(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Dealer))


def version(app, dealer):
    with app.app_context():
        return db.session.scalar(select(Dealer.version).where(Dealer.id == dealer.id))


def test_a_dealer_is_put_on_file(app, build):
    answer = build.client().post("/dealers/new", data=FORM)
    assert answer.status_code == 303
    dealer = only(app)
    assert (dealer.mobile, dealer.mail, dealer.standing) == ("+8613812345678", "wang@example.com", Standing.KEY)
    assert dealer.search_key
    assert dealer.latin_name == "Wang Xiaoming"
    assert dealer.owner_id is None
    assert dealer.locale is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"contact": " "}, "contact"),
        ({"company": ""}, "company"),
        ({"mobile": "12345"}, "mobile"),
        ({"mail": "wang"}, "mail"),
        ({"latin_name": "王"}, "latin_name"),
        ({"source": "x" * 61}, "source"),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(app, build, changed, field):
    answer = build.client().post("/dealers/new", data={**FORM, "notes": "typed words", **changed})
    assert answer.status_code == 422
    assert "typed words" in answer.text
    assert f'id="{field}-error"' in answer.text
    assert next(iter(changed.values())).strip() in answer.text
    assert count(app) == 0


@pytest.mark.parametrize("changed", [{"owner_id": "999"}, {"owner_id": "x"}, {"standing": "x"}, {"locale": "fr"}])
def test_choices_that_were_not_offered_are_refused(app, build, changed):
    assert build.client().post("/dealers/new", data={**FORM, **changed}).status_code == 422
    assert count(app) == 0


def test_the_same_mobile_names_the_dealer_with_a_link(app, build):
    dealer = build.dealer(mobile="+8613812345678", contact="赵磊")
    answer = build.client().post("/dealers/new", data=FORM)
    assert answer.status_code == 422
    assert f'<a href="/dealers/{dealer.id}">赵磊' in answer.text


def test_a_rep_is_told_who_has_the_dealer_but_gets_no_link(app, build):
    owner = build.user(Role.SALES_REP, name="Owner Ou")
    dealer = build.dealer(mobile="+8613812345678", owner_id=owner.id)
    answer = build.client(Role.SALES_REP).post("/dealers/new", data=FORM)
    assert answer.status_code == 422
    assert "Owner Ou" in answer.text
    assert f"/dealers/{dealer.id}" not in answer.text


def test_a_similar_company_is_asked_about_once(app, build):
    client = build.client()
    build.dealer(company="汉阳龙泉净水公司", company_key="汉阳龙泉净水")
    asked = client.post("/dealers/new", data=FORM)
    assert asked.status_code == 422
    assert 'name="save_anyway" value="汉阳龙泉净水"' in asked.text
    assert count(app) == 1
    assert client.post("/dealers/new", data={**FORM, "save_anyway": "汉阳龙泉净水"}).status_code == 303
    assert count(app) == 2


def test_a_dealer_is_edited(app, build):
    dealer = build.dealer()
    answer = build.client().post(f"/dealers/{dealer.id}/edit", data={**FORM, "version": version(app, dealer)})
    assert answer.status_code == 303
    assert only(app).contact == "王小明"
    with app.app_context():
        [changes] = db.session.scalars(select(JournalEntry.changes))
        assert changes["contact"][1] == "王小明"


def test_a_stale_edit_shows_the_form_again_and_may_then_overwrite(app, build):
    client = build.client()
    dealer = build.dealer()
    old = version(app, dealer)
    assert client.post(f"/dealers/{dealer.id}/edit", data={**FORM, "version": old}).status_code == 303
    late = {**FORM, "city": "宜昌", "version": old}
    answer = client.post(f"/dealers/{dealer.id}/edit", data=late)
    assert answer.status_code == 409
    assert "宜昌" in answer.text
    assert only(app).city == "武汉"
    assert f'name="version" type="hidden" value="{version(app, dealer)}"' in answer.text
    assert client.post(f"/dealers/{dealer.id}/edit", data={**late, "version": version(app, dealer)}).status_code == 303
    assert only(app).city == "宜昌"


def test_rare_characters_are_told_of(app, build):
    client = build.client()
    answer = client.post("/dealers/new", data={**FORM, "contact": "吴\U00020bb7"}, follow_redirects=True)
    assert answer.status_code == 200
    assert "\U00020bb7" in answer.text.split("alert", 1)[1]


@pytest.mark.parametrize(
    ("role", "look", "write"),
    [
        (Role.PLANNER, 200, 200),
        (Role.SALES_REP, 200, 200),
        (Role.FINANCE, 200, 403),
        (Role.COMPLIANCE, 200, 403),
        (Role.RECEPTION, 403, 403),
    ],
)
def test_who_may_look_and_write(app, build, role, look, write):
    dealer = build.dealer()
    client = build.client(role)
    assert client.get("/dealers/").status_code == look
    assert client.get(f"/dealers/{dealer.id}").status_code == look
    assert client.get("/dealers/new").status_code == write
    assert client.get(f"/dealers/{dealer.id}/edit").status_code == write
    assert client.post("/dealers/new", data={}).status_code == (422 if write == 200 else 403)


def test_a_rep_gets_at_nobody_elses_dealer(app, build):
    other = build.dealer(owner_id=build.user().id, contact="张三丰")
    client = build.client(Role.SALES_REP)
    assert "张三丰" not in client.get("/dealers/").text
    assert client.get(f"/dealers/{other.id}").status_code == 404
    assert client.get(f"/dealers/{other.id}/edit").status_code == 404
    assert client.post(f"/dealers/{other.id}/edit", data=FORM).status_code == 404


def test_a_rep_owns_what_they_file_and_cannot_give_it_to_another(app, build):
    rep, other = build.user(Role.SALES_REP), build.user(Role.SALES_REP)
    client = app.test_client()
    build.sign_in(client, rep)
    assert f'<option selected value="{rep.id}">' in client.get("/dealers/new").text
    assert client.post("/dealers/new", data={**FORM, "owner_id": other.id}).status_code == 422
    assert client.post("/dealers/new", data={**FORM, "owner_id": rep.id}).status_code == 303
    assert only(app).owner_id == rep.id


def test_the_list_is_searched_filtered_and_taken_away(app, build):
    client = build.client()
    owner = build.user(name="Owner Ou")
    wanted = build.dealer(contact="张三", city="宜昌", standing=Standing.KEY, owner_id=owner.id)
    build.dealer(contact="李四", city="武汉")
    with app.app_context():
        for dealer in db.session.scalars(select(Dealer)):
            set_keys(dealer)
        db.session.commit()
    for query in ("q=zs", "standing=key", "city=宜昌", f"owner={owner.id}", "q=宜昌&standing=key&city=宜昌"):
        page = client.get(f"/dealers/?{query}").text
        if query.startswith("q=宜"):
            assert "张三" not in page  # the city is a filter, not a search
            continue
        assert "张三" in page, query
        assert "李四" not in page, query
    assert "李四" in client.get("/dealers/?owner=pool").text
    file = client.get("/dealers/?city=宜昌&format=xlsx")
    [head, row] = CalamineWorkbook.from_filelike(io.BytesIO(file.data)).get_sheet_by_index(0).to_python()
    assert row[head.index("Name")] == wanted.contact


def test_whoever_may_not_take_lists_away_gets_a_page(app, build):
    answer = build.client(Role.SALES_REP).get("/dealers/?format=csv")
    assert answer.mimetype == "text/html"


def test_the_list_costs_the_same_for_one_dealer_and_for_fifty(app, build):
    client = build.client()
    counts = []
    for more in (1, 49):
        for _ in range(more):
            build.dealer(owner_id=build.user().id if more == 1 else None)
        with noted(app) as statements:
            assert client.get("/dealers/").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 14


def test_chosen_dealers_can_be_put_on_the_list_of_a_coming_event(app, build):
    build.event(slug="wuhan")
    build.dealer()
    assert "/events/wuhan/guests/from-dealers" in build.client(Role.PLANNER).get("/dealers/").text
    assert 'name="ids"' not in build.client(Role.FINANCE).get("/dealers/").text
