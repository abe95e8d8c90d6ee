"""What is done to the plan of materials: start it, copy it, change its rows. Nothing here commits."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import func, select

from app import journal, removal
from app.blueprints.events.queries import start_of
from app.blueprints.events.rules.dates import moved_day, moved_instant
from app.blueprints.materials import queries, template
from app.blueprints.materials.rules.figures import state
from app.blueprints.staff import passes
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import (
    Event,
    EventStatus,
    HallRequirement,
    Material,
    MaterialState,
    Movement,
    ProofState,
    Removal,
    StaffPerson,
    Zone,
    ZoneTask,
)
from app.names import search_key

# What a row of an earlier event brings along; where it stood in its life stays behind.
COPIED = (
    *("key", "position", "name", "rule", "base_quantity", "extra_quantity", "spare_percent", "pack_size", "unit"),
    *(
        "place",
        "department",
        "owner_id",
        "supplier",
        "unit_price",
        "cost_line",
        "lead_days",
        "design_text",
        "is_returnable",
        "notes",
    ),
    "search_key",
    "stock_item_id",
)


class MaterialsClosed(SigningDayError):
    """The event is a matter of record."""

    code = "materials_closed"
    sentence = N_("The event is archived, so its materials stay as they are.")


class MaterialInUse(SigningDayError):
    """A row that has orders or a log cannot just go."""

    code = "material_in_use"
    sentence = N_("%(name)s has been ordered or has come, so it stays on the list. Cancel the order, or write it off.")


class KitInKit(SigningDayError):
    """A kit cannot be a part, and a part cannot be a kit."""

    code = "kit_in_kit"
    sentence = N_("A kit cannot be a part of another kit.")


def check_changeable(event: Event) -> None:
    """Raise when the event's materials are a matter of record. After it has closed, things still go back."""
    if event.status is EventStatus.ARCHIVED:
        raise MaterialsClosed


def prepare(event: Event) -> int:
    """Give the event the standard materials, zones and hall requirements it does not have; return how many rows.

    Twice is once: a row is known again by its key, so what somebody took away comes back and the rest stays.
    """
    check_changeable(event)
    zones = _prepare_zones(event)
    added = _prepare_materials(event, zones)
    tasks = _prepare_tasks(event, zones, added)
    requirements = _prepare_requirements(event)
    if number := len(added) + tasks + requirements:
        journal.record("materials.prepared", event, event_id=event.id, changes={})
        db.session.flush()
        return number
    return 0


def _prepare_zones(event: Event) -> dict[str, Zone]:
    have = {row.key: row for row in queries.zones(event) if row.key}
    for position, row in enumerate(template.ZONES, start=1):
        if row.key not in have:
            zone = template.zone(row, event, position)
            db.session.add(zone)
            have[row.key] = zone
    db.session.flush()
    return have


def _prepare_materials(event: Event, zones: Mapping[str, Zone]) -> list[Material]:
    rows = list(db.session.scalars(select(Material).where(Material.event_id == event.id, Material.key.is_not(None))))
    have = {row.key: row for row in rows if row.key}
    added = []
    for position, row in enumerate(template.MATERIALS, start=1):
        if row.key in have:
            continue
        material = template.material(row, event, position)
        kit = have.get(row.kit)
        material.kit_id = kit.id if kit else None
        zone = zones.get(row.zone)
        material.zone_id = zone.id if zone else kit.zone_id if kit else None
        _name(material)
        db.session.add(material)
        db.session.flush()
        have[row.key] = material
        added.append(material)
    return added


def _prepare_tasks(event: Event, zones: Mapping[str, Zone], added: Collection[Material]) -> int:
    """Tie the standard tasks to the materials they depend on. Returns how many tasks were tied."""
    by_key = {row.key: row for row in added}
    tied = 0
    for row in template.ZONES:
        tasks = {task.position: task for task in zones[row.key].tasks}
        for position, wanted in enumerate(row.tasks, start=1):
            task, material = tasks.get(position), by_key.get(wanted.material)
            if task is not None and material is not None and task.material_id is None:
                task.material_id = material.id
                tied += 1
    return tied


