"""The desk with a scanner gun, behind an input method, by camera, by name, and without a connection."""

from urllib.parse import quote

import pytest
from PIL import Image
from sqlalchemy import func, select

from app import names, qr
from app.access import Role
from app.extensions import db
from app.models import Arrival, EventStatus, Scan
from app.models import InvitationState as S
from tests.browser import camera
from tests.browser.conftest import PHONE, WIDE, axe_findings, launch, overflow

TABLET = (1024, 768)


@pytest.fixture
def event(site):
    return site.build.event(status=EventStatus.RUNNING, name="秋季招商大会")


@pytest.fixture
def guest(site, event):
    def make(name="张三", state=S.FIRM, **values):
        dealer = site.build.dealer(contact=name, search_key=names.search_key(name), sort_key=names.sort_key(name))
        invitation = site.build.invitation(event, dealer, state=state, **values)
        return invitation, site.build.badge(invitation)

    return make


@pytest.fixture
def desk(site, event, open_page):
    def opened(**how):
        page = open_page(Role.RECEPTION, **how)
        page.context.add_cookies([{"name": "door", "value": quote("1 号签到台"), "url": site.url}])
        page.goto(f"/events/{event.slug}/door/")
        page.locator("[data-verdict=none]").wait_for()
        page.wait_for_load_state("networkidle")
        return page

    return opened


def gun(page, text, *, ends="Enter", **how):
    """Type as a scanner does: every key at once, by its place on the keyboard, as the browser's own events."""
    page.evaluate(
        """([text, ends, how]) => {
          const target = document.activeElement ?? document.body;
          const named = {"/": "Slash", ":": "Semicolon", ".": "Period", "-": "Minus"};
          const place = (letter) => named[letter] ?? (/[0-9]/.test(letter) ? "Digit" : "Key") + letter.toUpperCase();
          const press = (code, key, shiftKey) => {
            const event = new KeyboardEvent("keydown", {code, key: how.ime ? "Process" : key, shiftKey,
              isComposing: Boolean(how.ime), bubbles: true, cancelable: true});
            return target.dispatchEvent(event);
          };
          if (how.ime) target.dispatchEvent(new CompositionEvent("compositionstart", {bubbles: true}));
          for (const letter of text) press(place(letter), letter, letter === ":" || /[A-Z]/.test(letter));
          if (ends) press(ends, ends, false);
          if (how.ime && target.value !== undefined) {
            target.value = "ＨＴＴＰ张";
            target.dispatchEvent(new InputEvent("input", {bubbles: true}));
            target.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true, data: "张"}));
          }
        }""",
        [text, ends, how],
    )


def verdict(page, name):
    page.locator(f"#answer [data-verdict={name}]").wait_for()


def scans(site):
    with site.app.app_context():
        return [scan.verdict.value for scan in db.session.scalars(select(Scan).order_by(Scan.id))]


def arrived(site):
    with site.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Arrival))


def test_a_scanner_works_wherever_the_cursor_stands(site, desk, guest):
    _, badge = guest(table_label="7", host_notes="引导至主席台")
    page = desk(locale="zh-CN")
    page.evaluate("document.activeElement.blur()")
    gun(page, f"HTTP://LOCALHOST/B/{badge.code}")
    verdict(page, "admit")
    assert page.evaluate("document.documentElement.dataset.sound") == "welcome"
    assert "7 桌" in page.locator(".verdict-facts").inner_text()
    page.locator("[data-count='1']").wait_for()
    page.wait_for_timeout(1600)  # the same badge again, and not the scanner's own double
    gun(page, badge.code.lower())
    verdict(page, "already_in")
    assert page.evaluate("document.documentElement.dataset.sound") == "attention"
    assert scans(site) == ["admit", "already_in"]


def test_a_scanner_behind_a_chinese_input_method(site, desk, guest):
    _, badge = guest()
    page = desk(locale="zh-CN")
    page.locator("[data-scan-field]").focus()
    gun(page, f"HTTP://LOCALHOST/B/{badge.code}", ime=True)
    verdict(page, "admit")
    assert page.locator("[data-scan-field]").input_value() == ""
    assert scans(site) == ["admit"]


def test_a_scanner_without_enter_and_one_that_reads_twice(site, desk, guest):
    _, badge = guest()
    page = desk()
    gun(page, badge.code, ends="")
    page.wait_for_timeout(250)
    gun(page, badge.code, ends="Tab")
    verdict(page, "admit")
    page.wait_for_timeout(400)
    assert scans(site) == ["admit"]


def test_real_keys_reach_the_desk_too(site, desk, guest):
    _, badge = guest()
    page = desk()
    page.locator("[data-scan-field]").focus()
    page.keyboard.type(badge.code)
    page.keyboard.press("Enter")
    verdict(page, "admit")


def test_a_strange_code_is_told_loudly(site, desk):
    page = desk()
    gun(page, "6901234567892")
    verdict(page, "malformed")
    assert page.evaluate("document.documentElement.dataset.sound") == "stop"
    assert scans(site) == []


def test_enter_at_the_end_of_a_scan_presses_no_button(site, desk, guest):
    (_, first), (_, second) = guest("张三"), guest("李四")
    page = desk()
    gun(page, first.code)
    verdict(page, "admit")
    page.locator(".verdict-undo button").focus()
    gun(page, second.code)
    page.get_by_text("李四").first.wait_for()
    assert arrived(site) == 2


