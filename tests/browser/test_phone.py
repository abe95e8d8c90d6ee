"""The phone in the hall, with a real network that goes away: scan, tick, count, and nothing is lost."""

import json
from io import BytesIO
from urllib.parse import quote

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select

from app import names, qr, tokens
from app.access import Role
from app.extensions import db
from app.models import Box, BoxContent, EventStatus, Material, Movement
from tests.browser import camera
from tests.browser.conftest import PHONE, axe_findings, launch, overflow

SMALL = (360, 720)


@pytest.fixture
def event(site):
    return site.build.event(status=EventStatus.RUNNING, name="秋季招商大会")


@pytest.fixture
def things(site, event):
    """Three materials of the event, by name."""
    with site.app.app_context():
        rows = [
            Material(event_id=event.id, name=name, base_quantity=12, search_key=names.search_key(name), position=at)
            for at, name in enumerate(
                ("易拉宝", "条幅", "三十个字的很长很长的物品名称用来看它在手机上怎样换行不溢出屏")
            )
        ]
        db.session.add_all(rows)
        db.session.commit()
        return {row.name: row.id for row in rows}


@pytest.fixture
def phone(event, open_page):
    def opened(path="", **how):
        page = open_page(Role.PLANNER, **{"size": PHONE, "locale": "zh-CN"} | how)
        page.goto(f"/events/{event.slug}/materials/phone/{path}")
        page.locator("html[data-phone=ready]").wait_for()
        return page

    return opened


def log(site):
    with site.app.app_context():
        rows = db.session.scalars(select(Movement).order_by(Movement.id))
        return [(row.kind.value, row.quantity, row.place) for row in rows]


def logged(site, page, number):
    """Return the log as soon as it has so many entries; the page's answer comes a moment later."""
    for _ in range(100):
        if len(log(site)) >= number:
            break
        page.wait_for_timeout(100)
    sent(page)
    return log(site)


def waiting(page, number):
    page.locator(f'#ph-queue[data-waiting="{number}"]').wait_for(state="attached")


def sent(page):
    page.locator("#ph-queue").wait_for(state="hidden")


def open_item(page, number):
    page.locator(f'#ph-list [data-item="{number}"]').click()
    page.locator("#ph-card h2").wait_for()


def offline(page):
    """Wait until the page is kept, then take the network away and load it again from what is kept."""
    page.locator("html[data-offline=ready]").wait_for()
    page.reload()
    page.locator("html[data-offline=ready]").wait_for()
    page.context.set_offline(True)
    page.reload()
    page.locator(".ph-line.is-off").wait_for()


def test_two_phones_without_network_count_and_tick_the_same_thing(site, event, things, phone):
    number = things["易拉宝"]
    one, two = phone(), phone()
    for page in (one, two):
        offline(page)
    for page, counted in ((one, 12), (two, 11)):
        open_item(page, number)
        page.locator("[data-panel-of=count]").click()
        page.locator("[data-number-of=count]").fill(str(counted))
        page.locator("[data-do=count]").click()
        waiting(page, 1)
        page.locator("[data-do=tick]").click()
        waiting(page, 2)
        page.reload()  # and nothing is lost by that
        waiting(page, 2)
    assert log(site) == []
    for page in (two, one):
        page.context.set_offline(False)
        sent(page)
    assert sorted(logged(site, one, 4)) == [
        ("counted", 11, ""),
        ("counted", 12, ""),
        ("ticked", 0, ""),
        ("ticked", 0, ""),
    ]
    two.reload()
    two.locator(".ph-differ").wait_for()
    assert not axe_findings(two)
    two.locator("[data-do=settle]").first.click()
    two.locator(".ph-differ").wait_for(state="hidden")
    assert logged(site, two, 5)[-1][:2] == ("counted", 12)


