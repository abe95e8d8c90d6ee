"""The file of people: colleagues, hired people, who leaves, and how they are found."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from app.access import Role
from app.blueprints.staff.people import actions, queries
from app.errors import StaleChange
from app.extensions import db
from app.models import ClothingCut, EventStatus, StaffKind, StaffPerson
from tests.build.statements import noted

FORM = {
    "name": "林晚晴",
    "kind": "receptionist",
    "mobile": "138 1234 5678",
    "agency": "锦程礼仪",
    "day_rate": "380",
    "cut": "",
    "locale": "",
}


@pytest.fixture
def planner(build):
    return build.client(Role.PLANNER)


def on_file(app):
    with app.app_context():
        return list(db.session.scalars(select(StaffPerson).order_by(StaffPerson.id)))


def test_all_colleagues_with_one_click(app, build, planner):
    build.user(Role.SALES_REP, name="陆晓峰", mobile="+8613900000001", login="lu@example.com")
    build.user(is_active=False, name="走了")
    assert planner.post("/staff/people/colleagues").status_code == 303
    people = on_file(app)
    assert {(each.kind, each.is_active) for each in people} == {(StaffKind.OWN, True)}
    assert "走了" not in {each.name for each in people}
    lu = next(each for each in people if each.name == "陆晓峰")
    assert (lu.mobile, lu.mail) == ("+8613900000001", "lu@example.com")
    planner.post("/staff/people/colleagues")
    assert len(on_file(app)) == len(people)


def test_a_colleague_whose_number_somebody_has(app, session, build):
    build.user(mobile="+8613900000001")
    build.user(mobile="+8613900000001")
    actions.create({"name": "外聘", "kind": StaffKind.HOST, "mobile": "+8613900000001"})
    assert actions.add_colleagues() == 2
    session.commit()
    assert [each.mobile for each in session.scalars(select(StaffPerson).order_by(StaffPerson.id))] == [
        "+8613900000001",
        None,
        None,
    ]


def test_somebody_hired(app, planner):
    assert planner.post("/staff/people/new", data=FORM | {"cut": "women", "clothing_size": "M"}).status_code == 303
    (person,) = on_file(app)
    assert (person.mobile, person.day_rate, person.cut) == ("+8613812345678", Decimal("380.0000"), ClothingCut.WOMEN)
    assert (person.mail, person.locale) == (None, None)


@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""},
        {"name": "长" * 81},
        {"mobile": "12345"},
        {"mail": "no mail"},
        {"day_rate": "-1"},
        {"day_rate": "viel"},
        {"kind": "x"},
        {"clothing_size": "X" * 11},
    ],
)
def test_bad_input_comes_back(app, planner, bad):
    answer = planner.post("/staff/people/new", data=FORM | bad)
    assert answer.status_code == 422
    assert on_file(app) == []


def test_one_number_is_one_person(app, crew, planner):
    crew.person(mobile="+8613812345678")
    assert planner.post("/staff/people/new", data=FORM).status_code == 422
    assert len(on_file(app)) == 1


def test_one_number_is_one_person_for_programs_too(session, crew):
    crew.person(mobile="+8613812345678")
    with pytest.raises(actions.StaffMobileTaken):
        actions.create({"name": "x", "kind": StaffKind.HOST, "mobile": "+8613812345678"})


def test_changing_what_is_on_file(app, crew, planner):
    person = crew.person(agency="甲")
    base = f"/staff/people/{person.id}/edit"
    assert planner.get(base).status_code == 200
    assert planner.post(base, data=FORM | {"version": 99}).status_code == 409
    assert planner.post(base, data=FORM | {"version": person.version}).status_code == 303
    assert on_file(app)[0].agency == "锦程礼仪"


def test_a_stale_change(session, crew, fresh):
    person = fresh(crew.person())
    with pytest.raises(StaleChange):
        actions.edit(person, {"name": "x"}, version=7)


@pytest.mark.parametrize("typed", ["林晚晴", "晚晴", "linwanqing", "lwq", "linwq", "锦程", "1381234"])
def test_found_by_name_pinyin_initials_agency_or_number(app, planner, typed):
    planner.post("/staff/people/new", data=FORM)
    planner.post("/staff/people/new", data=FORM | {"name": "周子墨", "kind": "host", "mobile": "", "agency": ""})
    planner.get("/staff/people/")  # takes the messages of what was added
    shown = planner.get("/staff/people/", query_string={"q": typed}).text
    assert ("林晚晴" in shown, "周子墨" in shown) == (True, False)


def test_who_left_is_a_chip_away(app, crew, planner):
    crew.person("在职的")
    crew.person("离职的", is_active=False)
    shown = planner.get("/staff/people/?there=no").text
    assert ("离职的" in shown, "在职的" in shown) == (True, False)


def test_duties_ahead_are_those_that_can_still_be_given_to_others(session, crew, fresh):
    person = crew.person()
    for status in (EventStatus.OPEN, EventStatus.CLOSED):
        _, role, shift = crew.place(status=status)
        crew.duty(role, shift, person)
    event = crew.event()
    crew.duty(crew.role(event), crew.shift(event, day=-60), person)
    assert queries.duties_ahead() == {person.id: 1}
    assert queries.duties_ahead([fresh(person)]) == {person.id: 1}
    assert [work.is_ahead for work in queries.work_of(fresh(person))].count(True) == 1


def test_leaving_twice_is_leaving_once(app, crew, planner):
    person = crew.person()
    for _ in range(2):
        assert planner.post(f"/staff/people/{person.id}/left").status_code == 303
    assert on_file(app)[0].version == 2


def test_the_list_costs_the_same_for_few_and_for_many(app, crew, planner):
    counts = []
    for _ in range(2):
        for _ in range(8):
            crew.person(agency="某")
        planner.get("/staff/people/")
        with noted(app) as statements:
            assert planner.get("/staff/people/").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 11


def test_the_list_as_a_file(crew, planner):
    crew.person("林晚晴", day_rate=Decimal(380))
    answer = planner.get("/staff/people/?format=csv")
    assert "林晚晴" in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["", "new", "1", "1/edit"])
def test_who_may_see_the_people(crew, build, path):
    crew.person()
    wanted = {Role.PLANNER: 200, Role.DIRECTOR: 403 if path in {"new", "1/edit"} else 200, Role.SALES_REP: 403}
    for role, status in wanted.items():
        assert build.client(role).get(f"/staff/people/{path}").status_code == status, role
    assert build.client(Role.DIRECTOR).post("/staff/people/1/left").status_code == 403
