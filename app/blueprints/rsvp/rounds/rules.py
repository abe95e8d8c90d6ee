"""When guests are asked again, and when silence becomes a call. Values in, verdict out."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app import clock
from app.models import EventStatus
from app.models import InvitationState as S

# Guests may answer and be asked while an event is one of these.
LIVE = frozenset({EventStatus.OPEN, EventStatus.RUNNING})
# Asked once more when the event was moved after the first round: a yes to the old day says nothing about the new one.
ONLY_FOR_A_NEW_DAY = frozenset({S.FIRM, S.SUBSTITUTE, S.SILENT})


@dataclass(frozen=True)
class Timing:
    """When an event is, and when its guests are asked again: so many days before, at a wall-clock time of its zone."""

    starts_at: datetime
    time_zone: str
    days_before: int
    ask_at: time

    @property
    def due_at(self) -> datetime:
        """The instant at which the round is due. It follows the event when that is moved."""
        day = clock.local(self.starts_at, self.time_zone).date() - timedelta(days=self.days_before)
        return clock.instant(day, self.ask_at, self.time_zone)

    def is_same_day(self, other_start: datetime) -> bool:
        """Tell whether the event would have been on the same day with another start."""
        zone = self.time_zone
        return clock.local(self.starts_at, zone).date() == clock.local(other_start, zone).date()


@dataclass(frozen=True)
class Asked:
    """The latest round so far: its number, when it began, and the start it asked about."""

    number: int
    started_at: datetime
    event_starts_at: datetime


def is_current(timing: Timing, asked: Asked | None) -> bool:
    """Tell whether the latest round asked about the day on which the event is now."""
    return asked is not None and timing.is_same_day(asked.event_starts_at)


def round_due(now: datetime, timing: Timing, asked: Asked | None) -> int | None:
    """Return the number of the round that is to be started now, or None.

    A worker that was away starts it when it is back, as long as the event has not begun. After a round a further one
    follows only when the event was moved to another day whose own due time came after that round; bringing the event
    forward, or moving it by hours, asks nobody twice.
    """
    if not timing.due_at <= now < timing.starts_at:
        return None
    if asked is None:
        return 1
    if is_current(timing, asked) or timing.due_at <= asked.started_at:
        return None
    return asked.number + 1


def next_due(now: datetime, timing: Timing, asked: Asked | None) -> datetime | None:
    """Return when the next round will start by itself, or None when none will."""
    moment = max(now, timing.due_at)
    return moment if round_due(moment, timing, asked) is not None else None


def silent_from(asked_at: datetime, heard_at: datetime, hours: int) -> datetime:
    """Return when an unanswered question becomes silence.

    The hours count from when the guest could hear it: a question held back over the quiet hours is as young as the
    morning.
    """
    return max(asked_at, heard_at) + timedelta(hours=hours)
