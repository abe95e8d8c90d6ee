"""Pictures of the running program, for the README and for looking at.

    python -m scripts.shots http://127.0.0.1:8000 --out docs/pictures           the README's pictures
    python -m scripts.shots http://127.0.0.1:8000 --out /tmp/shots --all   every page, wide and phone, light and dark

It signs in as the sample planner, so the sample conference must be there.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from app.demo import LOGINS, PASSWORD
from scripts import system

CHROMIUM = system.chromium()
WIDE, PHONE = (1440, 900), (390, 844)
EVENT = "autumn-central"
README = {
    "overview": f"/events/{EVENT}/",
    "guests": f"/events/{EVENT}/guests/",
    "desk": f"/events/{EVENT}/door/",
    "badges": f"/events/{EVENT}/badges/",
    "staff": "/events/winter-east/staff/",
    "set-up": f"/events/{EVENT}/zones/board",
}
PAGES = {
    "home": "/",
    "events": "/events/",
    "event-new": "/events/new",
    "event-edit": f"/events/{EVENT}/edit",
    **README,
    "import": f"/events/{EVENT}/guests/import",
    "replies": f"/events/{EVENT}/replies/",
    "confirm": f"/events/{EVENT}/confirm/",
    "calls": f"/events/{EVENT}/calls/",
    "arrivals": f"/events/{EVENT}/arrivals/",
    "outbox": f"/events/{EVENT}/outbox/",
    "wording": f"/events/{EVENT}/wording/",
    "dealers": "/dealers/",
    "staff-by-person": "/events/winter-east/staff/by-person",
    "staff-by-hour": "/events/winter-east/staff/by-hour",
    "staff-roles": "/events/winter-east/staff/roles",
    "staff-day": f"/events/{EVENT}/staff/day",
    "incidents": f"/events/{EVENT}/staff/incidents/",
    "closeout": "/events/spring-xianggan/staff/closeout",
    "people": "/staff/people/",
    "materials": f"/events/{EVENT}/materials/",
    "phone": f"/events/{EVENT}/materials/phone/",
    "boxes": f"/events/{EVENT}/materials/boxes/",
    "zones": f"/events/{EVENT}/zones/",
    "site-visit": f"/events/{EVENT}/zones/site",
    "users": "/users/",
    "permissions": "/permissions",
    "journal": "/journal/",
    "account": "/account",
    "jobs": "/jobs/",
}
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


def signed_in(browser: Browser, base: str, language: str, size: tuple[int, int], scheme: str) -> BrowserContext:
    """A browser window of somebody who has signed in."""
    context = browser.new_context(
        base_url=base,
        locale=LANGUAGES[language],
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        timezone_id="Asia/Shanghai",
    )
    page = context.new_page()
    page.goto("/login")
    page.fill("[name=login]", next(login for login, _, _, role in LOGINS if role == "administrator"))
    page.fill("[name=password]", PASSWORD)
    page.click("main [type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)
    return context


def reply_address(page: Page) -> str:
    """The personal page of some guest, found as staff would: through the list."""
    page.goto(f"/events/{EVENT}/guests/?state=firm")
    page.goto(page.locator("a.dt-link").first.get_attribute("href") or "")
    return page.locator("[data-copy*='/r/']").first.get_attribute("data-copy") or ""


def let_somebody_in(page: Page) -> None:
    """Choose a desk, find a guest who is not in yet, and check them in."""
    if not page.locator("[data-scan-field]").count():
        page.locator("main form button").first.click()
    for letter in "wlzch":
        page.locator("[data-scan-field]").fill(letter)
        page.locator("[data-search]").click()
        page.wait_for_load_state("networkidle")
        waiting = page.locator(".btn-primary.btn-hit")
        if waiting.count():
            waiting.first.click()
            page.locator("[data-verdict=admit]").wait_for()
            return


def take(page: Page, address: str, target: Path, *, whole: bool) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    if address.endswith("/door/"):
        let_somebody_in(page)
    page.screenshot(path=target, full_page=whole)


def wanted(everything: bool) -> Iterator[tuple[str, tuple[int, int], str]]:
    """Which windows are looked through: language, size, light or dark."""
    for language in LANGUAGES:
        yield language, WIDE, "light"
        if everything:
            yield language, PHONE, "light"
            yield language, WIDE, "dark"
            yield language, PHONE, "dark"


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base")
    parser.add_argument("--out", type=Path, default=Path("docs/pictures"))
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--only", default="", help="pages whose name has this in it")
    asked = parser.parse_args(words)
    asked.out.mkdir(parents=True, exist_ok=True)
    pages = {name: path for name, path in (PAGES if asked.all else README).items() if asked.only in name}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-quic"])
        for language, size, scheme in wanted(asked.all):
            context = signed_in(browser, asked.base.rstrip("/"), language, size, scheme)
            page = context.new_page()
            tail = f"-{size[0]}-{scheme}" if asked.all else ""
            for name, address in pages.items():
                take(page, address, asked.out / f"{name}-{language}{tail}.png", whole=asked.all)
            if asked.only in "reply":
                reply = reply_address(page)
                page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
                take(page, reply, asked.out / f"reply-{language}{tail}.png", whole=asked.all)
            context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
