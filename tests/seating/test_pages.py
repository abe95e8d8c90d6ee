"""The pages of hall and seats: acts by forms, bad input, whose event, who may, and what is printed."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.access import Role
from app.blueprints.seating import papers
from app.blueprints.seating.hall import actions as halls
from app.blueprints.seating.rules.layout import Wanted
from app.extensions import db
from app.models import Event, HallItem, HallPlan, Invitation, InvitationState, ItemKind, Job, Readiness, Seat
from tests.build import Builder
from tests.build.statements import noted

S, R = InvitationState, Readiness


@pytest.fixture
def event(app: Flask, build: Builder) -> Event:
    event = build.event(slug="here")
    for n in range(6):
        dealer = build.dealer(city=f"c{n}")
        guest = build.invitation(event, dealer, state=S.FIRM, readiness=list(R)[n % 4])
        if n == 0:
            build.companions(guest, ["同行人"])
    with app.app_context():
        halls.lay_out(db.session.get_one(Event, event.id), Wanted(1500, 1600, 10, each=5), by_id=None)
        db.session.commit()
    return event


@pytest.fixture
def planner(build: Builder) -> FlaskClient:
    return build.client(Role.PLANNER)


Ask = Callable[[], list[tuple[int, str, int, bool]]]


@pytest.fixture
def seats(app: Flask) -> Ask:
    """Return (guest, table, number, locked) of each guest's own seat."""

    def ask() -> list[tuple[int, str, int, bool]]:
        with app.app_context():
            rows = select(Seat).where(Seat.companion_id.is_(None)).order_by(Seat.invitation_id)
            return [
                (each.invitation_id, each.item.label, each.number, each.is_locked) for each in db.session.scalars(rows)
            ]

    return ask


def test_seats_are_given_moved_locked_taken_and_undone(event: Event, planner: FlaskClient, seats: Ask, app: Flask):
    at = "/events/here/seating"
    assert planner.get(f"{at}/").status_code == 200
    assert planner.post(f"{at}/solve", data={"keep": "locked"}).status_code == 303
    assert len(seats()) == 6
    guest = seats()[1][0]
    with app.app_context():
        table = db.session.scalar(select(HallItem.id).where(HallItem.label == "2"))
    move = {"guest": guest, "table": table, "number": "4"}
    assert planner.post(f"{at}/place", data=move).status_code == 303
    assert planner.post(f"{at}/keep", data={"guest": guest, "on": "1"}).status_code == 303
    assert (guest, "2", 4, True) in seats()
    assert planner.post(f"{at}/place", data=move | {"guest": seats()[2][0]}).status_code == 409
    assert planner.post(f"{at}/place", data=move | {"number": "77"}).status_code == 409
    assert planner.post(f"{at}/place", data=move | {"guest": "x"}).status_code == 404
    assert planner.post(f"{at}/unseat", data={"guest": guest}).status_code == 303
    assert guest not in [each[0] for each in seats()]
    assert planner.post(f"{at}/undo").status_code == 303
    assert (guest, "2", 4, True) in seats()
    assert planner.post(f"{at}/give-up").status_code == 409
    assert planner.post(f"{at}/keep", data={"table": table, "on": "0"}).status_code == 303
    assert not any(each[3] for each in seats())
    assert planner.post(f"{at}/show", data={"on": "1"}).status_code == 303
    for page in ("/", "/guests", f"/guests/{guest}", "/hall", "/rules", f"/?table={table}", "/guests?q=张"):
        assert planner.get(at + page).status_code == 200


def test_what_counts_and_what_is_said_of_guests_is_kept(event: Event, planner: FlaskClient, app: Flask):
    at = "/events/here/seating"
    wishes = {"ready_beside": 9, "content_beside": 0, "rep_near": 1, "kinds_mixed": 2, "load_even": 3}
    rules = wishes | {"reach": "7.5", "seed": "12", "open_cities": ["c1"]}
    assert planner.post(f"{at}/rules", data=rules).status_code == 303
    assert planner.post(f"{at}/rules", data=rules | {"ready_beside": 11}).status_code == 422
    assert planner.post(f"{at}/rules", data=rules | {"open_cities": ["nowhere"]}).status_code == 422
    with app.app_context():
        plan = db.session.get_one(HallPlan, event.id)
        assert (plan.weights, plan.reach, plan.cities_apart, plan.open_cities, plan.seed) == (
            wishes,
            750,
            False,
            ["c1"],
            12,
        )
        one, two = db.session.scalars(select(Invitation.id).order_by(Invitation.id)).all()[:2]
    assert planner.post(f"{at}/guests/{one}/mark", data={"is_vip": "yes", "is_content": ""}).status_code == 303
    assert planner.post(f"{at}/guests/{one}/pair", data={"other": two, "rule": "apart"}).status_code == 303
    assert planner.post(f"{at}/guests/{one}/pair", data={"other": one, "rule": "apart"}).status_code == 404
    page = planner.get(f"{at}/guests/{one}").text
    assert f'name="other" value="{two}"' in page


