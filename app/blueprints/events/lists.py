"""The list of events: columns, chips, search."""

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _

from app.blueprints.events import queries
from app.models import Event, EventStatus
from app.web.locale import iso
from app.web.tables import Column, Filter, Option, TableSpec, counted
from app.web.words import word

NOBODY = (0, 0)


def _statuses(counts: dict[Any, int]) -> list[Option]:
    return counted([Option(s.value, word(s).text, word(s).tone, word(s).icon) for s in EventStatus], counts)


def spec(firm: dict[int, tuple[int, int]]) -> TableSpec:
    """Describe the list; `firm` holds guests and firm guests by event."""
    return TableSpec(
        name="events",
        columns=(
            Column("name", _("Event"), sort=Event.name, hideable=False, text=lambda e: e.name),
            Column("starts", _("Starts"), sort=Event.starts_at, text=lambda e: iso(e.starts_at, e.time_zone)),
            Column("venue", _("Venue"), sort=Event.venue, text=lambda e: e.venue),
            Column("status", _("Status"), text=lambda e: str(word(e.status).text)),
            Column("guests", _("Guests"), numeric=True, text=lambda e: firm.get(e.id, NOBODY)[0]),
            Column("firm", _("Firm"), numeric=True, text=lambda e: firm.get(e.id, NOBODY)[1]),
            Column("capacity", _("Seats"), sort=Event.capacity, numeric=True, text=lambda e: e.capacity),
            Column("organizer", _("Organizer"), sort=Event.organizer, shown=False, text=lambda e: e.organizer),
            Column("theme", _("Theme of the event"), shown=False, text=lambda e: e.theme),
        ),
        tie=Event.id,
        default_sort="-starts",
        filters=(Filter("status", _("Status"), Event.status, _statuses, EventStatus),),
        search=queries.matching,
        row_url=lambda e: url_for("events.overview", slug=e.slug),
        exports=True,
        file_name="events",
    )
