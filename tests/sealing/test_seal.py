"""Sealing: what pyHanko and poppler say of it, what stays of the PDF, and what cannot be sealed."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from app import pdf
from app.sealing import certificate
from app.sealing.errors import (
    AlreadySealed,
    CertificateExpired,
    CertificateNotYetValid,
    NotSealable,
)
from app.sealing.sealer import FIELD, Box, seal
from app.sealing.verifier import Verdict, verify
from tests.sealing.archival import faults
from tests.sealing.conftest import AT, BOX, apart, config


def judged(data, authority):
    root = asn1_x509.Certificate.load(authority.root.public_bytes(Encoding.DER))
    context = ValidationContext(trust_roots=[root], allow_fetching=False, moment=AT)
    (signature,) = PdfFileReader(BytesIO(data)).embedded_signatures
    return apart(validate_pdf_signature, signature, context)


def test_a_seal_is_valid_for_pyhanko(sealed, authority):
    status = judged(sealed, authority)
    assert status.bottom_line
    assert status.docmdp_ok


def test_a_seal_is_valid_for_poppler(sealed, tmp_path):
    assert shutil.which("pdfsig"), "set-up brings poppler-utils"
    (tmp_path / "sealed.pdf").write_bytes(sealed)
    said = subprocess.check_output(["pdfsig", "-nocert", "sealed.pdf"], cwd=tmp_path, text=True)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def test_the_document_stays_as_it_was_and_nothing_may_follow(contract, sealed):
    assert sealed.startswith(contract)
    with pikepdf.open(BytesIO(sealed)) as document:
        (widget,) = document.Root.AcroForm.Fields
        assert widget.T == FIELD
        assert [float(edge) for edge in widget.Rect] == [60, 60, 260, 120]
        assert document.Root.Perms.DocMDP.Reference[0].TransformParams.P == 1
        assert widget.V.Reason == "合同签章"
        assert widget.V.Location == "杭州"


def test_a_sealed_archive_stays_an_archive(sealed):
    assert faults(sealed) == []


def test_what_is_no_archive_is_seen(sealed):
    assert "output intent" in faults(pdf.render("<p>合同</p>"))
    with pikepdf.open(BytesIO(sealed)) as document:
        document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary())
        document.pages[0].AA = pikepdf.Dictionary()
        document.Root.AcroForm.Fields[0].F = 2
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                del item["/FontFile2"]
        target = BytesIO()
        document.save(target)
    assert {"script", "additional actions", "note not printed", "face not embedded"} <= set(faults(target.getvalue()))


def test_the_seal_can_be_read_on_its_page(sealed, tmp_path):
    (tmp_path / "sealed.pdf").write_bytes(sealed)
    with pikepdf.open(BytesIO(sealed)) as document:
        page = str(len(document.pages))
    box = ["-x", "60", "-y", str(842 - 120), "-W", "200", "-H", "60"]
    command = ["pdftoppm", "-r", "72", "-f", page, "-l", page, "-gray", *box, "sealed.pdf", "part"]
    subprocess.run(command, cwd=tmp_path, check=True)
    (picture,) = tmp_path.glob("part*.pgm")
    dark = sum(shade < 160 for shade in picture.read_bytes()[15:])
    assert dark > 150


def test_an_invisible_seal(contract, key):
    made = seal(contract, key=key, at=AT)
    assert verify(made.pdf, [key.certificate]).verdict is Verdict.UNCHANGED
    with pikepdf.open(BytesIO(made.pdf)) as document:
        (widget,) = document.Root.AcroForm.Fields
        assert [float(edge) for edge in widget.Rect] == [0, 0, 0, 0]


def test_what_comes_back(contract, key):
    made = seal(contract, key=key, at=AT + timedelta(microseconds=5), box=BOX)
    assert made.sha256 == sha256(made.pdf).hexdigest()
    assert made.at == AT
    assert made.timestamp is None
    assert made.certificate == key.certificate


def test_a_key_on_a_curve_seals_too(contract, authority, tmp_path):
    path = authority.pkcs12(tmp_path / "ec.p12", "", AT - timedelta(days=1), AT + timedelta(days=1), curve=True)
    key = certificate.ours(config(tmp_path, SEAL_CERTIFICATE=str(path)))
    made = seal(contract, key=key, at=AT)
    assert verify(made.pdf, [key.certificate]).verdict is Verdict.UNCHANGED
    assert judged(made.pdf, authority).bottom_line


def test_the_clock_decides_whether_the_certificate_holds(contract, key):
    with pytest.raises(CertificateExpired):
        seal(contract, key=key, at=key.certificate.not_after + timedelta(seconds=1))
    with pytest.raises(CertificateNotYetValid):
        seal(contract, key=key, at=datetime(2001, 1, 1, tzinfo=UTC))


def test_a_seal_outlives_its_certificate(contract, key):
    made = seal(contract, key=key, at=key.certificate.not_after - timedelta(seconds=1))
    assert verify(made.pdf, [key.certificate]).verdict is Verdict.UNCHANGED


def test_nothing_is_sealed_twice(sealed, key):
    with pytest.raises(AlreadySealed):
        seal(sealed, key=key, at=AT)


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\n", b"%PDF-1.7\nstartxref\n99999\n%%EOF"])
def test_what_is_no_pdf_is_not_sealed(data, key):
    with pytest.raises(NotSealable):
        seal(data, key=key, at=AT)


def test_a_page_that_is_not_there(contract, key):
    with pytest.raises(NotSealable):
        seal(contract, key=key, at=AT, box=Box(99, 0, 0, 10, 10))


def test_an_encrypted_document_is_not_sealed(contract, key):
    target = BytesIO()
    with pikepdf.open(BytesIO(contract)) as document:
        document.save(target, encryption=pikepdf.Encryption(owner="o", user=""))
    with pytest.raises(NotSealable):
        seal(target.getvalue(), key=key, at=AT)


def test_a_plain_pdf_can_be_sealed(key):
    made = seal(pdf.render("<p>plain</p>"), key=key, at=AT)
    assert verify(made.pdf, [key.certificate]).verdict is Verdict.UNCHANGED
