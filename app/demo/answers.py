"""What sample guests answer: first to the invitation, then to the question three days out."""

import random
from datetime import datetime, timedelta

from app.demo import names as made_up
from app.extensions import db
from app.models import (
    Answer,
    Call,
    CallOutcome,
    Companion,
    Confirmation,
    Event,
    Invitation,
    InvitationState,
    Readiness,
    Reply,
    Round,
    TravelMode,
    Via,
)

S = InvitationState
_ACCEPTS = {Readiness.READY: 0.97, Readiness.LEANING: 0.86, Readiness.WAVERING: 0.68, Readiness.PROSPECT: 0.5}
_SILENT_AT_FIRST = {Readiness.READY: 0.01, Readiness.LEANING: 0.08, Readiness.WAVERING: 0.18, Readiness.PROSPECT: 0.3}


def answer(
    chance: random.Random, event: Event, invitation: Invitation, *, before: datetime | None = None
) -> Reply | None:
    """Let a guest answer the invitation, before a moment if one is given, or not."""
    if invitation.invited_at is None or chance.random() < _SILENT_AT_FIRST[invitation.readiness]:
        return None
    days = chance.choice((0.1, 0.3, 0.5, 1, 1, 2, 2, 3, 4, 6, 8))
    at = invitation.invited_at + timedelta(days=days, minutes=chance.randrange(600))
    at = at if before is None else min(at, before - timedelta(minutes=chance.randrange(5, 300)))
    via = Via.PHONE if chance.random() < 0.15 or not invitation.dealer.mail else Via.LINK
    if chance.random() > _ACCEPTS[invitation.readiness]:
        invitation.state = S.DECLINED
        reply = Reply(answer=Answer.NOT_COMING, decline_reason=chance.choice(made_up.DECLINE_REASONS))
    else:
        invitation.state = S.ACCEPTED
        reply = _coming(chance, event, invitation)
    reply.invitation, reply.answered_at, reply.via = invitation, at, via
    reply.consented_at = at if via is Via.LINK else None
    db.session.add(reply)
    return reply


def _coming(chance: random.Random, event: Event, invitation: Invitation) -> Reply:
    reply = Reply(answer=Answer.COMING, diet=chance.choice(made_up.DIETS))
    if chance.random() < 0.22:
        db.session.add(Companion(invitation=invitation, name=made_up.Names(chance).contact()))
    local = invitation.dealer.city in event.venue_address
    if local or chance.random() < 0.25:
        reply.travel_mode = TravelMode.CAR
    elif chance.random() < 0.85:
        reply.travel_mode = TravelMode.TRAIN
        reply.travel_number = f"{chance.choice('GDC')}{chance.randrange(100, 6999)}"
    else:
        reply.travel_mode = TravelMode.FLIGHT
        reply.travel_number = f"XX{chance.randrange(1000, 9999)}"
    if reply.travel_mode in {TravelMode.TRAIN, TravelMode.FLIGHT}:
        eve = event.local_start.replace(hour=0, minute=0) - timedelta(days=1)
        reply.arrives_at = eve + timedelta(hours=chance.randrange(12, 21), minutes=5 * chance.randrange(12))
        reply.pickup_wanted = chance.random() < 0.6
        reply.hotel_nights = chance.choice((1, 1, 1, 2))
        reply.hotel_from = event.local_start.date() - timedelta(days=1)
    if chance.random() < 0.06:
        reply.question = chance.choice(made_up.QUESTIONS)
    return reply


def confirm(chance: random.Random, event: Event, invitation: Invitation, round_: Round, reply: Reply | None) -> None:
    """Ask again three days out; some stay silent and are called by their rep."""
    if invitation.state not in {S.ACCEPTED, S.INVITED}:
        return
    said_yes = invitation.state is S.ACCEPTED
    confirmation = Confirmation(invitation=invitation, round_id=round_.id, asked_at=round_.started_at)
    db.session.add(confirmation)
    luck = chance.random()
    if luck > (0.88 if said_yes else 0.3):
        invitation.state = S.SILENT
        _call(chance, event, invitation, confirmation)
        return
    at = round_.started_at + timedelta(minutes=chance.randrange(3, 230))
    if luck < (0.78 if said_yes else 0.12):
        _answered(invitation, confirmation, Answer.COMING, S.FIRM, at, Via.LINK)
    elif luck < (0.82 if said_yes else 0.15):
        _answered(invitation, confirmation, Answer.SUBSTITUTE, S.SUBSTITUTE, at, Via.LINK)
        _send_somebody_else(chance, invitation, reply, at)
    else:
        _answered(invitation, confirmation, Answer.NOT_COMING, S.DECLINED_LATE, at, Via.LINK)


def _answered(
    invitation: Invitation, confirmation: Confirmation, given: Answer, state: S, at: datetime, via: Via
) -> None:
    invitation.state = state
    confirmation.answer, confirmation.answered_at, confirmation.via = given, at, via


def _send_somebody_else(chance: random.Random, invitation: Invitation, reply: Reply | None, at: datetime) -> None:
    if reply is None:
        reply = Reply(invitation=invitation, answered_at=at, via=Via.LINK)
        db.session.add(reply)
    reply.answer = Answer.SUBSTITUTE
    reply.substitute_name = made_up.Names(chance).contact()


def _call(chance: random.Random, event: Event, invitation: Invitation, confirmation: Confirmation) -> None:
    """A rep has called about half of the silent ones."""
    luck = chance.random()
    if luck > 0.7:
        return
    at = confirmation.asked_at + timedelta(hours=chance.randrange(23, 30))
    call = Call(
        invitation=invitation, called_at=at, caller_id=invitation.rep_id, note=chance.choice(made_up.CALL_NOTES)
    )
    if luck < 0.35:
        call.outcome, call.note = CallOutcome.COMING, ""
        _answered(invitation, confirmation, Answer.COMING, S.FIRM, at, Via.PHONE)
    elif luck < 0.45:
        call.outcome, call.note = CallOutcome.NOT_COMING, chance.choice(made_up.DECLINE_REASONS)
        _answered(invitation, confirmation, Answer.NOT_COMING, S.DECLINED_LATE, at, Via.PHONE)
    elif luck < 0.6:
        call.outcome = CallOutcome.CALL_BACK
        call.next_call_at = event.starts_at - timedelta(hours=chance.randrange(16, 24))
    else:
        call.outcome = CallOutcome.NOT_REACHED
    db.session.add(call)
