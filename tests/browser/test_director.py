"""The director with ten minutes, on a phone: home, where it burns, the report, the rows behind it, and back."""

import pytest

from app.access import Role
from tests.browser.conftest import PHONE, overflow


@pytest.mark.slow
def test_from_home_to_the_rows_and_back(sample_site, open_page):
    assert sample_site
    page = open_page(Role.DIRECTOR, size=PHONE, locale="zh-CN")
    page.goto("/")
    fire = page.locator("section[aria-labelledby='fires'] a").first
    assert page.locator(".glance-card").count() == 3
    assert overflow(page) <= 0
    fire.click()
    page.wait_for_url("**/report/")
    first = page.locator(".rep-finding a.rep-said", has_text="分文未付").first
    said = first.inner_text()
    first.click()
    page.wait_for_url("**/report/rows?**")
    rows = page.locator("tbody tr").count()
    assert f"{rows} 家分文未付" in said
    page.go_back()
    page.locator("a.funnel-in").nth(4).click()
    page.wait_for_url("**/report/rows?has=arrived")
    assert page.locator("tbody tr").count() > rows
    assert overflow(page) <= 0
    page.goto("/")
    assert page.locator("section[aria-labelledby='approvals']").count() == 1
