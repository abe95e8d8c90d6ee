"""The hall plan before a change, and how it comes back: undoing is newest first, so the whole of it is right."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from app import clock, journal
from app.extensions import db
from app.models import Event, HallItem, HallPlan, ItemKind, Seat, SeatStep

MOVED = "hall_moved"
AT_A_STRETCH = timedelta(minutes=1)  # moves of one thing by one person that are undone together
_COLUMNS = tuple(column.name for column in HallItem.__table__.columns if column.name != "version")


def snapshot(event: Event, *, moved: HallItem | None = None) -> dict[str, Any]:
    """Return the hall as it stands: its size, and everything in it."""
    plan = db.session.get_one(HallPlan, event.id)
    items = db.session.scalars(select(HallItem).where(HallItem.event_id == event.id).order_by(HallItem.id))
    return {
        "size": [plan.width, plan.depth],
        "moved": moved.id if moved else None,
        "items": [{name: journal.plain(getattr(each, name)) for name in _COLUMNS} for each in items],
    }


def goes_on(event: Event, item: HallItem, by_id: int | None) -> bool:
    """Tell whether the newest step is somebody's moving this very thing, so that a further move belongs to it."""
    newest = db.session.scalar(
        select(SeatStep).where(SeatStep.event_id == event.id).order_by(SeatStep.id.desc()).limit(1)
    )
    if newest is None or newest.what != MOVED or newest.by_id != by_id or not newest.hall:
        return False
    return bool(newest.hall["moved"] == item.id and clock.now() - newest.at <= AT_A_STRETCH)


def restore(event: Event, hall: dict[str, Any]) -> None:
    """Put the hall back as it stood. Badges of a table that gets its old label back are out of date again."""
    plan = db.session.get_one(HallPlan, event.id)
    plan.width, plan.depth = hall["size"]
    wanted = {columns["id"]: columns | {"kind": ItemKind(columns["kind"])} for columns in hall["items"]}
    here = {each.id: each for each in db.session.scalars(select(HallItem).where(HallItem.event_id == event.id))}
    for item_id, item in here.items():
        if item_id not in wanted:
            db.session.delete(item)
    db.session.flush()
    for item_id, columns in wanted.items():
        if item_id not in here:
            db.session.add(HallItem(**columns))
            continue
        if here[item_id].label != columns["label"]:
            db.session.execute(update(Seat).where(Seat.item_id == item_id).values(placed_at=clock.now()))
        for name, value in columns.items():
            setattr(here[item_id], name, value)
    db.session.flush()
