"""The way into a guest's page: the link is the key, and what it opens is nobody else's business."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, after_this_request, g

from app.blueprints.rsvp.reply import queries
from app.models import Invitation
from app.web.guards import View, public
from app.web.limits import public_page
from app.web.load import found
from app.web.locale import speak


def _private(response: Response) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def guest_page(view: Callable[..., Any]) -> View:
    """Hand the view the invitation of the link, in the guest's language; an unknown link is no page."""

    @wraps(view)
    def opened(token: str, **values: Any) -> Any:
        after_this_request(_private)
        invitation: Invitation = found(queries.invitation_by_token(token))
        g.event = invitation.event
        speak(invitation.dealer.locale or invitation.event.language)
        return view(invitation, **values)

    return public("a guest's personal link is the key to this page")(public_page(opened))
