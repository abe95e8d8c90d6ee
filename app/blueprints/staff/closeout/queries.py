"""What comes back about close-out lists."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app.blueprints.staff.closeout.rules import Line, Progress, given_key, lines_of
from app.blueprints.staff.queries import WITH_USER
from app.extensions import db
from app.models import CloseoutItem, Duty, DutyState, Event, EventStatus, StaffPerson, StaffRole, User


@dataclass(frozen=True)
class Sheet:
    """One person's list at an event; `missing` are lines of their roles that no item has been made of yet."""

    person: StaffPerson
    roles: Sequence[StaffRole] = ()
    items: Sequence[CloseoutItem] = ()
    missing: Sequence[Line] = field(default=())

    @property
    def progress(self) -> Progress:
        return Progress(
            done=sum(1 for each in self.items if each.done_at is not None),
            waived=sum(1 for each in self.items if each.waived_at is not None),
            open=sum(1 for each in self.items if each.is_open),
        )

    @property
    def open(self) -> int:
        """How many things are still to be done, made or not."""
        return self.progress.open + len(self.missing)


def held_roles(event: Event) -> dict[int, list[StaffRole]]:
    """Return by person the roles they were on duty in: whoever refused, or only stood by, has nothing to close out."""
    rows = db.session.execute(
        select(Duty.person_id, StaffRole)
        .join(StaffRole, StaffRole.id == Duty.role_id)
        .where(Duty.event_id == event.id, Duty.state != DutyState.REFUSED, ~Duty.is_deputy)
        .order_by(StaffRole.position, StaffRole.id)
    )
    found: defaultdict[int, list[StaffRole]] = defaultdict(list)
    for person_id, role in rows:
        if role not in found[person_id]:
            found[person_id].append(role)
    return dict(found)


def items(event: Event, *, person_id: int | None = None) -> list[CloseoutItem]:
    """Return the items of an event in the order of their list."""
    statement = (
        select(CloseoutItem)
        .where(CloseoutItem.event_id == event.id)
        .order_by(CloseoutItem.person_id, CloseoutItem.position, CloseoutItem.id)
        .options(joinedload(CloseoutItem.waived_by))
    )
    if person_id is not None:
        statement = statement.where(CloseoutItem.person_id == person_id)
    return list(db.session.scalars(statement))


def sheets(event: Event) -> list[Sheet]:
    """Return everybody's list, whoever has most open first: three queries, however many people there are."""
    roles, by_person = held_roles(event), defaultdict(list)
    made: set[tuple[int, str]] = set()
    keys: set[str] = set()
    for item in items(event):
        by_person[item.person_id].append(item)
        if item.key:
            made.add((item.person_id, item.key))
            keys.add(item.key)
    found = []
    for person in _people(set(roles) | set(by_person)):
        held = roles.get(person.id, [])
        missing = [
            line
            for line in lines_of(held)
            if (person.id, line.key) not in made and given_key(line.key, person.id) not in keys
        ]
        found.append(Sheet(person, held, by_person[person.id], missing))
    return sorted(found, key=lambda each: (-each.open, each.person.sort_key, each.person.id))


def _people(ids: Collection[int]) -> list[StaffPerson]:
    return list(
        db.session.scalars(
            select(StaffPerson).where(StaffPerson.id.in_(ids)).options(WITH_USER).order_by(StaffPerson.sort_key)
        )
    )


def sheet(event: Event, person_id: int) -> Sheet | None:
    """Return one person's list; None for somebody who neither worked here nor has anything to do."""
    return next((each for each in sheets(event) if each.person.id == person_id), None)


def item(event: Event, person_id: int, item_id: int) -> CloseoutItem | None:
    """Return one item of this person at this event."""
    return db.session.scalar(
        select(CloseoutItem).where(
            CloseoutItem.event_id == event.id, CloseoutItem.person_id == person_id, CloseoutItem.id == item_id
        )
    )


def total(found: Sequence[Sheet]) -> Progress:
    """Return how far everybody is together."""
    parts = [each.progress for each in found]
    done, waived = sum(each.done for each in parts), sum(each.waived for each in parts)
    return Progress(done, waived, sum(each.open for each in found))


def open_of_user(events: Sequence[Event], user_id: int) -> dict[int, int]:
    """Return by event how many items an account's own person has open: one query."""
    rows = db.session.execute(
        select(CloseoutItem.event_id, func.count())
        .join(StaffPerson, StaffPerson.id == CloseoutItem.person_id)
        .where(
            CloseoutItem.event_id.in_([each.id for each in events]),
            StaffPerson.user_id == user_id,
            CloseoutItem.done_at.is_(None),
            CloseoutItem.waived_at.is_(None),
        )
        .group_by(CloseoutItem.event_id)
    )
    return dict(rows.tuples().all())


def of_user(user_id: int) -> StaffPerson | None:
    """Return the person of an account."""
    return db.session.scalar(select(StaffPerson).where(StaffPerson.user_id == user_id))


def left_with_open(events: Sequence[Event]) -> dict[int, list[tuple[StaffPerson, int]]]:
    """Return by event who has left with items open, and how many: one query."""
    rows = db.session.execute(
        select(CloseoutItem.event_id, StaffPerson, func.count())
        .join(StaffPerson, StaffPerson.id == CloseoutItem.person_id)
        .outerjoin(User, User.id == StaffPerson.user_id)
        .where(
            CloseoutItem.event_id.in_([each.id for each in events]),
            CloseoutItem.done_at.is_(None),
            CloseoutItem.waived_at.is_(None),
            or_(~StaffPerson.is_active, User.is_active.is_(False)),
        )
        .group_by(CloseoutItem.event_id, StaffPerson.id)
        .order_by(StaffPerson.sort_key)
    )
    found: defaultdict[int, list[tuple[StaffPerson, int]]] = defaultdict(list)
    for event_id, person, number in rows:
        found[event_id].append((person, number))
    return found


def ended(now: datetime, statuses: Collection[EventStatus]) -> list[Event]:
    """Return the events in these states whose end has passed."""
    return list(
        db.session.scalars(
            select(Event).where(Event.ends_at <= now, Event.status.in_(statuses)).order_by(Event.ends_at, Event.id)
        )
    )
