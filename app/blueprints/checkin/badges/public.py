"""What the QR code of a badge opens on somebody's phone."""

from typing import Any

from flask import abort, current_app
from flask_login import current_user

from app.access import Permission
from app.blueprints.checkin import blueprint, crew, queries
from app.blueprints.checkin.actions import DOORS_WORK
from app.blueprints.checkin.badges.rules import masked
from app.extensions import limiter
from app.tokens import read_badge_code
from app.web.guards import public
from app.web.load import the_event
from app.web.render import page
from app.web.seat_words import seat_words


def _rate() -> str:
    return str(current_app.config["RATE_PUBLIC"])


@blueprint.get("/B/<code>", endpoint="badge_page")
@blueprint.get("/b/<code>", endpoint="badge_page_lower")
@limiter.limit(_rate)
@public("the QR code of a badge; it says whose badge this is only to our own people")
def badge_page(code: str) -> Any:
    """Show where the badge belongs. Anybody in the hall can read a badge's code, so nothing personal is told here."""
    read = read_badge_code(code)
    holder = queries.holder_of_badge(read) if read else None
    if holder is None or holder.badge is None:
        return _staff_page(read)
    event = the_event(holder.invitation.event.slug)
    substitute = "" if holder.companion else queries.substitute_name(holder.invitation.id)
    name = holder.companion.name if holder.companion else substitute or holder.invitation.dealer.contact
    may_check_in = current_user.can(Permission.CHECK_IN, event.slug)
    return page(
        "checkin/badge_page.html",
        status=410 if holder.badge.revoked_at else 200,
        event=event,
        holder=holder,
        code=read,
        name=name if may_check_in else masked(name),
        table=seat_words(holder.invitation.table_label, holder.chair),
        may_check_in=may_check_in and event.status in DOORS_WORK,
    )


def _staff_page(code: str | None) -> Any:
    """The same for a badge of the staff."""
    bearer = crew.bearer_of_badge(code) if code else None
    if bearer is None:
        abort(404)
    event = the_event(bearer.key.event.slug)
    may_check_in = current_user.can(Permission.CHECK_IN)
    return page(
        "checkin/badge_page_staff.html",
        event=event,
        code=code,
        name=bearer.person.name if may_check_in else masked(bearer.person.name),
        may_check_in=may_check_in and event.status in DOORS_WORK,
    )
