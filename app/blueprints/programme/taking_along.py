"""What the programme takes along when an event is copied or moved."""

from datetime import datetime, timedelta

from app import clock, journal
from app.blueprints.events import following
from app.blueprints.events.rules.dates import Move, Start, days_moved
from app.blueprints.programme import queries
from app.extensions import db
from app.models import AgendaSession, Event, FrontPerson, PublicityEntry, RunCue, SessionPoint


def moved(at: datetime, before: Start, after: Start) -> datetime:
    """Return when a session begins after a move: as far from the event's start as it was, by the clock on the wall."""
    apart = _wall(at, before.time_zone) - _wall(before.at, before.time_zone)
    new = _wall(after.at, after.time_zone) + apart
    return clock.instant(new.date(), new.time(), after.time_zone)


def _wall(at: datetime, zone: str) -> datetime:
    return clock.local(at, zone).replace(tzinfo=None)


def _move(event: Event, move: Move) -> None:
    """Sessions that have not begun keep their distance from the start; so does publicity that has not appeared."""
    sessions = [each for each in queries.run_sheet(event) if each.began_at is None]
    for each in sessions:
        each.starts_at = moved(each.starts_at, move.before, move.after)
    for entry in queries.publicity(event):
        if entry.appeared_on is None:
            entry.due_on += timedelta(days=move.days)
    if sessions:
        changes = {"sessions": [None, len(sessions)]}
        journal.record("agenda.moved_along", event, event_id=event.id, changes=changes)
    db.session.flush()


def _copy(source: Event, event: Event, with_people: bool) -> None:
    """The copy gets sessions and cues as far from its own start, and publicity without cost and proof.

    People come along when they are asked for; guests of the other event's list come by name only. Slides and rehearsals
    stay: the next conference rehearses anew.
    """
    before, after = Start(source.starts_at, source.time_zone), Start(event.starts_at, event.time_zone)
    people: dict[int, FrontPerson] = {}
    for person in queries.front(source) if with_people else ():
        people[person.id] = _person(person, event)
    db.session.add_all(people.values())
    db.session.flush()
    for each in queries.sessions(source):
        copy = _session(each, event)
        copy.starts_at = moved(each.starts_at, before, after)
        copy.speaker_id = people[each.speaker_id].id if each.speaker_id in people else None
        db.session.add(copy)
    for entry in queries.publicity(source):
        due_on = entry.due_on + timedelta(days=days_moved(before, after))
        db.session.add(
            PublicityEntry(
                event_id=event.id,
                medium=entry.medium,
                piece=entry.piece,
                due_on=due_on,
                cost_line=entry.cost_line,
                owner_id=entry.owner_id if with_people else None,
                created_at=clock.now(),
            )
        )
    db.session.flush()


def _person(row: FrontPerson, event: Event) -> FrontPerson:
    return FrontPerson(
        event_id=event.id,
        kind=row.kind,
        name=row.name,
        name_en=row.name_en,
        title=row.title,
        title_en=row.title_en,
        body=row.body,
        body_en=row.body_en,
        mobile=row.mobile,
        mail=row.mail,
        person_id=row.person_id,
        host_id=row.host_id,
        rostrum_order=row.rostrum_order,
        note=row.note,
    )


def _session(row: AgendaSession, event: Event) -> AgendaSession:
    return AgendaSession(
        event_id=event.id,
        kind=row.kind,
        title=row.title,
        title_en=row.title_en,
        minutes=row.minutes,
        room=row.room,
        is_public=row.is_public,
        note=row.note,
        points=[SessionPoint(point=each.point) for each in row.points],
        cues=[
            RunCue(offset=each.offset, who=each.who, what=each.what, cue=each.cue, sound=each.sound, light=each.light)
            for each in row.cues
        ],
    )


following.on_copy("programme", _copy)
following.on_move("programme", _move)
