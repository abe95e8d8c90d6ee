"""Puts the company's seal on a PDF: a PAdES signature over every byte, after which nothing may be changed."""

import asyncio
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any, Final

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigAppearanceSetup,
    SigIOSetup,
    SigMDPSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.sealing import timestamps
from app.sealing.appearance import drawn
from app.sealing.certificate import Certificate, SealingKey, moment
from app.sealing.envelope import DIGEST, build, mechanism, read
from app.sealing.errors import AlreadySealed, NotSealable, SealDoesNotHold, SealingError, TimestampUnavailable
from app.sealing.verifier import Verdict, verify

FIELD: Final = "Seal"
# Room kept for what is not known before the document is written: attributes and signature, and a timestamp.
_ROOM: Final = 2_048
_TIMESTAMP_ROOM: Final = 12_288
# What pyHanko raises on a PDF that is not what it claims to be.
_BROKEN: Final = (ValueError, TypeError, KeyError, IndexError, AttributeError, NotImplementedError, RecursionError)


@dataclass(frozen=True, slots=True)
class Box:
    """Where the seal shows: a page counted from 0 (-1 is the last) and points from its lower left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed document. `sha256` is the digest of exactly these bytes, in hexadecimal digits."""

    pdf: bytes
    sha256: str
    at: datetime
    certificate: Certificate
    timestamp: timestamps.Timestamp | None


def seal(
    pdf: bytes,
    *,
    key: SealingKey,
    at: datetime,
    reason: str = "",
    location: str = "",
    box: Box | None = None,
    lines: Sequence[str] = (),
    server: timestamps.Server | None = None,
) -> Sealed:
    """Seal a PDF at an instant; its own bytes stay as they are and the seal is appended.

    With a `box` the `lines` are shown in it, without one the seal is invisible. The PDF stays the PDF/A it was.
    Raises CertificateExpired, CertificateNotYetValid, AlreadySealed, NotSealable, TimestampUnavailable (worth
    trying again), TimestampRefused or SealDoesNotHold; nothing has happened then.
    """
    at = moment(at)
    key.certificate.check_valid(at)
    try:
        sealed, token = _sealed(pdf, key, at, _Words(reason, location, box, tuple(lines)), server)
    except SealingError:
        raise
    except (PdfError, SigningError, OSError, *_BROKEN) as fault:
        raise NotSealable from fault
    found = verify(sealed, [key.certificate])
    if found.verdict is not Verdict.UNCHANGED:
        raise SealDoesNotHold
    return Sealed(sealed, sha256(sealed).hexdigest(), at, key.certificate, token)


@dataclass(frozen=True, slots=True)
class _Words:
    reason: str
    location: str
    box: Box | None
    lines: tuple[str, ...]


def _sealed(
    pdf: bytes, key: SealingKey, at: datetime, words: _Words, server: timestamps.Server | None
) -> tuple[bytes, timestamps.Timestamp | None]:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    if writer.prev.embedded_signatures:
        raise AlreadySealed
    if writer.prev.encrypted:
        raise NotSealable
    steps = PdfCMSEmbedder(_field(words.box)).write_cms(FIELD, writer)
    next(steps)
    steps.send(_setup(key, at, words, server))
    prepared, output = steps.send(SigIOSetup(md_algorithm=DIGEST))
    made, token = _signature(key, prepared.document_digest, server)
    steps.send(made)
    return output.getvalue(), token


def _field(box: Box | None) -> SigFieldSpec:
    if box is None:
        return SigFieldSpec(FIELD)
    return SigFieldSpec(FIELD, on_page=box.page, box=_corners(box))


def _corners(box: Box) -> tuple[int, int, int, int]:
    return round(box.x), round(box.y), round(box.x + box.width), round(box.y + box.height)


def _setup(key: SealingKey, at: datetime, words: _Words, server: timestamps.Server | None) -> SigObjSetup:
    size = len(key.certificate.der) + sum(len(one.public_bytes(Encoding.DER)) for one in key.certificate.chain)
    room = size + _ROOM + (_TIMESTAMP_ROOM if server else 0)
    name = key.certificate.organization or key.certificate.name
    placeholder = SignatureObject(
        timestamp=at,
        subfilter=SigSeedSubFilter.PADES,
        name=name,
        location=words.location,
        reason=words.reason,
        bytes_reserved=2 * room,
    )
    return SigObjSetup(
        placeholder,
        mdp_setup=SigMDPSetup(md_algorithm=DIGEST, certify=True, docmdp_perms=MDPPerm.NO_CHANGES),
        appearance_setup=SigAppearanceSetup(_style(words), at, name) if words.box else None,
    )


def _style(words: _Words) -> StaticStampStyle:
    assert words.box is not None
    left, bottom, right, top = _corners(words.box)
    return StaticStampStyle(
        border_width=0,
        background=_Drawn(words.lines, right - left, top - bottom),
        background_layout=SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, Margins(0, 0, 0, 0)),
        background_opacity=1.0,
    )


class _Drawn(PdfContent):
    """Our own drawing as the content of a seal."""

    def __init__(self, lines: Sequence[str], width: int, height: int) -> None:
        super().__init__(box=BoxConstraints(width, height))
        self._page = drawn(lines, width, height)

    def render(self) -> bytes:
        form = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self._page)))
        self.resources.xobject["/Seal"] = form
        return b"/Seal Do"


class _HeldKey(Signer):
    """Signs with the key as it was opened: pyHanko's own signer opens it anew each time, for 50 ms."""

    def __init__(self, key: SealingKey) -> None:
        self._key = key.private
        registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        for one in key.certificate.chain:
            registry.register(asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)))
        super().__init__(
            signing_cert=asn1_x509.Certificate.load(key.certificate.der),
            cert_registry=registry,
            signature_mechanism=mechanism(key.certificate),
        )

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(data, ec.ECDSA(hashes.SHA256()))
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def _finished(work: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine returns, also where a loop runs already in this thread."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, work).result()


def _signature(
    key: SealingKey, digest: bytes, server: timestamps.Server | None
) -> tuple[bytes, timestamps.Timestamp | None]:
    made = _finished(_HeldKey(key).async_sign(digest, DIGEST, use_pades=True)).dump()
    if server is None:
        return made, None
    envelope = read(made)
    assert envelope is not None
    try:
        token = timestamps.ask(server, envelope.signature)
    except TimestampUnavailable:
        if server.required:
            raise
        return made, None
    stamped = build(key.certificate, envelope.certificates, envelope.attributes, envelope.signature, token)
    return stamped, timestamps.read(token, envelope.signature)
