"""What becomes of materials and zones when their event is copied or moved; the events' room calls it."""

from sqlalchemy import select

from app import journal
from app.blueprints.events import following
from app.blueprints.events.rules.dates import Move, moved_day, moved_instant
from app.blueprints.materials.actions import copy_from
from app.extensions import db
from app.models import Event, Material, MaterialState, Zone, ZoneTask


def move_along(event: Event, move: Move) -> None:
    """Move what has a day of its own with the event: things not yet gone, tasks not yet done.

    What has none follows the event anyhow. What an order says about its delivery was agreed with a supplier and stays.
    """
    for row in db.session.scalars(
        select(Material).where(Material.event_id == event.id, Material.state != MaterialState.CLOSED)
    ):
        if row.needed_on is not None:
            row.needed_on = moved_day(row.needed_on, move.before, move.after)
            journal.record("material.edited", row)
    for task in db.session.scalars(
        select(ZoneTask)
        .join(Zone, Zone.id == ZoneTask.zone_id)
        .where(Zone.event_id == event.id, ZoneTask.done_at.is_(None))
    ):
        if task.due_at is not None:
            task.due_at = moved_instant(task.due_at, move.before, move.after)
            journal.record("zone_task.edited", task, event_id=event.id)
    db.session.flush()


def _take_along(source: Event, event: Event, with_people: bool) -> None:
    copy_from(event, source, with_people=with_people)


following.on_copy("materials", _take_along)
following.on_move("materials", move_along)
