"""The day of the staff: a badge before the camera, somebody who does not come, an incident told and closed."""

from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from app import clock, qr, worker
from app.access import Role
from app.blueprints.staff import passes
from app.extensions import db
from app.models import EventStatus, Incident, Severity, Shift, StaffKind, StaffPass, StaffPerson
from tests.browser import camera
from tests.browser.conftest import PHONE, axe_findings, launch, overflow
from tests.browser.test_duties import give, letter_box, link_in, winter

__all__ = ["letter_box", "winter"]


@pytest.fixture
def crew(site, winter):
    """A commander who is here, and two receptionists, of whom the second will not come."""
    give(
        site,
        winter,
        "executive_commander",
        "reception",
        name="沈若溪",
        mail="shen@example.com",
        mobile="+8613800000001",
    )
    kind = {"kind": StaffKind.RECEPTIONIST, "locale": "zh_CN"}
    give(site, winter, "receptionist", "reception", name="林晚晴", mail="lin@example.com", **kind)
    give(site, winter, "receptionist", "reception", name="许佳怡", mobile="+8613800000003", **kind)
    with site.app.app_context():
        event = db.session.merge(winter)
        event.status = EventStatus.RUNNING
        db.session.commit()
        people = list(db.session.scalars(select(StaffPerson)))
        keys = {row.person.name: row for row in passes.ensure(event, people).values()}
        db.session.commit()
        starts_at = db.session.scalars(select(Shift.starts_at).where(Shift.key == "reception")).one()
        keys["沈若溪"].arrived_at = starts_at - timedelta(hours=1)
        db.session.commit()
        return {name: (key.code, key.token) for name, key in keys.items()}, starts_at


@contextmanager
def desk_with_camera(playwright, site, address, tmp_path):
    """The desk in a browser whose camera sees the code of this address."""
    film = camera.film(Image.open(BytesIO(qr.png(address, scale=10))), tmp_path / "badge.mjpeg")
    browser = launch(playwright, *camera.arguments(film))
    try:
        context = browser.new_context(base_url=site.url, permissions=["camera"], locale="zh-CN")
        client = site.app.test_client()
        site.build.sign_in(client, site.build.user(Role.RECEPTION, locale=None))
        cookie = client.get_cookie(site.app.config["SESSION_COOKIE_NAME"])
        context.add_cookies(
            [
                {"name": cookie.key, "value": cookie.value, "url": site.url},
                {"name": "door", "value": "A", "url": site.url},
            ]
        )
        yield context.new_page()
    finally:
        browser.close()


def work(site):
    with site.app.app_context():
        worker.run_once(site.app)


def test_from_the_badge_to_the_closed_incident(site, open_page, playwright, winter, crew, letter_box, tmp_path):
    keys, starts_at = crew
    with clock.stopped_at(starts_at - timedelta(minutes=20)):
        address = f"{site.url.upper()}/B/{keys['林晚晴'][0]}"
        with desk_with_camera(playwright, site, address, tmp_path) as desk:
            desk.goto("/events/winter/door/")
            desk.locator("[data-camera-switch]").click()
            desk.locator("#answer [data-bearer=staff][data-verdict=admit]").wait_for(timeout=40_000)
    with site.app.app_context():
        here = db.session.scalars(select(StaffPass).where(StaffPass.arrived_at.is_not(None))).all()
        assert {each.person.name for each in here} == {"沈若溪", "林晚晴"}

    with clock.stopped_at(starts_at + timedelta(minutes=15)):
        work(site)
        (missing,) = letter_box.received
        assert missing["To"] == "shen@example.com"
        said = missing.get_body(("plain",)).get_content()
        assert "许佳怡" in said
        assert "林晚晴" not in said
        board = open_page(Role.PLANNER)
        board.goto("/events/winter/staff/day")
        assert board.locator("a[href^='tel:+8613800000003']").count() >= 1
        phone = open_page(size=PHONE, locale="zh-CN")
        phone.goto(f"/d/{keys['林晚晴'][1]}")
        phone.locator(".my-report").click()
        phone.locator("label", has=phone.locator("input[type=radio]")).first.click()
        phone.locator(".pub-acts .btn-primary").first.click()
        phone.wait_for_url("**/d/*")
        with site.app.app_context():
            incident = db.session.scalars(select(Incident)).one()
            assert (incident.severity, incident.reported_by) == (Severity.EMERGENCY, "林晚晴")
            assert incident.acting is not None
            assert incident.acting.name == "沈若溪"
        work(site)
        told = letter_box.received[-1]
        assert told["To"] == "shen@example.com"
        board.goto("/events/winter/zones/board")
        assert board.locator(".zb-emergency").count() == 1
        commander = open_page(size=PHONE, locale="zh-CN")
        commander.goto(link_in(told))
        assert overflow(commander) <= 0
        assert axe_findings(commander) == []
        commander.locator(".incident input[name=outcome]").fill("已送医务室，家属已联系")
        commander.locator(".incident button").click()
        commander.wait_for_load_state("networkidle")
        board.reload()
        assert board.locator(".zb-emergency").count() == 0
    with site.app.app_context():
        assert db.session.scalars(select(Incident)).one().done_at is not None
