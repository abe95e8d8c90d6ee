"""The run sheet as it reads: planned and expected times, cues, what is now and next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app import clock
from app.blueprints.programme import queries
from app.blueprints.programme.rules import live
from app.blueprints.programme.rules.live import Expected, Run, Stand
from app.models import AgendaSession, Event, EventStatus, RunCue

_AFTER = timedelta(hours=6)  # when nobody has said anything of a day, it is not late for ever


@dataclass(frozen=True)
class CueLine:
    """A cue with the minute at which it is expected."""

    cue: RunCue
    planned_at: datetime
    expected_at: datetime


@dataclass(frozen=True)
class Part:
    """A session on the run sheet."""

    session: AgendaSession
    expected: Expected
    cues: Sequence[CueLine]

    @property
    def stand(self) -> Stand:
        return self.expected.stand

    @property
    def is_late(self) -> bool:
        return self.expected.late_by >= live.LATE

    @property
    def tone(self) -> str:
        return {Stand.NOW: "now", Stand.NEXT: "next", Stand.OVER: "over"}.get(self.stand, "later")


@dataclass(frozen=True)
class Day:
    """The whole run sheet at a moment."""

    parts: Sequence[Part]
    delay: int
    is_live: bool

    @property
    def now(self) -> list[Part]:
        return [part for part in self.parts if part.stand is Stand.NOW]

    @property
    def next(self) -> list[Part]:
        return [part for part in self.parts if part.stand is Stand.NEXT]


def day(event: Event, sessions: Sequence[AgendaSession]) -> Day:
    """Return the run sheet as it stands now; outside of the event's hours, as it is planned."""
    now = clock.now()
    has_begun = any(each.began_at is not None for each in sessions)
    is_over = event.status in (EventStatus.CLOSED, EventStatus.ARCHIVED) or now > event.ends_at + _AFTER
    is_live = not is_over and (has_begun or now >= event.starts_at - timedelta(hours=2))
    at = now if is_live else min([now, event.starts_at, *(each.starts_at for each in sessions)])
    runs = [Run(queries.slot(each), each.began_at, each.ended_at) for each in sessions]
    by_id = {each.id: each for each in sessions}
    rows = live.expected(runs, at)
    parts = [Part(by_id[row.run.slot.id], row, _cues(by_id[row.run.slot.id], row)) for row in rows]
    return Day(parts, live.delay(rows) if is_live else 0, is_live)


def _cues(session: AgendaSession, row: Expected) -> list[CueLine]:
    return [
        CueLine(
            each,
            session.starts_at + timedelta(minutes=each.offset),
            row.starts_at + timedelta(minutes=each.offset),
        )
        for each in session.cues
    ]
