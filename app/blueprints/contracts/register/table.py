"""How the register looks as a list. One grouped query counts every chip and the whole; pages are found by id first.

With a hundred thousand contracts the usual way (a count for each set of chips over the narrowed list, and pages cut
out of whole rows) costs several passes over wide rows. Here the counts come from one narrow pass, and only the fifty
rows shown are loaded.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, load_only, selectinload
from werkzeug.datastructures import MultiDict

from app.blueprints.contracts.register import queries
from app.blueprints.contracts.register.paging import Order, page_of
from app.blueprints.contracts.register.rules.wanted import FIELDS, Wanted
from app.blueprints.contracts.tables import territory_of
from app.extensions import db
from app.models import Contract, ContractKind, ContractState, Dealer, Event, Region, TerritoryGrant, User
from app.web import saved_views
from app.web.tables import Column, Filter, Option, ShownColumn, ShownFilter, Table, TableSpec, counted
from app.web.words import word

# A row of the list needs a third of a contract's columns and a tenth of a dealer's; what is left out is not to be asked
# for row by row, so asking for it is an error.
_SHOWN = (
    *(Contract.number, Contract.kind, Contract.state, Contract.tier, Contract.total, Contract.currency),
    *(Contract.starts_on, Contract.ends_on, Contract.signed_at, Contract.created_at, Contract.retain_until),
    *(Contract.dealer_id, Contract.rep_id, Contract.event_id),
)
LOAD = (
    load_only(*_SHOWN, raiseload=True),
    joinedload(Contract.dealer).load_only(Dealer.company, Dealer.contact, raiseload=True),
    joinedload(Contract.rep).load_only(User.name, raiseload=True),
    joinedload(Contract.event).load_only(Event.name, raiseload=True),
    selectinload(Contract.grants)
    .load_only(TerritoryGrant.contract_id, TerritoryGrant.region_id, raiseload=True)
    .joinedload(TerritoryGrant.region)
    .load_only(Region.name, raiseload=True),
)
COLUMNS = (
    Column("number", _("Contract number"), Contract.number, hideable=False, text=lambda row: row.number or ""),
    Column("dealer", _("Dealer"), Dealer.sort_key, text=lambda row: row.dealer.company),
    Column("state", _("State"), text=lambda row: str(word(row.state).text)),
    Column("territory", _("Territory"), text=territory_of),
    Column("total", _("Contract sum"), Contract.total, numeric=True, text=lambda row: row.total),
    Column("signed", _("Signed on"), Contract.signed_at, text=lambda row: row.signed_at and row.signed_at.date()),
    Column("ends", _("Last day"), Contract.ends_on, text=lambda row: row.ends_on),
    Column("rep", _("Rep"), text=lambda row: row.rep.name if row.rep else "", shown=False),
    Column("event", _("Event"), text=lambda row: row.event.name if row.event else "", shown=False),
    Column("kind", _("Kind of contract"), text=lambda row: str(word(row.kind).text), shown=False),
    Column("tier", _("Tier"), text=lambda row: str(word(row.tier).text), shown=False),
    Column("retain", _("Kept until"), text=lambda row: row.retain_until, shown=False),
    Column("drafted", _("Drafted"), Contract.id, text=lambda row: row.created_at.date(), shown=False),
)


def _words(kind: Any) -> Any:
    pairs = [Option(each.value, word(each).text, word(each).tone, word(each).icon) for each in kind]
    return lambda counts: counted(pairs, counts)


def spec(*, selectable: bool, exports: bool, search: Any = None) -> TableSpec:
    """Return the description of the register; `search` may stand in for one that has been made already."""
    return TableSpec(
        name="register",
        columns=COLUMNS,
        tie=Contract.id,
        default_sort="-drafted",
        search=search or (lambda typed: queries.search(typed).condition),
        filters=(
            Filter("state", _("State"), Contract.state, _words(ContractState), ContractState),
            Filter("kind", _("Kind of contract"), Contract.kind, _words(ContractKind), ContractKind),
        ),
        row_url=lambda row: url_for("contracts.record", contract_id=row.id),
        selectable=selectable,
        exports=exports,
        file_name="contracts",
        load=LOAD,
    )


class Register(Table):
    """The register as one request asks for it."""

    def __init__(
        self, table: TableSpec, base: Select[Contract], wanted: Wanted, arguments: MultiDict[str, str]
    ) -> None:
        super().__init__(table, base, arguments)
        self.wanted = wanted

    def load(self) -> "Register":
        counts = self._counts()
        self.filters = [self._chips(0, counts), self._chips(1, counts)]
        states, kinds = (self._chosen_of(each) for each in self.spec.filters)
        self.total = sum(
            number
            for (state, kind), number in counts.items()
            if (not states or state in states) and (not kinds or kind in kinds)
        )
        self.pages = max(1, -(-self.total // self.per_page))
        self.page = min(max(1, self._arguments.get("page", 1, int)), self.pages)
        start = (self.page - 1) * self.per_page
        self.rows = rows_of(page_of(self._ids(), self._order_of(), self.per_page, start, self.total))
        self.saved_views = saved_views.of_list(self.name, self.query)
        self.save_view_url = saved_views.save_url(self.name, self.query, self.url())
        return self

    def count(self) -> int:
        """Return how many rows the whole narrowed list has."""
        statement = self._narrowed(self._base).order_by(None).with_only_columns(func.count(Contract.id))
        return int(db.session.scalar(statement) or 0)

    def _counts(self) -> Mapping[tuple[ContractState, ContractKind], int]:
        grouped = self._base.with_only_columns(Contract.state, Contract.kind, func.count())
        rows = db.session.execute(grouped.group_by(Contract.state, Contract.kind))
        return {(state, kind): number for state, kind, number in rows}

    def _chosen_of(self, each: Filter) -> set[Any]:
        chosen = set()
        for value in self._chosen[each.key]:
            try:
                chosen.add(each.parse(value))
            except ValueError:
                continue
        return chosen

    def _chips(self, place: int, counts: Mapping[tuple[Any, Any], int]) -> ShownFilter:
        """Add the counts of one chip's value up over what the other chips leave."""
        each, other = self.spec.filters[place], self.spec.filters[1 - place]
        left, sums = self._chosen_of(other), dict[Any, int]()
        for pair, number in counts.items():
            if not left or pair[1 - place] in left:
                sums[pair[place]] = sums.get(pair[place], 0) + number
        chosen = set(self._chosen[each.key])
        options = [Option(o.value, o.label, o.tone, o.icon, o.count, o.value in chosen) for o in each.options(sums)]
        return ShownFilter(each.key, each.label, [o for o in options if o.count or o.selected])

    def _order_of(self) -> Order:
        if self.sort == "dealer":
            return Order((Dealer.sort_key, Dealer.id, Contract.id), self.descending)
        if self.sort == "drafted":
            # A search finds few rows: they are sorted, instead of reading all contracts in order until fifty have come.
            return Order((Contract.id + 0 if self.q else Contract.id,), self.descending)
        column = next(each for each in self.spec.columns if each.key == self.sort).sort
        return Order((column, Contract.id), self.descending, may_lack=column.nullable)

    def _ids(self) -> Select[Any]:
        return self._joined(self._narrowed(self._base).with_only_columns(Contract.id, maintain_column_froms=True))

    def _joined(self, statement: Select[Any]) -> Select[Any]:
        return statement.join(Contract.dealer) if self.sort == "dealer" else statement

    def _ordered(self, statement: Select[Any]) -> Select[Any]:
        order = self._order_of()
        first, *more = order.by()
        return self._joined(statement).order_by(first.nulls_last() if order.may_lack else first, *more)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a new search keeps: the chips, the order and the fields of the form."""
        return [*super().hidden, *self.fields]

    @property
    def fields(self) -> list[tuple[str, str]]:
        return [(name, value) for name in FIELDS if (value := self._arguments.get(name, "").strip())]

    @property
    def is_narrowed(self) -> bool:
        return super().is_narrowed or not self.wanted.is_empty


def rows_of(ids: Sequence[int]) -> list[Contract]:
    """Return contracts with what a row shows, in the order of ids."""
    found = {row.id: row for row in db.session.scalars(select(Contract).where(Contract.id.in_(ids)).options(*LOAD))}
    return [found[each] for each in ids if each in found]


class Listed(Register):
    """The same list for a job: it knows no request, so no chosen columns."""

    def _columns(self) -> list[ShownColumn]:
        return []

    def ids(self, most: int) -> list[int]:
        """Return the ids of the whole narrowed list, in order."""
        return page_of(self._ids(), self._order_of(), most, 0, self.count())
