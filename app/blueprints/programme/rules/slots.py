"""A session as the rules see it."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Slot:
    """A session with its planned time, its room ("" is the main one) and its speaker."""

    id: int
    starts_at: datetime
    minutes: int
    room: str = ""
    speaker_id: int | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def overlaps(self, other: "Slot") -> bool:
        """Tell whether two share a minute; one that begins when the other ends does not."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def ordered(slots: "list[Slot]") -> "list[Slot]":
    """Return sessions as they follow one another."""
    return sorted(slots, key=lambda slot: (slot.starts_at, slot.ends_at, slot.id))
