"""The page behind "no more mail from us". Looking changes nothing: mail scanners follow links."""

from typing import Any

from flask import Response, after_this_request, g, request
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import links
from app.blueprints.messages import blueprint
from app.blueprints.messages.unsubscribe import actions
from app.extensions import csrf, db
from app.models import Channel, Invitation
from app.web.guards import public
from app.web.limits import public_page
from app.web.load import found
from app.web.locale import speak
from app.web.render import page


def _private(response: Response) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.route("/u/<string(maxlength=80):token>", methods=["GET", "POST"])
# A mail program presses this button by itself (RFC 8058) and has no page of ours to take a token from; the link is the
# key.
@csrf.exempt  # type: ignore[untyped-decorator]
@public("a guest leaves by the link in a mail, without an account")
@public_page
def unsubscribe(token: str) -> Any:
    invitation_id, channel = found(links.read_unsubscribe_token(token))
    options = (joinedload(Invitation.dealer), joinedload(Invitation.event))
    guest: Invitation = found(
        db.session.scalar(select(Invitation).where(Invitation.id == invitation_id).options(*options))
    )
    after_this_request(_private)
    g.event = guest.event
    speak(guest.dealer.locale or guest.event.language)
    if request.method == "POST":
        _act(guest, channel)
    return page("messages/unsubscribe.html", guest=guest, channel=channel, is_out=actions.is_out(guest, channel))


def _act(guest: Invitation, channel: Channel) -> None:
    """A mail program's one click says only what the standard has it say; the page's second button says "again"."""
    if request.form.get("want") == "again":
        actions.come_back(guest, channel)
    else:
        actions.leave(guest, channel)
    db.session.commit()
