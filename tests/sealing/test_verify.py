"""Tampering: whatever is done to a sealed file, it never passes for unchanged again."""

import asyncio
import re
import time
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from app.sealing import certificate, verifier
from app.sealing.sealer import seal
from app.sealing.verifier import Verdict, verify
from tests.sealing.conftest import AT, apart, config

RANGE = re.compile(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]")


def gap(data):
    found = RANGE.search(data)
    assert found is not None
    start, end, _ = map(int, found.groups())
    return start, end


def rewritten(data, **options):
    target = BytesIO()
    with pikepdf.open(BytesIO(data)) as document:
        document.save(target, **options)
    return target.getvalue()


def appended(data):
    """A revision behind the seal that hides the first page's text, as an honest PDF program would write it."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
    writer.update_container(page)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.fixture(scope="session")
def ours(key):
    return [key.certificate]


def test_what_was_sealed_is_unchanged(sealed, ours):
    found = verify(sealed, ours)
    assert found.verdict is Verdict.UNCHANGED
    assert found.seal is not None
    assert found.sha256 == found.seal.sha256 == sha256(sealed).hexdigest()
    assert found.seal.length == len(sealed)
    assert (found.seal.at, found.seal.reason, found.seal.location) == (AT, "合同签章", "杭州")
    assert found.seal.certificate == ours[0]


def test_it_takes_no_time(sealed, ours):
    verify(sealed, ours)
    began = time.process_time()
    for _ in range(10):
        verify(sealed, ours)
    assert (time.process_time() - began) / 10 < 0.1


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_a_changed_byte_is_found(sealed, ours, where, how):
    data = bytearray(sealed)
    data[int(where * len(data))] ^= how
    assert verify(bytes(data), ours).verdict is not Verdict.UNCHANGED


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(0, 1, exclude_max=True), st.sampled_from([0x20, *range(1, 256)]))
@example(0.0, 1)
@example(0.9999, 1)
@example(0.9, 2)
def test_a_changed_byte_in_the_signature_is_found(sealed, ours, where, how):
    start, end = gap(sealed)
    data = bytearray(sealed)
    data[start + int(where * (end - start))] ^= how
    assert verify(bytes(data), ours).verdict is not Verdict.UNCHANGED


def test_no_digit_of_the_signature_may_be_written_otherwise(sealed, ours):
    start, end = gap(sealed)
    used = sealed[start + 1 : end - 1].rstrip(b"0")
    for at in range(start + 1, start + 1 + len(used), 3):
        digit = int(sealed[at : at + 1], 16) ^ 1
        data = sealed[:at] + f"{digit:X}".encode() + sealed[at + 1 :]
        assert verify(data, ours).verdict is Verdict.CHANGED


def test_room_behind_the_signature_stays_empty(sealed, ours):
    _, end = gap(sealed)
    data = sealed[: end - 9] + b"1" + sealed[end - 8 :]
    assert verify(data, ours).verdict is Verdict.CHANGED


def test_an_appended_edit_is_found_although_pyhanko_calls_the_seal_intact(sealed, ours, authority):
    data = appended(sealed)
    root = asn1_x509.Certificate.load(authority.root.public_bytes(Encoding.DER))
    context = ValidationContext(trust_roots=[root], allow_fetching=False, moment=AT)
    status = apart(validate_pdf_signature, PdfFileReader(BytesIO(data)).embedded_signatures[0], context)
    # The trap: three answers that sound like "unchanged", and only the last one tells.
    assert status.intact
    assert status.valid
    assert status.trusted
    assert not status.bottom_line
    found = verify(data, ours)
    assert found.verdict is Verdict.CHANGED_AFTER_SEALING
    assert found.seal is not None
    assert found.seal.length == len(sealed)
    assert found.seal.sha256 == sha256(sealed).hexdigest()
    assert found.sha256 == sha256(data).hexdigest()
    assert found.seal.at == AT


@pytest.mark.parametrize("tail", [b"\n", b"%%EOF\n", b"\0", b"/ByteRange [0 1 2 3]"])
def test_anything_behind_the_seal_is_found(sealed, ours, tail):
    assert verify(sealed + tail, ours).verdict is Verdict.CHANGED_AFTER_SEALING


def test_a_file_cut_short_is_found(sealed, ours):
    assert verify(sealed[:-1], ours).verdict is Verdict.CHANGED
    assert verify(sealed[: len(sealed) // 2], ours).verdict is not Verdict.UNCHANGED


@pytest.mark.parametrize("mode", list(pikepdf.ObjectStreamMode))
def test_a_rewritten_file_is_found(sealed, ours, mode):
    assert verify(rewritten(sealed, object_stream_mode=mode), ours).verdict is Verdict.CHANGED


def test_a_swapped_page_is_found(sealed, other_contract, ours):
    target = BytesIO()
    with pikepdf.open(BytesIO(sealed)) as document, pikepdf.open(BytesIO(other_contract)) as other:
        document.pages[0] = other.pages[0]
        document.save(target)
    assert verify(target.getvalue(), ours).verdict is Verdict.CHANGED


def test_another_contracts_signature_is_found(sealed, other_sealed, contract, ours, key):
    start, end = gap(sealed)
    theirs = slice(*gap(other_sealed))
    signature = other_sealed[theirs][: end - start - 1].ljust(end - start - 1, b"0") + b">"
    assert verify(sealed[:start] + signature + sealed[end:], ours).verdict is Verdict.CHANGED
    # The same with an edited text under the true seal's dictionary.
    later = seal(contract, key=key, at=AT + timedelta(hours=1)).pdf
    assert verify(later[: gap(later)[0]] + sealed[start:], ours).verdict is not Verdict.UNCHANGED


def test_a_signature_of_somebody_else_behind_ours_is_found(sealed, ours, authority, tmp_path):
    path = authority.pkcs12(tmp_path / "x.p12", "", AT - timedelta(days=1), AT + timedelta(days=1), name="别家公司")
    signer = SimpleSigner.load_pkcs12(str(path))
    assert signer is not None
    with pytest.raises(SigningError):  # an honest program keeps to the seal, which forbids all changes
        apart(sign_pdf, IncrementalPdfFileWriter(BytesIO(sealed)), PdfSignatureMetadata(field_name="Other"), signer)
    steps = PdfCMSEmbedder().write_cms("Other", IncrementalPdfFileWriter(BytesIO(sealed)))
    next(steps)
    steps.send(SigObjSetup(SignatureObject(timestamp=AT, bytes_reserved=8000)))
    prepared, output = steps.send(SigIOSetup(md_algorithm="sha256"))
    steps.send(apart(asyncio.run, signer.async_sign(prepared.document_digest, "sha256")))
    found = verify(output.getvalue(), ours)
    assert found.verdict is Verdict.CHANGED_AFTER_SEALING
    assert found.seal is not None
    assert found.seal.length == len(sealed)


def test_a_second_seal_over_an_edited_copy_is_not_ours(sealed, authority, tmp_path, contract, ours):
    path = authority.pkcs12(tmp_path / "x.p12", "", AT - timedelta(days=1), AT + timedelta(days=1), name="别家公司")
    foreign = certificate.ours(config(tmp_path, SEAL_CERTIFICATE=str(path)))
    found = verify(seal(contract, key=foreign, at=AT).pdf, ours)
    assert found.verdict is Verdict.NOT_OURS
    assert found.signer == "别家公司"
    assert found.seal is None


def test_a_certificate_that_only_looks_like_ours_is_not(contract, ours, tmp_path):
    twin = certificate.ours(config(tmp_path, COMPANY_NAME="北辰厨卫有限公司"))
    made = seal(contract, key=twin, at=AT).pdf
    assert verify(made, ours).verdict is Verdict.NOT_OURS
    assert verify(made, [*ours, twin.certificate]).verdict is Verdict.UNCHANGED


def test_a_file_without_a_seal(contract, ours):
    assert verify(contract, ours).verdict is Verdict.NOT_SEALED
    assert verify(rewritten(contract, encryption=pikepdf.Encryption(owner="o", user="u")), ours).verdict is (
        Verdict.NOT_SEALED
    )


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xff\xd8\xff" + bytes(5000), "合同".encode() * 1000])
def test_what_is_no_pdf(data, ours):
    assert verify(data, ours).verdict is Verdict.NOT_A_PDF


def nested(depth):
    body = b"[" * depth + b"]" * depth
    return b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/X " + body + b">>\nendobj\ntrailer<</Root 1 0 R>>\n"


HOSTILE = {
    "deep": nested(200_000),
    "header only": b"%PDF-1.7\n" + bytes(2_000_000),
    "many ranges": b"%PDF-1.7\n" + b"/ByteRange [0 20 40 60]\n" * 50_000,
    "unclosed ranges": b"%PDF-1.7\n" + b"/ByteRange [ 0 " * 200_000,
    "long numbers": b"%PDF-1.7\n/ByteRange [0 " + b"9" * 100_000 + b" 1 1]",
    "loop": b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF",
    "no signature in the gap": b"%PDF-1.7\n"
    + b"/ByteRange [0 99 1099 50]".ljust(90)
    + b"<"
    + b"30" * 499
    + b">"
    + bytes(50),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_trap_ends_in_a_verdict(data, ours):
    began = time.monotonic()
    assert verify(data, ours).verdict in {Verdict.NOT_A_PDF, Verdict.NOT_SEALED, Verdict.NOT_OURS}
    assert time.monotonic() - began < verifier._PATIENCE_SECONDS


def test_a_bomb_ends_in_a_verdict(ours):
    """A stream of objects that unpacks to a thousand times its size."""
    packed = BytesIO()
    with pikepdf.new() as document:
        document.Root.X = document.make_stream(b"\0" * (64 << 20))
        document.save(packed, compress_streams=True)
    assert verify(packed.getvalue(), ours).verdict is Verdict.NOT_SEALED


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_in_the_gap_end_in_a_verdict(content):
    head = b"%PDF-1.7\n"
    hexed = b"<" + content.hex().upper().encode() + b">"
    start, end = 60, 60 + len(hexed)
    data = (head + f"/ByteRange [0 {start} {end} 3]".encode()).ljust(start) + hexed + b"end"
    assert verifier._places(data)
    assert verifier._at(data, verifier._places(data)[0]) is None or content[:1] == b"0"
