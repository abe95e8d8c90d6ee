"""The company's certificate: its own from a PKCS#12 file, or a self-made one for trials.

`ours` gives the key that seals now, `known` every certificate that has ever sealed here, so that old seals stay
ours after a certificate was replaced. Both lie in the folder `sealing` of the data folder.
"""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import structlog
from asn1crypto.pkcs12 import Pfx
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from app import clock
from app.sealing.errors import (
    CertificateExpired,
    CertificateMissing,
    CertificateNotForSigning,
    CertificateNotYetValid,
    CertificateUnreadable,
    CertificateWithoutKey,
    CertificateWrongPassword,
)

# Stands in the subject of every self-made certificate, so that whoever opens the seal in a PDF reader sees it.
TRIAL_MARK: Final = "TRIAL ONLY, not from a licensed CA 仅供试用，非持牌机构签发"
_TRIAL_DAYS: Final = 3 * 365
_LONGEST_NAME: Final = 40

_SIGNATURES_ONLY: Final = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)

PrivateKey: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who a seal says it is from: the certificate itself and those above it, as far as they are at hand."""

    leaf: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def der(self) -> bytes:
        return self.leaf.public_bytes(Encoding.DER)

    @property
    def name(self) -> str:
        """The common name, or the whole subject where there is none."""
        return _first(self.leaf, NameOID.COMMON_NAME) or self.leaf.subject.rfc4514_string()

    @property
    def organization(self) -> str:
        return _first(self.leaf, NameOID.ORGANIZATION_NAME)

    @property
    def issuer(self) -> str:
        """Name of the authority that issued it; a self-made one names itself."""
        found = self.leaf.issuer.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(found[0].value) if found else self.leaf.issuer.rfc4514_string()

    @property
    def serial(self) -> str:
        return f"{self.leaf.serial_number:X}"

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, 64 hexadecimal digits."""
        return self.leaf.fingerprint(hashes.SHA256()).hex()

    @property
    def is_trial(self) -> bool:
        """Whether it was made by this program and is worth nothing outside the house."""
        return _first(self.leaf, NameOID.ORGANIZATIONAL_UNIT_NAME) == TRIAL_MARK

    @property
    def not_before(self) -> datetime:
        return self.leaf.not_valid_before_utc

    @property
    def not_after(self) -> datetime:
        return self.leaf.not_valid_after_utc

    def days_left(self, at: datetime) -> int:
        """Whole days until it expires; negative once it has."""
        return (self.not_after - at).days

    def check_valid(self, at: datetime) -> None:
        """Raise CertificateExpired or CertificateNotYetValid unless the instant lies in its time."""
        if at > self.not_after:
            raise CertificateExpired(day=self.not_after.date().isoformat())
        if at < self.not_before:
            raise CertificateNotYetValid(day=self.not_before.date().isoformat())


@dataclass(frozen=True, slots=True)
class SealingKey:
    """A certificate with its private key: what `seal` seals with."""

    certificate: Certificate
    private: PrivateKey = field(repr=False)


def ours(config: Mapping[str, Any]) -> SealingKey:
    """The key that seals now. Without SEAL_CERTIFICATE the one for trials, made at the first call.

    Raises CertificateMissing, CertificateUnreadable, CertificateWrongPassword, CertificateWithoutKey or
    CertificateNotForSigning. Whether it is valid today, `seal` asks.
    """
    path, password = place(config), config["SEAL_PASSWORD"] if config["SEAL_CERTIFICATE"] else ""
    if not config["SEAL_CERTIFICATE"] and not path.exists():
        _make_trial(path, str(config["COMPANY_NAME"]))
    try:
        seen = path.stat()
        key = _read(path, seen.st_mtime_ns, seen.st_size, password)
    except OSError as fault:
        raise CertificateMissing(file=path.name) from fault
    _remember(key.certificate, _known_folder(config))
    return key


def place(config: Mapping[str, Any]) -> Path:
    """Where the PKCS#12 file lies, or will lie once the certificate for trials is made."""
    return Path(config["SEAL_CERTIFICATE"] or Path(config["SIGNING_DAY_HOME"]) / "sealing" / "trial.p12")


