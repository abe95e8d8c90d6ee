"""A car for a guest: arrivals, run, driver's sheet, the host's tick at the station, and a train that was rebooked."""

from datetime import timedelta

from sqlalchemy import select

from app import clock
from app.access import Role
from app.extensions import db
from app.models import PickupRun, Reply, StaffPass, StaffPerson
from tests.browser.conftest import PHONE, axe_findings, overflow, sent
from tests.travel.problems import day_before, guest


def test_from_the_arrival_to_the_tick_at_the_station(site, open_page):
    build = site.build
    event = build.event(language="zh_CN", starts_at=clock.now() + timedelta(days=3))
    base = f"/events/{event.slug}/travel"
    coming = guest(build, event, day_before(event, 2), hotel_from=day_before(event, 2).date(), hotel_nights=1)
    host = build.save(StaffPerson(name="林小雅", created_at=clock.now()))
    key = build.save(StaffPass(event_id=event.id, person_id=host.id, code="S20001", token="tr" * 20))
    planner = open_page(Role.PLANNER, locale="zh-CN")
    planner.goto(f"{base}/settings")
    planner.fill("#train_station", "武汉站")
    with planner.expect_navigation():
        planner.locator(".submit-bar .btn-primary").click()
    planner.goto(f"{base}/runs")
    planner.locator("form[action$='/group'] button").first.click()
    planner.locator(".tr-runs .card-title a").click()
    planner.wait_for_url("**/runs/*")
    run = planner.url
    planner.goto(f"{run}/edit")
    planner.select_option("#host_id", str(host.id))
    planner.locator(".submit-bar .btn-primary").click()
    planner.wait_for_url(run)
    token = planner.locator("[name=csrf_token]").first.input_value()
    sheet = planner.request.post(f"{run}/issue", form={"csrf_token": token}, headers={"Referer": run})
    assert sheet.body().startswith(b"%PDF")
    for page in (base, f"{base}/rooms", f"{base}/runs"):
        planner.goto(page)
        assert axe_findings(planner) == []
        assert overflow(planner) == 0
    mine = open_page(locale="zh-CN", size=PHONE)
    mine.goto(f"/d/{key.token}")
    assert overflow(mine) == 0
    mine.locator(".my-tick").first.click()
    mine.locator(".my-tick.is-done").wait_for()
    sent(mine)
    with site.app.app_context():
        reply = db.session.scalars(select(Reply).where(Reply.invitation_id == coming.id)).one()
        reply.travel_number, reply.arrives_at = "G9999", day_before(event, 4)
        db.session.commit()
        assert db.session.scalars(select(PickupRun.host_id).where(PickupRun.event_id == event.id)).one() == host.id
    planner.goto(f"{base}/runs")
    assert planner.locator(".tr-runs .tone-warning, .tr-runs .badge").count() > 0
    planner.goto(run)
    assert planner.locator(".notice").count() >= 2  # does not make it to this car, and the sheet is overtaken
