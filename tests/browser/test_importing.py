"""Bringing a list in a real browser: every step on a wide screen and on a phone, a long one with its progress."""

import threading

import pytest

from app.access import Role
from app.blueprints.invitations.importing import jobs
from app.job_runner import JobRunner
from app.sheets import to_csv
from tests.browser.conftest import PHONE, WIDE, axe_findings, overflow
from tests.invitations.lists import HEADINGS, people

FAULTY = [
    ("", "没有公司", "13800000001"),
    ("座机商贸有限公司", "李四", "0571-88001234"),
    ("两个号码有限公司", "王五", "13800000002/13800000003"),
]


def look(page, name, faults):
    if (too_wide := overflow(page)) > 0:
        faults.append(f"{name}: {too_wide} px too wide")
    faults.extend(f"{name}: {finding}" for finding in axe_findings(page))


def bring(page, slug, name, rows, headings=HEADINGS):
    page.goto(f"/events/{slug}/guests/import")
    file = {"name": name, "mimeType": "text/csv", "buffer": to_csv([headings, *rows])}
    page.set_input_files("input[type=file]", files=[file])
    page.locator("main form[enctype] button[type=submit]").click()
    page.wait_for_load_state("networkidle")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "locale", "dark"),
    [(WIDE, "zh-CN", False), (PHONE, "en-GB", True)],
    ids=["wide-zh-light", "phone-en-dark"],
)
def test_a_list_step_by_step(site, open_page, size, locale, dark):
    event = site.build.event()
    page = open_page(Role.PLANNER, size=size, locale=locale, dark=dark)
    faults: list[str] = []
    bring(page, event.slug, "odd.csv", [("永发商贸", "张三")], ("甲", "乙"))
    look(page, "unknown headings", faults)
    page.locator(".import-map select").first.select_option("company")
    page.locator(".import-columns .submit-bar button").click()
    page.wait_for_load_state("networkidle")
    bring(page, event.slug, "list.csv", [*people(12), *FAULTY])
    look(page, "checked", faults)
    page.locator(".import-summary").click()
    look(page, "columns", faults)
    page.locator(".page-act form[action$='/apply'] button").click()
    page.wait_for_load_state("networkidle")
    look(page, "applied", faults)
    page.locator(".page-act form[action$='/revert'] button").click()
    page.locator("dialog[open] [data-confirm-yes], dialog[open] .btn-primary").first.click()
    page.wait_for_load_state("networkidle")
    look(page, "reverted", faults)
    page.goto(f"/events/{event.slug}/guests/import")
    look(page, "earlier imports", faults)
    page.set_input_files("input[type=file]", files=[{"name": "x.xlsx", "mimeType": "", "buffer": b"PK\x03\x04broken"}])
    page.locator("main form[enctype] button[type=submit]").click()
    page.wait_for_selector("#file-error")
    look(page, "bad file", faults)
    assert faults == []


def test_a_long_list_shows_how_far_it_is_and_then_its_rows(site, open_page):
    event = site.build.event()
    page = open_page(Role.PLANNER)
    bring(page, event.slug, "long.csv", people(600))
    assert page.locator("#import-progress").is_visible()
    faults: list[str] = []
    look(page, "progress", faults)

    def work():
        with site.app.app_context():
            JobRunner("worker", jobs.KINDS).run()

    worker = threading.Thread(target=work)
    worker.start()
    page.wait_for_selector(".import-rows [data-row]")
    worker.join()
    assert page.locator("#import-progress").count() == 0
    assert faults == []