def known(config: Mapping[str, Any]) -> tuple[Certificate, ...]:
    """Every certificate that has been loaded for sealing on this data folder: what `verify` takes for ours."""
    found = []
    for path in sorted(_known_folder(config).glob("*.pem")):
        try:
            leaf, *chain = x509.load_pem_x509_certificates(path.read_bytes())
        except ValueError:
            log.warning("known_certificate_unreadable", file=path.name)
            continue
        found.append(Certificate(leaf, tuple(chain)))
    return tuple(found)


def _known_folder(config: Mapping[str, Any]) -> Path:
    return Path(config["SIGNING_DAY_HOME"]) / "sealing" / "known"


@lru_cache(maxsize=8)
def _read(path: Path, changed: int, size: int, password: str) -> SealingKey:
    """Opening a key costs a tenth of a second, so it is done once for each state of the file."""
    data = path.read_bytes()
    private, leaf, others = _opened(data, password, path)
    if private is None or leaf is None:
        raise CertificateWithoutKey(file=path.name)
    if not isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) or not _may_sign(leaf):
        raise CertificateNotForSigning(file=path.name)
    return SealingKey(Certificate(leaf, _chain(leaf, others)), private)


def _opened(data: bytes, password: str, path: Path) -> tuple[Any, x509.Certificate | None, list[x509.Certificate]]:
    # Programs disagree on whether "no password" is none at all or one of no letters.
    tries = [password.encode()] if password else [None, b""]
    for attempt in tries:
        try:
            return pkcs12.load_key_and_certificates(data, attempt)
        except (ValueError, TypeError):
            continue
    # One error stands for both a wrong password and a broken file; the outer form tells them apart.
    try:
        is_pkcs12 = Pfx.load(data, strict=True)["auth_safe"]["content_type"].native in {"data", "signed_data"}
    except (ValueError, TypeError, KeyError):
        is_pkcs12 = False
    raise CertificateWrongPassword(file=path.name) if is_pkcs12 else CertificateUnreadable(file=path.name)


def _may_sign(leaf: x509.Certificate) -> bool:
    try:
        usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _chain(leaf: x509.Certificate, others: list[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The certificates above the leaf in their order; whatever else the file holds stays out of the PDF."""
    chain: list[x509.Certificate] = []
    below, left = leaf, list(others)
    while above := next((one for one in left if one.subject == below.issuer and one != below), None):
        left.remove(above)
        chain.append(above)
        below = above
    return tuple(chain)


def _remember(certificate: Certificate, folder: Path) -> None:
    target = folder / f"{certificate.fingerprint}.pem"
    if not target.exists():
        content = b"".join(one.public_bytes(Encoding.PEM) for one in (certificate.leaf, *certificate.chain))
        _written(folder, content).replace(target)


def _make_trial(path: Path, company: str) -> None:
    """Web and worker may come here at once: the first to finish gives the file its name, the others take it."""
    temporary = _written(path.parent, _trial(company))
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        if not path.exists():
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _trial(company: str) -> bytes:
    company = company.strip()[:_LONGEST_NAME] or "Signing Day"
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, f"{_cut(company, 50)} 试用 TRIAL"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, company),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, TRIAL_MARK),
        ]
    )
    key = rsa.generate_private_key(65537, 2048)
    now = clock.now()
    leaf = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=_TRIAL_DAYS))
        .add_extension(_SIGNATURES_ONLY, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(None, key, leaf, None, NoEncryption())


def _cut(text: str, most: int) -> str:
    """So much of the text as fits into so many bytes of UTF-8; a common name may have 64."""
    return text.encode()[:most].decode(errors="ignore")


def _written(folder: Path, content: bytes) -> Path:
    """A finished temporary file that only its owner may read."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=folder)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Path(temporary)


def _first(leaf: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    found = leaf.subject.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""


def moment(at: datetime) -> datetime:
    """The instant in UTC to the second, as seals and certificates give it."""
    return at.astimezone(UTC).replace(microsecond=0)
