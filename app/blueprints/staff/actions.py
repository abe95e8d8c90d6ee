"""What is done to a staff plan: start it, give duties, move them, take them back. Nothing here commits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import clock, journal
from app.blueprints.staff import queries, template
from app.blueprints.staff.rules.places import (
    AlreadyInRole,
    NoPlaceFree,
    PersonHasLeft,
    PlaceTaken,
    StaffPlanClosed,
    free_slot,
)
from app.errors import N_, SigningDayError
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
)

_COLUMNS = (
    *("role_id", "person_id", "shift_id", "slot", "station", "is_deputy"),
    *("state", "told_at", "told_digest", "answered_at", "refusal"),
)


class DutyIsBack(SigningDayError):
    """The removed duty has been put back already, or somebody else has its place."""

    code = "duty_is_back"
    sentence = N_("The duty has been put back already, or its role, shift or person is gone.")


def check_changeable(event: Event) -> None:
    """Raise when the plan of the event is a matter of record."""
    if event.status in {EventStatus.CLOSED, EventStatus.ARCHIVED}:
        raise StaffPlanClosed


def prepare(event: Event) -> int:
    """Give the event the standard roles, shifts and needs it does not have. Returns how many roles were added.

    Twice is once: a row is known again by its key, and needs come only with a role or shift that is new.
    """
    check_changeable(event)
    have_roles = {row.key: row for row in queries.roles(event)}
    have_shifts = {row.key: row for row in queries.shifts(event)}
    laid_out, new_shifts = [], set()
    for part, shift in template.shifts(event):
        if shift.key not in have_shifts:
            db.session.add(shift)
            new_shifts.add(shift.key)
        laid_out.append((part, have_shifts.get(shift.key, shift)))
    added = []
    for position, row in enumerate(template.ROLES, start=1):
        if row.key not in have_roles:
            role = template.role(row, event, position)
            db.session.add(role)
            added.append((row, role))
    db.session.flush()
    for row, role in added:
        db.session.add_all(template.needs(row, role, laid_out))
    if added or new_shifts:
        journal.record("staff.prepared", event, event_id=event.id, changes={})
    db.session.flush()
    return len(added)


def assign(
    event: Event,
    role: StaffRole,
    person: StaffPerson,
    shifts: Sequence[Shift],
    *,
    is_deputy: bool = False,
    slot: int | None = None,
    station: str = "",
    beyond: bool = False,
) -> list[Duty]:
    """Give a person a role in some shifts, in the first free place of each, or in `slot` of the first shift.

    `beyond` allows one more than the role needs; deputies are never too many. Overlaps are allowed and become alarms:
    the planner may know better. Raises when a place is taken or the person has the role in a shift already.
    """
    check_changeable(event)
    if not person.is_here:
        raise PersonHasLeft(person=person.name)
    duties = []
    for number, shift in enumerate(shifts):
        wanted = slot if number == 0 else None
        place = _place(role, shift, person, is_deputy=is_deputy, wanted=wanted, beyond=beyond)
        duty = Duty(
            event_id=event.id,
            role=role,
            person=person,
            shift=shift,
            slot=place,
            is_deputy=is_deputy,
            station=station or ("" if is_deputy else role.station_of(place)),
            state=DutyState.PLANNED,
            created_at=clock.now(),
        )
        _add(duty)
        journal.record("duty.assigned", duty, event_id=event.id, changes=_given(duty))
        duties.append(duty)
    db.session.flush()
    return duties


def _place(
    role: StaffRole, shift: Shift, person: StaffPerson, *, is_deputy: bool, wanted: int | None, beyond: bool
) -> int:
    rows = db.session.execute(
        select(Duty.slot, Duty.is_deputy, Duty.person_id).where(Duty.role_id == role.id, Duty.shift_id == shift.id)
    ).all()
    if any(row.person_id == person.id for row in rows):
        raise AlreadyInRole(person=person.name, role=role.name, shift=shift.name)
    taken = {row.slot for row in rows if row.is_deputy is is_deputy}
    if wanted is not None:
        if wanted in taken:
            raise PlaceTaken
        return wanted
    need = db.session.get(StaffNeed, (role.id, shift.id))
    place = free_slot(need.required if need else 0, taken, beyond=beyond or is_deputy)
    if place is None:
        raise NoPlaceFree(role=role.name, shift=shift.name)
    return place


def _add(duty: Duty) -> None:
    """Insert in a savepoint: of two planners who fill one place at the same moment, the second is told."""
    try:
        with db.session.begin_nested():
            db.session.add(duty)
            db.session.flush()
    except IntegrityError as fault:
        raise PlaceTaken from fault


def move(event: Event, duty: Duty, role: StaffRole, shift: Shift, *, slot: int | None, is_deputy: bool) -> None:
    """Move a duty into another place. Its station follows the place; whoever was told is asked again."""
    check_changeable(event)
    here = (duty.role_id, duty.shift_id, duty.is_deputy, duty.slot)
    if here == (role.id, shift.id, is_deputy, slot):
        return
    other = db.session.scalar(
        select(Duty.id).where(
            Duty.role_id == role.id,
            Duty.shift_id == shift.id,
            Duty.person_id == duty.person_id,
            Duty.id != duty.id,
        )
    )
    if other is not None:
        raise AlreadyInRole(person=duty.person.name, role=role.name, shift=shift.name)
    taken = _taken(role, shift, is_deputy, but=duty)
    need = db.session.get(StaffNeed, (role.id, shift.id))
    place = slot if slot is not None else free_slot(need.required if need else 0, taken, beyond=is_deputy)
    if place is None:
        raise NoPlaceFree(role=role.name, shift=shift.name)
    if place in taken:
        raise PlaceTaken
    before = _said(duty)
    try:
        with db.session.begin_nested():
            duty.role, duty.shift, duty.slot, duty.is_deputy = role, shift, place, is_deputy
            duty.station = "" if is_deputy else role.station_of(place)
            db.session.flush()
    except IntegrityError as fault:
        raise PlaceTaken from fault
    _record("duty.moved", duty, before)


def _taken(role: StaffRole, shift: Shift, is_deputy: bool, *, but: Duty) -> set[int]:
    return set(
        db.session.scalars(
            select(Duty.slot).where(
                Duty.role_id == role.id, Duty.shift_id == shift.id, Duty.is_deputy == is_deputy, Duty.id != but.id
            )
        )
    )


def stand_at(event: Event, duty: Duty, station: str) -> None:
    """Say where somebody stands."""
    check_changeable(event)
    before = _said(duty)
    duty.station = station
    _record("duty.edited", duty, before)
    db.session.flush()


def hand_over(event: Event, duty: Duty, person: StaffPerson) -> tuple[Duty, JournalEntry]:
    """Give a duty to somebody else, who starts as not told. Returns the new duty, and the entry that takes it back."""
    check_changeable(event)
    role, shift, slot = duty.role, duty.shift, duty.slot
    is_deputy, station = duty.is_deputy, duty.station
    entry = remove(event, duty)
    given = assign(event, role, person, [shift], is_deputy=is_deputy, slot=slot, station=station)
    return given[0], entry


def remove(event: Event, duty: Duty) -> JournalEntry:
    """Take a duty away. Returns the journal's entry, from which `put_back` can make it again as it was."""
    check_changeable(event)
    said = {name: [value, None] for name, value in _said(duty).items()}
    kept = {name: _plain(getattr(duty, name)) for name in _COLUMNS}
    entry = journal.record(queries.REMOVED, duty, event_id=event.id, changes={**said, journal.KEPT: [kept, None]})
    db.session.delete(duty)
    db.session.flush()
    return entry


