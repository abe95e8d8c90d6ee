"""The addresses that messages and printed pages carry: reached by guests, so built on the public address."""

import base64
import binascii
import hashlib
import hmac
from urllib.parse import quote

from flask import current_app

from app.models import Channel

_MARK = 12  # bytes of the signature: 96 bits, short enough for a text message


def public(path: str) -> str:
    """Return the whole address of a path of ours ("/r/...")."""
    return str(current_app.config["PUBLIC_URL"]) + path


def reply_page(token: str) -> str:
    """Return the address of a guest's own page."""
    return public(f"/r/{token}")


def company_name() -> str:
    """Return how the company calls itself."""
    return str(current_app.config["COMPANY_NAME"])


def company_particulars() -> dict[str, str]:
    """Return what contracts say of the company: `name`, `address`, `credit_code`, `representative`; "" where unset."""
    settings = current_app.config
    return {
        "name": str(settings["COMPANY_LEGAL_NAME"]),
        "address": str(settings["COMPANY_ADDRESS"]),
        "credit_code": str(settings["COMPANY_CREDIT_CODE"]),
        "representative": str(settings["COMPANY_REPRESENTATIVE"]),
    }


def verification_page(number: str) -> str:
    """Return the address at which anybody can ask whether a contract of this number is ours."""
    return public(f"/verify/{quote(number, safe='')}")


def robots() -> range:
    """Return the numbers of the group robots that the settings name, from 1."""
    return range(1, len(current_app.config["ROBOT_URLS"]) + 1)


def unsubscribe_token(invitation_id: int, channel: Channel) -> str:
    """Return the token of the page on which a guest says: no more messages by this way.

    It is signed, not stored: the page needs to know only whose messages and which way, and must work for mail sent
    long ago.
    """
    body = f"{invitation_id}-{channel.value}"
    return f"{body}-{_signature(body)}"


def read_unsubscribe_token(token: str) -> tuple[int, Channel] | None:
    """Return the invitation and the channel of such a token, or None when it is not one of ours."""
    body, _, signature = token.rpartition("-")
    invitation_id, _, channel = body.partition("-")
    if len(token) > 80 or not _is_signature(signature) or not hmac.compare_digest(signature, _signature(body)):
        return None
    return int(invitation_id), Channel(channel)


def unsubscribe_page(invitation_id: int, channel: Channel) -> str:
    """Return the address of that page."""
    return public(f"/u/{unsubscribe_token(invitation_id, channel)}")


def _signature(body: str) -> str:
    key = hashlib.sha256(b"unsubscribe:" + str(current_app.config["SECRET_KEY"]).encode()).digest()
    mark = hmac.new(key, body.encode(), hashlib.sha256).digest()[:_MARK]
    return base64.b32encode(mark).decode().rstrip("=").lower()


def _is_signature(text: str) -> bool:
    try:
        return len(base64.b32decode(text.upper() + "=" * (-len(text) % 8))) == _MARK
    except (binascii.Error, ValueError):
        return False


def badge_page(code: str) -> str:
    """Return the address in a badge's QR code."""
    return _for_qr(f"/B/{code}")


def material_page(code: str) -> str:
    """Return the address in the QR code of a material."""
    return _for_qr(f"/M/{code}")


def box_page(code: str) -> str:
    """Return the address in the QR code of a box's label."""
    return _for_qr(f"/X/{code}")


def _for_qr(path: str) -> str:
    """Return an address in upper case as far as it means the same.

    Scheme and host may be written in any case, and a QR code packs upper-case letters much tighter. A path under which
    we are mounted is left as it is.
    """
    scheme, _, rest = str(current_app.config["PUBLIC_URL"]).partition("://")
    host, slash, below = rest.partition("/")
    return f"{scheme.upper()}://{host.upper()}{slash}{below}{path}"
