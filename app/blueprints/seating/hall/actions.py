"""Changing the hall plan. People at a table that goes or shrinks lose their seat, and that can be undone."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from app import clock, journal
from app.blueprints.events import following
from app.blueprints.seating import hall_steps
from app.blueprints.seating.errors import LabelTaken
from app.blueprints.seating.rules.checks import SEATED
from app.blueprints.seating.rules.layout import Piece, Wanted, standard
from app.blueprints.seating.writing import Chair, Who, label, lock, write
from app.errors import StaleChange
from app.extensions import db
from app.models import Event, HallItem, HallPlan, ItemKind, Seat

K = ItemKind
# How large a new thing is at first, and how many chairs it has.
SIZES: dict[ItemKind, tuple[int, int, int]] = {
    K.ROUND_TABLE: (180, 180, 10),
    K.LONG_TABLE: (240, 75, 8),
    K.ROW: (550, 60, 10),
    K.STAGE: (900, 300, 0),
    K.ROSTRUM: (400, 80, 0),
    K.AISLE: (150, 800, 0),
    K.EXIT: (160, 20, 0),
    K.ROLL_UP: (85, 40, 0),
    K.DISPLAY: (300, 150, 0),
    K.DESK: (240, 70, 0),
    K.PILLAR: (80, 80, 0),
}


def lay_out(event: Event, wanted: Wanted, *, by_id: int | None) -> HallPlan:
    """Lay the hall out by the standard template. Tables there were before go, and people at them lose their seats."""
    plan = db.session.scalar(select(HallPlan).where(HallPlan.event_id == event.id).with_for_update())
    before = hall_steps.snapshot(event) if plan is not None else None
    if plan is None:
        plan = HallPlan(event_id=event.id, width=wanted.width, depth=wanted.depth, weights={}, open_cities=[])
        db.session.add(plan)
    plan.width, plan.depth = wanted.width, wanted.depth
    db.session.flush()
    old = list(db.session.scalars(select(HallItem).where(HallItem.event_id == event.id)))
    if before is not None:
        write(event, "hall_laid_out", _seats_at(event, old), by_id=by_id, hall=before)
    for each in old:
        db.session.delete(each)
    db.session.flush()
    db.session.add_all(_item(event, piece) for piece in standard(wanted))
    tables = sum(1 for piece in standard(wanted) if piece.seats)
    journal.record("hall.laid_out", event, event_id=event.id, changes={"tables": [None, tables]})
    db.session.flush()
    return plan


def _item(event: Event, piece: Piece) -> HallItem:
    return HallItem(
        event_id=event.id,
        kind=piece.kind,
        label=piece.label,
        x=piece.x,
        y=piece.y,
        width=piece.width,
        depth=piece.depth,
        seats=piece.seats,
        is_vip=piece.is_vip,
    )


def resize(event: Event, *, width: int, depth: int, by_id: int | None = None) -> HallPlan:
    """Say how large the hall is, in cm."""
    plan = lock(event)
    write(event, "hall_resized", {}, by_id=by_id, hall=hall_steps.snapshot(event))
    plan.width, plan.depth = width, depth
    journal.record("hall.resized", event, event_id=event.id, changes=journal.changes_of(plan))
    db.session.flush()
    return plan


def add(event: Event, kind: ItemKind, *, by_id: int | None = None) -> HallItem:
    """Put a new thing into the middle of the hall; a table gets the next free number."""
    plan = lock(event)
    write(event, "hall_added", {}, by_id=by_id, hall=hall_steps.snapshot(event))
    width, depth, seats = SIZES[kind]
    item = HallItem(
        event_id=event.id,
        kind=kind,
        label=_next_label(event) if seats else "",
        x=max(0, (plan.width - width) // 20 * 10),
        y=max(0, (plan.depth - depth) // 20 * 10),
        width=width,
        depth=depth,
        seats=seats,
    )
    db.session.add(item)
    db.session.flush()
    journal.record("hall.added", item, changes={"label": [None, item.label or kind.value]})
    return item


def _next_label(event: Event) -> str:
    labels = set(db.session.scalars(select(HallItem.label).where(HallItem.event_id == event.id, HallItem.seats > 0)))
    return next(str(number) for number in range(1, len(labels) + 2) if str(number) not in labels)


def move(event: Event, item: HallItem, *, x: int, y: int, version: int, by_id: int | None = None) -> HallItem:
    """Put a thing elsewhere; its middle stays in the hall. Raises StaleChange when somebody moved it meanwhile."""
    plan = lock(event)
    if item.version != version:
        raise StaleChange
    if not hall_steps.goes_on(event, item, by_id):
        write(event, hall_steps.MOVED, {}, by_id=by_id, hall=hall_steps.snapshot(event, moved=item))
    item.x = min(max(x, -item.width // 2), plan.width - item.width // 2)
    item.y = min(max(y, -item.depth // 2), plan.depth - item.depth // 2)
    journal.record("hall.moved", item)
    db.session.flush()
    return item


def change(event: Event, item: HallItem, values: dict[str, Any], *, version: int, by_id: int | None) -> HallItem:
    """Change size, label, chairs, honour or host. Who sits on chairs that go loses the seat."""
    lock(event)
    if item.version != version:
        raise StaleChange
    if item.kind not in SEATED:
        values |= {"seats": 0, "is_vip": False, "host_id": None}
    if values["seats"] and _is_taken(event, item, values["label"]):
        raise LabelTaken(label=values["label"])
    gone = db.session.scalars(
        select(Seat).where(Seat.item_id == item.id, Seat.number > values["seats"]).order_by(Seat.number)
    ).all()
    write(event, "hall_changed", _parties(event, gone), by_id=by_id, hall=hall_steps.snapshot(event))
    if item.label != values["label"]:  # badges that say the old one are out of date
        db.session.execute(update(Seat).where(Seat.item_id == item.id).values(placed_at=clock.now()))
    for name, value in values.items():
        setattr(item, name, value)
    journal.record("hall.changed", item)
    db.session.flush()
    label(db.session.scalars(select(Seat.invitation_id).where(Seat.item_id == item.id)))
    return item


def _is_taken(event: Event, item: HallItem, text: str) -> bool:
    same = select(HallItem.id).where(
        HallItem.event_id == event.id, HallItem.id != item.id, HallItem.seats > 0, HallItem.label == text
    )
    return db.session.scalar(same.limit(1)) is not None


def _parties(event: Event, seats: Sequence[Seat]) -> dict[Who, Chair | None]:
    """Return these people and whoever came with them, each without a seat."""
    parties = {each.invitation_id for each in seats}
    whole = db.session.scalars(select(Seat).where(Seat.event_id == event.id, Seat.invitation_id.in_(parties)))
    return {(each.invitation_id, each.companion_id): None for each in whole}


def remove(event: Event, item: HallItem, *, by_id: int | None) -> int:
    """Take a thing away; return how many people lost their seats with it."""
    lock(event)
    people = _seats_at(event, [item])
    what = "table_removed" if item.seats else "hall_removed"
    write(event, what, people, by_id=by_id, hall=hall_steps.snapshot(event))
    journal.record("hall.removed", item, changes={"label": [item.label or item.kind.value, None]})
    db.session.delete(item)
    db.session.flush()
    return len(people)


def _seats_at(event: Event, items: Sequence[HallItem]) -> dict[Who, Chair | None]:
    """Return who sits at these tables, each without a seat."""
    ids = {each.id for each in items}
    rows = db.session.scalars(select(Seat).where(Seat.event_id == event.id))
    return {(each.invitation_id, each.companion_id): None for each in rows if each.item_id in ids}


def copy(source: Event, event: Event, with_people: bool) -> None:
    """Take the hall along to a copy of an event, without the people in it."""
    plan = db.session.get(HallPlan, source.id)
    if plan is None:
        return
    db.session.add(
        HallPlan(
            event_id=event.id,
            width=plan.width,
            depth=plan.depth,
            weights=dict(plan.weights),
            reach=plan.reach,
            cities_apart=plan.cities_apart,
            open_cities=list(plan.open_cities),
            seed=plan.seed,
        )
    )
    for each in db.session.scalars(select(HallItem).where(HallItem.event_id == source.id).order_by(HallItem.id)):
        db.session.add(
            HallItem(
                event_id=event.id,
                kind=each.kind,
                label=each.label,
                x=each.x,
                y=each.y,
                width=each.width,
                depth=each.depth,
                seats=each.seats,
                is_vip=each.is_vip,
                host_id=each.host_id if with_people else None,
            )
        )
    db.session.flush()


following.on_copy("seating", copy)
