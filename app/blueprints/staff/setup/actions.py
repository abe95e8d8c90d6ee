"""What is done to roles and shifts. Nothing here commits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from app import clock, journal, removal
from app.blueprints.events.rules.dates import Start
from app.blueprints.staff import queries, template
from app.blueprints.staff.actions import check_changeable
from app.blueprints.staff.rules.hours import Stretch
from app.blueprints.staff.rules.shifts import is_laid_out_for, moved
from app.errors import StaleChange
from app.extensions import db
from app.models import Event, Grant, Removal, Shift, StaffNeed, StaffRole


def add_role(event: Event, values: Mapping[str, Any]) -> StaffRole:
    """Add a role below the others."""
    check_changeable(event)
    last = db.session.scalar(select(func.max(StaffRole.position)).where(StaffRole.event_id == event.id))
    role = StaffRole(event_id=event.id, position=(last or 0) + 1, **values)
    db.session.add(role)
    changes: dict[str, Any] = {"name": [None, role.name]}
    if role.grant is not Grant.NONE:
        changes |= {"grant": [None, role.grant.value], "grant_days": [None, role.grant_days]}
    journal.record("staff_role.added", role, changes=changes)
    db.session.flush()
    return role


def edit_role(event: Event, role: StaffRole, values: Mapping[str, Any], *, version: int) -> None:
    """Change a role. Whoever was told of other duties is asked again."""
    check_changeable(event)
    if role.version != version:
        raise StaleChange
    for name, value in values.items():
        setattr(role, name, value)
    if changes := journal.changes_of(role):
        journal.record("staff_role.edited", role, changes=changes)
    db.session.flush()


def remove_role(event: Event, role: StaffRole, *, by_id: int | None = None) -> Removal:
    """Take a role away, and its duties with it; what is returned brings them back."""
    check_changeable(event)
    kept = removal.keep(role, event=event, name=role.name, by_id=by_id)
    journal.record("staff_role.removed", role, changes={"name": [role.name, None]})
    db.session.delete(role)
    db.session.flush()
    return kept


def place_role(event: Event, role: StaffRole, *, up: bool) -> None:
    """Move a role one line up or down in the list."""
    check_changeable(event)
    rows = queries.roles(event)
    at = rows.index(role)
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    for position, row in enumerate(rows, start=1):
        row.position = position
    db.session.flush()


def add_shift(event: Event, *, name: str, starts_at: datetime, ends_at: datetime) -> Shift:
    """Add a shift."""
    check_changeable(event)
    shift = template.new_shift(event, name, starts_at, ends_at)
    db.session.add(shift)
    journal.record("shift.added", shift, changes={"name": [None, name]})
    db.session.flush()
    return shift


def edit_shift(event: Event, shift: Shift, *, name: str, starts_at: datetime, ends_at: datetime, version: int) -> None:
    """Change a shift. Whoever was told other times is asked again; new times fit the event as it stands now."""
    check_changeable(event)
    if shift.version != version:
        raise StaleChange
    if (shift.starts_at, shift.ends_at) != (starts_at, ends_at):
        shift.for_start_at, shift.for_time_zone = event.starts_at, event.time_zone
    shift.name, shift.starts_at, shift.ends_at = name, starts_at, ends_at
    changes = journal.changes_of(shift)
    if said := {key: value for key, value in changes.items() if not key.startswith("for_")}:
        journal.record("shift.edited", shift, changes=said)
    db.session.flush()


def remove_shift(event: Event, shift: Shift, *, by_id: int | None = None) -> Removal:
    """Take a shift away, and its duties with it; what is returned brings them back."""
    check_changeable(event)
    kept = removal.keep(shift, event=event, name=shift.name, by_id=by_id)
    journal.record("shift.removed", shift, changes={"name": [shift.name, None]})
    db.session.delete(shift)
    db.session.flush()
    return kept


PUT_BACK = {"staff_roles": "staff_role.put_back", "shifts": "shift.put_back"}


def put_back(event: Event, removal_id: int) -> Removal | None:
    """Put a removed role or shift back with its duties; None when it is not known any more."""
    check_changeable(event)
    kept = removal.put_back(event, PUT_BACK.keys(), removal_id)
    if kept is not None:
        journal.record(PUT_BACK[kept.kind], event, event_id=event.id, changes={"name": [None, kept.name]})
    return kept


def set_needs(event: Event, wanted: Mapping[tuple[int, int], int]) -> int:
    """Say how many people roles need in shifts: (role id, shift id) to a number; 0 needs none. Returns the changes.

    Nobody loses a duty by it: who is beyond the need stays and is shown as one more than planned.
    """
    check_changeable(event)
    before = queries.plan(event).needs
    changed = {key: number for key, number in wanted.items() if before.get(key, 0) != number}
    for role_id, shift_id in changed:
        db.session.execute(
            delete(StaffNeed).where(StaffNeed.role_id == role_id, StaffNeed.shift_id == shift_id),
            execution_options={"synchronize_session": "fetch"},
        )
    db.session.add_all(
        StaffNeed(role_id=role_id, shift_id=shift_id, required=number)
        for (role_id, shift_id), number in changed.items()
        if number
    )
    if changed:
        total = sum((before | changed).values())
        journal.record("staff.needs_set", event, event_id=event.id, changes={"required": [sum(before.values()), total]})
    db.session.flush()
    return len(changed)


def moved_shifts(event: Event) -> list[tuple[Shift, Stretch]]:
    """Return the shifts that the event has moved away from and that are not over, each with where it would go."""
    start, now = Start(event.starts_at, event.time_zone), clock.now()
    return [
        (shift, moved(Stretch(shift.starts_at, shift.ends_at), Start(shift.for_start_at, shift.for_time_zone), start))
        for shift in queries.shifts(event)
        if shift.ends_at > now and not is_laid_out_for(shift.for_start_at, shift.for_time_zone, start)
    ]


def move_shifts(event: Event) -> int:
    """Let the shifts follow the event to its new start. Past ones stay: they were worked. Returns how many moved."""
    check_changeable(event)
    rows = moved_shifts(event)
    for shift, to in rows:
        before = [shift.starts_at.isoformat(), to.starts_at.isoformat()]
        shift.starts_at, shift.ends_at = to.starts_at, to.ends_at
        shift.for_start_at, shift.for_time_zone = event.starts_at, event.time_zone
        journal.record("shift.moved", shift, changes={"starts_at": before})
    db.session.flush()
    return len(rows)


def keep_shifts(event: Event) -> int:
    """Say that the shifts are meant to stay where they are although the event has moved. Returns how many stay."""
    check_changeable(event)
    rows = moved_shifts(event)
    for shift, _ in rows:
        shift.for_start_at, shift.for_time_zone = event.starts_at, event.time_zone
    db.session.flush()
    return len(rows)
