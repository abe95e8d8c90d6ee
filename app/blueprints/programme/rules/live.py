"""The day as it runs: when each session is expected now, what is now and next, and how late it all is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.blueprints.programme.rules.slots import Slot, ordered

LATE = 3  # minutes from which a room is called late


class Stand(StrEnum):
    """Where a session stands on the day."""

    OVER = "over"
    NOW = "now"
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Run:
    """What was seen of a session on the day."""

    slot: Slot
    began_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """A session with the times it has had, or is expected to have."""

    run: Run
    starts_at: datetime
    ends_at: datetime
    stand: Stand

    @property
    def late_by(self) -> int:
        """Whole minutes after the planned start; never less than none."""
        return max(0, int((self.starts_at - self.run.slot.starts_at).total_seconds()) // 60)


def expected(runs: Iterable[Run], now: datetime) -> list[Expected]:
    """Return sessions in the order of their plan with the times to expect at a moment.

    Within a room a session begins when it is planned to, or when the one before it is over, whichever is later: so a
    delay is carried forward and the gaps between sessions make up for it. A session that should have begun and has not
    is expected now. One that runs past its length is expected to end now. What a later session of the room has begun
    is over, also when nobody said so.
    """
    by_slot = {run.slot.id: run for run in runs}
    rows = [by_slot[slot.id] for slot in ordered([run.slot for run in by_slot.values()])]
    last_begun = {run.slot.room: place for place, run in enumerate(rows) if run.began_at is not None}
    free_at: dict[str, datetime] = {}
    next_named: set[str] = set()
    found = []
    for place, run in enumerate(rows):
        room = run.slot.room
        was_passed_over = place < last_begun.get(room, -1)
        each = _one(run, free_at.get(room), now, was_passed_over=was_passed_over, is_next=room not in next_named)
        if each.stand is Stand.NEXT:
            next_named.add(room)
        free_at[room] = max(free_at.get(room, each.ends_at), each.ends_at)
        found.append(each)
    return found


def _one(run: Run, free_at: datetime | None, now: datetime, *, was_passed_over: bool, is_next: bool) -> Expected:
    length = timedelta(minutes=run.slot.minutes)
    if run.ended_at is not None:
        starts = run.began_at or min(run.slot.starts_at, run.ended_at)
        return Expected(run, starts, run.ended_at, Stand.OVER)
    if was_passed_over:  # it was skipped, or nobody pressed a button: it holds up nothing
        starts = run.began_at or run.slot.starts_at
        return Expected(run, starts, min(max(starts, now), starts + length), Stand.OVER)
    if run.began_at is not None:
        return Expected(run, run.began_at, max(run.began_at + length, now), Stand.NOW)
    starts = max(run.slot.starts_at, free_at or run.slot.starts_at, now)
    return Expected(run, starts, starts + length, Stand.NEXT if is_next else Stand.LATER)


def delay(rows: Iterable[Expected]) -> int:
    """Return by how many minutes the day is late: what the worst of the running and next sessions are."""
    return max((each.late_by for each in rows if each.stand in (Stand.NOW, Stand.NEXT)), default=0)
