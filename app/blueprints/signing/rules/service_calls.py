"""What calls between us and a signing service look like, and which of theirs are believed.

Each call bears `X-Key`, `X-Timestamp` (seconds since 1970), `X-Nonce` and `X-Signature`: HMAC-SHA256 over method, path,
timestamp, nonce and the SHA-256 of the body, each on a line of its own.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from app.errors import N_, SigningDayError

WINDOW = 300  # seconds that clocks may differ; an older call is a replay
_LONGEST_ID = 80
_TEXTS = ("call_id", "id", "document_sha256", "signed_sha256", "signer", "address")


class CallState(StrEnum):
    """What a service says became of a signing."""

    SIGNED = "signed"
    REFUSED = "refused"
    EXPIRED = "expired"


class ServiceUnavailable(SigningDayError):
    """The service did not answer, or not with what we understand. Trying again is safe."""

    code = "service_unavailable"
    sentence = N_("The signing service does not answer, so nothing was changed. Please try again.")


class CallNotBelieved(SigningDayError):
    """The signature of a call does not hold, its time is not now, or it says nothing we understand."""

    code = "call_not_believed"
    sentence = N_("This call is not signed by the signing service.")


class NotThisDocument(SigningDayError):
    """What the service has signed is not what was handed to it, or what it hands back is not what it says."""

    code = "not_this_document"
    sentence = N_("The signing service has sent another document than the one it was given.")


@dataclass(frozen=True, slots=True)
class Call:
    """What a service tells us. `id` names the call, so that a second one of the same id changes nothing."""

    id: str
    remote_id: str
    state: CallState
    document_sha256: str  # of what was handed over
    signed_sha256: str  # of what is to be fetched
    signer: str
    address: str


def signature(secret: str, method: str, path: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Return the signature of a call, in hexadecimal digits."""
    text = "\n".join((method, path, timestamp, nonce, sha256(body).hexdigest()))
    return hmac.new(secret.encode(), text.encode(), sha256).hexdigest()


def check(headers: Mapping[str, str], key: str, secret: str, method: str, path: str, body: bytes, now: float) -> None:
    """Raise `CallNotBelieved` unless the call is signed with our common secret, and of now."""
    timestamp, nonce = headers.get("X-Timestamp", ""), headers.get("X-Nonce", "")
    wanted = signature(secret, method, path, timestamp, nonce, body)
    sent = headers.get("X-Signature", "")
    is_ours = hmac.compare_digest(headers.get("X-Key", "").encode(), key.encode())
    is_signed = hmac.compare_digest(wanted.encode(), sent.encode("utf-8", "replace"))
    if not secret or not is_ours or not is_signed or not nonce:
        raise CallNotBelieved
    if not timestamp.isascii() or not timestamp.isdigit() or abs(now - int(timestamp[:12])) > WINDOW:
        raise CallNotBelieved


def read(sent: Any) -> Call:
    """Return a call, or raise `CallNotBelieved` when it is not what the interface says."""
    if not isinstance(sent, dict):
        raise CallNotBelieved
    texts = {name: sent.get(name, "") for name in _TEXTS}
    if not all(isinstance(text, str) for text in texts.values()) or sent.get("state") not in set(CallState):
        raise CallNotBelieved
    if not all(0 < len(texts[name]) <= _LONGEST_ID for name in ("call_id", "id")):
        raise CallNotBelieved
    return Call(
        texts["call_id"],
        texts["id"],
        CallState(sent["state"]),
        texts["document_sha256"],
        texts["signed_sha256"],
        texts["signer"][:60],
        texts["address"][:45],
    )
