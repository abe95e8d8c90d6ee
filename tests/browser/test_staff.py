"""Filling the staff plan by hand: by dragging, by keys, on a phone, and without script."""

import pytest
from sqlalchemy import select

from app.access import Role
from app.blueprints.staff import actions
from app.extensions import db
from app.models import Duty, Event, StaffKind, StaffPerson
from app.names import search_key, sort_key
from tests.browser.conftest import PHONE

NAMES = (("周子墨", StaffKind.HOST), ("林晚晴", StaffKind.RECEPTIONIST), ("许佳怡", StaffKind.RECEPTIONIST))


@pytest.fixture
def address(site):
    """An event with the standard plan, nobody on it, and three people on file."""
    event = site.build.event(slug="winter")
    for name, kind in NAMES:
        site.build.save(
            StaffPerson(
                name=name, kind=kind, search_key=search_key(name), sort_key=sort_key(name), created_at=event.created_at
            )
        )
    with site.app.app_context():
        actions.prepare(db.session.get_one(Event, event.id))
        db.session.commit()
    return "/events/winter/staff/"


def given(site):
    with site.app.app_context():
        rows = db.session.scalars(select(Duty).order_by(Duty.id))
        return [(row.person.name, row.role.key, row.shift.key, row.slot) for row in rows]


def drag(page, source, target):
    source.scroll_into_view_if_needed()
    start, end = source.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + 30, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 45, start["y"] + 16, steps=4)
    page.mouse.move(end["x"] + 24, end["y"] + 12, steps=8)
    page.mouse.up()


def place(page, role, shift):
    row = page.locator("tbody tr", has=page.locator("th", has_text=role)).first
    return row.locator(f"td[data-label='{shift}'] a.place").first


def told(page, words):
    page.locator("#flashes [data-flash]", has_text=words).last.wait_for()


def test_dragging_a_person_a_duty_and_off_the_plan(site, open_page, address):
    page = open_page(Role.PLANNER, size=(1440, 1800))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    drag(page, page.locator(".bench-person", has_text="周子墨"), place(page, "主持人", "会议进行"))
    told(page, "周子墨")
    assert given(site) == [("周子墨", "host", "conference", 1)]
    drag(page, page.locator(".duty", has_text="周子墨"), place(page, "主持人", "现场签约"))
    page.locator("#flashes [data-flash]").nth(1).wait_for()
    assert given(site) == [("周子墨", "host", "signing", 1)]
    drag(page, page.locator(".duty", has_text="周子墨"), page.locator(".bench-list"))
    page.locator("#flashes [data-flash]").nth(2).wait_for()
    assert given(site) == []
    page.locator("[data-undo]").last.click()
    page.wait_for_load_state("networkidle")
    assert given(site) == [("周子墨", "host", "signing", 1)]


def test_carrying_by_keys_and_hearing_of_it(site, open_page, address):
    page = open_page(Role.PLANNER)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    said = page.locator("[data-board-said]")
    page.locator(".bench-person", has_text="林晚晴").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(100)
    first = said.inner_text()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(100)
    assert said.inner_text() not in ("", first)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.name") == "林晚晴"
    assert given(site) == []
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    told(page, "林晚晴")
    assert [row[0] for row in given(site)] == ["林晚晴"]
    page.wait_for_timeout(100)
    assert page.evaluate("document.activeElement.dataset.name") == "林晚晴"  # goes on where one was


def test_people_are_found_by_initials(open_page, address):
    page = open_page(Role.PLANNER)
    page.goto(address)
    page.fill("[data-bench-search]", "lwq")
    assert page.locator("[data-bench-list] > li:visible").count() == 1


def test_a_refusal_leaves_the_board_as_it_is(site, open_page, address):
    page = open_page(Role.PLANNER, size=(1440, 1800))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    person, target = page.locator(".bench-person", has_text="许佳怡"), place(page, "接待人员", "签到接待")
    drag(page, person, target)
    told(page, "许佳怡")
    drag(page, page.locator(".bench-person", has_text="许佳怡"), place(page, "接待人员", "签到接待"))
    page.locator("#flashes .tone-danger").wait_for()
    assert page.locator("[data-grid]").count() == 1
    assert len(given(site)) == 1


def test_on_a_phone_a_place_leads_to_the_choice(site, open_page, address):
    page = open_page(Role.PLANNER, size=PHONE, locale="zh-CN")
    page.goto(address)
    place(page, "主持人", "会议进行").click()
    page.wait_for_url("**/pick?**")
    assert page.locator(".pick strong").first.inner_text() == "周子墨"  # a host first
    page.locator(".pick button").first.click()
    page.wait_for_url(f"**{address}*")
    assert given(site) == [("周子墨", "host", "conference", 1)]


def test_the_choice_opens_beside_the_board(site, open_page, address):
    page = open_page(Role.PLANNER)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    place(page, "主持人", "会议进行").click()
    page.locator("#panel .pick button").first.click()
    told(page, "周子墨")
    assert given(site) == [("周子墨", "host", "conference", 1)]
    page.locator(".duty", has_text="周子墨").click()
    page.locator("#panel").get_by_role("button", name="Take off the plan").click()
    told(page, "周子墨")
    assert given(site) == []