def _prepare_requirements(event: Event) -> int:
    have = set(db.session.scalars(select(HallRequirement.key).where(HallRequirement.event_id == event.id)))
    missing = [
        template.requirement(key, text, event, position)
        for position, (key, text) in enumerate(template.REQUIREMENTS, start=1)
        if key not in have
    ]
    db.session.add_all(missing)
    return len(missing)


def copy_from(event: Event, source: Event, *, with_people: bool = False) -> int:
    """Take over the materials, zones, tasks and requirements of another event that this one has not. Returns how many.

    Rows are known again by key, or by name where somebody added them. What has a day of its own moves with the event;
    with people, whoever sets something up there and still works for us does so here.
    """
    check_changeable(event)
    zones = _copy_zones(event, source)
    rows = list(db.session.scalars(select(Material).where(Material.event_id == source.id).order_by(Material.id)))
    ours = list(db.session.scalars(select(Material).where(Material.event_id == event.id)))
    have = {row.key or row.name for row in ours}
    copies: dict[int, Material] = {}
    for row in sorted(rows, key=lambda each: each.kit_id is not None):
        if (row.key or row.name) in have:
            continue
        copy = Material(event_id=event.id, **{name: getattr(row, name) for name in COPIED})
        copy.proof = ProofState.NOT_NEEDED if row.proof is ProofState.NOT_NEEDED else ProofState.WANTED
        copy.needed_on = moved_day(row.needed_on, start_of(source), start_of(event)) if row.needed_on else None
        copy.zone_id = zones[row.zone_id].id if row.zone_id in zones else None
        copy.kit_id = copies[row.kit_id].id if row.kit_id in copies else None
        db.session.add(copy)
        db.session.flush()
        copies[row.id] = copy
    _copy_tasks(event, source, zones, copies, with_people=with_people)
    _copy_links(event)
    _copy_requirements(event, source)
    if copies:
        journal.record("materials.copied", event, event_id=event.id, changes={"copied_from_id": [None, source.name]})
    db.session.flush()
    return len(copies)


def _copy_zones(event: Event, source: Event) -> dict[int | None, Zone]:
    """Return our zone for each of the source's, made where there is none."""
    have = {row.key or row.name: row for row in queries.zones(event)}
    found: dict[int | None, Zone] = {}
    for row in queries.zones(source):
        if (row.key or row.name) not in have:
            have[row.key or row.name] = Zone(event_id=event.id, key=row.key, position=row.position, name=row.name)
            db.session.add(have[row.key or row.name])
        found[row.id] = have[row.key or row.name]
    db.session.flush()
    return found


def _copy_tasks(
    event: Event, source: Event, zones: Mapping[int | None, Zone], copies: Mapping[int, Material], *, with_people: bool
) -> None:
    """A zone that has tasks already keeps its own."""
    before, after = start_of(source), start_of(event)
    taken = {zone.id for zone in zones.values() if zone.tasks}
    for row in db.session.scalars(
        select(ZoneTask)
        .join(Zone, Zone.id == ZoneTask.zone_id)
        .where(Zone.event_id == source.id)
        .order_by(ZoneTask.position)
    ):
        zone = zones[row.zone_id]
        if zone.id not in taken:
            material = copies.get(row.material_id) if row.material_id else None
            stays = with_people and row.owner is not None and row.owner.is_here
            zone.tasks.append(
                ZoneTask(
                    position=row.position,
                    text=row.text,
                    material_id=material.id if material else None,
                    owner_id=row.owner_id if stays else None,
                    due_at=moved_instant(row.due_at, before, after) if row.due_at else None,
                )
            )


def _copy_links(event: Event) -> None:
    """Whoever sees to something in the hall opens it by a link of their own, with or without a duty."""
    owners = select(ZoneTask.owner_id).join(Zone, Zone.id == ZoneTask.zone_id).where(Zone.event_id == event.id)
    passes.ensure(event, db.session.scalars(select(StaffPerson).where(StaffPerson.id.in_(owners))))


