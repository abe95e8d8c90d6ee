"""Guests who want to be taken, for the tests of this room."""

from datetime import datetime, timedelta
from typing import Any

from app import clock
from app.models import Answer, Event, Invitation, InvitationState, Reply, TravelMode, Via
from tests.build import Builder


def guest(build: Builder, event: Event, arrives_at: datetime | None = None, **reply: Any) -> Invitation:
    """A guest who comes by train and wants to be picked up, unless the reply says otherwise."""
    invitation = build.invitation(event, state=InvitationState.FIRM)
    given = {
        "answer": Answer.COMING,
        "travel_mode": TravelMode.TRAIN,
        "travel_number": "G1234",
        "arrives_at": arrives_at,
        "pickup_wanted": True,
        "answered_at": clock.now(),
        "via": Via.LINK,
    }
    build.save(Reply(invitation_id=invitation.id, **given | reply))
    return invitation


def day_before(event: Event, hour: int, minute: int = 0) -> datetime:
    """A time on the day before the event, UTC."""
    return (event.starts_at - timedelta(days=1)).replace(hour=hour, minute=minute)
