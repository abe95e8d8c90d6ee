"""What home looks up across all events. A `Scope` says whose guests may be counted and found."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from app import names
from app.blueprints.rsvp.rounds.queries import asked_of, timing_of
from app.blueprints.rsvp.rounds.rules import is_current
from app.extensions import db
from app.models import (
    Confirmation,
    Dealer,
    Event,
    EventStatus,
    Invitation,
    InvitationState,
    Job,
    Message,
    MessageState,
    Milestone,
    Round,
)

LIVE = (EventStatus.DRAFT, EventStatus.OPEN, EventStatus.RUNNING)
_S = InvitationState
COMING = frozenset({_S.ACCEPTED, _S.FIRM, _S.SUBSTITUTE, _S.ARRIVED})  # whoever is here has come
TROUBLED = (MessageState.FAILED, MessageState.UNCERTAIN)
MOST_FOUND = 10
_MOST_LATE = 12
_AN_EVENT_IS_OVER_AFTER = timedelta(days=2)


@dataclass
class Figures:
    """How many guests of an event stand where."""

    by_state: dict[InvitationState, int] = field(default_factory=lambda: defaultdict(int))
    to_call: int = 0
    troubled: int = 0  # messages that did not go out

    @property
    def listed(self) -> int:
        return sum(self.by_state.values())

    @property
    def coming(self) -> int:
        return sum(self.by_state[state] for state in COMING)

    @property
    def arrived(self) -> int:
        return self.by_state[InvitationState.ARRIVED]

    @property
    def invited(self) -> int:
        return self.listed - self.by_state[InvitationState.LISTED]


@dataclass(frozen=True)
class Scope:
    """Whose guests somebody may see: everybody's in some events (None: in all), in the others those of one rep."""

    whole: Collection[int] | None
    rep_id: int | None = None  # None: nobody's

    @property
    def condition(self) -> ColumnElement[bool]:
        if self.whole is None:
            return true()
        seen = Invitation.event_id.in_(self.whole)
        return seen if self.rep_id is None else or_(seen, Invitation.rep_id == self.rep_id)

    def is_whole(self, event: Event) -> bool:
        return self.whole is None or event.id in self.whole


def any_event() -> bool:
    return bool(db.session.scalar(select(exists().where(Event.id.is_not(None)))))


def events_ahead(now: datetime, ids: Collection[int] | None = None) -> list[Event]:
    """Return the events that are prepared or run, soonest first; with ids, only those.

    One that ended days ago has left the desk.
    """
    statement = (
        select(Event)
        .where(Event.status.in_(LIVE), Event.ends_at > now - _AN_EVENT_IS_OVER_AFTER)
        .order_by(Event.starts_at, Event.id)
    )
    return list(db.session.scalars(statement if ids is None else statement.where(Event.id.in_(ids))))


def events_of_a_year(now: datetime) -> list[Event]:
    """Return the events of the last twelve months and all that come, newest first."""
    return list(
        db.session.scalars(
            select(Event)
            .where(Event.starts_at > now - timedelta(days=366), Event.status != EventStatus.ARCHIVED)
            .order_by(Event.starts_at.desc(), Event.id.desc())
        )
    )


def figures_of(events: Sequence[Event], scope: Scope) -> dict[int, Figures]:
    """Return for each event how its guests stand, whom to call and what was not sent: four queries in all."""
    ids = [event.id for event in events]
    found = {event_id: Figures() for event_id in ids}
    counted = (
        select(Invitation.event_id, Invitation.state, func.count())
        .where(Invitation.event_id.in_(ids), scope.condition)
        .group_by(Invitation.event_id, Invitation.state)
    )
    for event_id, state, count in db.session.execute(counted):
        found[event_id].by_state[state] = count
    troubled = (
        select(Message.event_id, func.count())
        .where(Message.event_id.in_(ids), Message.state.in_(TROUBLED))
        .group_by(Message.event_id)
    )
    for of_event, count in db.session.execute(troubled):
        if of_event is not None:
            found[of_event].troubled = count
    for event_id, count in _to_call(events, scope):
        found[event_id].to_call = count
    return found


