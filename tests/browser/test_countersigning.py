"""From the dealer's finger on a tablet to the sealed PDF: countersigned, looked at, verified, on the wall, and owed."""

import os
import subprocess
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import select

from app import files, pdf_picture
from app.access import Role
from app.blueprints.contracts.document import print as documents
from app.extensions import db
from app.models import Contract, ContractState, EventStatus, Party, Receivable, Seal, WallEntry
from app.sealing import certificate
from app.sealing.verifier import Verdict, verify
from tests.browser.conftest import PHONE, axe_findings, overflow
from tests.browser.test_signing import TABLET, read_all, write
from tests.contracts import samples

SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
def contract(site, monkeypatch):
    """A contract with a real document: three pages with fields to sign in."""
    event = site.build.event(slug="today", name="华中区渠道招商会", organizer="晨曦医疗", status=EventStatus.RUNNING)
    rep = site.build.user(Role.SALES_REP, name="李晓雯")
    return samples.before_the_pen(site.build, monkeypatch, event, rep)


def signed_on_the_tablet(open_page, contract):
    host = open_page(Role.SALES_MANAGER)
    host.goto(f"/contracts/{contract.id}/signing")
    host.locator("button[name=way][value=tablet]").click()
    host.locator("#last4").fill("123x")
    host.locator("form[action$='/identity'] .submit-bar button").click()
    link = host.locator("a[href*='/sign/']").get_attribute("href")
    tablet = open_page(size=TABLET)
    tablet.goto(link)
    tablet.locator("[data-page='1']").wait_for()
    read_all(tablet)
    write(tablet)
    tablet.locator("[data-agree]").check()
    tablet.locator("[data-show]").check()
    tablet.locator("[data-sign]").click()
    tablet.locator("[data-stage=signed]").wait_for()
    return tablet


def fault_free(page, name):
    assert axe_findings(page) == []
    assert overflow(page) <= 0
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


@pytest.mark.browser
def test_from_the_finger_to_the_seal(site, open_page, contract, tmp_path):
    tablet = signed_on_the_tablet(open_page, contract)
    officer = open_page(Role.DIRECTOR, locale="zh-CN")
    officer.goto("/events/today/countersign")
    fault_free(officer, "queue")
    officer.locator(f"a.btn[href='/contracts/{contract.id}/countersign']").click()
    officer.locator("[data-officer-pad] canvas").wait_for()
    fault_free(officer, "countersign")
    write(officer)
    officer.locator("#keeps").check()
    officer.locator("#title").fill("董事长")
    officer.get_by_role("button", name="签署并盖章").click()
    officer.wait_for_url(f"**/contracts/{contract.id}/trail")
    fault_free(officer, "trail")

    # The document as it is opened by others.
    path = tmp_path / "sealed.pdf"
    path.write_bytes(officer.context.request.get(f"/contracts/{contract.id}/sealed.pdf").body())
    with site.app.app_context():
        seal = db.session.get_one(Seal, contract.id)
        assert files.read(seal.file, folder=site.app.config["SIGNING_DAY_HOME"]) == path.read_bytes()
        assert verify(path.read_bytes(), certificate.known(site.app.config)).verdict is Verdict.UNCHANGED
        assert db.session.get_one(Contract, contract.id).state is ContractState.COUNTERSIGNED
        assert [each.amount for each in db.session.scalars(select(Receivable))] == [Decimal(20_000)]
        copy = f"/copy/{seal.copy_token}"
    said = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert looks_signed(path.read_bytes(), contract)

    # The dealer's page offers the copy by itself; the wall shows the name once it is let up.
    tablet.locator("a[href*='/copy/']").wait_for()
    fault_free(tablet, "tablet-copy")
    phone = open_page(size=PHONE)
    phone.goto(copy)
    fault_free(phone, "copy")
    phone.goto(f"/verify/{contract.number}")
    phone.locator("#file").set_input_files(str(path))
    phone.locator("main form button").click()
    phone.locator(".pub-answer.tone-success").wait_for()
    fault_free(phone, "verified")
    path.write_bytes(path.read_bytes() + b"\n")
    phone.locator("#file").set_input_files(str(path))
    phone.locator("main form button").click()
    phone.locator(".pub-answer.tone-danger").wait_for()
    planner = open_page(Role.PLANNER)
    planner.goto("/events/today/wall")
    planner.locator("form[action$='/wall'] button").click()
    planner.locator(
        f"form[action*='/{contract.id}/up'] button, form[action*='wall/{contract.id}'] button"
    ).first.click()
    planner.wait_for_load_state()
    with site.app.app_context():
        assert db.session.get_one(WallEntry, contract.id).released_at is not None


def looks_signed(content, contract):
    """Both fields of the signature page have blue ink, and the certificate page follows."""
    with pikepdf.open(BytesIO(content)) as document:
        pages = len(document.pages)
    assert pages > contract.document_pages
    boxes = documents.reread(content).boxes
    assert set(boxes) == set(Party)

    for box in boxes.values():
        picture = Image.open(BytesIO(pdf_picture.page_picture(content, box.page + 1, width=1190))).convert("RGB")
        scale = picture.width / 595
        part = picture.crop(
            (
                round(box.x * scale),
                round(picture.height - (box.y + box.height) * scale),
                round((box.x + box.width) * scale),
                round(picture.height - box.y * scale),
            )
        )
        colours: list[Any] = list(part.get_flattened_data())
        inked = sum(1 for red, _green, blue in colours if blue > red + 40)
        assert inked > 150, inked
    return True
