"""How the list of arrivals looks: who is in, who is missing, and whom to ring up."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _

from app.blueprints.checkin.arrivals import queries
from app.blueprints.invitations.queries import READINESS_ORDER, reps
from app.models import Arrival, Dealer, Event, GuestKind, Invitation, Readiness
from app.phones import display
from app.web.locale import iso
from app.web.tables import Column, Filter, Option, TableSpec, counted
from app.web.words import word

_PRESENCE = (
    Option("missing", _("Missing"), "orange", "user-question"),
    Option("in", _("In the hall"), "green", "map-pin-check"),
)


def _words(kind: Any) -> Any:
    pairs = [Option(each.value, word(each).text, word(each).tone, word(each).icon) for each in kind]
    return lambda counts: counted(pairs, counts)


def _reps(counts: dict[Any, int]) -> list[Option]:
    known = {person.id: person.name for person in reps()}
    pairs = [Option(str(each), known.get(each, "?"), count=count) for each, count in counts.items() if each is not None]
    return sorted(pairs, key=lambda option: str(option.label))


def arrival_list(
    event: Event,
    *,
    person_id: int,
    shows_phones: bool,
    opens_guests: bool,
    exports: bool,
    times: Mapping[int, Arrival],
) -> TableSpec:
    """Return the description of the list; the person's own guests who are missing come first.

    `times` are the arrivals by invitation, for a list that is taken along as a file.
    """
    columns = [
        Column("contact", _("Guest"), Dealer.sort_key, hideable=False, text=lambda row: row.dealer.contact),
        Column("company", _("Company"), Dealer.company, text=lambda row: row.dealer.company),
        Column("kind", _("Comes as"), Invitation.kind, text=lambda row: str(word(row.kind).text), shown=False),
        Column("table", _("Table"), Invitation.table_label, text=lambda row: row.table_label),
        Column("rep", _("Rep"), Invitation.rep_id, text=lambda row: row.rep.name if row.rep else ""),
        Column(
            "presence",
            _("Arrival"),
            queries.missing_first(person_id),
            text=lambda row: iso(times[row.id].arrived_at) if row.id in times else str(_("missing")),
        ),
    ]
    filters = [
        Filter("presence", _("Arrival"), queries.IS_IN, lambda counts: counted(_PRESENCE, counts)),
        Filter("kind", _("Comes as"), Invitation.kind, _words(GuestKind), GuestKind),
        Filter("rep", _("Rep"), Invitation.rep_id, _reps, int),
    ]
    if opens_guests:  # readiness is nothing for the desk, whose screen guests can see
        readiness = Column("readiness", _("Readiness"), READINESS_ORDER, text=lambda row: str(word(row.readiness).text))
        columns.insert(3, readiness)
        filters.insert(1, Filter("readiness", _("Readiness"), Invitation.readiness, _words(Readiness), Readiness))
    if shows_phones:
        number = Column("mobile", _("Mobile"), text=lambda row: display(row.dealer.mobile) if row.dealer.mobile else "")
        columns.insert(2, number)
    return TableSpec(
        name="arrivals",
        columns=columns,
        tie=Invitation.id,
        default_sort="presence",
        search=queries.matching,
        filters=filters,
        row_url=(
            (lambda row: url_for("invitations.show", slug=event.slug, invitation_id=row.id)) if opens_guests else None
        ),
        exports=exports,
        file_name=f"arrivals-{event.slug}",
        load=queries.LOAD,
    )
