"""Finance on a month-end afternoon, in a real browser: bring the bank's file, look at what is proposed, confirm."""

import pytest

from app.access import Role
from app.models import BankRowState, Receipt
from tests.browser.conftest import WIDE, axe_findings, overflow
from tests.receivables.bank.conftest import Bank, csv
from tests.receivables.conftest import Books


def settled(page):
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(("locale", "dark"), [("zh-CN", False), ("en-GB", True)], ids=["zh-light", "en-dark"])
def test_from_the_file_to_the_last_row(site, open_page, locale, dark):
    books = Books(site.app, site.build)
    bank = Bank(books, site.build)
    other = site.build.dealer(company="长沙百草堂商贸有限公司", search_key=" 长沙百草堂商贸 ")
    exact, twin, theirs = books.owed("20000", 3), books.owed("700", 3), books.owed("700", 3, dealer_id=other.id)
    rows = (("20000", books.dealer.company, "保证金", "1"), ("700", "陈国强", "货款", "2"), ("-5", "", "手续费", "3"))
    page = open_page(Role.FINANCE, size=WIDE, locale=locale, dark=dark)
    faults: list[str] = []

    def look(name):
        if (too_wide := overflow(page)) > 0:
            faults.append(f"{name}: {too_wide} px too wide")
        faults.extend(f"{name}: {finding}" for finding in axe_findings(page))

    page.goto("/payments/bank/")
    look("start")
    file = {"name": "明细.csv", "mimeType": "text/csv", "buffer": csv(*rows, ("1000", "某人", "代付", "4"))}
    page.set_input_files("input[type=file]", files=[file])
    page.locator("main form[enctype] button[type=submit]").click()
    settled(page)
    look("proposals")
    page.locator(".page-act form[action$='/certain'] button").click()
    settled(page)
    assert bank.settled(exact) == 20000
    # The first row needs a look: nobody is named and no sum fits. It is divided by hand over two dealers.
    page.locator(".dt-row", has_text="某人").locator("[data-row-act]").click()
    page.wait_for_selector("#panel[open] .bank-find")
    look("panel")
    row_url = page.locator("#panel [data-panel-full]").get_attribute("href")
    page.goto(f"{row_url}?dealer={books.dealer.id}&dealer={other.id}")
    look("by hand")
    page.fill(f"[name=share-{twin.id}]", "400")
    page.fill(f"[name=share-{theirs.id}]", "６００")
    page.locator("form[action$='/divide'] button[type=submit]").click()
    settled(page)
    assert (bank.settled(twin), bank.settled(theirs)) == (400, 600)
    page.locator(".bank-out button").click()
    settled(page)
    look("ignore")
    page.locator("main form .btn-primary").click()
    settled(page)
    # With the keyboard alone: down to the row that is left, c opens its choice.
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.wait_for_selector("#panel[open] #ignore-reason")
    page.fill("#panel #ignore-reason", "退款")
    page.locator("#panel form[action$='/ignore'] button").click()
    settled(page)
    states = {row.state for row in bank.rows()}
    assert states == {BankRowState.MATCHED, BankRowState.IGNORED}
    page.goto(page.url)
    look("done")
    assert len(bank.all(Receipt)) == 3
    assert faults == []
