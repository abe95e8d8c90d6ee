"""What comes back for somebody's own page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app import clock
from app.blueprints.staff.plan import standing_of
from app.extensions import db
from app.models import Duty, DutyState, DutyTick, Event, Shift, StaffPass, StaffPerson, StaffRole


def duties(key: StaffPass) -> list[Duty]:
    """Return the duties of a pass's person at its event in order of time."""
    return list(
        db.session.scalars(
            select(Duty)
            .join(Duty.shift)
            .where(Duty.event_id == key.event_id, Duty.person_id == key.person_id)
            .options(
                contains_eager(Duty.shift),
                joinedload(Duty.role, innerjoin=True),
                joinedload(Duty.event, innerjoin=True),
                joinedload(Duty.person, innerjoin=True),
            )
            .order_by(Shift.starts_at, Duty.id)
        )
    )


def ticks(duties: Sequence[Duty]) -> dict[int, set[str]]:
    """Return the lines that are done, by duty."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = db.session.execute(
        select(DutyTick.duty_id, DutyTick.line).where(DutyTick.duty_id.in_([each.id for each in duties]))
    )
    for duty_id, line in rows:
        found[duty_id].add(line)
    return found


def leads(event: Event) -> list[tuple[str, StaffPerson]]:
    """Return who leads at the event: the holders of lead roles who have not refused, by role, each once."""
    rows = db.session.execute(
        select(StaffRole.name, StaffPerson)
        .join(Duty, Duty.role_id == StaffRole.id)
        .join(StaffPerson, StaffPerson.id == Duty.person_id)
        .where(
            StaffRole.event_id == event.id,
            StaffRole.is_lead,
            ~Duty.is_deputy,
            Duty.state != DutyState.REFUSED,
            StaffPerson.is_active,
            StaffPerson.mobile.is_not(None),
        )
        .order_by(StaffRole.position, Duty.slot)
    )
    found: dict[int, tuple[str, StaffPerson]] = {}
    for role, person in rows:
        found.setdefault(person.id, (role, person))
    return list(found.values())


@dataclass(frozen=True)
class Shown:
    """One duty on the page."""

    duty: Duty
    standing: DutyState
    done: set[str]
    is_now: bool
    is_next: bool
    is_over: bool

    @property
    def asks(self) -> bool:
        return self.standing is DutyState.TOLD and not self.is_over

    @property
    def is_settled(self) -> bool:
        return self.standing is DutyState.ACKNOWLEDGED


def shown(key: StaffPass) -> list[Shown]:
    """Return a person's duties as they stand now; of those ahead the first is next."""
    now, found, next_at = clock.now(), [], None
    rows = duties(key)
    done = ticks(rows)
    for each in rows:
        standing = standing_of(each)
        ahead = each.shift.starts_at > now and standing is not DutyState.REFUSED
        if ahead and next_at is None:
            next_at = each.shift.starts_at
        found.append(
            Shown(
                duty=each,
                standing=standing,
                done=done.get(each.id, set()),
                is_now=each.shift.starts_at <= now < each.shift.ends_at and standing is not DutyState.REFUSED,
                is_next=ahead and each.shift.starts_at == next_at,
                is_over=each.shift.ends_at <= now,
            )
        )
    return found
