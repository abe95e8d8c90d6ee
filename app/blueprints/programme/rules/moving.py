"""What moves when a session is moved or its length changes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from app.blueprints.programme.rules.slots import Slot


def following(slots: Iterable[Slot], moved: Slot) -> list[Slot]:
    """Return what comes after a session in its room, as planned before the move."""
    return [each for each in slots if each.id != moved.id and each.room == moved.room and _is_after(each, moved)]


def _is_after(each: Slot, moved: Slot) -> bool:
    return (each.starts_at, each.id) > (moved.starts_at, moved.id)


def moved_along(slots: Iterable[Slot], before: Slot, starts_at: datetime, minutes: int) -> dict[int, datetime]:
    """Return the new start of everything that follows a session in its room, by id.

    What follows moves by as much as the session's end does, so gaps and breaks keep their length.
    """
    by = starts_at + timedelta(minutes=minutes) - before.ends_at
    return {each.id: each.starts_at + by for each in following(slots, before)} if by else {}
