"""The way to the dealer's page: the link is the key, and it opens one contract for one sitting."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, after_this_request, current_app, g, request

from app import journal
from app.blueprints.signing.sessions import queries
from app.blueprints.signing.trail import Witness
from app.extensions import csrf
from app.models import Signing
from app.web.guards import View, public
from app.web.identity import address
from app.web.limits import public_page
from app.web.load import found
from app.web.locale import speak


def _private(response: Response) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def signing_page(view: Callable[..., Any]) -> View:
    """Hand the view the signing of the link, in the dealer's language; an unknown link is no page."""

    @wraps(view)
    def opened(token: str, **values: Any) -> Any:
        after_this_request(_private)
        signing = found(queries.by_token(token) if token.isprintable() else None)
        contract = signing.contract
        g.event = contract.event
        speak(contract.dealer.locale or (contract.event.language if contract.event else None))
        journal.act_as(journal.Actor(contract.signatory or contract.dealer.contact, None, address()))
        return view(signing, **values)

    return public("the link of a signing is the key to its document")(public_page(opened))


def without_token(view: View) -> View:
    """Take a request without the form's token.

    The link is a secret that only this device has, and a mark that it has kept for hours must not fail for a session
    that has ended.
    """
    exempted: View = csrf.exempt(view)
    return exempted


def sends_codes() -> bool:
    """Tell whether SMS can leave the house: only then a code is asked for."""
    return bool(current_app.config["SMS_URL"])


def witness_of(signing: Signing) -> Witness:
    """The dealer acts, the host sits beside."""
    return Witness(
        actor=signing.contract.signatory or signing.contract.dealer.contact,
        host=signing.host.name if signing.host else "",
        address=address(),
        device=request.user_agent.string,
    )
