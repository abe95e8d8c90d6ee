"""Printed, signed in ink, stamped, photographed askew with a phone, matched by its codes, compared, sealed."""

import subprocess
from io import BytesIO

import pikepdf
from PIL import Image
from sqlalchemy import select

from app import files, pdf_picture
from app.access import Role
from app.blueprints.contracts.document import print as documents
from app.blueprints.signing.paper.flattening import Print, codes_of
from app.extensions import db
from app.models import Contract, ContractState, EventStatus, Mark, PaperScan, Party, Receivable, Seal, SigningWay
from app.sealing import certificate
from app.sealing.verifier import Verdict, verify
from tests.browser.conftest import PHONE, axe_findings, overflow
from tests.browser.test_signing import shot, write
from tests.contracts import samples
from tests.signing.photographs import photo, places, sheet


def looked_at(page, name):
    assert axe_findings(page) == [], name
    assert overflow(page) <= 0, name
    shot(page, name)


def printed_by_the_host(site, open_page, contract):
    host = open_page(Role.SALES_MANAGER, size=PHONE, locale="zh-CN")
    host.goto(f"/contracts/{contract.id}/signing")
    host.locator("button[name=way][value=paper]").click()
    host.locator("#last4").fill("123x")
    host.locator("form[action$='/identity'] .submit-bar button").click()
    host.locator("a[href$='/paper']").click()
    host.locator("form[action$='/paper/print']").wait_for()
    token = host.locator("input[name=csrf_token]").first.get_attribute("value") or ""
    answer = host.request.post(f"{site.url}/contracts/{contract.id}/paper/print", form={"csrf_token": token})
    return host, answer.body()


def photographs(printed, pages, folder):
    """A photo of each page; the first one lies on its side, the last one is signed and stamped."""
    page, signature, stamp = places(documents.reread(printed))[Party.DEALER]
    assert page == pages
    taken = []
    for number in range(1, pages + 1):
        marks = {"signed_at": signature, "stamped_at": stamp} if number == page else {}
        content = photo(sheet(printed, number, **marks), seed=number, turned=90 if number == 1 else 0)
        taken.append(folder / f"IMG_{4000 + number}.jpg")
        taken[-1].write_bytes(content)
    return taken


def bring_in(page, pictures):
    page.locator("#scans").set_input_files(pictures)
    page.locator("form[action$='/scans'] .submit-bar button").click()
    page.locator("#scans").wait_for()


def lies_flat(site, contract, printed):
    """The codes on each kept scan stand where the printer put them, within a millimetre and a half."""
    with site.app.app_context():
        folder = site.app.config["SIGNING_DAY_HOME"]
        scans = list(db.session.scalars(select(PaperScan).order_by(PaperScan.page)))
        kept = {each.page: files.read(each.file, folder=folder) for each in scans}
        document = db.session.get_one(Contract, contract.id).document
        assert document is not None
        reference = Print(files.read(document, folder=folder), contract.number)
        for number, content in kept.items():
            picture = Image.open(BytesIO(content))
            size, codes = reference.codes(number)
            assert picture.size == size
            seen = codes_of(picture.convert("L"))
            assert seen.keys() >= codes.keys(), number
            for text, corners in codes.items():
                for (x, y), (u, v) in zip(corners, seen[text], strict=True):
                    assert abs(x - u) < 12 > abs(y - v)  # of 1654 pixels across
    return sorted(kept)


def test_the_paper_way_from_the_printer_to_the_seal(site, open_page, monkeypatch, tmp_path):
    event = site.build.event(slug="today", name="华中区渠道招商会", organizer="晨曦医疗", status=EventStatus.RUNNING)
    rep = site.build.user(Role.SALES_REP, name="李晓雯")
    contract = samples.before_the_pen(site.build, monkeypatch, event, rep)
    pages = contract.document_pages
    host, printed = printed_by_the_host(site, open_page, contract)
    taken = photographs(printed, pages, tmp_path)
    host.reload()
    bring_in(host, taken)  # the host takes the photos with a phone, and brings all of them in at once
    looked_at(host, "paper-2-brought")
    assert lies_flat(site, contract, printed) == list(range(1, pages + 1))

    clerk = open_page(Role.CONTRACT_ADMINISTRATOR, locale="zh-CN")
    clerk.goto(f"/contracts/{contract.id}/paper")
    clerk.locator("#p1 img").first.wait_for()
    looked_at(clerk, "paper-3-clerk")
    clerk.locator("#p2 summary").click()
    clerk.locator("#p2 [name=reason]").fill("右下角被手指挡住")
    clerk.locator("#p2 .btn-danger").click()
    clerk.locator("#p2 .paper-reason").wait_for()
    host.reload()
    assert "右下角被手指挡住" in host.locator("#p2").inner_text()
    bring_in(host, [taken[1]])
    clerk.reload()
    for number in range(1, pages + 1):
        clerk.locator(f"#p{number} form[action$='/accept'] button").click()
        clerk.locator(f"#p{number} form[action$='/accept']").wait_for(state="detached")
    clerk.locator("form[action$='/finish'] .submit-bar button").click()
    clerk.locator("form[action$='/finish']").wait_for(state="detached")
    with site.app.app_context():
        mark = db.session.scalars(select(Mark)).one()
        assert (mark.party, mark.way) == (Party.DEALER, SigningWay.PAPER)

    officer = open_page(Role.DIRECTOR, locale="zh-CN")
    officer.goto(f"/contracts/{contract.id}/countersign")
    looked_at(officer, "paper-4-countersign")
    write(officer)
    officer.locator("#title").fill("董事长")
    officer.get_by_role("button", name="签署并盖章").click()
    officer.wait_for_url(f"**/contracts/{contract.id}/trail")

    path = tmp_path / "sealed.pdf"
    path.write_bytes(officer.context.request.get(f"/contracts/{contract.id}/sealed.pdf").body())
    with site.app.app_context():
        assert db.session.get_one(Contract, contract.id).state is ContractState.COUNTERSIGNED
        assert db.session.get_one(Seal, contract.id).file.sha256
        assert verify(path.read_bytes(), certificate.known(site.app.config)).verdict is Verdict.UNCHANGED
        assert db.session.scalars(select(Receivable.contract_id)).all() == [contract.id]
    said = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    with pikepdf.open(path) as document:
        count = len(document.pages)
    assert count > pages + 1  # the scan, a page with our signature, and the certificate
    assert red(pdf_picture.page_image(path.read_bytes(), pages, width=1000)) > 400  # the dealer's stamp is still there


def red(picture):
    colours = picture.convert("RGB").get_flattened_data()
    return sum(1 for r, g, b in colours if r > 130 and r > g + 60 and r > b + 50)
