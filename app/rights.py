"""What duties bring: rights in one event, from when until when, through which role.

A right is worked out anew at each request from the duty behind it, and stored nowhere. So it ends by itself when the
duty is taken away or refused, when the person leaves or the account is turned off, and when the event closes. What the
rights are is the table `GRANTED_BY` in `app/access.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from app import clock
from app.access import GRANTED_BY, Grant, Permission
from app.extensions import db
from app.models import Duty, DutyState, Event, EventStatus, StaffPerson, StaffRole, User

SET_UP_DAY = 1  # days before the event: the hall is set up on the day before
OVER = (EventStatus.CLOSED, EventStatus.ARCHIVED)


@dataclass(frozen=True)
class Right:
    """What one role brings one person in one event that is not closed."""

    user_id: int
    person: str
    event_id: int
    slug: str
    event: str
    ends_at: datetime  # of the event; the right ends when somebody closes it
    time_zone: str
    role: str
    grant: Grant
    is_deputy: bool
    from_at: datetime

    @property
    def permissions(self) -> frozenset[Permission]:
        return GRANTED_BY[self.grant]

    def holds(self, now: datetime) -> bool:
        """Tell whether it has begun."""
        return self.from_at <= now


def begins(
    days_before: int | None, *, is_deputy: bool, given_at: datetime, starts_at: datetime, time_zone: str
) -> datetime:
    """Return from when a duty's rights hold: the midnight so many days before the event, or since it was given.

    A deputy needs them when the work begins in the hall, so not before the day of the set-up. Nothing begins before
    the duty was given.
    """
    if is_deputy:
        days_before = SET_UP_DAY if days_before is None else min(days_before, SET_UP_DAY)
    if days_before is None:
        return given_at
    day = clock.local(starts_at, time_zone).date() - timedelta(days=days_before)
    return max(given_at, clock.instant(day, time(), time_zone))


def _rows() -> Select[*tuple[Any, ...]]:
    """Everybody's roles that bring rights in events that are not closed, one row for each role."""
    return (
        select(
            User.id.label("user_id"),
            StaffPerson.name.label("person"),
            Event.id.label("event_id"),
            Event.slug,
            Event.name.label("event"),
            Event.starts_at,
            Event.ends_at,
            Event.time_zone,
            StaffRole.id.label("role_id"),
            StaffRole.name.label("role"),
            StaffRole.position,
            StaffRole.grant,
            StaffRole.grant_days,
            Duty.is_deputy,
            func.min(Duty.created_at).label("given_at"),
        )
        .join(StaffPerson, StaffPerson.user_id == User.id)
        .join(Duty, Duty.person_id == StaffPerson.id)
        .join(StaffRole, StaffRole.id == Duty.role_id)
        .join(Event, Event.id == Duty.event_id)
        .where(
            User.is_active,
            StaffPerson.is_active,
            Duty.state != DutyState.REFUSED,
            StaffRole.grant != Grant.NONE,
            Event.status.not_in(OVER),
        )
        .group_by(User.id, StaffPerson.id, Event.id, StaffRole.id, Duty.is_deputy)
        .order_by(Event.starts_at, Event.id, StaffRole.position, StaffRole.id, Duty.is_deputy, StaffPerson.sort_key)
    )


_OF_USER = _rows().where(User.id == bindparam("user_id"))  # asked at many requests, so it is made once
_OF_ALL = _rows()


def of_user(user_id: int) -> list[Right]:
    """Return what somebody's duties bring, also what has not begun, by event: one query."""
    return _read(db.session.execute(_OF_USER, {"user_id": user_id}))


def of_everybody() -> list[Right]:
    """Return who holds what in which event, the next event first: one query."""
    return _read(db.session.execute(_OF_ALL))


def _read(rows: Iterable[Any]) -> list[Right]:
    return [
        Right(
            user_id=row.user_id,
            person=row.person,
            event_id=row.event_id,
            slug=row.slug,
            event=row.event,
            ends_at=row.ends_at,
            time_zone=row.time_zone,
            role=row.role,
            grant=row.grant,
            is_deputy=row.is_deputy,
            from_at=begins(
                row.grant_days,
                is_deputy=row.is_deputy,
                given_at=row.given_at,
                starts_at=row.starts_at,
                time_zone=row.time_zone,
            ),
        )
        for row in rows
    ]
