"""Who of the staff is here, who is missing, and whom to tell: worked out from duties and passes in three queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app import clock
from app.blueprints.staff.queries import WITH_USER
from app.blueprints.staff.rules.presence import Presence, duty_day, presence
from app.extensions import db
from app.models import Duty, DutyState, Event, EventStatus, Shift, StaffPass, StaffPerson

COMMANDER = "executive_commander"
AROUND = timedelta(hours=36)  # a day of duty is never further away from now than this
ON_THE_DAY = frozenset({EventStatus.OPEN, EventStatus.RUNNING})


@dataclass(frozen=True)
class Attendance:
    """One person on the day that counts now: their duties of that day, and whether they are here."""

    person: StaffPerson
    key: StaffPass | None
    duties: Sequence[Duty]
    presence: Presence

    @property
    def first(self) -> Duty:
        return self.duties[0]

    @property
    def arrived_at(self) -> datetime | None:
        return self.key.arrived_at if self.key is not None and self.presence is Presence.HERE else None


@dataclass
class DayBoard:
    """Everybody of one event who is on duty today, or next."""

    event: Event
    now: datetime
    people: Sequence[Attendance]
    duties: Sequence[Duty]

    def of(self, *wanted: Presence) -> list[Attendance]:
        return [each for each in self.people if each.presence in wanted]

    @cached_property
    def missing(self) -> list[Attendance]:
        return self.of(Presence.MISSING)

    def deputies_of(self, attendance: Attendance) -> list[StaffPerson]:
        """Return who stands in for the role and shift in which somebody is missing, the person itself left out."""
        first = attendance.first
        return [
            each.person
            for each in self.duties
            if each.is_deputy
            and (each.role_id, each.shift_id) == (first.role_id, first.shift_id)
            and each.person_id != attendance.person.id
        ]

    def commanders(self) -> list[StaffPerson]:
        """Return whom to tell of what goes wrong, the first to be asked first: the executive commander of now, then
        the deputies. A plan without that role is led by its first lead role."""
        roles = sorted({each.role for each in self.duties}, key=lambda role: (role.position, role.id))
        led_by = next((r for r in roles if r.key == COMMANDER), None) or next((r for r in roles if r.is_lead), None)
        own = [each for each in self.duties if led_by is not None and each.role_id == led_by.id]
        own.sort(key=lambda each: (each.is_deputy, not self._is_now(each), self._far(each), each.slot))
        return list({each.person_id: each.person for each in own}.values())

    def _is_now(self, duty: Duty) -> bool:
        return duty.shift.starts_at <= self.now < duty.shift.ends_at

    def _far(self, duty: Duty) -> timedelta:
        return max(duty.shift.starts_at - self.now, self.now - duty.shift.ends_at)


def boards(events: Sequence[Event], now: datetime | None = None) -> dict[int, DayBoard]:
    """Return the boards of some events by id: two queries, however many events and people there are."""
    now = now or clock.now()
    ids = [event.id for event in events]
    if not ids:
        return {}
    rows = db.session.scalars(
        select(Duty)
        .join(Duty.shift)
        .where(
            Duty.event_id.in_(ids),
            Duty.state != DutyState.REFUSED,
            Shift.ends_at > now - AROUND,
            Shift.starts_at < now + AROUND,
        )
        .options(
            contains_eager(Duty.shift),
            joinedload(Duty.role, innerjoin=True),
            joinedload(Duty.person, innerjoin=True).options(WITH_USER),
        )
        .order_by(Shift.starts_at, Duty.role_id, Duty.is_deputy, Duty.slot)
    )
    duties: dict[int, list[Duty]] = defaultdict(list)
    for duty in rows:
        if duty.person.is_here:
            duties[duty.event_id].append(duty)
    keys = (
        {
            (each.event_id, each.person_id): each
            for each in db.session.scalars(select(StaffPass).where(StaffPass.event_id.in_(list(duties))))
        }
        if duties
        else {}
    )
    return {event.id: _board(event, duties[event.id], keys, now) for event in events}


def board(event: Event) -> DayBoard:
    """Return the board of one event."""
    return boards([event])[event.id]


def _board(event: Event, duties: Sequence[Duty], keys: dict[tuple[int, int], StaffPass], now: datetime) -> DayBoard:
    by_person: dict[int, list[Duty]] = defaultdict(list)
    for each in duties:
        by_person[each.person_id].append(each)
    people = []
    for own in by_person.values():
        attendance = attendance_of(event, own, keys.get((event.id, own[0].person_id)), now)
        if attendance is not None:
            people.append(attendance)
    order = list(Presence)
    people.sort(key=lambda each: (order.index(each.presence), each.first.shift.starts_at, each.person.sort_key))
    return DayBoard(event, now, people, duties)


def attendance_of(event: Event, duties: Sequence[Duty], key: StaffPass | None, now: datetime) -> Attendance | None:
    """Return how it stands with one person (None when all their duties are over).

    What counts is where the person has to stand; deputies' duties only when there is no other on that day.
    """
    zone, by_shift = event.time_zone, {each.shift_id: each for each in reversed(duties)}
    standing = [each for each in duties if not each.is_deputy]
    day = duty_day([each.shift for each in standing], now, zone) or duty_day([each.shift for each in duties], now, zone)
    if not day:
        return None
    own = {each.shift_id: each for each in reversed(standing)}
    chosen = [own.get(shift.id) or by_shift[shift.id] for shift in dict.fromkeys(day)]
    told = presence(
        day,
        key.arrived_at if key else None,
        now,
        zone,
        timedelta(minutes=event.staff_grace_minutes),
        stands_by=all(each.is_deputy for each in chosen),
    )
    return Attendance(chosen[0].person, key, chosen, told)