def _copy_requirements(event: Event, source: Event) -> None:
    have = set(db.session.scalars(select(HallRequirement.text).where(HallRequirement.event_id == event.id)))
    for row in db.session.scalars(select(HallRequirement).where(HallRequirement.event_id == source.id)):
        if row.text not in have:
            db.session.add(HallRequirement(event_id=event.id, key=row.key, position=row.position, text=row.text))


def add(event: Event, **values: Any) -> Material:
    """Put a further material on the list, at its end."""
    check_changeable(event)
    last = db.session.scalar(select(func.max(Material.position)).where(Material.event_id == event.id)) or 0
    material = Material(event_id=event.id, position=last + 1, state=MaterialState.PLANNED)
    _set(material, values)
    db.session.add(material)
    journal.record("material.added", material, event_id=event.id, changes={"name": [None, material.name]})
    db.session.flush()
    return material


def edit(event: Event, material: Material, **values: Any) -> None:
    """Change what the plan says about a material. A changed design has to be signed off anew."""
    check_changeable(event)
    _set(material, values)
    if changes := journal.changes_of(material):
        journal.record("material.edited", material, event_id=event.id, changes=changes)
    db.session.flush()


def edit_many(event: Event, materials: Collection[Material], **values: Any) -> int:
    """Change the same for several materials. Returns how many were changed."""
    changed = 0
    for material in materials:
        before = material.version
        edit(event, material, **values)
        changed += material.version != before
    return changed


def _set(material: Material, values: Mapping[str, Any]) -> None:
    kit_id = values.get("kit_id", material.kit_id)
    if kit_id is not None and (_is_part(kit_id) or (material in db.session and _has_parts(material))):
        raise KitInKit
    design_before = material.design_text or ""
    for name, value in values.items():
        setattr(material, name, value)
    _name(material)
    if material.design_text != design_before and material.proof in {ProofState.SIGNED_OFF, ProofState.SUBMITTED}:
        material.proof = ProofState.WANTED
        material.signed_off_at = material.signed_off_by_id = None


def _is_part(kit_id: int) -> bool:
    return db.session.scalar(select(Material.kit_id).where(Material.id == kit_id)) is not None


def _has_parts(material: Material) -> bool:
    return bool(db.session.scalar(select(func.count()).where(Material.kit_id == material.id)))


def _name(material: Material) -> None:
    material.search_key = search_key(material.name, material.supplier or "")


def remove(event: Event, material: Material, *, by_id: int | None = None) -> Removal:
    """Take a material off the list, with its parts, and return what brings them back.

    Raises when something of it was ordered or has come.
    """
    check_changeable(event)
    parts = list(db.session.scalars(select(Material).where(Material.kit_id == material.id)))
    for each in (material, *parts):
        if queries.ordered_of(each) or _has_log(each):
            raise MaterialInUse(name=each.name)
    kept = removal.keep(material, event=event, name=material.name, by_id=by_id)
    journal.record("material.removed", event, event_id=event.id, changes={"name": [material.name, None]})
    for each in (*parts, material):
        db.session.delete(each)
    db.session.flush()
    return kept


def put_back(event: Event, removal_id: int) -> Removal | None:
    """Put a removed material back with its parts; None when it is not known any more."""
    check_changeable(event)
    kept = removal.put_back(event, {Material.__tablename__}, removal_id)
    if kept is not None:
        journal.record("material.put_back", event, event_id=event.id, changes={"name": [None, kept.name]})
    return kept


def _has_log(material: Material) -> bool:
    standing = (Movement.material_id == material.id, Movement.taken_back_at.is_(None))
    return bool(db.session.scalar(select(func.count()).where(*standing)))


def lock(material: Material) -> None:
    """Let whoever writes about the same material at this moment wait, so that the state is settled from all of it."""
    db.session.flush()
    db.session.execute(select(Material.id).where(Material.id == material.id).with_for_update())
    db.session.refresh(material, ["state", "version"])


def settle(material: Material) -> None:
    """Work the state out anew from orders and log, after either has changed."""
    db.session.flush()
    material.state = state(queries.ordered_of(material), queries.figures_of(material))
    db.session.flush()
