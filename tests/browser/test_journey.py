"""The whole way: import the list, invite, reply on a phone, ask again three days out, print the badge, walk in."""

import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Playwright
from sqlalchemy import select

from app import clock, worker
from app.access import Role
from app.extensions import db
from app.models import Arrival, Badge, Dealer, Invitation, Message
from app.models import InvitationState as S
from tests.browser import camera
from tests.browser.conftest import PHONE, Site, launch, overflow
from tests.invitations import samples

GUEST = "单小雨"


def states(site: Site) -> dict[str, S]:
    """The state of every guest, by name."""
    with site.app.app_context():
        rows = db.session.execute(select(Dealer.contact, Invitation.state).join(Invitation.dealer))
        return {row[0]: row[1] for row in rows}


def work(site: Site) -> None:
    """Let the worker look once at everything, as `flask worker --once` does."""
    with site.app.app_context():
        worker.run_once(site.app)


def link_in_newest(site: Site, template: str) -> str:
    """The personal link that the guest finds in the newest message of this kind."""
    with site.app.app_context():
        text = db.session.scalar(
            select(Message.text)
            .join(Message.invitation)
            .join(Invitation.dealer)
            .where(Message.template == template, Dealer.contact == GUEST)
            .order_by(Message.id.desc())
        )
    assert text is not None
    found = re.search(r"https?://\S+/r/[\w-]+", text)
    assert found is not None
    return found[0]


def press(page: Page, form: str) -> None:
    """Press the button of the form with this address, and yes in the dialog where one asks."""
    page.locator(f"form[action$='{form}'] button").first.click()
    go = page.locator("dialog[open] [data-confirm-yes], dialog[open] .btn-primary, dialog[open] .btn-danger")
    if go.count():
        go.first.click()
    page.wait_for_load_state("networkidle")


def take_in_the_list(planner: Page, slug: str, file: Path) -> None:
    planner.goto(f"/events/{slug}/guests/import")
    planner.set_input_files("input[type=file]", file)
    planner.locator("main form[enctype] button[type=submit]").click()
    planner.wait_for_load_state("networkidle")
    press(planner, "/apply")


def answer_on_the_phone(phone: Page, address: str) -> None:
    phone.goto(address)
    assert overflow(phone) <= 0
    phone.locator("label[for=pick-coming]").click()
    if (consent := phone.locator("input[name=consent]")).count():
        consent.check()
    phone.locator(".trio button[type=submit]").click()
    phone.wait_for_load_state("networkidle")


def badge_picture(planner: Page, slug: str, folder: Path) -> Image.Image:
    """Print all badges and look at the page of the guest's own."""
    planner.goto(f"/events/{slug}/badges/print")
    with planner.expect_response(lambda answer: "pdf" in answer.headers.get("content-type", "")) as answered:
        planner.locator("main form[data-once] button[type=submit]").click()
    pdf = folder / "badges.pdf"
    pdf.write_bytes(planner.context.request.get(answered.value.url).body())  # the viewer keeps its bytes to itself
    texts = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    number = next(place for place, text in enumerate(texts.split("\f"), 1) if GUEST in text)
    first = ["-f", str(number), "-l", str(number)]
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", *first, pdf, folder / "badge"], check=True)
    return Image.open(folder / "badge.png")


def walk_in(playwright: Playwright, site: Site, slug: str, locale: str, film: Path) -> None:
    """Reception's own browser, with a camera that sees the badge."""
    client = site.app.test_client()
    site.build.sign_in(client, site.build.user(Role.RECEPTION, locale=None))
    cookie = client.get_cookie(site.app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    browser = launch(playwright, *camera.arguments(film))
    context = browser.new_context(base_url=site.url, locale=locale, permissions=["camera"])
    context.add_cookies(
        [
            {"name": cookie.key, "value": cookie.value, "url": site.url},
            {"name": "door", "value": "A", "url": site.url},
        ]
    )
    desk = context.new_page()
    desk.goto(f"/events/{slug}/door/")
    if (choose := desk.locator("main form button")).count() and not desk.locator("[data-scan-field]").count():
        choose.first.click()
        desk.wait_for_load_state("networkidle")
    desk.locator("[data-camera-switch]").click()
    desk.locator("[data-verdict=admit]").wait_for(timeout=40_000)
    assert GUEST in desk.locator(".verdict-name").inner_text()
    browser.close()


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_from_the_list_to_the_hall(playwright, site, open_page, tmp_path, locale):
    build = site.build
    build.user(Role.SALES_REP, name="王磊")
    # In the morning at the hotel: the day and hour of the question are then no quiet hours, whenever the test runs.
    starts = clock.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=10)
    event = build.event(starts_at=starts, slug="journey", language="en" if locale == "en-GB" else "zh_CN")
    file = tmp_path / "名单.xlsx"
    file.write_bytes(samples.guest_list())

    planner = open_page(Role.PLANNER, locale=locale)
    take_in_the_list(planner, event.slug, file)
    assert set(states(site).values()) == {S.LISTED}
    assert GUEST in states(site)

    planner.goto(f"/events/{event.slug}/guests/")
    press(planner, "/invite-listed")
    work(site)
    assert set(states(site).values()) == {S.INVITED}

    answer_on_the_phone(open_page(locale=locale, size=PHONE), link_in_newest(site, "invitation"))
    assert states(site)[GUEST] is S.ACCEPTED

    three_days_out = starts - timedelta(days=2, hours=20)
    with clock.source(lambda: three_days_out):
        work(site)
        work(site)
        phone = open_page(locale=locale, size=PHONE)
        phone.goto(link_in_newest(site, "reconfirm"))
        phone.locator(".guest-tap button[value=coming]").click()
        phone.wait_for_load_state("networkidle")
        assert states(site)[GUEST] is S.FIRM

        picture = badge_picture(planner, event.slug, tmp_path)
        film = camera.film(picture, tmp_path / "badge.mjpeg")
        walk_in(playwright, site, event.slug, locale, film)

    assert states(site)[GUEST] is S.ARRIVED
    with site.app.app_context():
        badge = db.session.scalar(
            select(Badge).join(Badge.invitation).join(Invitation.dealer).where(Dealer.contact == GUEST)
        )
        arrivals = db.session.scalars(select(Arrival)).all()
        assert badge is not None
        assert [each.invitation_id for each in arrivals] == [badge.invitation_id]
