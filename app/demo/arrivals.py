"""Badges and arrivals of sample guests."""

import random
import uuid
from datetime import datetime

from app import tokens
from app.extensions import db
from app.models import Arrival, Badge, Event, Invitation, InvitationState, Scan, User, Verdict

DOORS = ("1 号签到台", "2 号签到台")


def badge(event: Event, invitation: Invitation, *, printed_at: datetime) -> None:
    """Give a guest a printed badge."""
    db.session.add(
        Badge(
            event_id=event.id,
            invitation=invitation,
            code=tokens.new_badge_code(),
            created_at=printed_at,
            printed_at=printed_at,
        )
    )


def admit(chance: random.Random, event: Event, invitation: Invitation, at: datetime, reception: User) -> None:
    """Let a guest in, as the desk would."""
    db.session.flush()  # the scan needs the invitation's id
    door = chance.choice(DOORS)
    scan_id = str(uuid.UUID(int=chance.getrandbits(128), version=4))
    before, invitation.state = invitation.state, InvitationState.ARRIVED
    db.session.add_all(
        [
            Scan(
                event_id=event.id,
                scan_id=scan_id,
                invitation_id=invitation.id,
                verdict=Verdict.ADMIT,
                door=door,
                scanned_at=at,
                by_id=reception.id,
            ),
            Arrival(
                event_id=event.id,
                invitation=invitation,
                arrived_at=at,
                door=door,
                by_id=reception.id,
                scan_id=scan_id,
                state_before=before,
            ),
        ]
    )
