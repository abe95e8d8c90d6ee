"""Anybody may ask: by number without learning who, and by file, of which every change is found."""

from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from app import clock, files, pdf
from app.access import Role
from app.extensions import db
from app.models import Contract, ContractState, Seal, Step, StepKind
from app.sealing import certificate, sealer
from tests.sealing.conftest import config, contract_html
from tests.signing.sitting import drawn, rows, sealed_bytes, signed_by_dealer


@pytest.fixture
def officer(build):
    return build.user(Role.DIRECTOR)


@pytest.fixture
def contract(app, build, event, rep, client, client_of, officer):
    made = signed_by_dealer(app, build, event, rep, client, client_of)
    assert client_of(officer).post(f"/contracts/{made.id}/countersign", data=drawn()).status_code == 303
    return made


@pytest.fixture
def second(app, build, event, rep, client, client_of, officer):
    made = signed_by_dealer(app, build, event, rep, client, client_of)
    assert client_of(officer).post(f"/contracts/{made.id}/countersign", data=drawn()).status_code == 303
    return made


def asked(client, content, number=""):
    """The verdict on a file, as the page's class says it."""
    answer = client.post(f"/verify/{number}", data={"file": (BytesIO(content), "contract.pdf")})
    assert answer.status_code == 200, answer.status_code
    return answer.headers["X-Verdict"]


def rewritten(content, change):
    with pikepdf.open(BytesIO(content)) as document:
        change(document)
        target = BytesIO()
        document.save(target)
    return target.getvalue()


def test_what_was_sealed_is_unchanged(app, client, contract):
    content = sealed_bytes(app, contract)
    assert asked(client, content) == "unchanged"
    assert asked(client, content, contract.number) == "unchanged"
    assert rows(app, Step, contract_id=contract.id, kind=StepKind.VERIFIED) == []  # strangers do not fill the trail


def test_a_flipped_byte_is_found_wherever_it_is(app, client, contract):
    content = sealed_bytes(app, contract)
    for place in (20, len(content) // 3, len(content) // 2, len(content) - 40):
        changed = bytearray(content)
        changed[place] ^= 1
        assert asked(client, bytes(changed)) in {"changed", "not_a_pdf"}


def test_pages_that_changed_places_are_found(app, client, contract):
    def swap(document):
        document.pages.append(document.pages[0])
        del document.pages[0]

    assert asked(client, rewritten(sealed_bytes(app, contract), swap)) == "changed"


def test_an_edit_appended_behind_the_seal_is_found(app, client, contract):
    writer = IncrementalPdfFileWriter(BytesIO(sealed_bytes(app, contract)))
    writer.root["/Lang"] = pdf_string("en")
    writer.update_root()
    target = BytesIO()
    writer.write(target)
    assert asked(client, target.getvalue()) == "changed_after_sealing"
    assert asked(client, sealed_bytes(app, contract) + b"\n%more", contract.number) == "changed_after_sealing"


def test_another_contracts_signature_does_not_hold_here(app, client, contract, second):
    ours, theirs = sealed_bytes(app, contract), sealed_bytes(app, second)

    def gap(content):
        at = content.index(b"/ByteRange")
        start = content.rindex(b"/Contents <", 0, len(content)) + len(b"/Contents ")
        assert at
        return start, content.index(b">", start) + 1

    (start, end), (begin, until) = gap(ours), gap(theirs)
    assert asked(client, ours[:start] + theirs[begin:until].ljust(end - start, b"0") + ours[end:]) == "changed"
    assert asked(client, theirs, contract.number) == "another"


def test_somebody_elses_seal_is_not_ours(app, client, contract, tmp_path):
    key = certificate.ours(config(tmp_path, COMPANY_NAME="Signing Day"))  # the same name, another key
    foreign = sealer.seal(pdf.render(contract_html(pages=1)), key=key, at=clock.now()).pdf
    assert asked(client, foreign) == "not_ours"


def test_drafts_and_other_files(app, client, contract):
    with app.app_context():
        row = db.session.get_one(Contract, contract.id).document
        assert row is not None
        document = files.read(row, folder=app.config["SIGNING_DAY_HOME"])
    assert asked(client, document) == "not_sealed"
    assert asked(client, b"hello") == "not_a_pdf"
    assert client.post("/verify/", data={}).status_code == 422


def test_our_seal_on_what_the_register_does_not_hold(app, client, contract):
    with app.app_context():
        content = sealed_bytes(app, contract)
        db.session.delete(db.session.get_one(Seal, contract.id))
        db.session.commit()
    assert asked(client, content) == "unknown"


def test_a_number_tells_nobody_who(app, client, contract):
    with app.app_context():
        company = db.session.get_one(Contract, contract.id).dealer.company
    page = client.get(f"/verify/{contract.number}")
    assert page.status_code == 200
    assert company not in page.text
    assert "张三" not in page.text
    assert client.get("/verify/JX-2026-99999").status_code == 404
    assert client.get("/verify/").status_code == 200


def test_a_void_contract_is_said_to_be_void(app, client, client_of, build, contract):
    clerk = client_of(build.user(Role.CONTRACT_ADMINISTRATOR))
    assert clerk.post(f"/contracts/{contract.id}/void", data={"why": "x"}).status_code == 422
    assert clerk.post(f"/contracts/{contract.id}/void", data={"why": "signed twice"}).status_code == 303
    assert rows(app, Contract, id=contract.id)[0].state is ContractState.VOID
    assert client.get(f"/verify/{contract.number}").headers["X-Standing"] == "void"
    assert asked(client, sealed_bytes(app, contract)) == "unchanged"  # the bytes are what they were


def test_ours_who_verify_leave_a_step(app, client_of, officer, contract):
    assert asked(client_of(officer), sealed_bytes(app, contract)) == "unchanged"
    (step,) = rows(app, Step, contract_id=contract.id, kind=StepKind.VERIFIED)
    assert step.detail == {"verdict": "unchanged"}


def test_the_copy_is_the_frozen_file_and_leaves_a_step(app, client, contract):
    (seal,) = rows(app, Seal, contract_id=contract.id)
    link = f"/copy/{seal.copy_token}"
    assert client.get(link).status_code == 200
    assert client.get(link + "/contract.pdf").data == sealed_bytes(app, contract)
    assert [each.sha256_after for each in rows(app, Step, kind=StepKind.DOWNLOADED)] == [seal.sha256]
    assert client.get("/copy/nobody").status_code == 404
    with clock.stopped_at(seal.copy_until):
        assert client.get(link).status_code == 410
        assert client.get(link + "/contract.pdf").status_code == 410


def test_the_evidence_is_whole(app, client_of, officer, contract):
    answer = client_of(officer).get(f"/contracts/{contract.id}/evidence.zip")
    with ZipFile(BytesIO(answer.data)) as archive:
        listed = dict(line.split("  ")[::-1] for line in archive.read("SHA256SUMS").decode().splitlines())
        assert listed.keys() == set(archive.namelist()) - {"SHA256SUMS"}
        for name, digest in listed.items():
            assert sha256(archive.read(name)).hexdigest() == digest
        assert {"strokes-dealer.svg", "strokes-company.svg", "steps.json", "steps.csv", "seal.json"} <= listed.keys()
    assert client_of(officer).get(f"/contracts/{contract.id}/sealed.pdf").data == sealed_bytes(app, contract)