def test_damage_move_photo_and_a_refusal_that_stays(site, event, things, phone, tmp_path):
    number = things["条幅"]
    page = phone(size=SMALL, locale="en-GB")
    offline(page)
    open_item(page, number)
    page.locator("[data-panel-of=damage]").click()
    page.locator("[data-panel-is=damage] [data-do=more]").click()
    picture = tmp_path / "photo.png"
    Image.new("RGB", (2400, 1800), "navy").save(picture)
    page.locator("[data-photo=damage]").set_input_files(picture)
    waiting(page, 2)
    page.locator("[data-panel-of=move]").click()
    page.locator("[data-other] input").first.fill("Door 3")
    page.locator("[data-panel-is=move] [data-other] button").click()
    waiting(page, 3)
    page.locator("#ph-queue summary").click()
    assert overflow(page) == 0
    assert not axe_findings(page)
    with site.app.app_context():
        db.session.delete(db.session.get(Material, things["易拉宝"]))
        db.session.commit()
    page.locator("[data-do=back]").click()
    open_item(page, things["易拉宝"])
    page.locator("[data-do=tick]").click()
    waiting(page, 4)
    page.context.set_offline(False)
    page.locator('#ph-queue[data-refused="1"][data-waiting="0"]').wait_for()
    assert sorted(log(site)) == [("damaged", 2, ""), ("moved", 0, "Door 3"), ("photo", 0, "")]
    page.reload()
    page.locator('#ph-queue[data-refused="1"]').wait_for()
    page.locator("#ph-queue summary").click()
    page.locator("[data-do=dismiss]").click()
    sent(page)


def test_somebody_else_s_acts_are_not_sent_under_another_name(site, event, things, phone):
    page = phone()
    offline(page)
    open_item(page, things["条幅"])
    page.locator("[data-do=tick]").click()
    waiting(page, 1)
    client = site.app.test_client()
    site.build.sign_in(client, site.build.user(Role.PLANNER, locale=None))
    cookie = client.get_cookie(site.app.config["SESSION_COOKIE_NAME"])
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])
    page.context.set_offline(False)
    page.goto(f"/events/{event.slug}/materials/phone/")
    page.locator("html[data-phone=ready]").wait_for()
    page.wait_for_timeout(500)
    waiting(page, 1)
    assert log(site) == []
    page.locator("#ph-queue summary").click()
    page.locator("[data-do=mine]").click()
    assert logged(site, page, 1) == [("ticked", 0, "")]


def held_before(playwright, site, tmp_path, address, picture=None):
    """A browser whose camera sees the code of this address (or a picture), signed in on a phone."""
    film = camera.film(picture or Image.open(BytesIO(qr.png(address))), tmp_path / "code.mjpeg")
    browser = launch(playwright, *camera.arguments(film))
    context = browser.new_context(base_url=site.url, viewport={"width": 390, "height": 844}, locale="zh-CN")
    client = site.app.test_client()
    site.build.sign_in(client, site.build.user(Role.PLANNER, locale=None))
    cookie = client.get_cookie(site.app.config["SESSION_COOKIE_NAME"])
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])
    return browser, context.new_page()


def test_scan_and_tick_in_two_taps(playwright, site, event, things, tmp_path):
    code = tokens.number_code(things["易拉宝"])
    browser, page = held_before(playwright, site, tmp_path, f"{site.url.upper()}/M/{code}")
    try:
        page.goto(f"/events/{event.slug}/materials/phone/")
        page.locator("html[data-phone=ready]").wait_for()
        page.locator(".ph-scan").click()
        page.locator("[data-do=tick]").click()
        page.locator("#camera:visible").wait_for()  # ready for the next
        assert logged(site, page, 1) == [("ticked", 0, "")]
    finally:
        browser.close()


def row_on_paper(site, event, address):
    """The printed checklist as a camera sees it from near: the row with this code."""
    client = site.app.test_client()
    site.build.sign_in(client, site.build.user(Role.PLANNER, locale=None))
    document = client.get(f"/events/{event.slug}/materials/checklist.pdf").data
    page = pypdfium2.PdfDocument(document)[0].render(scale=300 / 72).to_pil()
    code = next(each for each in zxingcpp.read_barcodes(page) if each.text == address)
    left, top = code.position.top_left.x, code.position.top_left.y
    return page.crop((left - 120, top - 60, left + 360, top + 180))


