"""Which materials somebody sees to at an event: what their personal page lets them tick, count and report.

Worked out, never stored: what they own, what their tasks in the hall need or what stands in the zones of those tasks,
what stands where they are on duty, and for the reception what every guest is handed.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select

from app.blueprints.materials import queries
from app.blueprints.materials.lines import Line
from app.extensions import db
from app.models import Duty, DutyState, Material, QuantityRule, StaffPass, StaffRole, Zone, ZoneTask

HANDS_OUT = "receptionist"  # the template's role that hands out what is counted by guests


def lines(key: StaffPass) -> list[Line]:
    """Return the materials of a pass's person with their figures, what does not stand yet first."""
    ids = _ids(key)
    if not ids:
        return []
    found = [line for line in queries.sheet(key.event).lines if line.id in ids]
    return sorted(found, key=lambda line: line.figures.is_set_up)


def material(key: StaffPass, material_id: int) -> Material | None:
    """Return one of the materials that this person sees to."""
    return queries.material(key.event, material_id) if material_id in _ids(key) else None


def _ids(key: StaffPass) -> set[int]:
    hall = db.session.execute(
        select(ZoneTask.zone_id, ZoneTask.material_id)
        .join(Zone, Zone.id == ZoneTask.zone_id)
        .where(Zone.event_id == key.event_id, ZoneTask.owner_id == key.person_id)
    ).all()
    duties = db.session.execute(
        select(Duty.station, StaffRole.key)
        .join(StaffRole, StaffRole.id == Duty.role_id)
        .where(
            Duty.event_id == key.event_id,
            Duty.person_id == key.person_id,
            Duty.state != DutyState.REFUSED,
            ~Duty.is_deputy,
        )
    ).all()
    is_theirs = [
        Material.id.in_([row.material_id for row in hall if row.material_id is not None]),
        Material.zone_id.in_([row.zone_id for row in hall]),
        *_where(sorted({row.station for row in duties if row.station})),
    ]
    if key.person.user_id is not None:
        is_theirs.append(Material.owner_id == key.person.user_id)
    if any(row.key == HANDS_OUT for row in duties):
        is_theirs.append((Material.rule == QuantityRule.PER_GUEST) & Material.kit_id.is_(None))
    rows = db.session.scalars(
        select(Material.id)
        .outerjoin(Zone, Zone.id == Material.zone_id)
        .where(Material.event_id == key.event_id, or_(*is_theirs))
    )
    return set(rows)


def _where(stations: Sequence[str]) -> list[ColumnElement[bool]]:
    return [Material.place.in_(stations), Zone.name.in_(stations)] if stations else []
