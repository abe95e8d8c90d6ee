"""The planner's way: agenda, speaker, clash, slides, rehearsal, then the run sheet on the day, live on a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import FilePayload, Page, expect

from app import clock
from app.access import Role
from tests.browser.conftest import PHONE, axe_findings, overflow

PDF = b"%PDF-1.7\n" + b"x" * 50 + b"\n%%EOF\n"
NINE = clock.now().replace(hour=1, minute=0, second=0, microsecond=0) + timedelta(days=3)  # 9:00 at the place
WORDS = {
    "en-GB": {
        "lay": "Lay the agenda out",
        "now": "Begins now",
        "end": "Has ended",
        "open": "Open the programme to guests",
    },
    "zh-CN": {"lay": "生成议程", "now": "现在开始", "end": "已结束", "open": "向来宾开放日程"},
}


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_from_the_agenda_to_the_run_sheet(site, open_page, locale):
    words = WORDS[locale]
    event = site.build.event(starts_at=NINE, ends_at=NINE + timedelta(hours=8), hall="一号厅", language="zh_CN")
    base = f"/events/{event.slug}/programme"
    planner = open_page(Role.PLANNER, locale=locale)
    planner.goto(base + "/")
    planner.get_by_role("button", name=words["lay"]).click()
    expect(planner.locator(".prog-row")).to_have_count(10)
    _speaker(planner, base)
    talk = _session(planner, base)
    _slides_and_rehearsals(planner, talk)
    with clock.stopped_at(NINE + timedelta(minutes=9)):
        _the_day(open_page(Role.PLANNER, locale=locale, size=PHONE), base, words)
    planner.goto(base + "/")
    planner.get_by_role("button", name=words["open"]).click()
    guest = open_page(locale=locale, size=PHONE)
    guest.goto(planner.locator(".prog-link a").get_attribute("href") or "")
    expect(guest.locator(".pub-programme li")).to_have_count(10)
    assert axe_findings(guest) == []


def _speaker(planner: Page, base: str) -> None:
    planner.goto(f"{base}/front/new")
    planner.fill("#name", "王海")
    planner.fill("#title", "总监")
    planner.fill("#rostrum_order", "1")
    planner.locator(".submit-bar .btn-primary").click()
    expect(planner.locator(".rostrum li")).to_have_count(1)


def _session(planner: Page, base: str) -> str:
    """The lecture gets its speaker and starts late: a clash until what follows moves along."""
    planner.goto(base + "/")
    planner.locator(".prog-row a").nth(3).click()
    talk = planner.url
    assert planner.locator("input[name=points]:checked").count() == 2
    planner.select_option("#speaker_id", index=1)
    planner.fill("#minutes", "50")
    planner.locator(".submit-bar .btn-primary").click()
    expect(planner.locator(".prog-row.is-clash")).to_have_count(2)
    planner.locator(".prog-row a").nth(3).click()
    planner.fill("#minutes", "40")
    planner.locator(".submit-bar .btn-primary").click()
    planner.locator(".prog-row a").nth(3).click()
    planner.fill("#minutes", "50")
    planner.check("#along")
    planner.locator(".submit-bar .btn-primary").click()
    expect(planner.locator(".prog-row.is-clash")).to_have_count(0)
    return talk


def _file(content: bytes) -> FilePayload:
    return {"name": "talk.pdf", "mimeType": "application/pdf", "buffer": content}


def _slides_and_rehearsals(planner: Page, talk: str) -> None:
    planner.goto(talk)
    planner.set_input_files("#slides-file", _file(b"MZ"))
    planner.locator("#slides form .btn").last.click()
    expect(planner.locator("#slides .field-error")).to_be_visible()
    planner.goto(planner.url)  # what was refused can be loaded again
    planner.set_input_files("#slides-file", _file(PDF))
    planner.locator("#slides form .btn").last.click()
    expect(planner.locator(".prog-file")).to_have_count(1)
    for is_ready in (False, True):
        if planner.locator(".prog-log:not([open]) summary").count():
            planner.locator(".prog-log summary").click()
        planner.fill("#rehearsal-watched_by", "赵总")
        planner.fill("#rehearsal-questions", "毛利多少")
        planner.set_checked("#rehearsal-is_ready", is_ready)
        planner.locator(".prog-log form .btn").click()
        expect(planner.locator(".prog-rehearsal")).to_have_count(2 if is_ready else 1)
    expect(planner.locator("#rehearsals > p .tone-success")).to_be_visible()
    assert axe_findings(planner) == []


def _the_day(phone: Page, base: str, words: dict[str, str]) -> None:
    """Nine minutes late: the delay is carried forward, a cue is ticked, what is said is taken back by Undo."""
    phone.goto(f"{base}/run-sheet")
    assert overflow(phone) <= 0
    phone.locator(".is-next").get_by_role("button", name=words["now"]).click()
    expect(phone.locator(".run-part.is-now .run-time b")).to_have_text("09:09")
    expect(phone.locator(".run-part.is-next .run-time b")).to_have_text("09:29")
    expect(phone.locator(".run-strip .tone-warning")).to_contain_text("9")
    phone.locator(".run-part.is-now .run-cue button").first.click()
    expect(phone.locator(".run-cue.is-done")).to_have_count(1)
    phone.locator(".run-part.is-now").get_by_role("button", name=words["end"]).click()
    expect(phone.locator(".run-part.is-over")).to_have_count(1)
    phone.locator("[data-undo]").click()
    expect(phone.locator(".run-part.is-now")).to_have_count(1)
    assert axe_findings(phone) == []


def test_two_planners_at_one_session(site, open_page):
    """The one who saves second sees what differs, keeps what was typed, and decides."""
    event = site.build.event(starts_at=NINE, ends_at=NINE + timedelta(hours=8))
    base = f"/events/{event.slug}/programme"
    one, other = open_page(Role.PLANNER), open_page(Role.CONFERENCE_AFFAIRS, size=PHONE)
    one.goto(base + "/")
    one.get_by_role("button", name="Lay the agenda out").click()
    for page in (one, other):
        page.goto(base + "/")
        page.locator(".prog-row a").first.click()
    for page, title in ((one, "Doors open"), (other, "Admission with music")):
        page.fill("#title", title)
        page.locator(".submit-bar .btn-primary").click()
    told = other.locator(".prog-overtaken tbody td")
    expect(told).to_have_text(["Doors open", "Admission with music"])
    expect(other.locator("#title")).to_have_value("Admission with music")
    assert overflow(other) <= 0
    assert axe_findings(other) == []
    other.locator(".submit-bar .btn-primary").click()
    expect(other.locator(".prog-row a").first).to_have_text("Admission with music")
