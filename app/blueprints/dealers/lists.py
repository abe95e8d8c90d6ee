"""The list of dealers: columns, chips, search."""

from typing import Any

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import joinedload

from app.blueprints.dealers import queries
from app.models import Dealer, Standing
from app.phones import display
from app.web.locale import iso
from app.web.tables import Column, Filter, Option, TableSpec, counted
from app.web.words import word

_MOST_CITIES = 40


def _standings(counts: dict[Any, int]) -> list[Option]:
    return counted([Option(s.value, word(s).text, word(s).tone, word(s).icon) for s in Standing], counts)


def _texts(counts: dict[Any, int]) -> list[Option]:
    """The most frequent values of a free text; the empty one is left to the search."""
    named = [(value, count) for value, count in counts.items() if value]
    named.sort(key=lambda pair: (-pair[1], pair[0]))
    return [Option(value, value, count=count) for value, count in named[:_MOST_CITIES]]


def _owners(counts: dict[Any, int]) -> list[Option]:
    names = queries.owner_names()
    owned = [
        Option(str(key), names.get(key, "?"), icon="user", count=n) for key, n in counts.items() if key is not None
    ]
    owned.sort(key=lambda option: (-option.count, option.label))
    return [Option("pool", gettext("In the pool"), icon="inbox", count=counts.get(None, 0)), *owned]


def _owner(value: str) -> int | None:
    return None if value == "pool" else int(value)


def spec(*, exports: bool, selectable: bool) -> TableSpec:
    """Describe the list; only whoever may take lists away gets the export, and who fills guest lists may select."""
    return TableSpec(
        name="dealers",
        columns=(
            Column("name", _("Name"), sort=Dealer.sort_key, hideable=False, text=lambda d: d.contact),
            Column("company", _("Company"), sort=Dealer.company, text=lambda d: d.company),
            Column("title", _("Position"), shown=False, text=lambda d: d.contact_title),
            Column("mobile", _("Mobile"), text=lambda d: display(d.mobile) if d.mobile else ""),
            Column("mail", _("Mail"), shown=False, text=lambda d: d.mail or ""),
            Column("city", _("City"), sort=Dealer.city, text=lambda d: d.city),
            Column("province", _("Province"), sort=Dealer.province, shown=False, text=lambda d: d.province),
            Column("standing", _("Standing"), sort=Dealer.standing, text=lambda d: str(word(d.standing).text)),
            Column("source", _("Source"), sort=Dealer.source, shown=False, text=lambda d: d.source),
            Column("owner", _("Owner"), text=lambda d: d.owner.name if d.owner else gettext("In the pool")),
            Column(
                "created", _("On file since"), sort=Dealer.created_at, shown=False, text=lambda d: iso(d.created_at)
            ),
        ),
        tie=Dealer.id,
        default_sort="name",
        filters=(
            Filter("standing", _("Standing"), Dealer.standing, _standings, Standing),
            Filter("city", _("City"), Dealer.city, _texts),
            Filter("source", _("Source"), Dealer.source, _texts),
            Filter("owner", _("Owner"), Dealer.owner_id, _owners, _owner),
        ),
        search=queries.matching,
        row_url=lambda d: url_for("dealers.show", dealer_id=d.id),
        selectable=selectable,
        exports=exports,
        file_name="dealers",
        load=(joinedload(Dealer.owner),),
    )
