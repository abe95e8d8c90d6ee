"""The planner's journey: write, review, approve, revise, compare; pasted office HTML; two who write at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.access import Role
from tests.browser.conftest import PHONE, axe_findings, overflow
from tests.plan.test_rules import OFFICE

WORDS = {
    "en-GB": {
        "begin": "Begin the plan",
        "send": "Send for review",
        "pass": "Pass it on",
        "approve": "Approve and lock",
    },
    "zh-CN": {"begin": "开始编写方案", "send": "送审", "pass": "审核通过", "approve": "批准并锁定"},
}


def _paste(page: Page, html: str) -> None:
    """Paste as an office program does: by the clipboard's event, with HTML in it."""
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", "plain");
            const area = document.querySelector("[data-editor-area]");
            area.focus();
            area.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        html,
    )


def _write(page: Page, base: str, place: int) -> None:
    page.goto(base)
    page.locator(".plan-section").nth(place).locator(".plan-section-acts > a").click()
    expect(page.locator("[data-editor-area]")).to_be_visible()


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_the_planners_journey(site, open_page, locale):
    words = WORDS[locale]
    event = site.build.event(slug="reise", theme="净水下乡", language="zh_CN")
    base = f"/events/{event.slug}/plan/"
    planner = open_page(Role.PLANNER, locale=locale)
    manager = open_page(Role.SALES_MANAGER, locale=locale)
    director = open_page(Role.DIRECTOR, locale=locale, size=PHONE)
    planner.goto(base)
    planner.get_by_role("button", name=words["begin"]).click()
    expect(planner.locator(".plan-paper")).to_contain_text("净水下乡")

    _write(planner, base, 1)
    _paste(planner, OFFICE)
    planner.locator("[data-do=bold]").click()
    planner.locator("[data-editor-area]").press("Control+End")
    planner.keyboard.press("Enter")
    planner.keyboard.type("added by hand")
    planner.locator("[data-do=list]").click()
    planner.select_option("[data-editor-insert]", "座位数")
    expect(planner.locator("[data-editor-area]")).to_contain_text("{{座位数}}")
    planner.locator("form[data-guard] .btn-primary").click()
    section = planner.locator(".plan-section").nth(1)
    expect(section).to_contain_text("一、主题")
    expect(section.locator("li")).to_contain_text("added by hand120")
    assert section.locator("script, img, iframe, a[href^=javascript], [onclick], [style]").count() == 0

    _decide(planner, manager, director, base, words)
    _revise(planner, base)
    planner.goto(f"{base}compare")
    assert planner.locator(".diff ins").first.inner_text()
    expect(planner.locator(".diff-line .sr-only").first).to_have_text(re.compile(r"\S"))
    assert axe_findings(planner) == []


def _decide(planner: Page, manager: Page, director: Page, base: str, words: dict[str, str]) -> None:
    """Sent, returned with a remark, mended, sent again, reviewed, and approved on a phone."""
    planner.goto(f"{base}submit")
    planner.locator("form[data-once] .btn-primary").click()
    manager.goto(base)
    manager.locator("a[href$='/plan/return']").click()
    manager.fill("#remark", "which media?")
    manager.locator(".submit-bar .btn-primary").click()
    planner.goto(base)
    expect(planner.locator("#remarks")).to_contain_text("which media?")
    planner.locator("#remarks button").click()
    planner.goto(f"{base}submit")
    planner.locator("form[data-once] .btn-primary").click()
    manager.goto(base)
    manager.get_by_role("button", name=words["pass"]).click()
    director.goto(base)
    assert overflow(director) <= 0
    director.get_by_role("button", name=words["approve"]).click()
    expect(director.locator(".plan-sign.is-done")).to_have_count(3)
    assert axe_findings(director) == []
    planner.goto(base)
    assert planner.locator(".plan-section-acts").count() == 0


def _revise(planner: Page, base: str) -> None:
    planner.goto(base)
    planner.locator(".plan-revise summary").click()
    planner.fill("#reason", "more seats")
    planner.locator(".plan-revise button").click()
    _write(planner, base, 10)
    planner.locator("[data-editor-area]").press("Control+End")
    planner.keyboard.type(" and something new")
    planner.locator("form[data-guard] .btn-primary").click()
    expect(planner.locator(".plan-section").nth(10)).to_contain_text("something new")


def test_two_who_write_at_once(site, open_page):
    """The one who saves second sees both texts, and decides; without script a plain field does."""
    event = site.build.event(slug="zwei")
    base = f"/events/{event.slug}/plan/"
    one, other = open_page(Role.PLANNER), open_page(Role.CONFERENCE_AFFAIRS)
    one.goto(base)
    one.get_by_role("button", name="Begin the plan").click()
    for page, text in ((one, "first words"), (other, "second words")):
        _write(page, base, 0)
        page.locator("[data-editor-area]").press("Control+a")
        page.keyboard.type(text)
    for page in (one, other):
        page.locator("form[data-guard] .btn-primary").click()
    expect(one.locator(".plan-section").first).to_contain_text("first words")
    expect(other.locator(".plan-clash ins")).to_contain_text("second")
    expect(other.locator(".plan-clash del")).to_contain_text("first")
    expect(other.locator("[data-editor-area]")).to_contain_text("second words")
    assert axe_findings(other) == []
    other.locator("form[data-guard] .btn-primary").click()
    expect(other.locator(".plan-section").first).to_contain_text("second words")
