"""What an answer does to an invitation, and until when one can be given. Values in, verdict out."""

from datetime import datetime
from enum import StrEnum

from app.blueprints.events.rules.head_count import REFUSED
from app.blueprints.invitations.rules import Fact
from app.blueprints.rsvp.rounds.rules import LIVE
from app.models import Answer, EventStatus
from app.models import InvitationState as S


class Window(StrEnum):
    """What a guest can do on the personal page now."""

    NOT_YET = "not_yet"  # the event is not open
    OPEN = "open"
    CONFIRM_ONLY = "confirm_only"  # details are closed; coming or not can still be said
    CLOSED = "closed"  # read, and call
    HERE = "here"  # the guest has arrived
    OVER = "over"


def window(
    *, status: EventStatus, state: S, now: datetime, closes_at: datetime, starts_at: datetime, was_asked: bool
) -> Window:
    """Return what a guest can do now. Whoever was asked again can say coming or not until the event begins."""
    if state is S.ARRIVED:
        return Window.HERE
    if status is EventStatus.DRAFT:
        return Window.NOT_YET
    if status not in LIVE or state is S.NO_SHOW:
        return Window.OVER
    if now < closes_at:
        return Window.OPEN
    return Window.CONFIRM_ONLY if was_asked and now < starts_at else Window.CLOSED


def facts(answer: Answer, *, state: S, round_began: bool, was_asked: bool, has_room: bool) -> tuple[Fact, ...]:
    """Return what an answer makes of an invitation.

    Once the round has begun a yes is firm, whether or not this guest was asked in it; a no is a late one only for
    somebody who was asked. Saying no twice changes nothing.
    """
    if answer is Answer.NOT_COMING:
        if state in REFUSED:
            return ()
        return (Fact.DECLINED_LATE,) if was_asked and state is not S.WAITING else (Fact.DECLINED,)
    if not has_room:
        return (Fact.WAITING,)
    if not round_began:
        return (Fact.ACCEPTED,)
    return (Fact.ACCEPTED, Fact.CONFIRMED if answer is Answer.COMING else Fact.SUBSTITUTED)
