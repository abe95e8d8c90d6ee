"""A certificate authority of the tests, and its timestamp server, which speaks RFC 3161 over HTTP on loopback."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def named(common: str, organization: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if organization:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization))
    return x509.Name(parts)


def usage(**on: bool) -> x509.KeyUsage:
    every = [
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
        *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    ]
    return x509.KeyUsage(**{name: on.get(name, False) for name in every})


class Authority:
    def __init__(self, name: str = "Test Root 测试根证书") -> None:
        self.key = rsa.generate_private_key(65537, 2048)
        self.name = named(name)
        now = datetime.now(UTC)
        self.root = self.issue(self.key, self.name, now - timedelta(days=3650), now + timedelta(days=3650), ca=True)

    def issue(
        self,
        key: Key,
        subject: x509.Name,
        start: datetime,
        end: datetime,
        *,
        ca: bool = False,
        use: x509.KeyUsage | None = None,
        extended: x509.ObjectIdentifier | None = None,
    ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder(self.name, subject, key.public_key(), x509.random_serial_number(), start, end)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(
                use or usage(digital_signature=True, content_commitment=True, key_cert_sign=ca), critical=True
            )
        )
        if extended:
            builder = builder.add_extension(x509.ExtendedKeyUsage([extended]), critical=True)
        return builder.sign(self.key, hashes.SHA256())

    def pkcs12(
        self,
        path: Path,
        password: str,
        start: datetime,
        end: datetime,
        *,
        use: x509.KeyUsage | None = None,
        curve: bool = False,
        name: str = "北辰厨卫有限公司",
    ) -> Path:
        key: Any = ec.generate_private_key(ec.SECP256R1()) if curve else rsa.generate_private_key(65537, 2048)
        leaf = self.issue(key, named(name, name), start, end, use=use)
        lock = BestAvailableEncryption(password.encode()) if password else NoEncryption()
        path.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, leaf, [self.root], lock))
        return path

    def timestamper(self) -> DummyTimeStamper:
        key = rsa.generate_private_key(65537, 2048)
        now = datetime.now(UTC)
        leaf = self.issue(
            key,
            named("Test Timestamps 时间戳"),
            now - timedelta(days=1),
            now + timedelta(days=100),
            extended=ExtendedKeyUsageOID.TIME_STAMPING,
        )
        store = SimpleCertificateStore()
        store.register(asn1_x509.Certificate.load(self.root.public_bytes(Encoding.DER)))
        private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return DummyTimeStamper(
            asn1_x509.Certificate.load(leaf.public_bytes(Encoding.DER)),
            keys.PrivateKeyInfo.load(private),
            certs_to_embed=store,
        )


def truthful(stamper: DummyTimeStamper) -> Callable[[bytes], bytes]:
    return lambda body: bytes(stamper.request_tsa_response(tsp.TimeStampReq.load(body)).dump())


@contextmanager
def served(answer: Callable[[bytes], bytes], *, status: int = 200, wait: float = 0) -> Iterator[str]:
    """The address of a server that gives these answers, after so many seconds."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(wait)
            content = answer(body)
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
