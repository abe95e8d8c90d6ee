"""What comes back about materials. `sheet` is the whole of one event, with a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.blueprints.materials.lines import NO_FIGURES, Line, Sheet, last_day, need_of
from app.blueprints.materials.rules.figures import Entry, Figures, fold
from app.blueprints.materials.rules.quantity import Heads, Wanted, wanted
from app.blueprints.rsvp.queries import head_count_three_ways
from app.extensions import db
from app.models import (
    Box,
    BoxContent,
    Duty,
    Event,
    GuestKind,
    Invitation,
    InvitationState,
    Material,
    MaterialOrder,
    Movement,
    MovementKind,
    Readiness,
    StaffPerson,
    User,
    Zone,
)
from app.names import search_patterns

ON_ROSTRUM = (GuestKind.EXPERT, GuestKind.GOVERNMENT, GuestKind.ASSOCIATION)
FIRM = (InvitationState.FIRM, InvitationState.SUBSTITUTE, InvitationState.ARRIVED)
MAY_COME = (*FIRM, InvitationState.ACCEPTED, InvitationState.SILENT, InvitationState.INVITED, InvitationState.NO_ANSWER)
STAYING = (*MAY_COME, InvitationState.LISTED)


def heads(event: Event) -> Heads:
    """Return who the quantities depend on. The head count itself comes from the one place that has it."""
    count = head_count_three_ways(event).total
    exclusive, rostrum, rostrum_likely = _guests_of_honour(event)
    sizes = staff_sizes(event)
    return Heads(
        guests=int(count.firm),
        guests_likely=int(count.likely),
        exclusive=exclusive,
        rostrum=rostrum,
        rostrum_likely=rostrum_likely,
        staff=sum(sizes.values()),
        sizes=sizes,
    )


def _guests_of_honour(event: Event) -> tuple[int, int, int]:
    """Count forecast exclusive dealers (ready to sign, or lead signers), and guests for the rostrum."""
    will_sign = and_(
        Invitation.kind == GuestKind.DEALER,
        Invitation.state.in_(STAYING),
        or_(Invitation.readiness == Readiness.READY, Invitation.is_lead_signer),
    )
    honoured = Invitation.kind.in_(ON_ROSTRUM)
    row = db.session.execute(
        select(
            func.count().filter(will_sign),
            func.count().filter(honoured, Invitation.state.in_(FIRM)),
            func.count().filter(honoured, Invitation.state.in_(MAY_COME)),
        ).where(Invitation.event_id == event.id)
    ).one()
    return row[0], row[1], row[2]


def staff_sizes(event: Event) -> dict[tuple[str, str], int]:
    """Return how many people on duty wear which cut and size, each person once; ("", "") is not known yet."""
    on_duty = select(Duty.person_id).where(Duty.event_id == event.id)
    rows = db.session.execute(
        select(StaffPerson.cut, StaffPerson.clothing_size, func.count())
        .where(StaffPerson.id.in_(on_duty))
        .group_by(StaffPerson.cut, StaffPerson.clothing_size)
    )
    counted: Counter[tuple[str, str]] = Counter()
    for cut, size, number in rows:
        counted[(cut.value, size) if cut is not None and size else ("", "")] += number
    return dict(sorted(counted.items()))


def materials(event: Event) -> Select[Material]:
    return (
        select(Material)
        .outerjoin(Zone, Zone.id == Material.zone_id)
        .outerjoin(User, User.id == Material.owner_id)
        .where(Material.event_id == event.id)
    )


ORDER = Material.position * 1_000_000 + Material.id
ROW_OPTIONS = (joinedload(Material.zone), joinedload(Material.owner))


def matching(typed: str) -> ColumnElement[bool]:
    """Return the condition that a material fits what was typed, in characters, pinyin or initials."""
    return and_(*(Material.search_key.like(pattern) for pattern in search_patterns(typed) or ["%"]))


def material(event: Event, material_id: int) -> Material | None:
    """Return one material of this event."""
    return db.session.scalar(select(Material).where(Material.event_id == event.id, Material.id == material_id))


def all_of(event: Event) -> list[Material]:
    """Return the materials of an event in their order, bare."""
    return list(db.session.scalars(select(Material).where(Material.event_id == event.id).order_by(ORDER)))


def chosen(event: Event, ids: Collection[int]) -> list[Material]:
    """Return these materials of this event, in their order."""
    return list(
        db.session.scalars(select(Material).where(Material.event_id == event.id, Material.id.in_(ids)).order_by(ORDER))
    )


def sheet(event: Event) -> Sheet:
    """Return all materials of an event with their figures: nine queries, however many there are."""
    rows = list(
        db.session.scalars(select(Material).where(Material.event_id == event.id).order_by(ORDER).options(*ROW_OPTIONS))
    )
    orders = _orders_by_material(Material.event_id == event.id)
    logs = _entries_by_material(Movement.event_id == event.id)
    return _put_together(event, rows, orders, logs)


def _put_together(
    event: Event,
    rows: Sequence[Material],
    orders: Mapping[int, list[MaterialOrder]],
    logs: Mapping[int, list[Entry]],
) -> Sheet:
    counted = heads(event)
    wanted_of: dict[int, Wanted] = {row.id: wanted(need_of(row), counted) for row in rows if row.kit_id is None}
    wanted_of |= {
        row.id: wanted(need_of(row), counted, wanted_of.get(row.kit_id, Wanted(0, 0)))
        for row in rows
        if row.kit_id is not None
    }
    lines = [
        Line(
            row,
            wanted_of[row.id],
            orders.get(row.id, []),
            fold(logs[row.id]) if row.id in logs else NO_FIGURES,
            last_day(event, row),
        )
        for row in _parts_after_kits(rows)
    ]
    return Sheet(event, counted, lines, {line.id: line for line in lines})


def _parts_after_kits(rows: Iterable[Material]) -> list[Material]:
    parts: defaultdict[int | None, list[Material]] = defaultdict(list)
    for row in rows:
        parts[row.kit_id].append(row)
    return [each for row in parts[None] for each in (row, *parts.get(row.id, ()))]


def _orders_by_material(condition: ColumnElement[bool]) -> dict[int, list[MaterialOrder]]:
    """Return orders that stand, oldest first."""
    found: defaultdict[int, list[MaterialOrder]] = defaultdict(list)
    for each in db.session.scalars(
        select(MaterialOrder)
        .join(Material, Material.id == MaterialOrder.material_id)
        .where(condition, MaterialOrder.cancelled_at.is_(None))
        .order_by(MaterialOrder.ordered_at, MaterialOrder.id)
    ):
        found[each.material_id].append(each)
    return found


def _entries_by_material(condition: ColumnElement[bool]) -> dict[int, list[Entry]]:
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    for row in db.session.execute(
        select(
            Movement.material_id,
            Movement.kind,
            Movement.happened_at,
            Movement.client_id,
            Movement.quantity,
            Movement.place,
            Movement.by_name,
            Movement.received_at,
            Movement.by_user_id,
        ).where(condition, Movement.taken_back_at.is_(None))
    ):
        found[row[0]].append(Entry(*row[1:]))
    return found


def figures_of(row: Material) -> Figures:
    """Return what the log of one material adds up to."""
    return fold(_entries_by_material(Movement.material_id == row.id).get(row.id, ()))


def ordered_of(row: Material) -> int:
    """Return how many of one material are on order or were ordered."""
    standing = (MaterialOrder.material_id == row.id, MaterialOrder.cancelled_at.is_(None))
    return db.session.scalar(select(func.coalesce(func.sum(MaterialOrder.quantity), 0)).where(*standing)) or 0


def orders_of(row: Material) -> list[MaterialOrder]:
    """Return all orders of a material, cancelled ones too, oldest first."""
    return list(
        db.session.scalars(
            select(MaterialOrder)
            .where(MaterialOrder.material_id == row.id)
            .order_by(MaterialOrder.ordered_at, MaterialOrder.id)
        )
    )


def log_of(row: Material, limit: int = 200) -> list[Movement]:
    """Return the newest entries of a material's log, newest first, with those taken back."""
    return list(
        db.session.scalars(
            select(Movement)
            .where(Movement.material_id == row.id)
            .order_by(Movement.happened_at.desc(), Movement.client_id.desc())
            .options(joinedload(Movement.file))
            .limit(limit)
        )
    )


