"""Staff at the same door: by code, by name, once, and never among the guests."""

from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from sqlalchemy import func, select

from app import clock
from app.access import Role
from app.blueprints.checkin import actions, crew
from app.blueprints.checkin.arrivals import queries as figures
from app.blueprints.events.queries import head_count
from app.extensions import db
from app.models import Arrival, DutyState, Event, EventStatus, JournalEntry, Scan, StaffPass, StaffPerson, Verdict
from app.tokens import new_badge_code
from tests.build.statements import noted
from tests.staff.conftest import START, Crew
from tests.staff.test_races import at_once

EIGHT = START - timedelta(hours=1)


@pytest.fixture(autouse=True)
def _at_eight():
    with clock.stopped_at(EIGHT):
        yield


@pytest.fixture
def hall(build):
    """A running event with a receptionist on duty from eight, and the desk signed in."""
    rows = Crew(build)
    event = rows.event(status=EventStatus.RUNNING)
    role, shift = rows.role(event, name="签到员"), rows.shift(event, 8, 12, name="接待")
    person = rows.person("林晚晴", agency="锦程礼仪")
    duty = rows.duty(role, shift, person, station="1 号签到台")

    key = rows.save(StaffPass(event_id=event.id, person_id=person.id, code=new_badge_code(), token="tok"))
    desk = build.client(Role.RECEPTION)
    desk.set_cookie("door", "A")
    return rows, event, person, key, duty, desk


def scan(desk, event, **data):
    return desk.post(f"/events/{event.slug}/door/", data=data, headers={"HX-Request": "true"})


def api(desk, event, code, scan_id):
    return desk.post(f"/api/v1/events/{event.slug}/scans", json={"code": code, "scan_id": scan_id, "door": "A"})


def key_of(app):
    with app.app_context():
        return db.session.scalars(select(StaffPass)).one()


def count(app, model):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def test_the_page_and_the_api_say_the_same(app, hall):
    _rows, event, _person, key, _duty, desk = hall
    answer = scan(desk, event, code=key.code, scan_id="scan-0001")
    assert answer.headers["X-Desk"] == Verdict.ADMIT
    for word in ('data-bearer="staff"', "林晚晴", "签到员", "1 号签到台", "接待"):
        assert word in answer.text
    told = api(desk, event, f"HTTP://X/B/{key.code}", "scan-0002").get_json()
    assert (told["verdict"], told["name"], told["kind"]) == ("already_in", "林晚晴", None)
    assert (told["staff"]["role"], told["staff"]["station"]) == ("签到员", "1 号签到台")
    assert key_of(app).arrived_at == EIGHT


def test_the_same_scan_again_answers_what_it_answered_first(app, hall):
    _rows, event, _person, key, _duty, desk = hall
    for _ in range(2):
        assert api(desk, event, key.code, "queued-0001").get_json()["verdict"] == "admit"
    assert count(app, Scan) == 1
    assert api(desk, event, key.code, "queued-0002").get_json()["verdict"] == "already_in"


def test_a_scan_id_belongs_to_one_person(app, build, hall):
    _rows, event, _person, key, _duty, desk = hall
    badge = build.badge(build.invitation(event))
    assert api(desk, event, key.code, "shared-0001").status_code == 200
    assert api(desk, event, badge.code, "shared-0001").status_code == 409
    assert api(desk, event, badge.code, "shared-0002").status_code == 200
    assert api(desk, event, key.code, "shared-0002").status_code == 409


def test_staff_are_no_guests(app, hall):
    _rows, event, _person, key, _duty, desk = hall
    with app.app_context():
        before = head_count(db.session.get_one(Event, event.id))
    api(desk, event, key.code, "scan-0001")
    assert count(app, Arrival) == 0
    with app.app_context():
        here = db.session.get_one(Event, event.id)
        assert head_count(here) == before
        counters = figures.counters(here)
        assert (counters.people_in, counters.expected, figures.arrivals_per_slot(here)) == (0, 0, [])
        assert [each.name for each in figures.latest_scans(here)] == ["林晚晴"]


def test_desks_at_the_same_instant_let_in_once(app, hall):
    _rows, event, _person, key, _duty, _desk = hall

    def work(number):
        def let_in():
            here = db.session.get_one(Event, event.id)
            outcome = actions.check_in(
                here, crew.bearer_of_badge(key.code), door="A", by_id=None, at=EIGHT, scan_id=f"race-{number:04}"
            )
            return outcome.verdict

        return let_in

    results = at_once(app, [work(number) for number in range(4)])
    assert sorted(results) == [Verdict.ADMIT, *[Verdict.ALREADY_IN] * 3]


def test_by_name_pinyin_and_without_a_pass(app, hall):
    rows, event, _person, _key, duty, desk = hall
    other = rows.person("许佳怡")
    with app.app_context():
        role, shift = db.session.merge(duty).role, db.session.merge(duty).shift
        db.session.expunge_all()
    rows.duty(role, shift, other, slot=2)
    for typed in ("xjy", "许佳", "xujiayi"):
        assert "许佳怡" in desk.get(f"/events/{event.slug}/door/?q={typed}").text
    assert scan(desk, event, person_id=other.id).headers["X-Desk"] == Verdict.ADMIT
    assert count(app, StaffPass) == 2
    assert scan(desk, event, person_id=rows.person().id).status_code == 404