def test_walking_the_hall_with_the_printed_list_and_the_phone(playwright, site, event, things, tmp_path):
    code = tokens.number_code(things["条幅"])
    address = f"{site.url.upper()}/M/{code}"
    seen = row_on_paper(site, event, address)
    browser, page = held_before(playwright, site, tmp_path, address, seen)
    try:
        page.goto(f"/events/{event.slug}/materials/phone/")
        page.locator("html[data-offline=ready]").wait_for()
        page.reload()
        page.locator("html[data-offline=ready]").wait_for()
        page.context.set_offline(True)
        page.locator(".ph-scan").click()
        page.locator("#ph-card [data-panel-of=count]").click()
        assert page.locator("#ph-card h2").inner_text() == "条幅"
        page.locator("[data-do=all-here]").click()
        waiting(page, 1)
        page.context.set_offline(False)
        assert logged(site, page, 1) == [("counted", 12, "")]
    finally:
        browser.close()


def test_a_blank_label_is_bound_by_scanning(playwright, site, event, things, tmp_path):
    code = tokens.new_badge_code()
    with site.app.app_context():
        db.session.add(Box(code=code, created_at=event.starts_at))
        db.session.commit()
    browser, page = held_before(playwright, site, tmp_path, f"{site.url.upper()}/X/{code}")
    try:
        page.goto(f"/events/{event.slug}/materials/phone/")
        page.locator("html[data-phone=ready]").wait_for()
        page.locator(".ph-scan").click()
        page.wait_for_url(f"**/boxes/bind/{code}")
        page.locator("[name=name]").fill("门口物料 1")
        page.locator("[name=place]").fill("仓库")
        page.locator("form .btn-primary").click()
        page.wait_for_url(f"**/boxes/{code}")
        page.locator("[name=material_id]").select_option(str(things["易拉宝"]))
        page.locator("[name=quantity]").fill("6")
        page.locator("[action$=pack] .btn-primary").click()
        page.locator(f"[action$='unpack/{things['易拉宝']}']").wait_for()
        page.goto(f"/X/{code}")
        page.locator("#ph-card [data-do=tick-all]").click()
        logged(site, page, 1)
        page.locator("#ph-card [data-panel-of=move]").click()
        page.locator("#ph-card [data-place=仓库]").click()
        assert logged(site, page, 2) == [("ticked", 0, ""), ("moved", 6, "仓库")]
    finally:
        browser.close()
    with site.app.app_context():
        box = db.session.scalars(select(Box)).one()
        assert (box.name, box.place, box.event_id) == ("门口物料 1", "仓库", event.id)
        assert db.session.scalar(select(BoxContent.quantity)) == 6


def test_without_script_the_search_leads_to_the_thing(site, event, things, open_page, chromium):
    page = open_page(Role.PLANNER, size=PHONE)
    answer = page.request.get(f"/events/{event.slug}/materials/phone/?q={quote('ylb')}")
    assert f"/materials/{things['易拉宝']}" in answer.text()


def test_a_scanner_that_types_and_a_search_by_initials(site, event, things, phone):
    page = phone(size=SMALL)
    page.locator("[data-search]").fill("ylb")
    page.locator(f"#ph-list [data-item='{things['易拉宝']}']").wait_for()
    assert page.locator("#ph-list .ph-row").count() == 1
    text = json.dumps(f"{site.url.upper()}/M/{tokens.number_code(things['条幅'])}")
    page.evaluate(
        f"document.dispatchEvent(new CustomEvent('desk:code', {{detail: {{text: {text}, source: 'scanner'}}}}))"
    )
    assert page.locator("#ph-card h2").inner_text() == "条幅"
    page.locator("[data-do=back]").click()
    page.locator("[data-show=all]").click()
    assert overflow(page) == 0
    assert not axe_findings(page)