def order(row: Material, order_id: int) -> MaterialOrder | None:
    """Return one order of this material."""
    return db.session.scalar(
        select(MaterialOrder).where(MaterialOrder.material_id == row.id, MaterialOrder.id == order_id)
    )


def movement(row: Material, movement_id: int) -> Movement | None:
    """Return one entry of this material's log."""
    return db.session.scalar(select(Movement).where(Movement.material_id == row.id, Movement.id == movement_id))


def zones(event: Event) -> list[Zone]:
    """Return the zones of an event's hall, in their order."""
    return list(db.session.scalars(select(Zone).where(Zone.event_id == event.id).order_by(Zone.position, Zone.id)))


def kits(event: Event) -> list[Material]:
    """Return what other things can be a part of: materials that are no parts themselves."""
    return list(
        db.session.scalars(
            select(Material).where(Material.event_id == event.id, Material.kit_id.is_(None)).order_by(ORDER)
        )
    )


def people() -> list[User]:
    """Return everybody with an account in use, by name."""
    return list(db.session.scalars(select(User).where(User.is_active).order_by(User.name, User.id)))


def departments(event: Event) -> list[str]:
    """Return the departments that have something to see to."""
    return list(
        db.session.scalars(
            select(Material.department)
            .where(Material.event_id == event.id, Material.department != "")
            .distinct()
            .order_by(Material.department)
        )
    )


