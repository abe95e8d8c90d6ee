"""What is done to sessions, their slides and rehearsals. Nothing here commits."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app import clock, journal, removal
from app.blueprints.plan.actions import check_open
from app.blueprints.programme import queries
from app.blueprints.programme.agenda import template
from app.blueprints.programme.rules import moving
from app.extensions import db
from app.models import AgendaSession, Event, File, Point, Rehearsal, Removal, SessionKind, SessionPoint, SlideSet


@dataclass(frozen=True)
class Said:
    """What somebody says of a session."""

    kind: SessionKind
    title: str
    starts_at: datetime
    minutes: int
    title_en: str = ""
    room: str = ""
    speaker_id: int | None = None
    points: Collection[Point] = ()
    is_public: bool = True
    note: str = ""


@dataclass(frozen=True)
class Watched:
    """What was seen at a rehearsal."""

    held_on: date
    watched_by: str
    questions: str
    to_mend: str
    is_ready: bool


def lock(event: Event) -> None:
    """Let whoever changes an agenda wait for one another: what follows is moved by what is planned now."""
    check_open(event)
    db.session.execute(select(Event.id).where(Event.id == event.id).with_for_update())


def lay_out(event: Event) -> int:
    """Give an event without sessions those of the trade; returns how many came. Twice is once."""
    lock(event)
    if queries.run_sheet(event):
        return 0
    made = template.sessions(event)
    db.session.add_all(made)
    journal.record("agenda.template", event, event_id=event.id, changes={"sessions": [None, len(made)]})
    db.session.flush()
    return len(made)


def add(event: Event, said: Said) -> AgendaSession:
    check_open(event)
    row = AgendaSession(event_id=event.id, starts_at=said.starts_at, minutes=said.minutes, title=said.title)
    _set(event, row, said)
    db.session.add(row)
    journal.record("agenda.added", row)
    db.session.flush()
    return row


def edit(event: Event, row: AgendaSession, said: Said, *, along: bool = False) -> int:
    """Change a session. With `along`, what follows in its room moves as its end does; returns how many did."""
    lock(event)
    rows = queries.run_sheet(event)
    slots = [queries.slot(each) for each in rows]
    before = queries.slot(row)
    new = moving.moved_along(slots, before, said.starts_at, said.minutes) if along else {}
    _set(event, row, said)
    if changes := journal.changes_of(row):
        journal.record("agenda.edited", row, changes={"title": [row.title, row.title]} | changes)
    moves: dict[int, dict[str, Any]] = {}
    for each in rows:
        if each.id in new:
            moves[each.id] = {"starts_at": [each.starts_at, new[each.id]]}
            each.starts_at = new[each.id]
    journal.record_many("agenda.moved_along", AgendaSession.__tablename__, moves, event_id=event.id)
    db.session.flush()
    return len(new)


def _set(event: Event, row: AgendaSession, said: Said) -> None:
    known = {each.id for each in queries.front(event)}
    row.kind, row.title, row.title_en = said.kind, said.title, said.title_en
    row.starts_at, row.minutes, row.room = said.starts_at, said.minutes, said.room
    row.speaker_id = said.speaker_id if said.speaker_id in known else None
    row.is_public, row.note = said.is_public, said.note
    wanted = frozenset(said.points)
    row.points = [each for each in row.points if each.point in wanted] + [
        SessionPoint(point=point) for point in Point if point in wanted - row.covered
    ]


def remove(event: Event, row: AgendaSession, *, by_id: int | None = None) -> Removal:
    """Take a session off the agenda with its cues, rehearsals and slides; return what brings them back."""
    lock(event)
    kept = removal.keep(row, event=event, name=row.title, by_id=by_id)
    journal.record("agenda.removed", row, changes={"title": [row.title, None]})
    db.session.flush()
    db.session.delete(row)
    db.session.flush()
    return kept


def add_slides(event: Event, row: AgendaSession, file: File, note: str, by_id: int | None) -> SlideSet:
    """Add slides; the newest are what is shown, older ones are kept."""
    lock(event)
    last = db.session.scalar(select(func.max(SlideSet.number)).where(SlideSet.session_id == row.id)) or 0
    added = SlideSet(
        session_id=row.id, number=last + 1, file_id=file.id, note=note, added_at=clock.now(), added_by_id=by_id
    )
    db.session.add(added)
    changes = {"slides": [str(last) if last else None, str(last + 1)]}
    journal.record("agenda.slides_added", row, changes=changes)
    db.session.flush()
    db.session.expire(row, ["slides"])
    return added


def log_rehearsal(event: Event, row: AgendaSession, seen: Watched, by_id: int | None) -> Rehearsal:
    """Write down a rehearsal by whoever speaks in the session now."""
    check_open(event)
    added = Rehearsal(
        session_id=row.id,
        speaker_id=row.speaker_id,
        held_on=seen.held_on,
        watched_by=seen.watched_by,
        questions=seen.questions,
        to_mend=seen.to_mend,
        is_ready=seen.is_ready,
        logged_at=clock.now(),
        logged_by_id=by_id,
    )
    db.session.add(added)
    journal.record("agenda.rehearsed", row, changes={"is_ready": [None, seen.is_ready]})
    db.session.flush()
    db.session.expire(row, ["rehearsals"])
    return added


def remove_rehearsal(event: Event, row: AgendaSession, rehearsal: Rehearsal) -> None:
    """Take a rehearsal that was logged by mistake out of the log."""
    check_open(event)
    journal.record("agenda.rehearsal_removed", row, changes={"held_on": [rehearsal.held_on.isoformat(), None]})
    db.session.delete(rehearsal)
    db.session.flush()
    db.session.expire(row, ["rehearsals"])