def _to_call(events: Sequence[Event], scope: Scope) -> list[tuple[int, int]]:
    """Count the call lists of many events, as the room rsvp makes them up for one."""
    ids = [event.id for event in events]
    latest = {each.event_id: each for each in db.session.scalars(_rounds_of(ids))}
    current = [
        latest[event.id].id
        for event in events
        if event.id in latest and is_current(timing_of(event), asked_of(latest[event.id]))
    ]
    unanswered = exists().where(
        Confirmation.invitation_id == Invitation.id,
        Confirmation.round_id.in_(current),
        Confirmation.answer.is_(None),
    )
    statement = (
        select(Invitation.event_id, func.count())
        .where(
            Invitation.event_id.in_(ids),
            scope.condition,
            or_(Invitation.state == _S.SILENT, and_(Invitation.state == _S.NO_ANSWER, unanswered)),
        )
        .group_by(Invitation.event_id)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def _rounds_of(event_ids: Sequence[int]) -> Select[Round]:
    return select(Round).where(Round.event_id.in_(event_ids)).order_by(Round.number)


def late_milestones(today: date, owner_id: int | None, ids: Collection[int] | None = None) -> list[Milestone]:
    """Return what should be done by now in events that are not over, longest late first.

    With an owner only theirs, with ids only those of these events.
    """
    statement = (
        select(Milestone)
        .join(Milestone.event)
        .options(contains_eager(Milestone.event), joinedload(Milestone.owner))
        .where(Milestone.done_at.is_(None), Milestone.due_on < today, Event.status.in_(LIVE))
        .order_by(Milestone.due_on, Milestone.id)
        .limit(_MOST_LATE)
    )
    if owner_id is not None:
        statement = statement.where(Milestone.owner_id == owner_id)
    if ids is not None:
        statement = statement.where(Milestone.event_id.in_(ids))
    return list(db.session.scalars(statement))


def jobs_of(user_id: int, most: int = 50) -> list[Job]:
    """Return somebody's own long jobs, newest first."""
    return list(
        db.session.scalars(
            select(Job)
            .options(joinedload(Job.result_file))
            .where(Job.created_by_id == user_id)
            .order_by(Job.id.desc())
            .limit(most)
        )
    )


def events_of_jobs(jobs: Sequence[Job]) -> dict[int, Event]:
    ids = {job.event_id for job in jobs if job.event_id is not None}
    return {event.id: event for event in db.session.scalars(select(Event).where(Event.id.in_(ids)))} if ids else {}


def job(job_id: int) -> Job | None:
    return db.session.get(Job, job_id)


# -- quick search


def events_found(typed: str, ids: Collection[int] | None = None) -> list[Event]:
    """Return the events whose name, theme or venue fits, in characters, pinyin or initials; newest first."""
    wanted = [pattern.strip("%") for pattern in names.search_patterns(typed)]
    if not wanted:
        return []
    fitting = []
    statement = select(Event).order_by(Event.starts_at.desc())
    for event in db.session.scalars(statement if ids is None else statement.where(Event.id.in_(ids))):
        key = names.search_key(event.name, event.theme) + names.search_key(event.venue)
        if all(term in key for term in wanted):
            fitting.append(event)
    return fitting[:MOST_FOUND]


def dealers_found(typed: str) -> list[Dealer]:
    """Return the dealers whose contact, company or phone fits."""
    patterns = names.search_patterns(typed)
    if not patterns:
        return []
    fits = and_(*(Dealer.search_key.like(pattern) for pattern in patterns))
    return list(db.session.scalars(select(Dealer).where(fits).order_by(Dealer.sort_key, Dealer.id).limit(MOST_FOUND)))


def invitations_found(typed: str, scope: Scope) -> list[Invitation]:
    """Return the guests that fit and that the person may see, those of the latest event first."""
    patterns = names.search_patterns(typed)
    if not patterns:
        return []
    statement = (
        select(Invitation)
        .join(Invitation.dealer)
        .join(Invitation.event)
        .options(contains_eager(Invitation.dealer), contains_eager(Invitation.event))
        .where(*(Dealer.search_key.like(pattern) for pattern in patterns), Event.status != EventStatus.ARCHIVED)
        .order_by(Event.starts_at.desc(), Dealer.sort_key, Invitation.id)
        .limit(MOST_FOUND)
    )
    return list(db.session.scalars(statement.where(scope.condition)))
