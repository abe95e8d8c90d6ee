"""How the invite list looks: its columns, chips and order."""

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _

from app.blueprints.invitations import queries
from app.models import Dealer, Event, GuestKind, Invitation, InvitationState, Readiness
from app.phones import display
from app.web.tables import Column, Filter, Option, TableSpec, counted
from app.web.words import word

MOST_CITIES = 12


def _words(kind: Any) -> Any:
    pairs = [Option(each.value, word(each).text, word(each).tone, word(each).icon) for each in kind]
    return lambda counts: counted(pairs, counts)


def _cities(counts: dict[Any, int]) -> list[Option]:
    """The cities most guests come from; the search finds the others."""
    most = sorted((city for city in counts if city), key=lambda city: -counts[city])[:MOST_CITIES]
    return [Option(city, city, count=counts[city]) for city in most]


def _reps(counts: dict[Any, int]) -> list[Option]:
    known = {person.id: person.name for person in queries.reps()}
    pairs = [Option(str(each), known.get(each, "?")) for each in counts if each is not None]
    return counted(
        [*sorted(pairs, key=lambda option: str(option.label)), Option("none", _("Nobody yet"))],
        {("none" if key is None else key): count for key, count in counts.items()},
    )


def _rep(value: str) -> int | None:
    return None if value == "none" else int(value)


COLUMNS = (
    Column("contact", _("Guest"), Dealer.sort_key, hideable=False, text=lambda row: row.dealer.contact),
    Column("company", _("Company"), Dealer.company, text=lambda row: row.dealer.company),
    Column("kind", _("Comes as"), Invitation.kind, text=lambda row: str(word(row.kind).text), shown=False),
    Column("readiness", _("Readiness"), queries.READINESS_ORDER, text=lambda row: str(word(row.readiness).text)),
    Column("lead", _("Lead signer"), text=lambda row: str(_("yes")) if row.is_lead_signer else "", shown=False),
    Column("state", _("State"), queries.STATE_ORDER, text=lambda row: str(word(row.state).text)),
    Column("city", _("City"), Dealer.city, text=lambda row: row.dealer.city),
    Column("rep", _("Rep"), Invitation.rep_id, text=lambda row: row.rep.name if row.rep else ""),
    Column("mobile", _("Mobile"), text=lambda row: display(row.dealer.mobile) if row.dealer.mobile else ""),
    Column("mail", _("Mail address"), text=lambda row: row.dealer.mail or "", shown=False),
    Column("expected", _("Expected"), Invitation.expected_amount, numeric=True, text=lambda row: row.expected_amount),
    Column("table", _("Table"), Invitation.table_label, text=lambda row: row.table_label, shown=False),
    Column("notes", _("Notes"), text=lambda row: row.notes, shown=False),
)


def guest_list(event: Event, *, exports: bool, selectable: bool) -> TableSpec:
    """Return the description of an event's invite list."""
    return TableSpec(
        name="guests",
        columns=COLUMNS,
        tie=Invitation.id,
        default_sort="readiness",
        search=queries.matching,
        filters=(
            Filter("state", _("State"), Invitation.state, _words(InvitationState), InvitationState),
            Filter("readiness", _("Readiness"), Invitation.readiness, _words(Readiness), Readiness),
            Filter("kind", _("Comes as"), Invitation.kind, _words(GuestKind), GuestKind),
            Filter("rep", _("Rep"), Invitation.rep_id, _reps, _rep),
            Filter("city", _("City"), Dealer.city, _cities),
        ),
        row_url=lambda row: url_for("invitations.show", slug=event.slug, invitation_id=row.id),
        selectable=selectable,
        exports=exports,
        file_name=f"guests-{event.slug}",
        load=queries.ROW_OPTIONS,
    )
