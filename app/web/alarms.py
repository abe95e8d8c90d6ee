"""What the rooms above have to say of an event, for pages below them.

The overview and home stand lower or elsewhere than the rooms that know what is missing among staff or materials, and
may not import them. So such a room registers a source when it is imported, and the pages ask here:

    @alarms.source("staff.index", _("Staff"), Permission.VIEW_STAFF)
    def rows(events: Sequence[Event]) -> Mapping[int, Sequence[Row]]: ...

A source gets several events at once and answers with a fixed number of queries, however many there are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _
from flask_login import current_user

from app.access import Permission
from app.models import Event
from app.web.locale import span
from app.web.nav import door

MOST_ROWS = 3  # of one room on another's page; the rest is one line that leads to the room


@dataclass(frozen=True)
class Row:
    """One line of a room. `act` is {label, url, icon, post, confirm}. What is urgent stands above all else."""

    text: str
    icon: str
    is_grave: bool = False
    detail: str = ""
    act: dict[str, Any] | None = None
    is_urgent: bool = False

    @property
    def tone(self) -> str:
        return "danger" if self.is_grave else "warning"

    @property
    def line(self) -> dict[str, Any]:
        """The line as the macro `alert_rows` draws it."""
        line = {"tone": self.tone, "icon": self.icon, "text": self.text, "detail": self.detail, "act": self.act}
        return line | {"rank": 0 if self.is_urgent else 1 if self.is_grave else 2}


Rows = Callable[[Sequence[Event]], Mapping[int, Sequence[Row]]]


@dataclass(frozen=True)
class Source:
    """A room that knows alarms: where all of them stand, and who may see them."""

    endpoint: str
    label: LazyString
    permissions: tuple[Permission, ...]  # any of them
    rows: Rows

    def is_for(self, event: Event) -> bool:
        """Tell whether the signed-in person may see what this room says of an event."""
        return any(current_user.can(each, event.slug) for each in self.permissions)


_SOURCES: dict[str, Source] = {}


def source(endpoint: str, label: LazyString, *permissions: Permission) -> Callable[[Rows], Rows]:
    """Register a room's function, for whoever holds one of the permissions; its rows come grave ones first."""

    def register(rows: Rows) -> Rows:
        _SOURCES[endpoint] = Source(endpoint, label, permissions, rows)
        return rows

    return register


_OF_THE_HOUSE: list[Callable[[], Sequence[dict[str, Any]]]] = []


def house_source(lines: Callable[[], Sequence[dict[str, Any]]]) -> Callable[[], Sequence[dict[str, Any]]]:
    """Register a room's function for home alone: lines about what belongs to no event, for the signed-in person."""
    _OF_THE_HOUSE.append(lines)
    return lines


def of_the_house() -> list[dict[str, Any]]:
    """Return what rooms have to say to the signed-in person beyond all events."""
    return [line for lines in _OF_THE_HOUSE for line in lines()]


def of_event(event: Event, most: int = MOST_ROWS) -> list[dict[str, Any]]:
    """Return what the signed-in person should know of one event: a few lines a room, then how many more there are."""
    found: list[Row] = []
    for each in _SOURCES.values():
        rows = each.rows([event]).get(event.id, ()) if each.is_for(event) else ()
        found += rows[:most]
        if (more := len(rows) - most) > 0:
            found.append(_more(each, event, more))
    return _lines(found)


def of_events(events: Sequence[Event]) -> list[dict[str, Any]]:
    """Return one line an event and room, for a page that speaks of several events; grave ones first."""
    found: list[Row] = []
    for each in _SOURCES.values():
        seen = [event for event in events if each.is_for(event)]
        rows_of = each.rows(seen) if seen else {}
        found += [_summed_up(each, event, rows) for event in seen if (rows := rows_of.get(event.id))]
    return _lines(found)


def rank(line: dict[str, Any]) -> int:
    """Return where a line belongs among others, of this module or not: urgent, grave, and the rest."""
    return int(line.get("rank", 1 if line["tone"] == "danger" else 2))


def _lines(rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [row.line for row in sorted(rows, key=lambda row: (not row.is_urgent, not row.is_grave))]


def _summed_up(of: Source, event: Event, rows: Sequence[Row]) -> Row:
    """One thing is told as it is; of several the first stands for all."""
    where = f"{event.name} · {span(event.starts_at, event.time_zone)}"
    if len(rows) == 1:
        return Row(rows[0].text, rows[0].icon, rows[0].is_grave, where, rows[0].act, rows[0].is_urgent)
    count = ngettext("%(room)s: %(num)d thing needs you", "%(room)s: %(num)d things need you", len(rows), room=of.label)
    if rows[0].is_urgent:
        return Row(rows[0].text, rows[0].icon, True, f"{count} · {where}", _to(of, event), is_urgent=True)
    return Row(count, rows[0].icon, rows[0].is_grave, f"{rows[0].text} · {where}", _to(of, event))


def _more(of: Source, event: Event, number: int) -> Row:
    text = ngettext("%(room)s: %(num)d thing more", "%(room)s: %(num)d things more", number, room=of.label)
    return Row(text, "list-details", act=_to(of, event))


def _to(of: Source, event: Event) -> dict[str, Any] | None:
    url = door(of.endpoint, slug=event.slug)
    return {"label": _("See them"), "url": url} if url else None
