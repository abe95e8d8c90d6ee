"""Money from the asking to the budget's page: a rep on a phone, a director who makes an exception, finance who pays."""

from decimal import Decimal

import pytest

from app.access import Role
from app.blueprints.budget import ledger, queries
from app.blueprints.budget.plan import actions as plans
from app.extensions import db
from app.models import Event, OverPlan
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.slow


@pytest.fixture
def event(site):
    """An event whose venue line has 1,000 and stops what goes beyond."""
    slug = site.build.event().slug
    planner, director = (site.build.user(role).id for role in (Role.PLANNER, Role.DIRECTOR))
    with site.app.app_context():
        row = db.session.scalar(db.select(Event).where(Event.slug == slug))
        plans.start(row)
        venue = queries.lines(row)[0]
        venue.over_plan = OverPlan.STOP
        version = plans.revise(row, "", by_id=planner)
        plans.fill_in(row, version, {venue.id: Decimal(1000)})
        plans.submit(row, version)
        plans.approve(row, version, [Role.DIRECTOR], by_id=director)
        db.session.commit()
    return slug


def test_an_expense_over_the_plan_on_its_way(site, open_page, event):
    base = f"/events/{event}/budget"
    phone = open_page(Role.CONFERENCE_AFFAIRS, size=PHONE)
    phone.goto(f"{base}/expenses/new")
    phone.fill("[name=purpose]", "Hall with sound")
    phone.fill("[name=amount]", "1,200")
    phone.fill("[name=payee]", "Riverside Hotel")
    phone.click("main form[data-once] .submit-bar button.btn-primary")
    phone.wait_for_url(f"**{base}/expenses/*")
    address = phone.url
    assert phone.locator(".bud-decide-left.is-over").count() == 1

    director = open_page(Role.DIRECTOR, size=PHONE)
    director.goto(address)
    director.fill("#why-over", "Deposit comes back")
    director.click(".bud-decide button.btn-primary")
    director.wait_for_selector(".bud-steps .is-done:nth-child(2)")

    phone.reload()
    phone.click("form[action$='/order'] button")
    phone.wait_for_selector(".bud-steps .is-done:nth-child(3)")

    finance = open_page(Role.FINANCE)
    finance.goto(address)
    invoice = finance.locator("form[action$='/invoices']")
    assert invoice.locator("[name=amount]").input_value() == "1200.00"
    invoice.locator("[name=number]").fill("26420000000100000017")
    invoice.locator("button.btn-primary").click()
    finance.wait_for_selector(".bud-steps .is-done:nth-child(4)")
    finance.locator("form[action$='/payments'] button.btn-primary").click()
    finance.wait_for_selector(".bud-steps .is-done:nth-child(5)")

    director.goto(f"{base}/")
    line = director.locator(".bud-table tbody tr:not(.bud-group)").first
    assert line.locator(".bud-share.is-over").count() == 1
    assert "Deposit comes back" in line.inner_text()
    line.locator("td[data-label='Actual'] a, td:nth-of-type(3) a").first.click()
    director.wait_for_url("**figure=actual**")
    assert director.locator(".bud-table tbody tr").count() == 1
    with site.app.app_context():
        total = ledger.of_event(db.session.scalar(db.select(Event).where(Event.slug == event))).total
        assert (total.committed, total.actual, total.paid, total.left) == tuple(map(Decimal, (0, 1200, 1200, -200)))


def test_an_advance_from_asking_to_settling(open_page, event):
    base = f"/events/{event}/budget"
    phone = open_page(Role.CONFERENCE_AFFAIRS, size=PHONE)
    phone.goto(f"{base}/advances/new")
    phone.fill("[name=amount]", "500")
    phone.fill("[name=purpose]", "Water and taxis")
    phone.click(".submit-bar button.btn-primary")
    phone.wait_for_url(f"**{base}/advances/*")
    address = phone.url
    director, finance = open_page(Role.DIRECTOR, size=PHONE), open_page(Role.FINANCE)
    director.goto(address)
    director.click("form[action$='/approve'] button")
    director.wait_for_load_state()
    finance.goto(address)
    finance.click("form[action$='/pay-out'] button")
    finance.wait_for_load_state()

    phone.goto(f"{base}/expenses/new?kind=claim")
    phone.fill("[name=purpose]", "Taxi")
    phone.fill("[name=amount]", "86")
    phone.select_option("[name=line_id]", index=3)
    phone.select_option("[name=advance_id]", index=1)
    phone.click(".submit-bar button.btn-primary")
    phone.wait_for_url(f"**{base}/expenses/*")
    director.goto(phone.url)
    director.click(".bud-decide button.btn-primary")
    director.wait_for_selector(".bud-steps .is-done:nth-child(2)")

    finance.goto(address)
    finance.click("form[action$='/settle'] button")
    finance.click("dialog[open] button.btn-primary, dialog[open] [value=go], dialog[open] button:has-text('Settle it')")
    finance.wait_for_selector("form[action$='/take-back']")
    assert "414.00" in finance.locator(".bud-result").inner_text()