def test_by_pinyin_with_companions_and_undo(site, desk, guest):
    invitation, _ = guest("欧阳建国")
    site.build.companions(invitation, ["李四"])
    page = desk()
    page.locator("[data-scan-field]").press_sequentially("oyjg", delay=120)
    page.locator(".btn-hit").click()
    verdict(page, "admit")
    page.locator(".verdict-acts button").first.click()
    page.get_by_text("李四").first.wait_for()
    page.locator(".desk-last button").nth(1).wait_for()
    assert arrived(site) == 2
    page.locator(".verdict-undo button").click()
    verdict(page, "undone")
    assert arrived(site) == 1


def test_let_in_anyway(site, desk, guest):
    _, badge = guest(state=S.DECLINED)
    page = desk()
    gun(page, badge.code)
    verdict(page, "declined")
    page.locator(".verdict-acts button").click()
    verdict(page, "admit")


def test_a_dead_line_is_loud_and_loses_no_scan(site, desk, guest):
    (_, first), (_, second) = guest("张三"), guest("李四")
    page = desk()
    page.context.set_offline(True)
    gun(page, first.code)
    verdict(page, "told")
    assert page.evaluate("document.documentElement.dataset.sound") == "stop"
    page.locator("#desk-line.is-off").wait_for()
    gun(page, second.code)
    assert arrived(site) == 0
    page.context.set_offline(False)
    verdict(page, "admit")
    page.locator("[data-count='2']").wait_for()
    assert scans(site) == ["admit", "admit"]
    assert page.locator("#desk-line.is-off").count() == 0


def test_an_answer_that_got_lost_is_asked_for_again(site, desk, guest):
    _, badge = guest()
    page = desk()
    lost: list[int] = []

    def lose_the_first(route):
        response = route.fetch()
        if lost:
            route.fulfill(response=response)
        else:
            lost.append(response.status)
            route.abort()

    page.route("**/door/", lambda route: lose_the_first(route) if route.request.method == "POST" else route.continue_())
    gun(page, badge.code)
    verdict(page, "admit")
    assert (lost, scans(site)) == ([200], ["admit"])


def test_a_desk_that_was_signed_out_says_so_and_keeps_the_scan(site, desk, guest):
    _, badge = guest()
    page = desk()
    cookies = page.context.cookies()
    page.context.clear_cookies(name=site.app.config["SESSION_COOKIE_NAME"])
    gun(page, badge.code)
    verdict(page, "told")
    assert arrived(site) == 0
    page.context.add_cookies(cookies)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    verdict(page, "admit")
    assert scans(site) == ["admit"]


def test_the_camera_sees_a_badge(site, event, guest, playwright, tmp_path):
    _, badge = guest()
    code = tmp_path / "code.png"
    code.write_bytes(qr.png(f"HTTPS://SIGNING.EXAMPLE.COM/B/{badge.code}", scale=10))
    film = camera.film(Image.open(code), tmp_path / "badge.mjpeg")
    browser = launch(playwright, *camera.arguments(film))
    try:
        context = browser.new_context(base_url=site.url, permissions=["camera"])
        client = site.app.test_client()
        site.build.sign_in(client, site.build.user(Role.RECEPTION))
        cookie = client.get_cookie(site.app.config["SESSION_COOKIE_NAME"])
        assert cookie is not None
        context.add_cookies(
            [
                {"name": cookie.key, "value": cookie.value, "url": site.url},
                {"name": "door", "value": "A", "url": site.url},
            ]
        )
        page = context.new_page()
        page.goto(f"/events/{event.slug}/door/")
        page.locator("[data-camera-switch]").click()
        page.locator("#answer [data-verdict=admit]").wait_for(timeout=40_000)
        page.wait_for_timeout(1500)
        assert scans(site) == ["admit"]  # held before the camera it is one scan
    finally:
        browser.close()


def test_a_camera_that_may_not_be_used_is_explained(desk):
    page = desk()
    page.locator("[data-camera-switch]").click()
    page.locator(".camera.is-fault").wait_for()
    assert page.locator("[data-camera-says]").inner_text()


@pytest.mark.parametrize("size", [WIDE, TABLET, PHONE], ids=["laptop", "tablet", "phone"])
def test_every_answer_can_be_read_by_everybody(site, desk, guest, size):
    invitation, welcome = guest("张三", table_label="7", host_notes="引导至主席台")
    site.build.companions(invitation, ["李四"])
    _, declined = guest("王五", S.DECLINED)
    _, waiting = guest("赵六", S.WAITING)
    page = desk(size=size)
    found = {"idle": axe_findings(page)}
    for code, answer in (
        (welcome.code, "admit"),
        (declined.code, "declined"),
        (waiting.code, "waiting"),
        ("0" * 9, "unknown"),
        ("6901234567892", "malformed"),
    ):
        gun(page, code)
        verdict(page, answer)
        found[answer] = axe_findings(page)
        assert overflow(page) <= 0, answer
    page.wait_for_timeout(400)  # for a moment after a scan the field belongs to the scanner
    page.locator("[data-scan-field]").fill("zhao")
    page.locator(".hit").first.wait_for()
    found["search"] = axe_findings(page)
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert overflow(page) <= 0


def test_badges_can_be_read_by_everybody(site, event, guest, open_page):
    invitation, _ = guest()
    page = open_page(Role.PLANNER)
    for path in ("", "print", str(invitation.id)):
        page.goto(f"/events/{event.slug}/badges/{path}")
        assert axe_findings(page) == []
        assert overflow(page) <= 0
