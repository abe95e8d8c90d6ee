"""What the programme needs somebody for, as lines of the overview and home."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from app import clock
from app.access import Permission
from app.blueprints.programme import queries, shown
from app.models import AgendaSession, Event, EventStatus
from app.web import alarms
from app.web.alarms import Row
from app.web.nav import door
from app.web.words import word

_OVER = (EventStatus.CLOSED, EventStatus.ARCHIVED)
_NEAR = timedelta(days=7)  # before the event: from then on a lecture that is not ready is grave


@alarms.source("programme.index", _("Programme"), Permission.VIEW_PROGRAMME)
def rows(events: Sequence[Event]) -> Mapping[int, Sequence[Row]]:
    """Return clashes, lectures without a passed rehearsal and what nobody covers: three queries for all events."""
    alive = {event.id: event for event in events if event.status not in _OVER}
    if not alive:
        return {}
    of: dict[int, list[AgendaSession]] = defaultdict(list)
    for each in queries.of_events(alive.keys()):
        of[each.event_id].append(each)
    return {key: lines for key, sessions in of.items() if (lines := _of(alive[key], sessions))}


def _of(event: Event, sessions: Sequence[AgendaSession]) -> list[Row]:
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
