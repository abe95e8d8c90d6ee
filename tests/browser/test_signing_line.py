"""The whole line on the day: draft, approve, gate, pen, countersignature, seal, wall, receivables."""

import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import select

from app import files, pdf_picture
from app.extensions import db
from app.models import (
    Contract,
    ContractState,
    Event,
    Invitation,
    Receivable,
    Seal,
    TerritoryGrant,
    TerritoryState,
    User,
)
from tests.browser.conftest import PHONE, WIDE, axe_findings, overflow
from tests.browser.test_signing import SHOTS, TABLET, shot, write

EVENT = "/events/autumn-central"
FREE = "苏州市"  # nobody holds anything there


@pytest.fixture
def sample(sample_site):
    return sample_site


@pytest.fixture
def seat(site, sample, open_page):
    """Open a window in which one of the sample's people is signed in; without a login nobody is."""

    def opened(login=None, *, size=WIDE, locale="zh-CN", **how):
        page = open_page(size=size, locale=locale, **how)
        page.set_default_timeout(8_000)
        if login:
            client = site.app.test_client()
            with site.app.app_context():
                person = db.session.scalars(select(User).where(User.login == f"{login}@demo.example")).one()
                person.locale = None
                db.session.commit()
                db.session.refresh(person)
                db.session.expunge(person)
            site.build.sign_in(client, person)
            cookie = client.get_cookie(site.app.config["SESSION_COOKIE_NAME"])
            page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])
        return page

    return opened


def a_guest(site):
    """A guest of the sample's rep who has everything but a contract."""
    with site.app.app_context():
        query = (
            select(Invitation)
            .join(Event)
            .join(User, Invitation.rep_id == User.id)
            .where(
                Event.slug == "autumn-central",
                User.login == "rep@demo.example",
                Invitation.expected_amount.is_not(None),
            )
            .where(Invitation.dealer_id.not_in(select(Contract.dealer_id)))
            .order_by(Invitation.id)
        )
        guest = db.session.scalars(query).first()
        assert guest is not None
        return guest.id, guest.dealer_id


def the_contract(site, dealer_id):
    with site.app.app_context():
        row = db.session.scalars(select(Contract).where(Contract.dealer_id == dealer_id)).one()
        db.session.expunge_all()
        return row


def looked_at(page, name):
    assert axe_findings(page) == [], name
    assert overflow(page) <= 0, name
    shot(page, name)


def drafts_and_submits(site, rep, guest_id, dealer_id):
    """From the guest's page: hold a city for the dealer, fill in the draft, submit it."""
    rep.goto(f"{EVENT}/guests/{guest_id}")
    looked_at(rep, "line-01-guest")
    rep.locator(f"main a[href*='/contracts/new?guest={guest_id}']").click()
    rep.locator("input[name=version]").first.check()
    rep.locator(".submit-bar button").first.click()
    rep.wait_for_url("**/edit")
    rep.locator("a[href*='/territories/hold?']").click()
    rep.locator(".rp-open").first.click()
    rep.locator("dialog.rp input[type=search]").press_sequentially(FREE)
    rep.locator("dialog.rp .rp-take", has_text=FREE).first.click()
    looked_at(rep, "line-02-hold")
    rep.locator(".submit-bar button").first.click()
    rep.wait_for_url(lambda address: address.endswith("/edit") and "hold" not in address)
    rep.locator("input[name=grants]").first.check()
    rep.locator("#deposit").fill("20000")  # the payments still say what it was before
    rep.locator("button[value=save]").last.click()
    rep.wait_for_load_state("networkidle")
    rep.locator("[id=payments] .tone-danger, .ct-told.tone-danger").first.wait_for()
    looked_at(rep, "line-03-draft")
    rep.locator("input[name='payments-0-amount']").fill("20000")
    rep.locator("button[value=submit]").last.click()
    rep.wait_for_load_state("networkidle")
    assert the_contract(site, dealer_id).state is ContractState.IN_REVIEW
    looked_at(rep, "line-04-submitted")


def approves(phone, contract):
    phone.goto("/contracts/approvals/")
    phone.locator(f"a.ct-wait[href$='/{contract.id}']").first.click()
    phone.locator("button[value=approve]").wait_for()
    looked_at(phone, "line-05-approval")
    phone.locator("button[value=approve]").click()
    phone.wait_for_load_state("networkidle")


def opens_the_gate(page, contract):
    """What is still missing is let pass by the manager, with a reason each."""
    page.goto(f"{EVENT}/contracts/{contract.id}")
    page.locator("a[href$='/gate']").first.click()
    page.locator(".ct-points").wait_for()
    looked_at(page, "line-06-gate")
    while page.locator("details.ct-pass").count():
        first = page.locator("details.ct-pass").first
        first.locator("summary").click()
        first.locator("input[name=reason]").fill("原件已在现场查验")
        first.locator("form button").click()
        page.wait_for_load_state("networkidle")
    assert page.locator(".ct-verdict.tone-success").count() == 1


