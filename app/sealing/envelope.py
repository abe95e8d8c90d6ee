"""The signature itself: the CMS structure that lies in the gap of a sealed PDF.

A reader of CMS takes many spellings of the same thing. Ours has exactly one: `build` makes it, and what is found
in a file holds only if `build` makes the same bytes from its parts. So no byte of it can change unnoticed.
"""

from dataclasses import dataclass
from typing import Any, Final

from asn1crypto import algos, cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from app.sealing.certificate import Certificate

DIGEST: Final = "sha256"
# What asn1crypto and cryptography raise on bytes that are not what they claim to be.
FAULTS: Final = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
)
# Signed attributes lie in a signature under a tag of their own, and are signed under that of a set.
SET_OF: Final = b"\x31"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What one CMS signature says, nothing of it checked yet.

    `digest` is that of the document by its signed attributes; empty where they name none or several.
    """

    raw: bytes
    issuer: bytes
    serial: int
    certificates: tuple[bytes, ...]
    attributes: cms.CMSAttributes
    digest: bytes
    signature: bytes
    token: bytes | None
    signer: str

    def claims(self, certificate: Certificate) -> bool:
        """Whether it says that this certificate made it; `holds` tells whether that is true."""
        leaf = certificate.leaf
        return certificate.der in self.certificates or (
            self.serial == leaf.serial_number and self.issuer == leaf.issuer.public_bytes()
        )


def read(raw: bytes) -> Envelope | None:
    """The envelope in these bytes (zeros after it are cut off), or None where there is none."""
    try:
        raw = raw[: _length(raw)]
        outer = cms.ContentInfo.load(raw, strict=True)
        signed = outer["content"]
        (info,) = signed["signer_infos"]
        sid = info["sid"].chosen
        certificates = tuple(one.chosen.dump() for one in signed["certificates"])
        return Envelope(
            raw=raw,
            issuer=sid["issuer"].dump(),
            serial=sid["serial_number"].native,
            certificates=certificates,
            attributes=info["signed_attrs"],
            digest=_digest(info["signed_attrs"]),
            signature=info["signature"].native,
            token=_token(info),
            signer=_signer(signed, sid),
        )
    except FAULTS:
        return None


def build(
    certificate: Certificate,
    certificates: tuple[bytes, ...],
    attributes: cms.CMSAttributes,
    signature: bytes,
    token: bytes | None,
) -> bytes:
    """The one spelling of a signature by this certificate."""
    leaf = asn1_x509.Certificate.load(certificate.der)
    digest = algos.DigestAlgorithm({"algorithm": DIGEST})
    info: dict[str, Any] = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            {"issuer_and_serial_number": {"issuer": leaf.issuer, "serial_number": leaf.serial_number}}
        ),
        "digest_algorithm": digest,
        "signature_algorithm": mechanism(certificate),
        "signed_attrs": attributes,
        "signature": signature,
    }
    if token is not None:
        value = cms.ContentInfo.load(token)
        info["unsigned_attrs"] = cms.CMSAttributes([{"type": "signature_time_stamp_token", "values": [value]}])
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": cms.DigestAlgorithms((digest,)),
            "encap_content_info": {"content_type": "data"},
            "certificates": [
                cms.CertificateChoices("certificate", asn1_x509.Certificate.load(one)) for one in certificates
            ],
            "signer_infos": [cms.SignerInfo(info)],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())


def mechanism(certificate: Certificate) -> algos.SignedDigestAlgorithm:
    is_rsa = isinstance(certificate.leaf.public_key(), rsa.RSAPublicKey)
    return algos.SignedDigestAlgorithm({"algorithm": f"{DIGEST}_{'rsa' if is_rsa else 'ecdsa'}"})


def holds(envelope: Envelope, certificate: Certificate) -> bool:
    """Whether this certificate's key signed these attributes, and not a byte around them is strange."""
    allowed = {certificate.der, *(one.public_bytes(Encoding.DER) for one in certificate.chain)}
    if not allowed.issuperset(envelope.certificates) or certificate.der not in envelope.certificates:
        return False
    attributes, signature = envelope.attributes, envelope.signature
    try:
        if build(certificate, envelope.certificates, attributes, signature, envelope.token) != envelope.raw:
            return False
        kinds = [one["type"].native for one in attributes]
    except FAULTS:
        return False
    if len(set(kinds)) != len(kinds) or not {"content_type", "message_digest"}.issubset(kinds):
        return False
    return is_signed(certificate.leaf.public_key(), signature, SET_OF + attributes.dump()[1:], hashes.SHA256())


def is_signed(key: object, signature: bytes, data: bytes, algorithm: hashes.HashAlgorithm) -> bool:
    """Whether the signature over the data is by this RSA or elliptic-curve key."""
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(algorithm))
        else:
            return False
    except (InvalidSignature, ValueError):
        return False
    return True


def _length(raw: bytes) -> int:
    """How long the DER value is that these bytes begin with."""
    if raw[1] < 0x80:
        return raw[1] + 2
    count = raw[1] & 0x7F
    return int.from_bytes(raw[2 : 2 + count], "big") + 2 + count


def _digest(attributes: cms.CMSAttributes) -> bytes:
    found = [one["values"] for one in attributes if one["type"].native == "message_digest"]
    return bytes(found[0][0].native) if len(found) == 1 and len(found[0]) == 1 else b""


def _token(info: cms.SignerInfo) -> bytes | None:
    for one in info["unsigned_attrs"] or ():
        if one["type"].native == "signature_time_stamp_token":
            return bytes(one["values"][0].dump())
    return None


def _signer(signed: cms.SignedData, sid: cms.IssuerAndSerialNumber) -> str:
    """The common name in the certificate that made it, cut to what fits a line; anybody may have written it."""
    try:
        for one in signed["certificates"]:
            if one.chosen.serial_number == sid["serial_number"].native:
                subject = one.chosen.subject.native
                name = str(subject.get("common_name") or subject.get("organization_name") or "")
                return "".join(letter for letter in name if letter.isprintable())[:100]
    except FAULTS:
        return ""
    return ""
