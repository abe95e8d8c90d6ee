"""Whether a PDF is what we sealed, to the last byte.

A seal signs every byte of the file outside the gap that holds the signature, and the signature has exactly one
spelling. So nothing of the PDF needs to be parsed to say "unchanged", and no trick of a PDF reader can be played
here: no revision put behind the seal, no second object of the same number. Only files that are not unchanged are
opened at all, to say what became of the seal, by a child process under limits.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.sealing import timestamps
from app.sealing.certificate import Certificate
from app.sealing.envelope import Envelope, holds, read
from app.sealing.marks import marks

FINDER: Final = Path(__file__).with_name("finder.py")
# The finder limits its own CPU time; this one is for a machine that stands still.
_PATIENCE_SECONDS: Final = 20
# Files beyond this are no contract of ours, and are not opened to look for remains of a seal.
_LARGEST_OPENED: Final = 64 * 1024 * 1024
_LARGEST_GAP: Final = 256 * 1024
_MOST_GAPS: Final = 16
_HEADER_WITHIN: Final = 1024
_RANGE: Final = re.compile(rb"/ByteRange\s{0,8}\[\s{0,8}0\s{1,8}(\d{1,12})\s{1,8}(\d{1,12})\s{1,8}(\d{1,12})\s{0,99}\]")
_GAP: Final = re.compile(rb"<[0-9A-F]*>")


class Verdict(StrEnum):
    """What became of a document."""

    UNCHANGED = "unchanged"
    CHANGED_AFTER_SEALING = "changed_after_sealing"  # the seal holds, but something was appended behind it
    CHANGED = "changed"  # it bears our seal, and the seal does not hold
    NOT_OURS = "not_ours"  # signed, by somebody else's certificate
    NOT_SEALED = "not_sealed"
    NOT_A_PDF = "not_a_pdf"


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal found. What a changed document says of itself is not believed: then only `certificate` is given.

    `length` counts the bytes the seal covers from the beginning of the file, `sha256` is the digest of those.
    """

    certificate: Certificate
    sha256: str = ""
    length: int = 0
    at: datetime | None = None
    reason: str = ""
    location: str = ""
    timestamp: timestamps.Timestamp | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict, the digest of the whole file, and the seal; `signer` is the name a foreign signature bears."""

    verdict: Verdict
    sha256: str
    seal: Seal | None = None
    signer: str = ""


class _Place(NamedTuple):
    start: int
    end: int
    length: int


def verify(pdf: bytes, ours: Iterable[Certificate]) -> Verification:
    """Judge a file by the certificates that are ours. Ends in a verdict, whatever the bytes are.

    Time is that of hashing the file for one that is unchanged, some tenths of a second for others.
    """
    digest = sha256(pdf).hexdigest()
    certificates = list(ours)
    places = _places(pdf)
    envelopes = [(place, envelope) for place in places if (envelope := _at(pdf, place))]
    held = [seal for place, envelope in envelopes if (seal := _held(pdf, place, envelope, certificates))]
    if held:
        longest = max(held, key=lambda seal: seal.length)
        whole = longest.length == len(pdf)
        return Verification(Verdict.UNCHANGED if whole else Verdict.CHANGED_AFTER_SEALING, digest, longest)
    return _judged([envelope for _, envelope in envelopes], pdf, digest, certificates)


def _judged(found: list[Envelope], pdf: bytes, digest: str, certificates: Sequence[Certificate]) -> Verification:
    """The verdict on a file that no seal of ours holds."""
    if broken := _claimed(found, certificates) or _remains(pdf, certificates):
        return Verification(Verdict.CHANGED, digest, Seal(broken))
    if b"%PDF-" not in pdf[:_HEADER_WITHIN]:
        return Verification(Verdict.NOT_A_PDF, digest)
    contents = _looked_into(pdf)
    inside = [envelope for one in contents or () if (envelope := read(one))]
    if broken := _claimed(inside, certificates):
        return Verification(Verdict.CHANGED, digest, Seal(broken))
    if found or contents:
        signer = next((envelope.signer for envelope in (*found, *inside) if envelope.signer), "")
        return Verification(Verdict.NOT_OURS, digest, signer=signer)
    return Verification(Verdict.NOT_A_PDF if contents is None else Verdict.NOT_SEALED, digest)


def _places(pdf: bytes) -> list[_Place]:
    """Where signatures say that they are; of very many, the first ones and the last ones."""
    found = []
    for match in _RANGE.finditer(pdf):
        start, end, rest = (int(number) for number in match.groups())
        if 0 < start < end <= len(pdf) and end - start <= _LARGEST_GAP and end + rest <= len(pdf):
            found.append(_Place(start, end, end + rest))
    found = list(dict.fromkeys(found))
    half = _MOST_GAPS // 2
    return found if len(found) <= _MOST_GAPS else found[:half] + found[-half:]


def _at(pdf: bytes, place: _Place) -> Envelope | None:
    gap = pdf[place.start : place.end]
    if not _GAP.fullmatch(gap) or len(gap) % 2:
        return None
    return read(bytes.fromhex(gap[1:-1].decode("ascii")))


def _held(pdf: bytes, place: _Place, envelope: Envelope, certificates: Iterable[Certificate]) -> Seal | None:
    """The seal at this place if it is ours and holds for the bytes it covers."""
    certificate = next((one for one in certificates if envelope.claims(one)), None)
    if certificate is None:
        return None
    used = 2 * len(envelope.raw)
    if pdf[place.start + 1 + used : place.end - 1].strip(b"0"):
        return None
    view = memoryview(pdf)
    summed = sha256(view[: place.start])
    summed.update(view[place.end : place.length])
    if summed.digest() != envelope.digest or not holds(envelope, certificate):
        return None
    token = None
    if envelope.token is not None:
        token = timestamps.read(envelope.token, envelope.signature)
        if token is None:
            return None
    said = marks(pdf[place.end : place.length])
    whole = sha256(view[: place.length]).hexdigest()
    return Seal(certificate, whole, place.length, said.at, said.reason, said.location, token)


def _claimed(envelopes: Iterable[Envelope], certificates: Sequence[Certificate]) -> Certificate | None:
    return next((one for envelope in envelopes for one in certificates if envelope.claims(one)), None)


def _remains(pdf: bytes, certificates: Iterable[Certificate]) -> Certificate | None:
    """The certificate of ours in a signature too broken to be read: either of two parts of it gives it away."""
    for one in certificates:
        key = one.leaf.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        if any(part.hex().upper().encode() in pdf for part in (key, one.leaf.signature)):
            return one
    return None


def _looked_into(pdf: bytes) -> list[bytes] | None:
    """The contents of all signatures that a PDF reader would find; None where it cannot open the file."""
    if len(pdf) > _LARGEST_OPENED:
        return []
    try:
        child = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-P", str(FINDER)], input=pdf, capture_output=True, timeout=_PATIENCE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    if child.returncode != 0:
        return None
    return [bytes.fromhex(one) for one in json.loads(child.stdout)]