def gives_the_pen(rep, contract):
    rep.goto(f"{EVENT}/contracts/{contract.id}")
    rep.locator(f"a[href='/contracts/{contract.id}/signing']").first.click()
    rep.locator("button[name=way][value=tablet]").click()
    rep.locator("#last4").fill("012x")
    rep.locator("form[action$='/identity'] .submit-bar button").click()
    link = rep.locator("a[href*='/sign/']")
    link.wait_for()
    return link.get_attribute("href")


def signs(site, tablet, link, contract):
    tablet.goto(link)
    tablet.locator("[data-page='1']").wait_for()
    looked_at(tablet, "line-07-reading")
    for _ in range(contract.document_pages):
        tablet.locator("[data-turn='1']").tap()
    tablet.locator("[data-agree]").check()
    tablet.locator("[data-show]").check()
    write(tablet)
    looked_at(tablet, "line-08-pen")
    tablet.locator("[data-sign]").tap()
    tablet.locator("[data-stage=signed]").wait_for()
    assert the_contract(site, contract.dealer_id).state is ContractState.SIGNED


def seals(officer, contract):
    officer.goto(f"{EVENT}/contracts/{contract.id}")
    officer.locator(f"a[href='/contracts/{contract.id}/countersign']").first.click()
    officer.locator("[data-canvas]").first.scroll_into_view_if_needed()
    write(officer)
    officer.locator("#title").fill("总经理")
    looked_at(officer, "line-09-countersign")
    officer.locator("form button.btn-primary", has_text="签").last.click()
    officer.wait_for_url("**/trail")
    looked_at(officer, "line-10-certificate")


def test_the_whole_line(site, seat, tmp_path):
    guest_id, dealer_id = a_guest(site)
    rep = seat("rep")
    drafts_and_submits(site, rep, guest_id, dealer_id)
    contract = the_contract(site, dealer_id)
    for login in ("manager", "director"):
        if the_contract(site, dealer_id).state is ContractState.IN_REVIEW:
            approves(seat(login, size=PHONE), contract)
    contract = the_contract(site, dealer_id)
    assert contract.state is ContractState.APPROVED
    opens_the_gate(seat("manager"), contract)
    link = gives_the_pen(rep, contract)
    signs(site, seat(size=TABLET), link, contract)
    rep.goto(f"{EVENT}/contracts/{contract.id}")
    looked_at(rep, "line-08b-contract")
    seals(seat("director"), contract)

    content = sealed_bytes(site, contract)
    target = tmp_path / "sealed.pdf"
    target.write_bytes(content)
    for number in range(1, contract.document_pages + 2):
        picture = pdf_picture.page_picture(content, number, width=900)
        if SHOTS:
            Path(f"{SHOTS}/sealed-{number:02}.png").write_bytes(picture)
    if shutil.which("pdfsig"):
        told = subprocess.run(["pdfsig", target], capture_output=True, text=True, check=False).stdout
        assert "Signature is Valid" in told
        assert "Total document signed" in told
    anybody = seat()
    anybody.goto(f"/verify/{contract.number}")
    looked_at(anybody, "line-11-verify")
    anybody.locator("input[type=file]").set_input_files(target)
    anybody.locator("form button").last.click()
    anybody.wait_for_load_state("networkidle")
    looked_at(anybody, "line-12-verified")

    planner = seat("planner")
    planner.goto(f"{EVENT}/wall")
    planner.locator("form[action$='/wall'] .submit-bar button").click()
    screen = seat(size=(1920, 1080))
    screen.goto(planner.locator(".wall-link").inner_text())
    planner.locator(f"form[action$='/{contract.id}/up'] button").click()
    screen.locator("[data-entry].is-greeted").wait_for()
    looked_at(planner, "line-13-wall-controls")
    shot(screen, "line-14-wall")
    rep.goto(f"{EVENT}/contracts/{contract.id}")
    looked_at(rep, "line-15-contract")
    rep.locator(f"a[href='/contracts/{contract.id}/trail']").first.click()
    with site.app.app_context():
        owed = list(db.session.scalars(select(Receivable).where(Receivable.contract_id == contract.id)))
        grants = db.session.scalars(select(TerritoryGrant.state).where(TerritoryGrant.contract_id == contract.id))
        assert sum(row.amount for row in owed) == contract.total + contract.deposit
        assert set(grants) == {TerritoryState.SIGNED}


def sealed_bytes(site, contract):
    with site.app.app_context():
        return files.read(db.session.get_one(Seal, contract.id).file, folder=site.app.config["SIGNING_DAY_HOME"])
