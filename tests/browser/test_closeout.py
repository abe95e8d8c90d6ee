"""From a delivery that came short to the end of the event: ordered on top, ticked on the phone, waived, closed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.access import Role
from app.blueprints.materials import actions as materials
from app.blueprints.materials import queries
from app.blueprints.materials.orders.actions import order
from app.blueprints.staff import passes
from app.blueprints.staff.closeout import actions as closeout
from app.extensions import db
from app.models import (
    CloseoutItem,
    CloseoutKind,
    Event,
    EventStatus,
    Material,
    StaffKind,
    StaffPerson,
)
from app.names import search_key, sort_key
from tests.browser.conftest import PHONE, axe_findings, overflow, sent

pytestmark = pytest.mark.slow


def test_a_delivery_comes_short_and_is_ordered_on_top(site, open_page):
    event = site.build.event(slug="winter", status=EventStatus.OPEN)
    with site.app.app_context():
        here = db.session.get_one(Event, event.id)
        row = materials.add(here, name="易拉宝", base_quantity=20)
        order(here, row, 20, supplier="宏图展示", by_id=None)
        row_id = row.id
        db.session.commit()
    page = open_page(Role.PLANNER)
    address = f"/events/winter/materials/{row_id}"
    page.goto(address)
    page.fill("#delivery-quantity", "18")
    page.fill("#delivery input[name=damaged]", "3")
    page.click("#delivery button")
    page.wait_for_load_state("networkidle")
    assert page.locator("#order-quantity").input_value() == "3"  # the broken ones; two more are still to come
    page.fill("#order-quantity", "5")
    page.fill("#order input[name=supplier]", "百川展具")
    page.click("#order-form button")
    page.wait_for_load_state("networkidle")
    page.fill("#delivery-quantity", "5")
    page.click("#delivery button")
    page.wait_for_load_state("networkidle")
    with site.app.app_context():
        row = db.session.get_one(Material, row_id)
        assert (queries.ordered_of(row), queries.figures_of(row).here, row.supplier) == (25, 20, "百川展具")


def test_closing_out_on_the_phone_and_closing_the_event(site, open_page):
    now = clock.now()
    event = site.build.event(
        slug="winter", status=EventStatus.RUNNING, starts_at=now - timedelta(hours=9), ends_at=now - timedelta(hours=1)
    )
    with site.app.app_context():
        here = db.session.get_one(Event, event.id)
        spelled = {"search_key": search_key("周子墨"), "sort_key": sort_key("周子墨")}
        host = StaffPerson(name="周子墨", kind=StaffKind.HOST, created_at=now, **spelled)
        db.session.add(host)
        db.session.flush()
        for kind, text in ((CloseoutKind.RETURN, "话筒和主持服装"), (CloseoutKind.SETTLE, "确认主持费用")):
            closeout.add(here, host, kind, text)
        token = passes.ensure(here, [host])[host.id].token
        db.session.commit()
    phone = open_page(size=PHONE)
    phone.goto(f"/d/{token}")
    phone.locator("#closeout .my-tick", has_text="话筒").click()
    phone.locator("#closeout .my-tick.is-done").wait_for()
    sent(phone)
    assert overflow(phone) <= 0
    assert axe_findings(phone) == []
    page = open_page(Role.PLANNER)
    page.goto("/events/winter/close")
    page.get_by_role("link", name="Open the list").click()
    page.locator(".closeout-waive summary").first.click()
    page.locator(".closeout-waive input[name=why]").first.fill("费用由经纪公司结算")
    page.locator(".closeout-waive button").first.click()
    page.wait_for_load_state("networkidle")
    assert axe_findings(page) == []
    page.goto("/events/winter/close")
    page.get_by_role("button", name="Close the event").click()
    page.wait_for_url("**/events/winter/")
    with site.app.app_context():
        assert db.session.get_one(Event, event.id).status is EventStatus.CLOSED
        rows = db.session.scalars(select(CloseoutItem).order_by(CloseoutItem.id)).all()
        assert [(bool(row.done_at), row.waived_why) for row in rows] == [(True, ""), (False, "费用由经纪公司结算")]
