"""The call list. A fixed number of queries, however long it is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from app.blueprints.rsvp.calls.rules import Place, doubt, in_order, value
from app.blueprints.rsvp.headcount.queries import histories
from app.blueprints.rsvp.headcount.rules import likelihood
from app.blueprints.rsvp.rounds import queries as rounds
from app.extensions import db
from app.models import Call, CallOutcome, Confirmation, Event, Invitation, InvitationState, Reply, Round


@dataclass(frozen=True)
class ToCall:
    """A guest on the call list, with what the caller wants before the eyes."""

    invitation: Invitation
    reply: Reply | None
    last_call: Call | None
    calls: int
    likelihood: float
    place: Place

    @property
    def is_due(self) -> bool:
        return self.place.next_call_at is not None


def call_list(event: Event, now: datetime, rep_id: int | None = None) -> list[ToCall]:
    """Return whom to call, in order: the silent, and those asked again who never answered at all."""
    statement = (
        select(Invitation, Reply)
        .outerjoin(Reply, Reply.invitation_id == Invitation.id)
        .where(Invitation.event_id == event.id, _to_be_called(rounds.current_round(event)))
        .options(joinedload(Invitation.dealer), joinedload(Invitation.rep))
    )
    if rep_id is not None:
        statement = statement.where(Invitation.rep_id == rep_id)
    rows: list[tuple[Invitation, Reply | None]] = [(row[0], row[1]) for row in db.session.execute(statement)]
    last, counts = _last_calls(event)
    past = histories(event)
    found: dict[int, ToCall] = {}
    for invitation, reply in rows:
        answer = reply.answer if reply else None
        chance = likelihood(
            invitation.state, answer, invitation.readiness, invitation.kind, past.get(invitation.dealer_id)
        )
        call = last.get(invitation.id)
        place = Place(
            invitation_id=invitation.id,
            score=doubt(chance)
            * value(
                invitation.kind,
                invitation.readiness,
                invitation.expected_amount,
                is_lead=invitation.is_lead_signer,
            ),
            next_call_at=call.next_call_at if call else None,
            needs_number=not invitation.dealer.mobile or _wrong_number(call),
        )
        found[invitation.id] = ToCall(invitation, reply, call, counts.get(invitation.id, 0), chance, place)
    return [found[place.invitation_id] for place in in_order([each.place for each in found.values()], now)]


def _to_be_called(current: Round | None) -> ColumnElement[bool]:
    silent = Invitation.state == InvitationState.SILENT
    if current is None:
        return silent
    asked = exists().where(
        Confirmation.invitation_id == Invitation.id,
        Confirmation.round_id == current.id,
        Confirmation.answer.is_(None),
    )
    return or_(silent, and_(Invitation.state == InvitationState.NO_ANSWER, asked))


def _wrong_number(call: Call | None) -> bool:
    return call is not None and call.outcome is CallOutcome.WRONG_NUMBER


def _last_calls(event: Event) -> tuple[dict[int, Call], dict[int, int]]:
    ranked = (
        select(func.max(Call.id).label("id"), func.count().label("calls"))
        .join(Invitation, Invitation.id == Call.invitation_id)
        .where(Invitation.event_id == event.id)
        .group_by(Call.invitation_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Call, ranked.c.calls).join(ranked, ranked.c.id == Call.id).options(joinedload(Call.caller))
    )
    last, counts = {}, {}
    for call, count in rows:
        last[call.invitation_id] = call
        counts[call.invitation_id] = count
    return last, counts


def call_of(invitation: Invitation, call_id: int) -> Call | None:
    """Return one call to this guest."""
    return db.session.scalar(select(Call).where(Call.id == call_id, Call.invitation_id == invitation.id))


def latest_call(invitation: Invitation) -> Call | None:
    """Return the last call to this guest."""
    return db.session.scalar(select(Call).where(Call.invitation_id == invitation.id).order_by(Call.id.desc()).limit(1))


def calls_since(event: Event, since: datetime, rep_id: int | None = None) -> dict[CallOutcome, int]:
    """Return the calls since an instant, by outcome."""
    statement = (
        select(Call.outcome, func.count())
        .join(Invitation, Invitation.id == Call.invitation_id)
        .where(Invitation.event_id == event.id, Call.called_at >= since)
        .group_by(Call.outcome)
    )
    if rep_id is not None:
        statement = statement.where(Invitation.rep_id == rep_id)
    return {row[0]: row[1] for row in db.session.execute(statement)}
