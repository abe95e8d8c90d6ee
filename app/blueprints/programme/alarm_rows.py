"""What the programme needs somebody for, as lines of the overview and home."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from app import clock
from app.access import Permission
from app.blueprints.programme import queries, shown
from app.blueprints.programme.front import lines as front
from app.blueprints.programme.publicity import lines as publicity
from app.models import AgendaSession, Event, EventStatus, FrontPerson, PublicityEntry
from app.web import alarms
from app.web.alarms import Row
from app.web.nav import door
from app.web.words import word

_OVER = (EventStatus.CLOSED, EventStatus.ARCHIVED)
_NEAR = timedelta(days=7)  # before the event: from then on a lecture that is not ready is grave


@alarms.source("programme.index", _("Programme"), Permission.VIEW_PROGRAMME)
def rows(events: Sequence[Event]) -> Mapping[int, Sequence[Row]]:
    """Return what is wrong with agendas, people in front and publicity: five queries for all events, grave first."""
    alive = {event.id: event for event in events if event.status not in _OVER}
    if not alive:
        return {}
    sessions = _by_event(queries.of_events(alive.keys()))
    people = _by_event(queries.front_of(alive.keys()))
    pieces = _by_event(queries.publicity_of(alive.keys()))
    found = {}
    for key, event in alive.items():
        lines = [
            *_of(event, sessions[key]),
            *front.of(event, people[key], sessions[key]),
            *publicity.of(event, pieces[key]),
        ]
        if lines:
            found[key] = sorted(lines, key=lambda line: not line.is_grave)
    return found


T = TypeVar("T", AgendaSession, FrontPerson, PublicityEntry)


def _by_event(rows: Sequence[T]) -> Mapping[int, list[T]]:
    of: dict[int, list[T]] = defaultdict(list)
    for each in rows:
        of[each.event_id].append(each)
    return of


def _of(event: Event, sessions: Sequence[AgendaSession]) -> list[Row]:
    """Return clashes, lectures without a passed rehearsal, and what nobody covers. Without an agenda, nothing."""
    if not sessions:
        return []
    board = shown.board(event, sessions)
    by_id = {each.id: each for each in sessions}
    url = door("programme.index", slug=event.slug)
    act = {"label": gettext("Open the agenda"), "url": url} if url else None
    lines = [
        Row(shown.clash_text(each, by_id[each.slot.id], by_id[each.other.id]), "calendar-x", is_grave=True, act=act)
        for each in board.findings
        if each.fault.is_clash and each.other is not None
    ]
    if event.ends_at > clock.now() and (unready := board.unready):
        is_near = event.starts_at - clock.now() < _NEAR
        text = ngettext(
            "%(num)d lecture without a passed rehearsal", "%(num)d lectures without a passed rehearsal", len(unready)
        )
        url = door("programme.rehearsals", slug=event.slug)
        to = {"label": gettext("See the rehearsals"), "url": url} if url else None
        lines.append(Row(text, "microphone", is_near, gettext(", ").join(each.title for each in unready), to))
    if missing := board.coverage.missing:
        text = ngettext("%(num)d point is covered by no talk", "%(num)d points are covered by no talk", len(missing))
        lines.append(Row(text, "help-circle", False, gettext(", ").join(str(word(each).text) for each in missing), act))
    return lines
