"""What on the page of replies needs a person."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.blueprints.rsvp.replies import queries
from app.models import Event
from app.web.nav import door

SHOWN = 3


def concerns(event: Event, rep_id: int | None) -> list[dict[str, Any]]:
    """Return the pick-ups nobody can plan, each with its act. Questions stand below them, with their form."""
    rows = queries.pickups_without_time(event, rep_id)
    found = [
        {
            "tone": "warning",
            "icon": "bus",
            "text": _("%(name)s wants to be picked up, but no time is known", name=row.invitation.dealer.contact),
            "detail": row.invitation.dealer.company,
            "act": {
                "label": _("Fill in"),
                "icon": "pencil",
                "url": door(
                    "rsvp.record",
                    slug=event.slug,
                    invitation_id=row.invitation_id,
                    next=url_for("rsvp.replies", slug=event.slug),
                ),
            },
        }
        for row in rows[:SHOWN]
    ]
    left = len(rows) - SHOWN
    if left > 0:
        found.append(
            {
                "tone": "warning",
                "icon": "bus",
                "text": ngettext(
                    "%(num)s further pick-up without a time", "%(num)s further pick-ups without a time", left
                ),
                "act": {
                    "label": _("See them"),
                    "url": url_for("rsvp.replies", slug=event.slug, pickup="1", sort="arrival", _anchor="list"),
                },
            }
        )
    for each in found:
        if not each["act"]["url"]:
            each["act"] = None
    return found
