"""The rounds of an event, who is asked in one, and who has not answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from app.blueprints.invitations.rules import TO_ASK_AGAIN
from app.blueprints.rsvp.rounds.rules import LIVE, ONLY_FOR_A_NEW_DAY, Asked, Timing, is_current
from app.extensions import db
from app.models import Answer, Confirmation, Event, Invitation, InvitationState, Reply, Round


def timing_of(event: Event) -> Timing:
    """Return what decides when an event's guests are asked again."""
    return Timing(event.starts_at, event.time_zone, event.reconfirm_days_before, event.reconfirm_at)


def latest_round(event: Event) -> Round | None:
    """Return the round started last."""
    return db.session.scalar(select(Round).where(Round.event_id == event.id).order_by(Round.number.desc()).limit(1))


def asked_of(latest: Round | None) -> Asked | None:
    """Return what the rules want to know of a round."""
    return None if latest is None else Asked(latest.number, latest.started_at, latest.event_starts_at)


def current_round(event: Event) -> Round | None:
    """Return the round that asks, or asked, about the day on which the event is now."""
    latest = latest_round(event)
    return latest if is_current(timing_of(event), asked_of(latest)) else None


def confirmation_of(invitation: Invitation, of_round: Round | None) -> Confirmation | None:
    """Return the question put to a guest in a round, or None when it was not."""
    if of_round is None:
        return None
    return db.session.scalar(
        select(Confirmation).where(Confirmation.invitation_id == invitation.id, Confirmation.round_id == of_round.id)
    )


def live_events(now: datetime) -> list[Event]:
    """Return the events that have not begun and whose guests may answer, the nearest first."""
    statement = select(Event).where(Event.status.in_(LIVE), Event.starts_at > now).order_by(Event.starts_at, Event.id)
    return list(db.session.scalars(statement))


def _askable(number: int) -> ColumnElement[bool]:
    states = TO_ASK_AGAIN if number == 1 else TO_ASK_AGAIN | ONLY_FOR_A_NEW_DAY
    return Invitation.state.in_(states)


def still_to_ask(of_round: Round) -> Select[Any]:
    """Return the select of guests whom this round has not asked yet.

    Whoever was invited after it began has just been asked, and is left alone.
    """
    asked = exists().where(Confirmation.invitation_id == Invitation.id, Confirmation.round_id == of_round.id)
    return (
        select(Invitation)
        .where(
            Invitation.event_id == of_round.event_id,
            _askable(of_round.number),
            or_(Invitation.invited_at.is_(None), Invitation.invited_at <= of_round.started_at),
            ~asked,
        )
        .order_by(Invitation.id)
    )


def to_ask(event: Event, number: int) -> dict[InvitationState, int]:
    """Return whom a round with this number would ask if it began now: how many stand at which state."""
    statement = select(Invitation.state, func.count()).where(Invitation.event_id == event.id, _askable(number))
    return {row[0]: row[1] for row in db.session.execute(statement.group_by(Invitation.state))}


def count_silent(event: Event, rep_id: int | None, *, without_rep: bool = False) -> int:
    """Return how many guests are silent: of all, of one rep, or of those who have no rep."""
    statement = select(func.count()).where(Invitation.event_id == event.id, Invitation.state == InvitationState.SILENT)
    if without_rep:
        statement = statement.where(Invitation.rep_id.is_(None))
    elif rep_id is not None:
        statement = statement.where(Invitation.rep_id == rep_id)
    return int(db.session.scalar(statement) or 0)


@dataclass(frozen=True)
class Progress:
    """How a round stands: guests asked, and by what they have answered."""

    asked: int
    coming: int
    not_coming: int
    substitute: int
    still_to_ask: int

    @property
    def open(self) -> int:
        return self.asked - self.coming - self.not_coming - self.substitute


def count_waiting(event: Event, rep_id: int | None) -> int:
    """Return how many guests wait for a seat."""
    statement = select(func.count()).where(Invitation.event_id == event.id, Invitation.state == InvitationState.WAITING)
    if rep_id is not None:
        statement = statement.where(Invitation.rep_id == rep_id)
    return int(db.session.scalar(statement) or 0)


def silent_by_rep(event: Event) -> dict[int | None, int]:
    """Return how many silent guests each rep has."""
    statement = select(Invitation.rep_id, func.count()).where(
        Invitation.event_id == event.id, Invitation.state == InvitationState.SILENT
    )
    return {row[0]: row[1] for row in db.session.execute(statement.group_by(Invitation.rep_id))}


def progress(of_round: Round) -> Progress:
    """Return how many were asked in a round and what they said."""
    rows = db.session.execute(
        select(Confirmation.answer, func.count())
        .where(Confirmation.round_id == of_round.id)
        .group_by(Confirmation.answer)
    )
    counts = {(answer.value if answer else ""): count for answer, count in rows}
    left = 0
    if of_round.finished_at is None:
        left = int(db.session.scalar(select(func.count()).select_from(still_to_ask(of_round).subquery())) or 0)
    return Progress(
        asked=sum(counts.values()),
        coming=counts.get("coming", 0),
        not_coming=counts.get("not_coming", 0),
        substitute=counts.get("substitute", 0),
        still_to_ask=left,
    )


def unanswered(of_round: Round) -> list[tuple[Invitation, Confirmation]]:
    """Return the guests asked in a round who have not answered and are not on the call list yet."""
    statement = (
        select(Invitation, Confirmation)
        .join(Confirmation, Confirmation.invitation_id == Invitation.id)
        .where(
            Confirmation.round_id == of_round.id,
            Confirmation.answer.is_(None),
            Invitation.state.in_({InvitationState.ACCEPTED, InvitationState.NO_ANSWER}),
        )
        .order_by(Invitation.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def replies_of(invitations: Sequence[Invitation]) -> dict[int, Answer]:
    """Return the answers on record of these guests, by invitation."""
    statement = select(Reply.invitation_id, Reply.answer).where(
        Reply.invitation_id.in_([each.id for each in invitations])
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def unfinished_rounds_of(event: Event) -> list[Round]:
    """Return the event's rounds that were not brought to an end."""
    return list(db.session.scalars(select(Round).where(Round.event_id == event.id, Round.finished_at.is_(None))))


def unfinished_rounds() -> list[tuple[Round, Event]]:
    """Return the rounds that were begun and not brought to an end, with their events."""
    statement = select(Round, Event).join(Event, Event.id == Round.event_id).where(Round.finished_at.is_(None))
    return [(row[0], row[1]) for row in db.session.execute(statement.order_by(Round.id))]
