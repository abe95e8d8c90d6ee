"""How the list of badges looks: its columns, chips and order."""

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _
from sqlalchemy import case
from sqlalchemy.orm import contains_eager

from app.blueprints.checkin.badges import queries
from app.blueprints.checkin.badges.queries import Printed
from app.models import Dealer, Event, GuestKind, Invitation
from app.web.tables import Column, Filter, Option, TableSpec, counted
from app.web.words import Word, word

PRINTED_WORDS = {
    Printed.MISSING: Word(_("Not printed yet"), "yellow", "printer-off"),
    Printed.OUTDATED: Word(_("Carries an earlier name or seat"), "orange", "alert-circle"),
    Printed.DONE: Word(_("Printed"), "green", "printer"),
}
_URGENCY = case(
    {state.value: place for place, state in enumerate(Printed)}, value=queries.printed_state, else_=len(Printed)
)

COLUMNS = (
    Column("name", _("Name"), Dealer.sort_key, hideable=False),
    Column("company", _("Company"), Dealer.company),
    Column("kind", _("Comes as"), Invitation.kind),
    Column("table", _("Table"), Invitation.table_label),
    Column("companions", _("Companions")),
    Column("printed", _("Badge"), _URGENCY),
    Column("code", _("Code"), shown=False),
)


def _printed(counts: dict[Any, int]) -> list[Option]:
    pairs = [Option(each.value, word_.text, word_.tone, word_.icon) for each, word_ in PRINTED_WORDS.items()]
    return counted(pairs, counts)


def _kinds(counts: dict[Any, int]) -> list[Option]:
    return counted(
        [Option(each.value, word(each).text, word(each).tone, word(each).icon) for each in GuestKind], counts
    )


def badge_list(event: Event) -> TableSpec:
    """Return the description of an event's list of badges: a row for each guest, companions in the row."""
    return TableSpec(
        name="badges",
        columns=COLUMNS,
        tie=Invitation.id,
        default_sort="name",
        search=queries.matching,
        filters=(
            Filter("printed", _("Badge"), queries.printed_state, _printed),
            Filter("kind", _("Comes as"), Invitation.kind, _kinds, GuestKind),
        ),
        row_url=lambda row: url_for("checkin.badge_party", slug=event.slug, invitation_id=row.id),
        selectable=True,
        load=(contains_eager(Invitation.dealer),),
    )
