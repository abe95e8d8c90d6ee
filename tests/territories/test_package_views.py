"""The pages of packages, limits, product lines and alarms."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from app.access import Role
from app.blueprints.territories.packages import queries
from app.extensions import db
from app.models import AuthorityLimit, Concession, ConcessionKind, Event, Package, Term
from tests.build import contracts


@pytest.fixture
def event(build):
    return build.event()


def packages(app):
    with app.app_context():
        rows = db.session.scalars(select(Package).order_by(Package.id)).all()
        return {row.name: [(each.kind, each.value) for each in row.concessions] for row in rows}


FORM = {
    "name": "开门红",
    "description": "",
    "is_active": "y",
    "stock": "5",
    "min_first_order": "１00,000",
    "concessions-0-kind": "rebate",
    "concessions-0-name": "首年返利",
    "concessions-0-value": "2.5",
    "concessions-0-cost": "1,200",
    "concessions-1-kind": "",
    "concessions-1-name": "",
    "concessions-1-value": "",
    "concessions-1-cost": "",
}


def test_starting_from_the_standard(app, build, event):
    client = build.client(Role.PLANNER)
    at = f"/events/{event.slug}/packages"
    assert client.get(f"{at}/").status_code == 200
    for _ in range(2):
        assert client.post(f"{at}/prepare").status_code == 303
    assert len(packages(app)) == 3
    assert client.get(f"{at}/").status_code == 200


def test_adding_editing_and_deleting(app, build, event):
    client = build.client(Role.SALES_MANAGER)
    at = f"/events/{event.slug}/packages"
    assert client.get(f"{at}/new").status_code == 200
    assert client.post(f"{at}/new", data=FORM).status_code == 303
    assert packages(app) == {"开门红": [(ConcessionKind.REBATE, Decimal("2.5"))]}
    with app.app_context():
        row = db.session.scalars(select(Package)).one()
        assert (row.min_first_order, row.stock) == (Decimal(100_000), 5)
        assert row.concessions[0].cost == Decimal(1_200)
        package_id, version = row.id, row.version
    assert client.get(f"{at}/{package_id}").status_code == 200
    changed = FORM | {"version": version, "name": "开门红二", "concessions-0-kind": "", "concessions-0-name": ""}
    assert client.post(f"{at}/{package_id}", data=changed).status_code == 303
    assert client.post(f"{at}/{package_id}", data=changed).status_code == 409  # somebody was quicker
    assert packages(app) == {"开门红二": []}
    assert client.post(f"{at}/{package_id}/remove").status_code == 303
    assert packages(app) == {}
    with app.app_context():
        assert db.session.scalar(select(Concession.id)) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"stock": "0"},
        {"stock": "many"},
        {"min_first_order": "-1"},
        {"concessions-0-value": ""},
        {"concessions-0-value": "101"},
        {"concessions-0-name": ""},
        {"concessions-0-kind": "nothing"},
        {"expires_at": "yesterday"},
    ],
)
def test_bad_input(app, build, event, wrong):
    client = build.client(Role.PLANNER)
    assert client.post(f"/events/{event.slug}/packages/new", data=FORM | wrong).status_code == 422
    assert packages(app) == {}


def test_a_package_that_contracts_name_stays(app, build, event):
    package = build.save(Package(event_id=event.id, name="老客户礼包", stock=3, taken=2))
    contracts.contract(build, event, package_id=package.id)
    client = build.client(Role.PLANNER)
    at = f"/events/{event.slug}/packages/{package.id}"
    assert client.post(f"{at}/remove").status_code == 409
    assert client.post(at, data=FORM | {"version": 1, "stock": "1"}).status_code == 422  # two are taken
    other = f"/events/{build.event().slug}/packages/{package.id}"
    assert client.get(other).status_code == 404
    assert build.client(Role.SALES_REP).get(at).status_code == 403
    assert build.client(Role.SALES_REP).get(f"/events/{event.slug}/packages/").status_code == 200


def test_limits_of_the_company_and_of_an_event(app, build, event):
    client = build.client(Role.PLANNER)
    company, here = "/territories/limits", f"/events/{event.slug}/packages/limits"
    assert client.post(company, data={"sales_rep-discount": "４", "sales_rep-amount": "600,000"}).status_code == 303
    assert client.post(here, data={"sales_rep-discount": "6"}).status_code == 303
    for page in (company, here):
        assert client.get(page).status_code == 200
        assert client.post(page, data={"sales_rep-discount": "101"}).status_code == 422
        assert client.post(page, data={"sales_rep-discount": "lots"}).status_code == 422
    with app.app_context():
        limits = queries.limits(db.session.get_one(Event, event.id))
        assert limits[Role.SALES_REP, Term.DISCOUNT] == 6
        assert limits[Role.SALES_REP, Term.AMOUNT] == 600_000
    assert client.post(here, data={}).status_code == 303  # all left blank: the company's hold again
    with app.app_context():
        assert db.session.scalars(select(AuthorityLimit).where(AuthorityLimit.event_id.is_not(None))).all() == []
    assert build.client(Role.SALES_REP).post(company, data={}).status_code == 403


def test_lines_and_channels_as_pages(land):
    client = land.build.client(Role.PLANNER)
    for page in ("lines", "lines/new", "channels/new", f"lines/{land.line.id}/edit", f"channels/{land.retail.id}/edit"):
        assert client.get(f"/territories/{page}").status_code == 200
    assert client.post("/territories/channels/new", data={"name": ""}).status_code == 422


def test_a_hold_that_runs_out_is_an_alarm_for_its_rep_and_who_sees_all(land):
    rep = land.build.user(Role.SALES_REP)
    land.hold(land.build.dealer(), land.gz, minutes=10, rep=rep)
    land.hold(land.build.dealer(), land.cs, minutes=50, rep=rep)
    own, manager = land.app.test_client(), land.build.client(Role.SALES_MANAGER)
    land.build.sign_in(own, rep)
    at = f"/events/{land.event.slug}/"
    for client, told in ((own, True), (manager, True), (land.build.client(Role.SALES_REP), False)):
        text = client.get(at).text
        assert ("广州市" in text) is told
        assert "长沙市" not in text