def test_the_hall_is_changed_by_forms_and_two_people_do_not_overwrite_each_other(
    event: Event, planner: FlaskClient, app: Flask
):
    at = "/events/here/seating/hall"
    assert planner.post(f"{at}/items", data={"kind": "pillar"}).status_code == 303
    with app.app_context():
        pillar = db.session.scalar(select(HallItem.id).where(HallItem.kind == ItemKind.PILLAR))
    assert planner.get(f"{at}?item={pillar}").status_code == 200
    move = {"x": "120", "y": "-30", "version": "1"}
    assert planner.post(f"{at}/items/{pillar}/move", data=move).status_code == 303
    assert planner.post(f"{at}/items/{pillar}/move", data=move).status_code == 409
    assert planner.post(f"{at}/items/{pillar}/move", data=move | {"x": "a"}).status_code == 400
    form = {"label": "柱", "x": "1.2", "y": "0", "width": "0.5", "depth": "0.5", "version": "2"}
    assert planner.post(f"{at}/items/{pillar}", data=form | {"width": "0"}).status_code == 422
    assert planner.post(f"{at}/items/{pillar}", data=form).status_code == 303
    with app.app_context():
        item = db.session.get_one(HallItem, pillar)
        assert (item.label, item.x, item.y, item.width, item.seats) == ("柱", 120, 0, 50, 0)
    assert planner.post(f"{at}/size", data={"width": "18", "depth": "2"}).status_code == 422
    assert planner.post(f"{at}/size", data={"width": "18", "depth": "20"}).status_code == 303
    assert planner.post(f"{at}/items/{pillar}/remove").status_code == 303
    assert planner.post(at, data={"width": "18"}).status_code == 422
    again = {"width": "18", "depth": "18", "people": "20", "each": "10", "style": "rows"}
    assert planner.post(at, data=again).status_code == 303
    with app.app_context():
        assert set(db.session.scalars(select(HallItem.kind).where(HallItem.seats > 0))) == {ItemKind.ROW}


def test_nothing_is_reached_through_another_event_or_without_the_right(
    event: Event, build: Builder, planner: FlaskClient, app: Flask
):
    build.event(slug="there")
    with app.app_context():
        item = db.session.scalar(select(HallItem.id).order_by(HallItem.id))
        guest = db.session.scalar(select(Invitation.id).order_by(Invitation.id))
    other = "/events/there/seating"
    assert planner.post(f"{other}/hall/items/{item}/remove").status_code == 404
    assert planner.get(f"{other}/guests/{guest}").status_code == 404
    assert planner.post(f"{other}/guests/{guest}/mark", data={"is_vip": "yes"}).status_code == 404
    assert planner.post(f"{other}/solve").status_code == 409
    assert planner.get(f"{other}/print/hall.pdf").status_code == 404
    assert planner.get(f"{other}/").status_code == 200
    director, rep = build.client(Role.DIRECTOR), build.client(Role.SALES_REP)
    assert director.get("/events/here/seating/").status_code == 200
    assert director.post("/events/here/seating/solve").status_code == 403
    assert rep.get("/events/here/seating/").status_code == 403


def test_what_is_printed_holds_everybody_once(event: Event, planner: FlaskClient, app: Flask):
    planner.post("/events/here/seating/solve", data={"keep": "locked"})
    pages = {}
    for paper in ("hall", "cards", "signs", "chart-by-name", "chart-by-table"):
        answer = planner.get(f"/events/here/seating/print/{paper}.pdf?language=en")
        assert answer.mimetype == "application/pdf"
        with pikepdf.open(BytesIO(answer.data)) as document:
            box = document.pages[0].mediabox
            pages[paper] = (len(document.pages), round(float(box[2])), round(float(box[3])))
    assert pages["hall"] == (1, 1191, 842)  # A3 across
    assert pages["cards"][0] == 4  # seven people, two on a sheet
    assert pages["signs"][0] == 2


def test_papers_of_many_are_drawn_by_the_worker(
    event: Event, planner: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
):
    planner.post("/events/here/seating/solve", data={"keep": "locked"})
    monkeypatch.setattr(papers, "AT_ONCE", 6)
    here = "/events/here/seating"
    assert planner.get(f"{here}/print/cards.pdf").status_code == 409
    assert planner.get(f"{here}/print/signs.pdf").status_code == 200
    for paper in ("cards", "name", "table"):
        assert f"{here}/print/{paper}" in planner.get(f"{here}/").text
        assert planner.post(f"{here}/print/{paper}?language=en").status_code == 303
    assert planner.post(f"{here}/print/other").status_code == 404
    with app.app_context():
        jobs = db.session.scalars(select(Job).where(Job.kind == papers.KIND).order_by(Job.id)).all()
        assert [each.total for each in jobs] == [7, 7, 7]
        for job in jobs:
            papers.run_paper(job, lambda _done, _total: None)
            assert job.result_file is not None
            assert job.result_file.media_type == "application/pdf"


def test_the_page_costs_as_many_queries_for_many_as_for_few(
    event: Event, planner: FlaskClient, build: Builder, app: Flask
):
    planner.post("/events/here/seating/solve", data={"keep": "locked"})
    planner.get("/events/here/seating/")
    with noted(app) as few:
        planner.get("/events/here/seating/")
    for _ in range(3):
        build.invitation(event, build.dealer(), state=S.FIRM, readiness=R.WAVERING)
    planner.post("/events/here/seating/solve", data={"keep": "seated"})
    with noted(app) as many:
        planner.get("/events/here/seating/")
    assert len(many) == len(few)