def test_the_next_day_asks_again(app, hall):
    rows, event, person, key, duty, desk = hall
    later = rows.shift(event, 8, 12, day=1)
    with app.app_context():
        role = db.session.merge(duty).role
        db.session.expunge_all()
    rows.duty(role, later, person)
    api(desk, event, key.code, "day-one-01")
    with clock.stopped_at(EIGHT + timedelta(days=1, minutes=-5)):
        assert api(desk, event, key.code, "day-two-01").get_json()["verdict"] == "admit"
        assert api(desk, event, key.code, "day-two-02").get_json()["verdict"] == "already_in"


def test_taken_back_once(app, hall):
    _rows, event, _person, key, _duty, desk = hall
    api(desk, event, key.code, "scan-0001")
    address = f"/api/v1/events/{event.slug}/scans/scan-0001/undo"
    assert desk.post(address).get_json()["name"] == "林晚晴"
    assert desk.post(address).status_code == 409
    assert key_of(app).arrived_at is None
    assert api(desk, event, key.code, "scan-0003").get_json()["verdict"] == "admit"


def test_who_has_refused_or_left_or_belongs_elsewhere(app, hall):
    rows, event, person, key, duty, desk = hall
    elsewhere = rows.event(status=EventStatus.RUNNING)
    told = api(desk, elsewhere, key.code, "elsewhere-1").get_json()
    assert (told["verdict"], told["name"], told["staff"]) == ("other_event", None, None)
    with app.app_context():
        db.session.merge(duty).state = DutyState.REFUSED
        db.session.commit()
    assert api(desk, event, key.code, "refused-01").get_json()["verdict"] == "declined"
    assert scan(desk, event, person_id=person.id, overrule="1").headers["X-Desk"] == Verdict.ADMIT
    with app.app_context():
        actions_ = [each.action for each in db.session.scalars(select(JournalEntry))]
        assert "staff_arrival.overruled" in actions_
        db.session.get_one(StaffPerson, person.id).is_active = False
        db.session.commit()
    assert api(desk, event, key.code, "left-00001").get_json()["verdict"] == "revoked"


def test_the_qr_of_a_staff_badge_tells_strangers_nothing(client, hall):
    _rows, _event, _person, key, _duty, desk = hall
    shown = client.get(f"/B/{key.code}")
    assert shown.status_code == 200
    assert "林晚晴" not in shown.text
    assert "林晚晴" in desk.get(f"/B/{key.code}").text


def test_badges_of_the_staff_are_printed_and_marked(app, build, hall):
    _rows, event, person, _key, _duty, _desk = hall
    planner, address = build.client(Role.PLANNER), f"/events/{event.slug}/badges/staff/"
    assert planner.get(address).status_code == 200
    assert planner.get(f"{address}preview.png").data.startswith(b"\x89PNG")
    made = planner.post(f"{address}print", data={"which": "missing", "size": "90x54"})
    assert made.data.startswith(b"%PDF")
    assert key_of(app).printed_at == EIGHT
    assert planner.post(f"{address}print", data={"which": "missing", "size": "90x54"}).status_code == 422
    assert planner.post(f"{address}print", data={"which": "x", "size": "90x54"}).status_code == 422
    for which in ({"which": "all"}, {"which": "role", "role": 1}, {"which": "chosen", "ids": person.id}):
        for size in ("a6", "86x54", "100x70", "a4"):
            assert planner.post(f"{address}print", data={**which, "size": size}).data.startswith(b"%PDF")
    assert build.client(Role.FINANCE).get(address).status_code == 403


def test_the_page_of_badges_costs_the_same_for_many(app, build, hall):
    rows, event, _person, _key, duty, _desk = hall
    planner = build.client(Role.PLANNER)
    with app.app_context():
        role, shift = db.session.merge(duty).role, db.session.merge(duty).shift
        db.session.expunge_all()
    addresses = [f"/events/{event.slug}/{page}" for page in ("badges/staff/", "staff/notices", "staff/note")]
    costs = []
    for more in (range(0), range(2, 12)):
        for slot in more:
            rows.duty(role, shift, rows.person(), slot=slot)
        for address in addresses:
            planner.get(address)
        with noted(app) as seen:
            for address in addresses:
                assert planner.get(address).status_code == 200
        costs.append(len(seen))
    assert costs[0] == costs[1]


def test_a_badge_of_the_staff_says_so(app, build, hall):
    _rows, event, _person, key, _duty, _desk = hall
    planner = build.client(Role.PLANNER)
    made = planner.post(f"/events/{event.slug}/badges/staff/print", data={"which": "all", "size": "a6"}).data
    text = pypdfium2.PdfDocument(BytesIO(made))[0].get_textpage().get_text_range()
    for word in ("工作人员", "林晚晴", "签到员", "1 号签到台", key.code):
        assert word.replace(" ", "") in text.replace(" ", "")
