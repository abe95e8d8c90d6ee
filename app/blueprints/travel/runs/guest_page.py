"""A guest's ride on the guest's own page, from the moment the guests of the run are told."""

from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from app.blueprints.invitations.rules import SEATED
from app.blueprints.rsvp.reply.parts import part
from app.blueprints.travel.runs.situation import situation
from app.blueprints.travel.runs.telling import ride_of
from app.extensions import db
from app.models import Invitation, Passenger, PickupRun


@part("bus", _("Your ride"))
def rides(invitation: Invitation) -> list[str]:
    """Return how the guest is fetched and brought away, as told; nothing of what is still being arranged or past."""
    if invitation.state not in SEATED:
        return []
    told = select(Passenger.direction, Passenger.run_id).join(Passenger.run)
    told = told.where(
        Passenger.invitation_id == invitation.id, PickupRun.told_at.is_not(None), PickupRun.done_at.is_(None)
    )
    rows = db.session.execute(told.order_by(PickupRun.starts_at, PickupRun.id)).all()
    if not rows:
        return []
    now = situation(invitation.event, Passenger.invitation_id == invitation.id)
    language = str(get_locale())
    return [
        line for _way, run_id in rows for line in ride_of(now, now.by_id[run_id], invitation.id, language).splitlines()
    ]
