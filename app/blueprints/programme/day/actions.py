"""What is done to the run sheet and on the day. Nothing here commits."""

from dataclasses import dataclass

from app import clock, journal, removal
from app.blueprints.plan.actions import check_open
from app.blueprints.programme import queries
from app.blueprints.programme.agenda.actions import lock
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import AgendaSession, Event, EventStatus, Removal, RunCue


class DayIsOver(SigningDayError):
    """What has begun and ended can be said until the event is closed."""

    code = "day_is_over"
    sentence = N_("The event is closed, so its sessions cannot begin or end any more.")


@dataclass(frozen=True)
class Line:
    """What somebody says of a line of the run sheet; minutes before the session's start are negative."""

    offset: int
    what: str
    who: str = ""
    cue: str = ""
    sound: str = ""
    light: str = ""


def add_cue(event: Event, row: AgendaSession, line: Line) -> RunCue:
    check_open(event)
    added = RunCue(session_id=row.id, what=line.what)
    _set(added, line)
    db.session.add(added)
    journal.record("run_cue.added", row, changes={"what": [None, line.what]})
    db.session.flush()
    db.session.expire(row, ["cues"])
    return added


def edit_cue(event: Event, cue: RunCue, line: Line) -> None:
    check_open(event)
    _set(cue, line)
    if changes := journal.changes_of(cue):
        journal.record("run_cue.edited", cue.session, changes={"what": [cue.what, cue.what]} | changes)
    db.session.flush()


def _set(cue: RunCue, line: Line) -> None:
    cue.offset, cue.what, cue.who = line.offset, line.what, line.who
    cue.cue, cue.sound, cue.light = line.cue, line.sound, line.light


def remove_cue(event: Event, cue: RunCue, *, by_id: int | None = None) -> Removal:
    """Take a line off the run sheet and return what brings it back."""
    check_open(event)
    kept = removal.keep(cue, event=event, name=cue.what, by_id=by_id)
    journal.record("run_cue.removed", cue.session, changes={"what": [cue.what, None]})
    session = cue.session
    db.session.delete(cue)
    db.session.flush()
    db.session.expire(session, ["cues"])
    return kept


def tick(event: Event, cue: RunCue, *, is_done: bool, by_id: int | None) -> None:
    """Say that a cue was given, or that it was not after all. Twice is once."""
    _check_day(event)
    if (cue.done_at is not None) != is_done:
        cue.done_at, cue.done_by_id = (clock.now(), by_id) if is_done else (None, None)
        db.session.flush()


def begin(event: Event, row: AgendaSession) -> None:
    """Say that a session begins now; what runs in its room until now has ended. Twice is once."""
    lock(event)
    _check_day(event)
    db.session.refresh(row, ["began_at", "ended_at"])
    if row.began_at is not None and row.ended_at is None:
        return
    now = clock.now()
    for each in queries.run_sheet(event):
        if each.room == row.room and each.began_at is not None and each.ended_at is None:
            each.ended_at = max(now, each.began_at)
    row.began_at, row.ended_at = now, None
    journal.record("agenda.began", row, changes={"title": [row.title, row.title]})
    db.session.flush()


def end(event: Event, row: AgendaSession) -> None:
    """Say that a session is over. Twice is once."""
    lock(event)
    _check_day(event)
    db.session.refresh(row, ["began_at", "ended_at"])
    if row.ended_at is None:
        row.ended_at = max(clock.now(), row.began_at or clock.now())
        journal.record("agenda.ended", row, changes={"title": [row.title, row.title]})
        db.session.flush()


def take_back(event: Event, row: AgendaSession) -> None:
    """Undo the last thing said of a session: first that it has ended, then that it has begun."""
    lock(event)
    _check_day(event)
    if row.ended_at is not None:
        row.ended_at = None
    else:
        row.began_at = None
    journal.record("agenda.taken_back", row, changes={"title": [row.title, row.title]})
    db.session.flush()


def _check_day(event: Event) -> None:
    if event.status in (EventStatus.CLOSED, EventStatus.ARCHIVED):
        raise DayIsOver
