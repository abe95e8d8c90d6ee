"""What cannot be true at once in an agenda, where time is left over, and what runs past the event's hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.blueprints.programme.rules.slots import Slot, ordered

LONGEST_GAP = 5  # minutes between two sessions of a room that nobody minds


class Fault(StrEnum):
    """What is wrong with a session, worst first."""

    ROOM = "room"  # two sessions in one room
    SPEAKER = "speaker"  # one speaker in two sessions
    EARLY = "early"  # begins before the event
    OVERRUN = "overrun"  # ends after the event
    GAP = "gap"  # time between two sessions of a room in which nothing is planned

    @property
    def is_clash(self) -> bool:
        return self in (Fault.ROOM, Fault.SPEAKER)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the session, the later one of two where two are concerned, and how many minutes it is about."""

    fault: Fault
    slot: Slot
    other: Slot | None
    minutes: int


def findings(slots: Iterable[Slot], opens_at: datetime, closes_at: datetime) -> list[Finding]:
    """Return everything wrong with an agenda, worst first, then by time.

    Every pair that clashes is named. Gaps are looked for within a room and within the event's hours of one sitting:
    an event over two days has its night, which is no gap.
    """
    rows = ordered(list(slots))
    found = [*_clashes(rows), *_outside(rows, opens_at, closes_at), *_gaps(rows)]
    worst = list(Fault)
    return sorted(found, key=lambda each: (worst.index(each.fault), each.slot.starts_at, each.slot.id))


def _clashes(rows: list[Slot]) -> Iterable[Finding]:
    for place, one in enumerate(rows):
        for other in rows[place + 1 :]:
            if other.starts_at >= one.ends_at:
                break
            shared = _minutes(other.starts_at, min(one.ends_at, other.ends_at))
            if one.room == other.room:
                yield Finding(Fault.ROOM, one, other, shared)
            if one.speaker_id is not None and one.speaker_id == other.speaker_id:
                yield Finding(Fault.SPEAKER, one, other, shared)


def _outside(rows: list[Slot], opens_at: datetime, closes_at: datetime) -> Iterable[Finding]:
    for each in rows:
        if each.starts_at < opens_at:
            yield Finding(Fault.EARLY, each, None, _minutes(each.starts_at, opens_at))
        if each.ends_at > closes_at:
            yield Finding(Fault.OVERRUN, each, None, _minutes(closes_at, each.ends_at))


def _gaps(rows: list[Slot]) -> Iterable[Finding]:
    last: dict[str, Slot] = {}
    for each in rows:
        before = last.get(each.room)
        if before is not None:
            idle = _minutes(before.ends_at, each.starts_at)
            if LONGEST_GAP < idle < _NIGHT:
                yield Finding(Fault.GAP, before, each, idle)
        if before is None or each.ends_at > before.ends_at:
            last[each.room] = each


_NIGHT = 6 * 60  # minutes from which a pause is the night between two days, or a room that is used twice


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds()) // 60
