"""How often strangers may try: by their address, and by the account they try it on."""

from collections.abc import Callable
from typing import Any

from flask import current_app, request
from flask_limiter.util import get_remote_address

from app.extensions import limiter
from app.tokens import digest
from app.web.guards import View
from app.web.identity import me

_MAIL_PER_ACCOUNT = "5 per hour"


def _rate() -> str:
    return str(current_app.config["RATE_LOGIN"])


def _public_rate() -> str:
    return str(current_app.config["RATE_PUBLIC"])


def _login_tried() -> str:
    """The name that was typed, unreadable: the counters may live in a store that others see."""
    return digest(request.form.get("login", "").strip().lower())


def _failed(response: Any) -> bool:
    return bool(response.status_code == 422)


def failed_tries(answer: Callable[[Any], Any]) -> Callable[[View], View]:
    """Count refused sign-ins of an address, and of a name from wherever; `answer` says that it is enough."""

    def decorate(view: View) -> View:
        for counted_by in (_login_tried, get_remote_address):
            limit = limiter.limit(_rate, key_func=counted_by, methods=["POST"], deduct_when=_failed, on_breach=answer)
            view = limit(view)
        return view

    return decorate


def mail_requests(view: View) -> View:
    """Count requests for mail of an address, and for one mailbox: nobody's is to be flooded."""
    per_mailbox = limiter.limit(_MAIL_PER_ACCOUNT, key_func=_login_tried, methods=["POST"])
    return limiter.limit(_rate, key_func=get_remote_address, methods=["POST"])(per_mailbox(view))


def public_page(view: View) -> View:
    """Count requests to a page behind a link of an address."""
    return limiter.limit(_public_rate, key_func=get_remote_address)(view)


def own_password(view: View) -> View:
    """Count wrong present passwords, so that a browser left open gives the password to nobody."""
    return limiter.limit(_rate, key_func=lambda: str(me().id), methods=["POST"], deduct_when=_failed)(view)
