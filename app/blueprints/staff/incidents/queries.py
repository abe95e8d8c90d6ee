"""What comes back about incidents."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import joinedload

from app.blueprints.staff.queries import WITH_USER
from app.extensions import db
from app.models import Duty, DutyState, Event, Incident, Severity, StaffPerson

_WORST_FIRST: ColumnElement[int] = case(
    {each.value: place for place, each in enumerate(Severity)}, value=Incident.severity, else_=len(Severity)
)
_LOAD = joinedload(Incident.acting).options(WITH_USER)


def _incidents(event: Event) -> Select[Incident]:
    return select(Incident).where(Incident.event_id == event.id).options(_LOAD)


def of_event(event: Event, *, state: str = "all", severity: Severity | None = None) -> list[Incident]:
    """Return incidents: what is open first, the worst on top, the newest first; `state` is open, done or all."""
    statement = _incidents(event)
    if state == "open":
        statement = statement.where(Incident.done_at.is_(None))
    elif state == "done":
        statement = statement.where(Incident.done_at.is_not(None))
    if severity is not None:
        statement = statement.where(Incident.severity == severity)
    is_done = Incident.done_at.is_not(None)
    worst = case((is_done, len(Severity)), else_=_WORST_FIRST)
    return list(db.session.scalars(statement.order_by(is_done, worst, Incident.reported_at.desc(), Incident.id.desc())))


def in_order(event: Event) -> list[Incident]:
    """Return all incidents as they happened, for the log on paper."""
    return list(db.session.scalars(_incidents(event).order_by(Incident.reported_at, Incident.id)))


def incident(event: Event, incident_id: int) -> Incident | None:
    """Return one incident of this event."""
    return db.session.scalar(_incidents(event).where(Incident.id == incident_id))


def counts(event: Event) -> dict[tuple[bool, Severity], int]:
    """Return how many incidents there are by whether they are done and how bad they are: one query."""
    is_done = Incident.done_at.is_not(None)
    rows = db.session.execute(
        select(is_done, Incident.severity, func.count())
        .where(Incident.event_id == event.id)
        .group_by(is_done, Incident.severity)
    )
    return {(bool(done), severity): number for done, severity, number in rows}


def open_of(events: Sequence[Event]) -> dict[int, list[Incident]]:
    """Return the open incidents of some events by id, the worst first: one query."""
    found: dict[int, list[Incident]] = defaultdict(list)
    statement = (
        select(Incident)
        .where(Incident.event_id.in_([each.id for each in events]), Incident.done_at.is_(None))
        .options(joinedload(Incident.acting).lazyload(StaffPerson.user))
        .order_by(_WORST_FIRST, Incident.reported_at, Incident.id)
    )
    for each in db.session.scalars(statement):
        found[each.event_id].append(each)
    return found


def of_person(event: Event, person_id: int) -> list[Incident]:
    """Return what somebody has to see to, the worst first."""
    mine = _incidents(event).where(Incident.acting_id == person_id, Incident.done_at.is_(None))
    return list(db.session.scalars(mine.order_by(_WORST_FIRST, Incident.reported_at)))


def same_since(event: Event, what: str, place: str, reported_by: str, since: datetime) -> Incident | None:
    """Return the open incident that the same person reported in the same words since then."""
    return db.session.scalar(
        _incidents(event)
        .where(
            Incident.what == what,
            Incident.place == place,
            Incident.reported_by == reported_by,
            Incident.reported_at >= since,
            Incident.done_at.is_(None),
        )
        .limit(1)
    )


def may_act(event: Event) -> list[StaffPerson]:
    """Return who can be asked to see to something: everybody with a duty that was not refused, by name."""
    on_duty = select(Duty.person_id).where(Duty.event_id == event.id, Duty.state != DutyState.REFUSED)
    rows = db.session.scalars(
        select(StaffPerson)
        .where(StaffPerson.id.in_(on_duty))
        .options(WITH_USER)
        .order_by(StaffPerson.sort_key, StaffPerson.id)
    )
    return [each for each in rows if each.is_here]


def stations(event: Event) -> list[str]:
    """Return the stations of the plan, to choose the place from."""
    statement = select(Duty.station).where(Duty.event_id == event.id, Duty.station != "").distinct()
    return list(db.session.scalars(statement.order_by(Duty.station)))
