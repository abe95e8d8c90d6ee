"""A signing service that speaks JSON over HTTP, both ways signed with HMAC."""

import json
import secrets
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from app import clock
from app.blueprints.signing.rules import service_calls
from app.blueprints.signing.rules.service_calls import ServiceUnavailable

_LARGEST = 40 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Order:
    """A document to be signed. `reference` is ours, so that asking twice makes one signing."""

    reference: str
    number: str
    title: str
    document: bytes
    document_sha256: str
    company: str
    dealer: str
    signatory: str
    mobile: str
    callback: str
    return_to: str


@dataclass(frozen=True, slots=True)
class Remote:
    """The signing at the service: its id there, and where the signatory goes."""

    id: str
    url: str


class Service(Protocol):
    """What every signing service can do for us; the third part, the callback, comes to `services.views`."""

    @property
    def name(self) -> str:
        """How the trail calls it."""

    def create(self, order: Order) -> Remote:
        """Hand the document over. Raises ServiceUnavailable."""

    def fetch(self, remote_id: str) -> bytes:
        """Return the signed document. Raises ServiceUnavailable."""


@dataclass(frozen=True, slots=True)
class JsonService:
    """`POST /signings` hands over, `GET /signings/<id>/document` brings back."""

    url: str
    key: str
    secret: str = field(repr=False)
    seconds: float = 20

    @property
    def name(self) -> str:
        return urlsplit(self.url).hostname or ""

    def create(self, order: Order) -> Remote:
        body = {
            "reference": order.reference,
            "number": order.number,
            "title": order.title,
            "document": b64encode(order.document).decode("ascii"),
            "document_sha256": order.document_sha256,
            "parties": [
                {"role": "company", "name": order.company},
                {"role": "dealer", "name": order.dealer, "signatory": order.signatory, "mobile": order.mobile},
            ],
            "callback": order.callback,
            "return_to": order.return_to,
        }
        try:
            answer = json.loads(self._asked("POST", "/signings", json.dumps(body).encode()))
        except ValueError as fault:
            raise ServiceUnavailable from fault
        remote = answer if isinstance(answer, dict) else {}
        remote_id, url = remote.get("id"), remote.get("url")
        if not isinstance(remote_id, str) or not isinstance(url, str) or not 0 < len(remote_id) <= 80:
            raise ServiceUnavailable
        if urlsplit(url).scheme not in {"http", "https"} or len(url) > 300:
            raise ServiceUnavailable
        return Remote(remote_id, url)

    def fetch(self, remote_id: str) -> bytes:
        return self._asked("GET", f"/signings/{quote(remote_id, safe='')}/document", b"")

    def _asked(self, method: str, path: str, body: bytes) -> bytes:
        whole = self.url.rstrip("/") + path
        if urlsplit(whole).scheme not in {"http", "https"}:
            raise ServiceUnavailable
        timestamp, nonce = str(int(clock.now().timestamp())), secrets.token_hex(12)
        mark = service_calls.signature(self.secret, method, urlsplit(whole).path, timestamp, nonce, body)
        headers = {"Content-Type": "application/json", "X-Key": self.key, "X-Timestamp": timestamp}
        headers |= {"X-Nonce": nonce, "X-Signature": mark}
        request = urllib.request.Request(whole, body or None, headers, method=method)  # noqa: S310 - checked above
        try:
            with urllib.request.urlopen(request, timeout=self.seconds) as reply:  # noqa: S310
                return _read(reply, time.monotonic() + self.seconds)
        except (OSError, ValueError) as fault:
            raise ServiceUnavailable from fault


def _read(reply: Any, until: float) -> bytes:
    answer = bytearray()
    while block := reply.read1(64 * 1024):
        answer += block
        if len(answer) > _LARGEST or time.monotonic() > until:
            raise ServiceUnavailable
    return bytes(answer)


def service(config: Mapping[str, Any]) -> JsonService | None:
    """Return the service of the settings, or None where none is set."""
    if not config["SIGN_SERVICE_URL"]:
        return None
    return JsonService(
        config["SIGN_SERVICE_URL"],
        config["SIGN_SERVICE_KEY"],
        config["SIGN_SERVICE_SECRET"],
        config["SIGN_SERVICE_SECONDS"],
    )
