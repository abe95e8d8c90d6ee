"""The scarcity board in a browser: the picker, a province against its city, the queue, and the screen in the hall."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.access import Role
from app.blueprints.territories.board import actions as boards
from app.blueprints.territories.regions import actions as regions
from app.blueprints.territories.regions import official, queries
from app.extensions import db
from app.models import (
    BidState,
    Event,
    EventStatus,
    GuestKind,
    ProductLine,
    TerritoryBid,
    TerritoryGrant,
    TerritoryState,
)
from app.models import InvitationState as S
from tests.browser.conftest import PHONE, WIDE, axe_findings, overflow
from tests.build import contracts


@pytest.fixture
def hall(site):
    """The official regions, one product line, Guangdong's cities on the table, two guests, and the public address."""
    event = site.build.event(status=EventStatus.RUNNING, name="秋季招商大会")
    line = contracts.line(site.build, name="家用净水器")
    guests = [
        site.build.invitation(event, site.build.dealer(company=name), kind=GuestKind.DEALER, state=S.ARRIVED)
        for name in ("珠江商贸有限公司", "岭南水业有限公司")
    ]
    with site.app.app_context():
        regions.load([area for area in official.areas() if area.code[:2] in {"CN", "44", "43"}])
        row = db.session.get_one(Event, event.id)
        places = queries.regions_by_code(["440100", "440300", "430100", "440000"])
        boards.offer(row, places, [db.session.get_one(ProductLine, line.id)], [None], exclusive=True)
        token = boards.publish(row)
        db.session.commit()
    return {"at": f"/events/{event.slug}/territories", "screen": f"/board/{token}", "guests": guests}


def pick(page, typed, name):
    """Open the picker, type, and take the place of that name."""
    page.locator(".rp-open").click()
    page.locator(".rp input").fill(typed)
    page.locator(".rp-take", has_text=name).first.click()


def hold(page, hall, guest, typed, name):
    page.goto(f"{hall['at']}/hold")
    pick(page, typed, name)
    page.select_option("[name=invitation_id]", str(guest.id))
    page.locator("main form .submit-bar .btn-primary, main form [type=submit]").first.click()
    page.wait_for_load_state("networkidle")


def test_a_province_against_its_city(site, hall, open_page):
    wide, phone = open_page(Role.SALES_MANAGER, size=WIDE), open_page(Role.SALES_MANAGER, size=PHONE, locale="zh-CN")
    first, second = hall["guests"]
    hold(wide, hall, first, "guangdong", "广东省")
    assert wide.locator(".tb-tile.is-held").count() == 3  # the province and its cities
    assert wide.locator(".tb-tile.is-free").count() == 1
    left = wide.locator(".tb-tile time").first.inner_text()
    assert ":" in left
    assert axe_findings(wide) == []

    hold(phone, hall, second, "gz", "广州市")
    assert phone.locator(".notice.tone-danger").is_visible()
    assert phone.locator(".tb-choices a").count() >= 1
    assert axe_findings(phone) == []
    assert overflow(phone) == 0
    phone.locator("[name=wait]").click()
    phone.wait_for_load_state("networkidle")
    assert phone.locator(".tb-wait").count() >= 1
    with site.app.app_context():
        assert db.session.scalars(select(TerritoryBid)).one().state is BidState.WAITING

    wide.locator(".tb-hold-acts form[action$='/release'] button").first.click()
    wide.wait_for_load_state("networkidle")
    with site.app.app_context():
        assert db.session.scalars(select(TerritoryBid)).one().state is BidState.OFFERED
        live = select(TerritoryGrant).where(TerritoryGrant.state == TerritoryState.HELD)
        assert db.session.scalars(live).one().dealer_id == second.dealer_id


def test_the_screen_in_the_hall(site, hall, open_page):
    manager, screen = open_page(Role.SALES_MANAGER), open_page(size=(1920, 1080))
    answer = screen.goto(hall["screen"])
    assert answer is not None
    assert answer.status == 200
    assert screen.locator(".tb-tile.is-free").count() == 4
    assert axe_findings(screen) == []
    hold(manager, hall, hall["guests"][0], "changsha", "长沙市")
    screen.evaluate("document.querySelector('[data-live]').dispatchEvent(new Event('live:look'))")
    screen.evaluate("document.dispatchEvent(new Event('live:look'))")
    screen.locator(".tb-tile.is-held").wait_for(timeout=9000)
    assert "珠江商贸" not in screen.content()
    screen.context.set_offline(True)
    for _ in range(4):
        screen.evaluate("document.dispatchEvent(new Event('live:look'))")
        screen.wait_for_timeout(150)
    screen.locator(".live-old").wait_for(timeout=9000)


def test_the_picker_goes_down_level_by_level(hall, open_page):
    page = open_page(Role.SALES_MANAGER, size=PHONE)
    page.goto(f"{hall['at']}/hold")
    page.locator(".rp-open").click()
    page.locator(".rp-list li", has_text="广东省").locator(".rp-in").click()
    page.locator(".rp-list li", has_text="广州市").locator(".rp-in").click()
    page.locator(".rp-trail button", has_text="广东省").wait_for()
    assert axe_findings(page) == []
    page.locator(".rp-take", has_text="天河区").click()
    assert page.locator("[name=region]").input_value() == "天河区 440106"


def test_the_time_left_turns_red_when_it_is_short(site, hall, open_page):
    page = open_page(Role.SALES_MANAGER)
    hold(page, hall, hall["guests"][0], "shenzhen", "深圳市")
    with site.app.app_context():
        grant = db.session.scalars(select(TerritoryGrant)).one()
        grant.held_until = clock.now() + timedelta(minutes=5)
        db.session.commit()
    page.goto(f"{hall['at']}/")
    page.locator(".tb-tile.is-held .tb-left.is-soon").wait_for(timeout=5000)
