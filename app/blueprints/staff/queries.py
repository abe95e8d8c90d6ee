"""What comes back about staff plans."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app import clock
from app.blueprints.staff.plan import Plan, window
from app.blueprints.staff.rules.alarms import Alarm
from app.blueprints.staff.rules.hours import Stretch
from app.extensions import db
from app.models import (
    Duty,
    DutyState,
    Event,
    EventStatus,
    JournalEntry,
    Shift,
    StaffNeed,
    StaffPerson,
    StaffRole,
    User,
)

REMOVED = "duty.removed"
# Whether the account is in use is asked of everybody; their company-wide roles are not.
WITH_USER = joinedload(StaffPerson.user).lazyload(User.role_rows)


def roles(event: Event) -> list[StaffRole]:
    """Return the event's roles in their order."""
    return list(
        db.session.scalars(
            select(StaffRole).where(StaffRole.event_id == event.id).order_by(StaffRole.position, StaffRole.id)
        )
    )


def role(event: Event, role_id: int) -> StaffRole | None:
    """Return one role of this event."""
    return db.session.scalar(select(StaffRole).where(StaffRole.event_id == event.id, StaffRole.id == role_id))


def shifts(event: Event) -> list[Shift]:
    """Return the event's shifts in order of time."""
    return list(
        db.session.scalars(
            select(Shift).where(Shift.event_id == event.id).order_by(Shift.starts_at, Shift.ends_at, Shift.id)
        )
    )


def shift(event: Event, shift_id: int) -> Shift | None:
    """Return one shift of this event."""
    return db.session.scalar(select(Shift).where(Shift.event_id == event.id, Shift.id == shift_id))


def duty(event: Event, duty_id: int) -> Duty | None:
    """Return one duty of this event with its role, shift and person."""
    return db.session.scalar(_duties().where(Duty.event_id == event.id, Duty.id == duty_id))


def _duties() -> Select[Duty]:
    return (
        select(Duty)
        .join(Duty.shift)
        .options(
            contains_eager(Duty.shift),
            joinedload(Duty.role, innerjoin=True),
            joinedload(Duty.person, innerjoin=True).options(WITH_USER),
            joinedload(Duty.event, innerjoin=True),
        )
        .order_by(Shift.starts_at, Duty.role_id, Duty.is_deputy, Duty.slot)
    )


def plan(event: Event) -> Plan:
    """Return the staff plan of one event: five queries."""
    return plans([event])[event.id]


def plans(events: Sequence[Event]) -> dict[int, Plan]:
    """Return the staff plans of some events by id: five queries, however many events, roles and people there are."""
    ids = [event.id for event in events]
    roles_of, shifts_of, duties_of = defaultdict(list), defaultdict(list), defaultdict(list)
    for role in db.session.scalars(
        select(StaffRole).where(StaffRole.event_id.in_(ids)).order_by(StaffRole.position, StaffRole.id)
    ):
        roles_of[role.event_id].append(role)
    for shift in db.session.scalars(
        select(Shift).where(Shift.event_id.in_(ids)).order_by(Shift.starts_at, Shift.ends_at, Shift.id)
    ):
        shifts_of[shift.event_id].append(shift)
    for duty in db.session.scalars(_duties().where(Duty.event_id.in_(ids))):
        duties_of[duty.event_id].append(duty)
    needs_of = _needs(ids)
    windows = {event.id: window(event, shifts_of[event.id]) for event in events}
    around = _around(list(windows.values()))
    now = clock.now()
    return {
        event.id: Plan(
            event=event,
            roles=roles_of[event.id],
            shifts=shifts_of[event.id],
            needs=needs_of[event.id],
            duties=duties_of[event.id],
            elsewhere=[
                each
                for each in around
                if each.event_id != event.id
                and each.shift.starts_at < windows[event.id].ends_at
                and windows[event.id].starts_at < each.shift.ends_at
            ],
            now=now,
        )
        for event in events
    }


def _needs(event_ids: Collection[int]) -> dict[int, dict[tuple[int, int], int]]:
    rows = db.session.execute(
        select(StaffRole.event_id, StaffNeed.role_id, StaffNeed.shift_id, StaffNeed.required)
        .join(StaffRole, StaffRole.id == StaffNeed.role_id)
        .where(StaffRole.event_id.in_(event_ids))
    )
    found: dict[int, dict[tuple[int, int], int]] = defaultdict(dict)
    for event_id, role_id, shift_id, required in rows:
        found[event_id][role_id, shift_id] = required
    return found


def _around(windows: Sequence[Stretch]) -> list[Duty]:
    """Return the duties of all events in these times, except of events in the archive."""
    if not windows:
        return []
    conditions = [(Shift.starts_at < each.ends_at) & (Shift.ends_at > each.starts_at) for each in windows]
    statement = _duties().join(Duty.event).where(or_(*conditions), Event.status != EventStatus.ARCHIVED)
    return list(db.session.scalars(statement))


def alarms(event: Event) -> list[Alarm]:
    """Return what in an event's staff plan needs a person, worst first."""
    return plan(event).alarms


def has_plan(event: Event) -> bool:
    """Tell whether the event has any role."""
    return db.session.scalar(select(StaffRole.id).where(StaffRole.event_id == event.id).limit(1)) is not None


def active_people() -> list[StaffPerson]:
    """Return everybody who may be given a duty, in the order of their names."""
    rows = db.session.scalars(
        select(StaffPerson)
        .where(StaffPerson.is_active)
        .options(WITH_USER)
        .order_by(StaffPerson.sort_key, StaffPerson.id)
    )
    return [each for each in rows if each.is_here]


def did_it(event: Event, role: StaffRole) -> dict[int, tuple[str, ...]]:
    """Return by person the earlier events at which they had this role (by its template row or name), latest first."""
    same = StaffRole.name == role.name if role.key is None else StaffRole.key == role.key
    rows = db.session.execute(
        select(Duty.person_id, Event.name, func.max(Event.starts_at).label("at"))
        .join(StaffRole, StaffRole.id == Duty.role_id)
        .join(Event, Event.id == Duty.event_id)
        .where(
            same,
            Duty.event_id != event.id,
            Event.starts_at < event.starts_at,
            Event.starts_at < clock.now(),
            Duty.state != DutyState.REFUSED,
        )
        .group_by(Duty.person_id, Event.id, Event.name)
        .order_by(func.max(Event.starts_at).desc(), Event.id.desc())
    )
    found: dict[int, list[str]] = defaultdict(list)
    for person_id, name, _at in rows:
        found[person_id].append(name)
    return {person_id: tuple(names) for person_id, names in found.items()}


def sources(event: Event) -> list[Event]:
    """Return the events whose staff plan could be copied, the one this event is like first, then the latest."""
    rows = db.session.scalars(
        select(Event)
        .where(Event.id != event.id, Event.id.in_(select(StaffRole.event_id)))
        .order_by(Event.starts_at.desc(), Event.id.desc())
    )
    return sorted(rows, key=lambda each: each.id != event.copied_from_id)


def removal(event: Event, entry_id: int) -> JournalEntry | None:
    """Return the journal's entry of a duty's removal from this event."""
    return db.session.scalar(
        select(JournalEntry).where(
            JournalEntry.id == entry_id, JournalEntry.event_id == event.id, JournalEntry.action == REMOVED
        )
    )
