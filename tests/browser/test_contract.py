"""A rep drafts and submits, the director approves on a phone, the gate opens when the last point is there."""

from datetime import timedelta
from decimal import Decimal

from playwright.sync_api import Page

from app import clock
from app.access import Role
from app.blueprints.dealers.papers import actions as papers
from app.blueprints.dealers.papers.rules import REQUIRED
from app.extensions import db
from app.models import Contract, ContractState, Dealer, EventStatus, ScreeningVerdict, User
from tests.browser.conftest import PHONE, Site, axe_findings, overflow
from tests.build import contracts as made


def the_contract(site: Site) -> Contract:
    with site.app.app_context():
        row = db.session.scalars(db.select(Contract)).one()
        db.session.expunge_all()
        return row


def prepared(site: Site, rep: User) -> int:
    """A guest whose city is held exclusively; returns the guest's id."""
    build = site.build
    now = clock.now()
    event = build.event(
        slug="today", status=EventStatus.RUNNING, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=6)
    )
    dealer = build.dealer()
    guest = build.invitation(event, dealer, rep_id=rep.id, expected_amount=Decimal(200000))
    line = made.line(build, name="家用净水器")
    made.grant(build, dealer, made.region(build, name="武汉市"), line, event_id=event.id, is_exclusive=True)
    made.template_version(build)
    with site.app.app_context():
        row = db.session.get_one(Dealer, dealer.id)
        for kind in REQUIRED:
            paper = papers.submit(row, kind, file=None, by_id=rep.id, scope="家用净水器销售")
            papers.passed(paper, by_id=rep.id, today=now.date(), is_stamped=True, scope="家用净水器销售")
        papers.screen(row, ScreeningVerdict.PASSED, score=80, reason="", by_id=rep.id)
        db.session.commit()
    return guest.id


def draft_and_submit(site: Site, page: Page, guest_id: int) -> None:
    page.goto(f"/events/today/contracts/new?guest={guest_id}")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/edit")
    # Without a day for any payment there is no contract.
    for field in page.locator("input[name$=due_days]").all():
        field.fill("")
    page.locator("button[name=act][value=submit]").click()
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-error-summary]").count() == 1
    assert the_contract(site).state is ContractState.DRAFT
    page.locator("input[name='payments-0-due_days']").fill("7")
    page.locator("input[name='payments-1-due_days']").fill("30")
    page.locator("[data-lines-add=goods]").click()
    assert page.locator("[data-lines=goods] [data-line]").count() == 2
    page.locator("[data-lines=goods] [data-line-remove]").last.click()
    assert page.locator("[data-lines=goods] [data-line]").count() == 1
    page.locator("button[name=act][value=submit]").click()
    page.wait_for_load_state("networkidle")
    assert the_contract(site).state is ContractState.IN_REVIEW


def approve_on_the_phone(phone: Page) -> None:
    phone.goto("/contracts/approvals/")
    phone.locator("a.ct-wait").first.click()
    phone.wait_for_load_state("networkidle")
    assert overflow(phone) <= 0
    assert axe_findings(phone) == []
    button = phone.locator("button[name=answer][value=approve]")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    button.click()
    phone.wait_for_load_state("networkidle")


def test_from_the_draft_to_the_open_gate(site, open_page):
    page = open_page(Role.SALES_REP)
    with site.app.app_context():
        rep = db.session.scalars(db.select(User)).one()
        db.session.expunge_all()
    guest_id = prepared(site, rep)
    draft_and_submit(site, page, guest_id)
    for role in (Role.SALES_MANAGER, Role.DIRECTOR):  # what is exclusive is asked of the director too
        approve_on_the_phone(open_page(role, size=PHONE))
    contract = the_contract(site)
    assert (contract.state, bool(contract.document_id)) == (ContractState.APPROVED, True)
    assert contract.number is not None
    assert contract.number.endswith("-00001")
    page.goto(f"/events/today/contracts/{contract.id}/gate")
    assert page.locator(".ct-point.tone-danger").count() == 0
    assert page.locator(".ct-verdict.tone-success").count() == 1
    assert page.locator(f"a[href='/contracts/{contract.id}/signing']").count() == 1
