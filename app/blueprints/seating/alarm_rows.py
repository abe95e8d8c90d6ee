"""What the seating needs somebody for, as lines of the overview and home."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from app import clock
from app.access import Permission
from app.blueprints.seating import queries, words
from app.blueprints.seating.rules.broken import Rule
from app.blueprints.seating.shown import Board
from app.models import Event
from app.rights import OVER
from app.web import alarms
from app.web.alarms import Row
from app.web.nav import door

_SOON = timedelta(days=14)  # before that, lists and halls are still in the making
_AT_HAND = timedelta(days=1)


@alarms.source("seating.index", _("Hall and tables"), Permission.VIEW_SEATING)
def rows(events: Sequence[Event]) -> Mapping[int, Sequence[Row]]:
    """Return broken rules, chairs short of guests and, from the day before on, guests without a seat.

    Only events near their day and with a hall plan are looked at: one query when there is none, else a fixed number.
    """
    near = [event for event in events if event.status not in OVER and event.starts_at - clock.now() < _SOON]
    halls = queries.plans(near) if near else {}
    if not halls:
        return {}
    found = queries.situations([event for event in near if event.id in halls], halls)
    return {event_id: lines for event_id, now in found.items() if now.tables and (lines := _of(Board(now)))}


def _of(board: Board) -> list[Row]:
    now = board.now
    url = door("seating.index", slug=now.event.slug)
    act = {"label": gettext("Open the hall"), "url": url} if url else None
    lines = [
        Row(words.finding(each, now.guests, board.by_id), "alert-triangle", True, act=act)
        for each in board.findings
        if each.rule is not Rule.NO_TABLE  # told below, when it matters
    ]
    if now.unseated and now.event.starts_at - clock.now() < _AT_HAND:
        text = ngettext("%(num)d guest has no seat yet", "%(num)d guests have no seat yet", len(now.unseated))
        who = words.names(now.guests, [each.id for each in now.unseated])
        lines.append(Row(text, "armchair", True, who, act))
    return lines