def put_back(event: Event, entry: JournalEntry, *, instead_of: Duty | None = None) -> Duty:
    """Make a removed duty again, with what its person has been told and answered; of a handed-over one the new duty
    goes first (`instead_of`). A button pressed twice puts it back once.
    """
    check_changeable(event)
    if instead_of is not None:
        remove(event, instead_of)
    kept = entry.changes[journal.KEPT][0]
    role, shift = queries.role(event, kept["role_id"]), queries.shift(event, kept["shift_id"])
    person = db.session.get(StaffPerson, kept["person_id"])
    if role is None or shift is None or person is None:
        raise DutyIsBack
    _place(role, shift, person, is_deputy=kept["is_deputy"], wanted=kept["slot"], beyond=True)
    duty = Duty(
        event_id=event.id,
        role=role,
        person=person,
        shift=shift,
        slot=kept["slot"],
        station=kept["station"],
        is_deputy=kept["is_deputy"],
        state=DutyState(kept["state"]),
        told_at=_instant(kept["told_at"]),
        told_digest=kept["told_digest"],
        answered_at=_instant(kept["answered_at"]),
        refusal=kept["refusal"],
        created_at=clock.now(),
    )
    _add(duty)
    journal.record("duty.put_back", duty, event_id=event.id, changes=_given(duty))
    db.session.flush()
    return duty


def _said(duty: Duty) -> dict[str, Any]:
    """What the journal says of a duty, in words."""
    return {
        "person": duty.person.name,
        "role": duty.role.name,
        "shift": duty.shift.name,
        "station": duty.station,
        "is_deputy": duty.is_deputy,
    }


def _given(duty: Duty) -> dict[str, Any]:
    return {name: [None, value] for name, value in _said(duty).items() if value}


def _record(action: str, duty: Duty, before: dict[str, Any]) -> None:
    after = _said(duty)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changes:
        journal.record(action, duty, event_id=duty.event_id, changes=changes)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
