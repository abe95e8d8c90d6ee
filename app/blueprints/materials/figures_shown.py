"""Figures of the list as its page shows them: groups with how far they are, and money."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import force_locale

from app.blueprints.materials.lines import Line, Sheet
from app.blueprints.materials.tables import GROUPED, heading_of
from app.models import Event, MaterialState
from app.money import rounded
from app.web.locale import day

_FAR = {MaterialState.DELIVERED, MaterialState.SET_UP, MaterialState.CLOSED}


@dataclass(frozen=True)
class Group:
    """A department, zone or owner: how many things, how many ordered, here and standing."""

    name: str
    url: str
    items: int
    ordered: int
    here: int
    set_up: int


def groups(sheet: Sheet, sort: str) -> list[Group]:
    """Return the groups of the list under its order; none where it makes none."""
    if sort not in GROUPED:
        return []
    found: dict[str, list[Line]] = {}
    for line in sheet.lines:
        found.setdefault(heading_of(sort, line.material) or "", []).append(line)
    index = url_for("materials.index", slug=sheet.event.slug)
    return [
        Group(
            name,
            f"{index}?{urlencode({'sort': sort, sort: _chip(sort, lines[0])})}",
            len(lines),
            sum(1 for each in lines if each.ordered or each.material.state in _FAR),
            sum(1 for each in lines if each.material.state in _FAR),
            sum(1 for each in lines if each.material.state is MaterialState.SET_UP),
        )
        for name, lines in found.items()
    ]


def _chip(sort: str, line: Line) -> str:
    row = line.material
    return {"department": row.department, "zone": str(row.zone_id or "none"), "owner": str(row.owner_id or "none")}[
        sort
    ]


def money_rows(sheet: Sheet) -> dict[str, Any]:
    """Return what is planned and what is ordered, exact to the currency's smallest unit."""
    currency = sheet.event.currency
    planned, ordered = rounded(sheet.planned_cost, currency), rounded(sheet.ordered_cost, currency)
    return {"planned": planned, "ordered": ordered, "over": max(Decimal(0), ordered - planned)}


def design_values(event: Event) -> dict[str, str]:
    """Return what the event fills into a design, in the language of its documents."""
    with force_locale(event.language):
        when = day(event.starts_at, event.time_zone)
    return {
        "theme": event.theme,
        "organizer": event.organizer,
        "co_organizer": event.co_organizer,
        "event": event.name,
        "day": when,
        "place": " ".join(each for each in (event.venue, event.hall) if each),
    }
