"""How the list of replies looks, and the lists to take away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app import clock
from app.blueprints.invitations.queries import matching
from app.blueprints.rsvp.replies import queries
from app.models import Answer, Dealer, Event, Invitation, InvitationState, Reply, TravelMode, Via
from app.phones import display
from app.sheet_files import to_xlsx
from app.web.locale import iso
from app.web.tables import Column, Filter, Option, TableSpec, counted
from app.web.words import word


def _words(kind: Any) -> Callable[[dict[Any, int]], list[Option]]:
    pairs = [Option(each.value, word(each).text, word(each).tone, word(each).icon) for each in kind]
    return lambda counts: counted(pairs, counts)


def _wanted(yes: Any, no: Any, icon: str) -> Callable[[dict[Any, int]], list[Option]]:
    pairs = [Option("1", yes, "blue", icon), Option("0", no)]
    return lambda counts: counted(pairs, counts)


def _travel(counts: dict[Any, int]) -> list[Option]:
    pairs = [Option(mode.value, word(mode).text, icon=word(mode).icon) for mode in TravelMode]
    return counted(
        [*pairs, Option("none", _("not said"))], {("none" if key is None else key): n for key, n in counts.items()}
    )


def _mode(value: str) -> TravelMode | None:
    return None if value == "none" else TravelMode(value)


def _guest(row: Reply) -> str:
    return row.invitation.dealer.contact


def _words_of(value: Any) -> str:
    return str(word(value).text) if value is not None else ""


COLUMNS = (
    Column("contact", _("Guest"), Dealer.sort_key, hideable=False, text=_guest),
    Column("answer", _("Answer"), Reply.answer, text=lambda row: _words_of(row.answer)),
    Column("state", _("State"), Invitation.state, text=lambda row: _words_of(row.invitation.state)),
    Column(
        "journey", _("Journey"), Reply.travel_mode, text=lambda row: f"{_words_of(row.travel_mode)} {row.travel_number}"
    ),
    Column("arrival", _("Arrival"), Reply.arrives_at, text=lambda row: iso(row.arrives_at)),
    Column("pickup", _("Pick-up"), queries.HAS_PICKUP, text=lambda row: gettext("yes") if row.pickup_wanted else ""),
    Column("hotel", _("Hotel"), Reply.hotel_nights, text=lambda row: row.hotel_nights or None),
    Column("diet", _("Food"), text=lambda row: row.diet, shown=False),
    Column("reason", _("Reason"), text=lambda row: row.decline_reason, shown=False),
    Column(
        "rep",
        _("Rep"),
        Invitation.rep_id,
        text=lambda row: row.invitation.rep.name if row.invitation.rep else "",
        shown=False,
    ),
    Column("via", _("Way"), Reply.via, text=lambda row: _words_of(row.via), shown=False),
    Column("answered", _("Answered"), Reply.answered_at, text=lambda row: iso(row.answered_at)),
)


def reply_list(event: Event, *, exports: bool) -> TableSpec:
    """Return the description of an event's list of replies."""
    return TableSpec(
        name="replies",
        columns=COLUMNS,
        tie=Reply.id,
        default_sort="-answered",
        search=matching,
        filters=(
            Filter("answer", _("Answer"), Reply.answer, _words(Answer), Answer),
            Filter("state", _("State"), Invitation.state, _words(InvitationState), InvitationState),
            Filter("travel", _("Journey"), Reply.travel_mode, _travel, _mode),
            Filter("pickup", _("Pick-up"), queries.HAS_PICKUP, _wanted(_("wanted"), _("not wanted"), "bus"), int),
            Filter("hotel", _("Hotel"), queries.HAS_HOTEL, _wanted(_("room needed"), _("no room"), "bed"), int),
            Filter("via", _("Way"), Reply.via, _words(Via), Via),
        ),
        row_url=lambda row: url_for("invitations.show", slug=event.slug, invitation_id=row.invitation_id),
        exports=exports,
        file_name=f"replies-{event.slug}",
        load=queries.ROW_OPTIONS,
    )


# --- Lists to take away -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class TakeAway:
    """A list for somebody who has no account: the driver, the hotel, the kitchen."""

    title: Any
    headings: tuple[Any, ...]
    rows: Callable[[Event, int | None], list[tuple[Reply, int]]]
    cells: Callable[[Event, Reply, int], Sequence[Any]]


def _who(row: Reply) -> list[Any]:
    dealer = row.invitation.dealer
    name = row.substitute_name or dealer.contact
    return [name, dealer.company, display(row.substitute_mobile or dealer.mobile or "")]


def _journey(event: Event, row: Reply, people: int) -> list[Any]:
    arrives = clock.local(row.arrives_at, event.time_zone).replace(tzinfo=None) if row.arrives_at else None
    rep = row.invitation.rep.name if row.invitation.rep else ""
    wanted = gettext("yes") if row.pickup_wanted else ""
    return [arrives, *_who(row), people, _words_of(row.travel_mode), row.travel_number, wanted, rep]


def _room(event: Event, row: Reply, people: int) -> list[Any]:
    until = row.hotel_from + timedelta(days=row.hotel_nights) if row.hotel_from else None
    return [*_who(row), people, row.hotel_from, row.hotel_nights, until]


def _meal(event: Event, row: Reply, people: int) -> list[Any]:
    return [*_who(row), people, row.invitation.table_label, row.diet]


_PERSON = (_("Guest"), _("Company"), _("Mobile"), _("People"))
TAKE_AWAY = {
    "travel": TakeAway(
        _("Arrivals"),
        (_("Arrival"), *_PERSON, _("Journey"), _("Train or flight number"), _("Pick-up"), _("Rep")),
        queries.travel_list,
        _journey,
    ),
    "rooms": TakeAway(_("Rooms"), (*_PERSON, _("First night"), _("Nights"), _("Leaves")), queries.room_list, _room),
    "diets": TakeAway(_("Food wishes"), (*_PERSON, _("Table"), _("Food")), queries.diet_list, _meal),
}


def take_away(event: Event, name: str, rep_id: int | None) -> bytes:
    """Return one of the lists as a workbook; times are wall-clock times of the event's zone."""
    what = TAKE_AWAY[name]
    rows = [what.cells(event, row, people) for row, people in what.rows(event, rep_id)]
    headings = [str(heading) for heading in what.headings]
    phones = [place for place, heading in enumerate(what.headings) if heading == _("Mobile")]
    return to_xlsx(headings, rows, title=str(what.title), text_columns=phones)
