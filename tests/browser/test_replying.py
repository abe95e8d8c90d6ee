"""The guest's page on a phone, with and without script, and the call list in one hand."""

from datetime import UTC, datetime, timedelta

import pytest

from app import clock
from app.access import Role
from app.blueprints.rsvp import jobs
from app.extensions import db
from app.models import Answer, Invitation, InvitationState, Reply, Via
from tests.browser.conftest import PHONE, axe_findings, overflow

START = datetime(2026, 11, 26, 1, tzinfo=UTC)
DUE = START.replace(day=23, hour=2)
LONG_BEFORE = START.replace(day=5)
SMALL = (360, 740)


@pytest.fixture
def stage(site):
    """An event three weeks ahead, with a guest for each situation of the personal page."""
    with clock.stopped_at(LONG_BEFORE):
        event = site.build.event(
            slug="autumn",
            starts_at=START,
            venue="国际会议中心",
            venue_address="武汉市东湖路 1 号",
            hall="长江厅",
            organizer="中原制药",
            theme="携手同行",
            purposes="新政策\n新产品",
            contact_name="陈静",
            contact_phone="+862787654321",
            capacity=2,
        )
    return site, event


def guest(site, event, **values):
    given = {"state": InvitationState.INVITED, "invited_at": LONG_BEFORE, "companions_allowed": 2}
    return site.build.invitation(event, **given | values)


def state_of(site, row):
    with site.app.app_context():
        return db.session.get_one(Invitation, row.id).state


def run(site, step, at):
    with site.app.app_context(), clock.stopped_at(at):
        step(at)


def test_an_answer_without_script(stage, chromium):
    site, event = stage
    row = guest(site, event)
    context = chromium.new_context(
        base_url=site.url, viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="zh-CN"
    )
    page = context.new_page()
    with clock.stopped_at(LONG_BEFORE):
        page.goto(f"/r/{row.token}")
        assert not page.locator("[name=decline_reason]").is_visible()
        page.locator("label[for=pick-not_coming]").click()
        assert page.locator("[name=decline_reason]").is_visible()
        page.locator("label[for=pick-coming]").click()
        assert not page.locator("[name=decline_reason]").is_visible()
        page.locator("[name=companions-0]").fill("李四")
        page.locator(".guest-more summary").click()
        page.locator("[name=travel_number]").fill("G1234")
        page.locator("[name=consent]").check()
        page.locator(".part-any button").click()
        assert page.url.endswith("/thanks")
    context.close()
    assert state_of(site, row) is InvitationState.ACCEPTED


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_every_situation_fits_a_small_phone(stage, open_page, locale):
    site, event = stage
    rows = [guest(site, event, dealer=site.build.dealer(locale=locale)) for _ in range(4)]
    page = open_page(size=SMALL, locale="zh-CN" if locale == "zh_CN" else "en-GB")
    faults: list[str] = []

    def look(name, row, at, tail="", act=None):
        with clock.stopped_at(at):
            page.goto(f"/r/{row.token}{tail}")
            if act:
                act()
            if (too_wide := overflow(page)) > 0:
                faults.append(f"{name}: {too_wide} px too wide")
            faults.extend(f"{name}: {finding}" for finding in axe_findings(page))

    look("fresh", rows[0], LONG_BEFORE)
    look("coming", rows[0], LONG_BEFORE, act=lambda: page.locator("label[for=pick-coming]").click())
    look("substitute", rows[0], LONG_BEFORE, act=lambda: page.locator("label[for=pick-substitute]").click())
    for row in rows[1:]:
        answer_on_page(page, row)
    look("on record", rows[1], LONG_BEFORE)
    look("thanks", rows[1], LONG_BEFORE, "/thanks")
    look("waiting", rows[3], LONG_BEFORE)
    run(site, jobs.run_reconfirm, DUE)
    look("asked", rows[0], DUE)
    look("asked after a yes", rows[1], DUE)
    look("closed", rows[0], START + timedelta(hours=1))
    assert faults == []


def answer_on_page(page, row):
    with clock.stopped_at(LONG_BEFORE):
        page.goto(f"/r/{row.token}")
        page.locator("label[for=pick-coming]").click()
        page.locator("[name=consent]").check()
        page.locator(".part-any button").click()
        page.wait_for_url("**/thanks")


def test_one_tap(stage, open_page):
    site, event = stage
    row = guest(site, event, state=InvitationState.ACCEPTED)
    run(site, jobs.run_reconfirm, DUE)
    page = open_page(size=PHONE, locale="zh-CN")
    with clock.stopped_at(DUE + timedelta(hours=1)):
        page.goto(f"/r/{row.token}")
        page.locator(".guest-tap button[value=coming]").click()
        page.wait_for_url("**/thanks")
    assert state_of(site, row) is InvitationState.FIRM


def test_a_call_in_three_taps_and_taken_back(stage, open_page):
    site, event = stage
    row = guest(site, event, state=InvitationState.ACCEPTED)
    site.build.save(Reply(invitation_id=row.id, answer=Answer.COMING, answered_at=LONG_BEFORE, via=Via.LINK))
    run(site, jobs.run_reconfirm, DUE)
    run(site, jobs.run_silent, DUE + timedelta(hours=5))
    page = open_page(Role.SALES_MANAGER, size=PHONE, locale="zh-CN")
    with clock.stopped_at(DUE + timedelta(hours=5)):
        page.goto("/events/autumn/calls/")
        dial = page.locator(".call-dial")
        assert dial.get_attribute("href") == f"tel:{row_mobile(site, row)}"
        assert overflow(page) == 0
        for box in (each.bounding_box() for each in page.locator(".call-acts .btn:visible").all()):
            assert box is not None
            assert box["height"] >= 44
        page.locator(".call-acts button[value=coming]").click()
        page.locator("[data-undo]").wait_for()
        assert state_of(site, row) is InvitationState.FIRM
        page.locator("[data-undo]").click()
        page.locator(".call-dial").wait_for()
    assert state_of(site, row) is InvitationState.SILENT


def row_mobile(site, row):
    with site.app.app_context():
        return db.session.get_one(Invitation, row.id).dealer.mobile
