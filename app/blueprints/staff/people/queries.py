"""What comes back about people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import contains_eager, joinedload

from app import clock
from app.blueprints.staff.queries import WITH_USER
from app.extensions import db
from app.models import Duty, Event, EventStatus, Shift, StaffPerson, User
from app.names import search_patterns

OVER = (EventStatus.CLOSED, EventStatus.ARCHIVED)


def people() -> Select[StaffPerson]:
    return select(StaffPerson)


def person(person_id: int) -> StaffPerson | None:
    return db.session.scalar(select(StaffPerson).where(StaffPerson.id == person_id).options(WITH_USER))


def matching(typed: str) -> ColumnElement[bool]:
    """Return the condition that name, agency, pinyin, initials or the phone's digits fit what was typed."""
    return and_(*(StaffPerson.search_key.like(pattern) for pattern in search_patterns(typed)), true())


def by_mobile(mobile: str, other_than: int | None = None) -> StaffPerson | None:
    """Return who has this mobile (E.164) already."""
    statement = select(StaffPerson).where(StaffPerson.mobile == mobile)
    if other_than is not None:
        statement = statement.where(StaffPerson.id != other_than)
    return db.session.scalar(statement.limit(1))


def agencies() -> list[str]:
    """Return the agencies on file, to choose from while typing."""
    return list(
        db.session.scalars(
            select(StaffPerson.agency).where(StaffPerson.agency != "").distinct().order_by(StaffPerson.agency)
        )
    )


def colleagues_not_on_file() -> list[User]:
    """Return everybody with an account in use who is not on file yet."""
    on_file = select(StaffPerson.user_id).where(StaffPerson.user_id.is_not(None))
    return list(
        db.session.scalars(select(User).where(User.is_active, User.id.not_in(on_file)).order_by(User.name, User.id))
    )


def duties_ahead(people: Sequence[StaffPerson] | None = None) -> dict[int, int]:
    """Return by person how many duties they have that are not over yet."""
    statement = (
        select(Duty.person_id, func.count())
        .join(Shift, Shift.id == Duty.shift_id)
        .join(Event, Event.id == Duty.event_id)
        .where(Shift.ends_at > clock.now(), Event.status.not_in(OVER))
        .group_by(Duty.person_id)
    )
    if people is not None:
        statement = statement.where(Duty.person_id.in_([each.id for each in people]))
    return dict(db.session.execute(statement).all())


@dataclass(frozen=True)
class Work:
    """What somebody does, or did, at one event."""

    event: Event
    duties: list[Duty]

    @property
    def is_ahead(self) -> bool:
        return self.event.status not in OVER and any(duty.shift.ends_at > clock.now() for duty in self.duties)

    @property
    def starts_at(self) -> datetime:
        return self.event.starts_at


def work_of(person: StaffPerson) -> list[Work]:
    """Return somebody's duties by event, the latest event first."""
    rows = db.session.scalars(
        select(Duty)
        .join(Duty.shift)
        .join(Duty.event)
        .options(contains_eager(Duty.shift), contains_eager(Duty.event), joinedload(Duty.role, innerjoin=True))
        .where(Duty.person_id == person.id)
        .order_by(Event.starts_at.desc(), Event.id.desc(), Shift.starts_at, Duty.id)
    )
    found: dict[int, Work] = {}
    for duty in rows:
        found.setdefault(duty.event_id, Work(duty.event, [])).duties.append(duty)
    return list(found.values())
