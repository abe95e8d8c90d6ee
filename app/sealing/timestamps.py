"""RFC 3161 timestamps: somebody else's word for when a seal was made.

A token is asked for over the signature, checked, and cut down to what its own signature vouches for, since
anybody could change the rest unnoticed: the server's certificate stays, those above it do not. Whom it comes
from is not judged here; the token names its server, and a PDF reader knows which servers it trusts.
"""

import hashlib
import os
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from urllib.parse import unquote, urlsplit, urlunsplit

from asn1crypto import algos, cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from app.sealing.certificate import moment
from app.sealing.envelope import FAULTS, SET_OF, is_signed
from app.sealing.errors import TimestampRefused, TimestampUnavailable

_LARGEST_ANSWER: Final = 64 * 1024
_GRANTED: Final = {"granted", "granted_with_mods"}
_HASHES: Final[dict[str, type[hashes.HashAlgorithm]]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


@dataclass(frozen=True, slots=True)
class Server:
    """A timestamp server and how patient we are. `required` false: seal without a timestamp if it fails."""

    url: str = field(repr=False)  # it may hold a password
    seconds: float = 10
    required: bool = True


@dataclass(frozen=True, slots=True)
class Timestamp:
    """When a token says that the signature was there, and which server says so."""

    at: datetime
    by: str


def server(config: Mapping[str, Any]) -> Server | None:
    """The server of the settings, or None where none is set."""
    if not config["SEAL_TIMESTAMP_URL"]:
        return None
    return Server(config["SEAL_TIMESTAMP_URL"], config["SEAL_TIMESTAMP_SECONDS"], config["SEAL_TIMESTAMP_REQUIRED"])


def ask(server: Server, signature: bytes) -> bytes:
    """A token over the signature. Raises TimestampUnavailable (try again) or TimestampRefused."""
    nonce = int.from_bytes(os.urandom(8), "big") | 1 << 62
    imprint = {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"})}
    imprint["hashed_message"] = sha256(signature).digest()
    request = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True})
    answer = _posted(server, request.dump())
    try:
        response = tsp.TimeStampResp.load(answer, strict=True)
        if response["status"]["status"].native not in _GRANTED:
            raise TimestampRefused
        token = _tidy(response["time_stamp_token"])
        said = cms.ContentInfo.load(token)["content"]["encap_content_info"]["content"].parsed["nonce"].native
    except FAULTS as fault:
        raise TimestampRefused from fault
    if said != nonce or read(token, signature) is None:
        raise TimestampRefused
    return token


def read(token: bytes, signature: bytes) -> Timestamp | None:
    """What the token says about this signature, or None where it does not hold to the last byte."""
    try:
        parsed = cms.ContentInfo.load(token, strict=True)
        if _tidy(parsed) != token:
            return None
        signed = parsed["content"]
        (info,) = signed["signer_infos"]
        stated = signed["encap_content_info"]["content"].parsed
        imprint = stated["message_imprint"]
        if imprint["hash_algorithm"]["algorithm"].native != "sha256":
            return None
        if imprint["hashed_message"].native != sha256(signature).digest():
            return None
        leaf = x509.load_der_x509_certificate(_leaf(signed, info).dump())
        if not _is_by(leaf, info, bytes(signed["encap_content_info"]["content"])):
            return None
        name = leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        by = str(name[0].value) if name else leaf.subject.rfc4514_string()
        return Timestamp(moment(stated["gen_time"].native), by)
    except FAULTS:
        return None


def _tidy(token: cms.ContentInfo) -> bytes:
    """The token in its one spelling: with the server's own certificate only, and no unsigned attributes."""
    signed = token["content"]
    (info,) = signed["signer_infos"]
    digest = algos.DigestAlgorithm({"algorithm": info["digest_algorithm"]["algorithm"].native})
    tidied = cms.SignerInfo(
        {
            "version": "v1",
            "sid": info["sid"],
            "digest_algorithm": digest,
            "signature_algorithm": algos.SignedDigestAlgorithm(
                {"algorithm": info["signature_algorithm"]["algorithm"].native}
            ),
            "signed_attrs": info["signed_attrs"],
            "signature": info["signature"].native,
        }
    )
    content = cms.ParsableOctetString(bytes(signed["encap_content_info"]["content"]))
    whole = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": cms.DigestAlgorithms((digest,)),
            "encap_content_info": {"content_type": "tst_info", "content": content},
            "certificates": [cms.CertificateChoices("certificate", _leaf(signed, info))],
            "signer_infos": [tidied],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": whole}).dump())


def _leaf(signed: cms.SignedData, info: cms.SignerInfo) -> asn1_x509.Certificate:
    sid = info["sid"].chosen
    serial, issuer = sid["serial_number"].native, sid["issuer"].dump()
    every = (one.chosen for one in signed["certificates"])
    (leaf,) = (one for one in every if one.serial_number == serial and one.issuer.dump() == issuer)
    return leaf


def _is_by(leaf: x509.Certificate, info: cms.SignerInfo, content: bytes) -> bool:
    """Whether the certificate signed this content, and the signature names the certificate by its digest."""
    name = info["digest_algorithm"]["algorithm"].native
    mechanism = info["signature_algorithm"]["algorithm"].native
    if mechanism not in {f"{name}_rsa", f"{name}_ecdsa", "rsassa_pkcs1v15"}:
        return False
    attributes = {one["type"].native: one["values"][0] for one in info["signed_attrs"]}
    if attributes["message_digest"].native != hashlib.new(name, content).digest():
        return False
    if "signing_certificate_v2" in attributes:
        named = attributes["signing_certificate_v2"]["certs"][0]
        by = _HASHES[named["hash_algorithm"]["algorithm"].native]()
    else:
        named = attributes["signing_certificate"]["certs"][0]
        by = hashes.SHA1()  # noqa: S303 - what RFC 3161 itself prescribes for this attribute
    if named["cert_hash"].native != leaf.fingerprint(by):
        return False
    raw = SET_OF + info["signed_attrs"].dump()[1:]
    return is_signed(leaf.public_key(), info["signature"].native, raw, _HASHES[name]())


def _posted(server: Server, body: bytes) -> bytes:
    """The server's answer, each step of which may take its seconds; one that drips ends at the next block."""
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    address = urlsplit(server.url)
    if address.username:
        pair = f"{unquote(address.username)}:{unquote(address.password or '')}"
        headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
        address = address._replace(netloc=address.netloc.rpartition("@")[2])
    if address.scheme not in {"http", "https"}:
        raise TimestampUnavailable
    request = urllib.request.Request(urlunsplit(address), body, headers)  # noqa: S310 - the scheme is checked above
    until = time.monotonic() + server.seconds
    answer = bytearray()
    try:
        with urllib.request.urlopen(request, timeout=server.seconds) as reply:  # noqa: S310
            while block := reply.read1(16 * 1024):
                answer += block
                if len(answer) > _LARGEST_ANSWER:
                    raise TimestampRefused
                if time.monotonic() > until:
                    raise TimestampUnavailable
    except urllib.error.HTTPError as fault:
        raise (TimestampUnavailable if fault.code >= 500 else TimestampRefused) from fault
    except (OSError, ValueError) as fault:
        raise TimestampUnavailable from fault
    return bytes(answer)
