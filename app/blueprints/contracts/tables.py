"""How the list of an event's contracts looks."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _
from sqlalchemy import and_, true
from sqlalchemy.orm import joinedload, selectinload

from app.models import Contract, ContractState, Dealer, Event, TerritoryGrant, Tier
from app.names import search_patterns
from app.web.tables import Column, Filter, Option, TableSpec, counted
from app.web.words import word


def _words(kind: Any) -> Any:
    pairs = [Option(each.value, word(each).text, word(each).tone, word(each).icon) for each in kind]
    return lambda counts: counted(pairs, counts)


def _reps(names: Mapping[int, str]) -> Any:
    pairs = [Option(str(key), name) for key, name in names.items()]
    return lambda counts: counted(pairs, counts)


def territory_of(row: Contract) -> str:
    return "、".join(grant.region.name for grant in row.grants)


def contract_list(
    event: Event, reps: Mapping[int, str], *, exports: bool, selectable: bool, terms: bool = True
) -> TableSpec:
    """Return the description of an event's list of contracts; without `terms` it names no sum and opens none."""
    columns = (
        Column("dealer", _("Dealer"), Dealer.sort_key, hideable=False, text=lambda row: row.dealer.company),
        Column("state", _("State"), Contract.state, text=lambda row: str(word(row.state).text)),
        Column("number", _("Contract number"), Contract.number, text=lambda row: row.number or ""),
        Column("territory", _("Territory"), text=territory_of),
        Column("tier", _("Tier"), Contract.tier, text=lambda row: str(word(row.tier).text)),
        Column("total", _("Contract sum"), Contract.total, numeric=True, text=lambda row: row.total),
        Column("rep", _("Rep"), text=lambda row: row.rep.name if row.rep else ""),
        Column("kind", _("Kind of contract"), Contract.kind, shown=False, text=lambda row: str(word(row.kind).text)),
        Column("ends_on", _("Last day"), Contract.ends_on, shown=False, text=lambda row: row.ends_on),
        Column("since", _("Drafted"), Contract.created_at, shown=False, text=lambda row: row.created_at),
    )
    return TableSpec(
        name="contracts",
        columns=columns if terms else tuple(each for each in columns if each.key != "total"),
        tie=Contract.id,
        default_sort="dealer",
        search=lambda typed: and_(*(Contract.search_key.like(each) for each in search_patterns(typed)), true()),
        filters=(
            Filter("state", _("State"), Contract.state, _words(ContractState), ContractState),
            Filter("rep", _("Rep"), Contract.rep_id, _reps(reps), int),
            Filter("tier", _("Tier"), Contract.tier, _words(Tier), Tier),
        ),
        row_url=(lambda row: url_for("contracts.show", slug=event.slug, contract_id=row.id)) if terms else None,
        selectable=selectable,
        exports=exports,
        file_name=f"contracts-{event.slug}",
        load=(
            joinedload(Contract.dealer),
            joinedload(Contract.rep),
            selectinload(Contract.grants).joinedload(TerritoryGrant.region),
        ),
    )
