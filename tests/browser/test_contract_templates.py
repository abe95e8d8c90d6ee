"""A shipped template taken over, a clause written with the preview beside it, and the review by a second person."""

import time

import pytest

from app.access import Role
from app.blueprints.contracts.templates import queries
from app.models import TemplateState
from tests.browser.conftest import PHONE, WIDE, axe_findings, overflow

LIST = "/contracts/templates/"
AT = LIST + "trial/1/"


def frame_text(page, words):
    """What the preview's frame says, once the words are in it."""
    for _ in range(40):
        text = page.frame(name="preview").locator("body").inner_text()
        if words in text:
            return text
        time.sleep(0.1)
    raise AssertionError(text)


def clause_page(page):
    page.goto(AT)
    page.locator(".clause", has_text="付款").first.locator("a.btn").click()
    page.wait_for_load_state()


def test_a_clause_is_written_and_a_second_person_approves(site, open_page):
    author = open_page(Role.CONTRACT_ADMINISTRATOR, size=WIDE)
    author.goto(LIST)
    author.locator("form[action$='take/trial'] button").click()
    author.wait_for_url("**/trial/1/")
    clause_page(author)
    text = author.locator("textarea[name=body]")
    text.fill("乙方按{{ nowhere }}付款。\n{{ payments }}")
    assert "nowhere" in frame_text(author, "nowhere")
    text.fill("乙方在签署后{{ payment_days }}内付款。\n{{ payments }}")
    assert "签署后15日内付款" in frame_text(author, "15日")
    author.locator(".submit-bar .btn-primary").click()
    author.wait_for_url("**/trial/1/**")
    author.locator("form[action$='submit'] button").click()
    author.wait_for_load_state()
    reviewer = open_page(Role.COMPLIANCE, size=WIDE)
    reviewer.goto(AT)
    reviewer.locator("form[action$='approve'] button").click()
    reviewer.wait_for_load_state()
    with site.app.app_context():
        version = queries.version("trial", 1)
        assert version is not None
        assert version.state is TemplateState.APPROVED
        assert any("签署后{{ payment_days }}内" in each.body for each in version.clauses)


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (PHONE, True)], ids=["wide", "phone-dark"])
def test_the_editor_has_no_accessibility_fault(site, open_page, size, dark):
    page = open_page(Role.ADMINISTRATOR, size=size, dark=dark)
    page.goto(LIST)
    page.locator("form[action$='take/trial'] button").click()
    page.wait_for_url("**/trial/1/")
    faults = []
    clause_page(page)
    addresses = [
        page.url,
        AT + "clauses/new",
        AT + "variables/new",
        AT + "title",
        AT + "preview",
        LIST + "new",
        AT,
        LIST,
    ]
    for address in addresses:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        faults += [f"{address}: {finding}" for finding in axe_findings(page)]
        if (too_wide := overflow(page)) > 0:
            faults.append(f"{address}: {too_wide} px too wide")
    assert not faults, "\n".join(faults)