def keys(event: Event) -> set[str]:
    """Return which rows of the template an event has."""
    return set(db.session.scalars(select(Material.key).where(Material.event_id == event.id, Material.key.is_not(None))))


@dataclass(frozen=True)
class Late:
    """So many of a material are on order and have not come; the first were due on that day."""

    event_id: int
    material_id: int
    name: str
    number: int
    due_on: date


def late_deliveries(event_ids: Collection[int]) -> list[Late]:
    """Return what these events have on order with a due day and has not come in full, the oldest first."""
    ordered = (
        select(
            MaterialOrder.material_id,
            func.sum(MaterialOrder.quantity).label("number"),
            func.min(MaterialOrder.due_on).label("due_on"),
        )
        .where(MaterialOrder.cancelled_at.is_(None))
        .group_by(MaterialOrder.material_id)
        .subquery()
    )
    came = (
        select(func.coalesce(func.sum(Movement.quantity), 0))
        .where(
            Movement.material_id == Material.id,
            Movement.kind == MovementKind.DELIVERED,
            Movement.taken_back_at.is_(None),
        )
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Material.event_id, Material.id, Material.name, ordered.c.number - came, ordered.c.due_on)
        .join(ordered, ordered.c.material_id == Material.id)
        .where(Material.event_id.in_(event_ids), ordered.c.due_on.is_not(None), ordered.c.number > came)
        .order_by(ordered.c.due_on, Material.id)
    )
    return [Late(event_id, material_id, name, int(number), due) for event_id, material_id, name, number, due in rows]


def earlier_events(event: Event) -> list[Event]:
    """Return the other events that have materials, the latest first."""
    having = select(Material.event_id).distinct()
    return list(
        db.session.scalars(
            select(Event).where(Event.id.in_(having), Event.id != event.id).order_by(Event.starts_at.desc())
        )
    )


def boxes(event: Event) -> list[Box]:
    """Return the boxes of an event with what is in them."""
    return list(
        db.session.scalars(
            select(Box)
            .where(Box.event_id == event.id)
            .order_by(Box.code)
            .options(selectinload(Box.contents).joinedload(BoxContent.material))
        )
    )
