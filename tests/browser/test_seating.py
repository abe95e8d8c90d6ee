"""The hall lead's day in a browser: lay the hall out, seat, drag, lock, give seats away, fill them."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.access import Grant
from app.extensions import db
from app.models import HallItem, Invitation, InvitationState, ItemKind, Readiness, Seat
from tests.browser.conftest import PHONE, WIDE, axe_findings, overflow
from tests.rights.conftest import Posts

S = InvitationState


@pytest.fixture
def conference(site):
    """Twelve guests of twelve cities, one with a companion, and a hall lead who has that right by a duty only."""
    event = site.build.event(slug="here")
    for n in range(12):
        dealer = site.build.dealer(contact=f"客{n:02}", city=f"城{n}")
        guest = site.build.invitation(event, dealer, state=S.FIRM, readiness=list(Readiness)[n % 4])
        if n == 5:
            site.build.companions(guest, ["同行人"])
    return event


@pytest.fixture
def hall_lead(site, conference):
    """Open a window of the hall lead."""
    posts = Posts(site.build)

    def sign_in(page, locale):
        user = posts.nobody(locale=locale)
        posts.duty(conference, posts.person(user), Grant.HALL)
        client = site.app.test_client()
        site.build.sign_in(client, user)
        cookie = client.get_cookie(site.app.config["SESSION_COOKIE_NAME"])
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])

    return sign_in


def until(site, ask, wanted, seconds=15):
    """Wait until the database says what is wanted."""
    end = time.monotonic() + seconds
    while True:
        with site.app.app_context():
            found = ask()
        if found == wanted or time.monotonic() > end:
            assert found == wanted
            return
        time.sleep(0.1)


def seats(site):
    """Return (table, number, locked) by guest."""
    with site.app.app_context():
        rows = db.session.scalars(select(Seat).where(Seat.companion_id.is_(None)).order_by(Seat.invitation_id))
        return {each.invitation_id: (each.item_id, each.number, each.is_locked) for each in rows}


def drag(page, one, other):
    """Drag what one locator finds to the middle of another."""
    page.evaluate("document.querySelector('.seat-scroll').scrollIntoView({block: 'end', behavior: 'instant'})")
    start, end = one.bounding_box(), other.bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + 30, steps=3)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=5)
    page.mouse.up()


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_hall_leads_day(site, open_page, conference, hall_lead, locale):
    page = open_page(size=WIDE, locale=locale)
    hall_lead(page, locale.replace("-", "_") if locale == "zh-CN" else "en")
    _lay_out(site, page)
    page.goto("/events/here/seating/")
    page.locator(".seat-solve .btn-primary").click()
    page.wait_for_load_state("networkidle")
    assert len(seats(site)) == 12
    assert page.locator(".seat-why li").count() > 0
    _drag_and_carry(site, page)
    _on_the_day(site, page, conference)
    assert overflow(page) == 0


def _lay_out(site, page):
    """By size and people; then a table is moved by pointer, and another by keyboard."""
    page.goto("/events/here/seating/hall")
    page.fill("#width", "15")
    page.fill("#depth", "17")
    page.fill("#people", "18")
    page.fill("#each", "6")
    page.locator("main form [type=submit], main form .btn-primary").first.click()
    page.wait_for_load_state("networkidle")

    def place(label):
        return lambda: tuple(
            db.session.execute(select(HallItem.x, HallItem.y).where(HallItem.label == label)).one_or_none() or ()
        )

    with site.app.app_context():
        (x, y), (u, v) = place("1")(), place("2")()
        one, two = (db.session.scalar(select(HallItem.id).where(HallItem.label == each)) for each in "12")
    thing = page.locator(f"[data-item='{one}'] .hall-table")
    thing.scroll_into_view_if_needed()
    box, plan = thing.bounding_box(), page.locator(".hall").bounding_box()
    scale = (1500 + 120) / plan["width"]
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 50 / scale, box["y"] + box["height"] / 2 + 100 / scale, steps=4)
    page.mouse.up()
    until(site, lambda: [abs(a - b) <= 10 for a, b in zip(place("1")(), (x + 50, y + 100), strict=True)], [True, True])
    page.locator(f"[data-item='{one}'] .hall-pick:focus").wait_for()
    page.locator(f"[data-item='{two}'] .hall-pick").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    until(site, place("2"), (u + 10, v + 50))
    page.locator(f"[data-item='{two}'][data-x='{u + 10}'] .hall-pick:focus").wait_for()


def _drag_and_carry(site, page):
    """Two people change places by the pointer, two by the keyboard, and one seat is locked."""
    before = seats(site)
    single = [each for each in before if each != 6]
    one = single[0]
    two = next(each for each in single if before[each][0] != before[one][0])
    drag(page, page.locator(f".hall [data-guest='{one}']"), page.locator(f".hall [data-guest='{two}']"))
    sits(page, one, before[two])
    assert (seats(site)[one][:2], seats(site)[two][:2]) == (before[two][:2], before[one][:2])
    page.locator(f".hall [data-guest='{one}']").focus()
    page.keyboard.press("Enter")
    page.locator(f".hall [data-guest='{two}']").focus()
    page.keyboard.press("Enter")
    sits(page, one, before[one])
    assert seats(site)[one][:2] == before[one][:2]
    page.locator(f".hall [data-guest='{one}']").focus()
    page.keyboard.press("l")
    page.locator(f".hall [data-guest='{one}'].is-locked").wait_for()
    assert seats(site)[one][2]
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.matches('.hall .chair')")


def sits(page, guest, seat):
    """Wait until the page shows a guest on a chair."""
    page.locator(f".hall [data-chair='{seat[0]}:{seat[1]}'][data-guest='{guest}']").wait_for()


def _on_the_day(site, page, conference):
    """Half have come: the seats of the others are given away, and one who comes late is seated beside those who sit."""
    with site.app.app_context():
        for guest in db.session.scalars(select(Invitation).where(Invitation.id % 2 == 1)):
            guest.state = S.ARRIVED
        db.session.commit()
    stay = {guest: seat for guest, seat in seats(site).items() if guest % 2 == 1}
    with clock.stopped_at(conference.starts_at + timedelta(minutes=30)):
        page.goto("/events/here/seating/")
        page.locator("form[action$='/give-up'] button").click()
        page.wait_for_load_state("networkidle")
        assert seats(site) == stay
        with site.app.app_context():
            db.session.get_one(Invitation, 2).state = S.ARRIVED
            db.session.commit()
        page.reload()
        page.locator(".seat-solve .btn-primary").click()
        page.wait_for_load_state("networkidle")
        assert stay.items() <= seats(site).items()
        assert set(seats(site)) == {*stay, 2}
        page.locator("[data-undo]").first.click()
        page.wait_for_load_state("networkidle")
        assert seats(site) == stay


def test_on_a_phone_the_plan_is_only_looked_at(site, open_page, conference, hall_lead):
    page = open_page(size=PHONE, locale="zh-CN")
    hall_lead(page, "zh_CN")
    site.build.save(HallItem(event_id=conference.id, kind=ItemKind.DESK, x=0, y=0, width=100, depth=100))
    page.goto("/events/here/seating/hall")
    assert overflow(page) == 0
    assert axe_findings(page) == []
