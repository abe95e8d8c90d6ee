"""Lists that work hard: search, filter chips with counts, sorting, paging, column choice and export, all by address.

A room's view describes its list as a `TableSpec`, hands over a base `select`, and gives the finished `Table` to the
template, which draws it with the macro `data_table`. Everything is in the query string, so a list can be bookmarked,
shared, saved as a view and opened without script. A list page costs a fixed number of queries: the rows, their
count, one for each set of filter chips, and one for the person's saved views.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Response, request, url_for
from sqlalchemy import ColumnElement, Select, func, or_
from sqlalchemy.orm import InstrumentedAttribute
from werkzeug.datastructures import MultiDict

from app.extensions import db
from app.sheet_files import to_csv, to_xlsx
from app.web import saved_views
from app.web.saved_views import ShownView

PER_PAGE = 50
_EXPORT_LIMIT = 50_000


@dataclass(frozen=True)
class Column:
    """One column. `sort` is what the database orders by; `text` is what an export writes for a row."""

    key: str
    label: Any
    sort: Any = None
    numeric: bool = False
    hideable: bool = True
    shown: bool = True
    text: Callable[[Any], Any] | None = None

    @property
    def sortable(self) -> bool:
        return self.sort is not None


@dataclass(frozen=True)
class Option:
    """One chip of a filter."""

    value: str
    label: Any
    tone: str = "secondary"
    icon: str = ""
    count: int = 0
    selected: bool = False


@dataclass(frozen=True)
class Filter:
    """A set of chips over one database column. Several chosen chips widen each other, several filters narrow.

    Where a row has several of them (a person's roles), `through` is the relationship that leads to the column.
    """

    key: str
    label: Any
    column: InstrumentedAttribute[Any] | ColumnElement[Any]
    options: Callable[[dict[Any, int]], list[Option]]
    parse: Callable[[str], Any] = str
    through: Any = None

    def fits(self, value: Any) -> ColumnElement[bool]:
        """Return the condition of one chip."""
        fitting: ColumnElement[bool] = self.column.is_(None) if value is None else self.column == value
        return fitting if self.through is None else self.through.any(fitting)


@dataclass(frozen=True)
class TableSpec:
    """What a list is. `search` turns what was typed into a condition; `tie` makes the order total."""

    name: str
    columns: Sequence[Column]
    tie: ColumnElement[Any] | InstrumentedAttribute[Any]
    default_sort: str
    filters: Sequence[Filter] = ()
    search: Callable[[str], ColumnElement[bool]] | None = None
    row_url: Callable[[Any], str] | None = None
    selectable: bool = False
    exports: bool = False
    file_name: str = "list"
    load: Sequence[Any] = ()  # loader options for the rows; the counts do without


@dataclass
class ShownFilter:
    """A filter with its counted chips."""

    key: str
    label: Any
    options: list[Option] = field(default_factory=list)

    @property
    def selected(self) -> list[Option]:
        return [option for option in self.options if option.selected]


@dataclass(frozen=True)
class ShownColumn:
    key: str
    label: Any
    sortable: bool
    numeric: bool
    hideable: bool
    visible: bool


class Table:
    """A list as one request asks for it."""

    def __init__(self, spec: TableSpec, base: Select[Any], arguments: MultiDict[str, str] | None = None) -> None:
        self._arguments = request.args if arguments is None else arguments
        self.spec = spec
        self.name = spec.name
        self.selectable = spec.selectable
        self.searchable = spec.search is not None
        self.q = self._arguments.get("q", "").strip()[:80]
        self.per_page = PER_PAGE
        self.saved_views: list[ShownView] = []
        self.save_view_url: str | None = None
        self._base = self._searched(base)
        self._chosen = {
            each.key: [value for value in self._arguments.getlist(each.key) if value] for each in spec.filters
        }
        self._sums: dict[str, int] = {}
        self.sort, self.descending = self._order()
        self.columns = self._columns()

    # -- rows

    def load(self) -> "Table":
        """Run the queries. A page beyond the last one shows the last."""
        narrowed = self._narrowed(self._base)
        self.filters = [self._shown(each) for each in self.spec.filters]
        # Chips that nobody has pressed are counted over exactly the rows of the list, so their sum is the total.
        whole = next((each.key for each in self.spec.filters if not each.through and not self._chosen[each.key]), None)
        self.total = self._sums[whole] if whole is not None else self._count(narrowed)
        self.pages = max(1, -(-self.total // self.per_page))
        self.page = min(max(1, self._arguments.get("page", 1, int)), self.pages)
        self.rows: list[Any] = self._fetch(narrowed, self.per_page, (self.page - 1) * self.per_page)
        self.saved_views = saved_views.of_list(self.name, self.query)
        self.save_view_url = saved_views.save_url(self.name, self.query, self.url())
        return self

    def statement(self) -> Select[Any]:
        """Return the whole narrowed list, in order, for bulk actions on everything shown."""
        return self._ordered(self._narrowed(self._base))

    def _count(self, statement: Select[Any]) -> int:
        counted = statement.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
        return int(db.session.scalar(counted) or 0)

    def _fetch(self, statement: Select[Any], limit: int, offset: int) -> list[Any]:
        page = self._ordered(statement).options(*self.spec.load).limit(limit).offset(offset)
        return list(db.session.scalars(page).unique())

    def _searched(self, base: Select[Any]) -> Select[Any]:
        return base.where(self.spec.search(self.q)) if self.q and self.spec.search else base

    def _narrowed(self, statement: Select[Any], leave_out: str = "") -> Select[Any]:
        for each in self.spec.filters:
            wanted = self._chosen[each.key]
            if not wanted or each.key == leave_out:
                continue
            conditions = []
            for value in wanted:
                try:
                    parsed = each.parse(value)
                except ValueError:
                    continue  # a chip that no longer exists, from an old bookmark
                conditions.append(each.fits(parsed))
            if conditions:
                statement = statement.where(or_(*conditions))
        return statement

    def _ordered(self, statement: Select[Any]) -> Select[Any]:
        column = next((each for each in self.spec.columns if each.key == self.sort), None)
        if column is None or column.sort is None:
            return statement.order_by(self.spec.tie)
        order = column.sort.desc() if self.descending else column.sort.asc()
        return statement.order_by(order, self.spec.tie)

    def _order(self) -> tuple[str, bool]:
        wanted = self._arguments.get("sort") or self.spec.default_sort
        key = wanted.removeprefix("-")
        if not any(column.key == key and column.sortable for column in self.spec.columns):
            wanted = self.spec.default_sort
        return wanted.removeprefix("-"), wanted.startswith("-")

    # -- chips and columns

    def _shown(self, each: Filter) -> ShownFilter:
        """Count a filter's chips over what the other filters and the search leave."""
        statement = self._narrowed(self._base, leave_out=each.key).order_by(None)
        if each.through is not None:
            statement = statement.join(each.through)
        grouped = statement.with_only_columns(each.column, func.count(), maintain_column_froms=True).group_by(
            each.column
        )
        counts: dict[Any, int] = {row[0]: row[1] for row in db.session.execute(grouped)}
        self._sums[each.key] = sum(counts.values())
        chosen = set(self._chosen[each.key])
        options = [Option(o.value, o.label, o.tone, o.icon, o.count, o.value in chosen) for o in each.options(counts)]
        return ShownFilter(each.key, each.label, [o for o in options if o.count or o.selected])

    def _columns(self) -> list[ShownColumn]:
        hidden = request.cookies.get(f"cols_{self.name}")
        keys = None if hidden is None else set(hidden.split("."))
        return [
            ShownColumn(
                column.key,
                str(column.label),  # translated once, not with every cell
                column.sortable,
                column.numeric,
                column.hideable,
                (column.shown if keys is None else column.key in keys) or not column.hideable,
            )
            for column in self.spec.columns
        ]

    # -- addresses

    @property
    def active_filters(self) -> list[ShownFilter]:
        return [each for each in self.filters if each.selected]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or any(self._chosen.values()))

    @property
    def exports(self) -> list[tuple[str, str]]:
        return [("XLSX", self.url(format="xlsx")), ("CSV", self.url(format="csv"))] if self.spec.exports else []

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a new search keeps: the chips and the order."""
        kept = set(self._chosen) | {"sort"}
        return [(key, value) for key in self._arguments if key in kept for value in self._arguments.getlist(key)]

    @property
    def query(self) -> str:
        """The address of this list without its path and page, as a saved view keeps it."""
        return self.url(page=None).partition("?")[2]

    def url(self, **changes: Any) -> str:
        """Return this list's address with some arguments changed; None takes one away. Filtering goes to page one."""
        arguments = {key: self._arguments.getlist(key) for key in self._arguments if key not in {"page", "format"}}
        if "page" not in changes and set(changes) <= {"format"}:
            changes.setdefault("page", self._arguments.get("page"))
        for key, value in changes.items():
            arguments.pop(key, None)
            if value is not None and value != []:
                arguments[key] = [str(each) for each in value] if isinstance(value, list) else [str(value)]
        flat: dict[str, Any] = {
            key: values if len(values) > 1 else values[0] for key, values in arguments.items() if values
        }
        return url_for(str(request.endpoint), **(request.view_args or {}), **flat)

    def toggle(self, key: str, value: str) -> str:
        """Return the address with one chip pressed or released."""
        chosen = [each for each in self._chosen[key] if each != value]
        return self.url(**{key: chosen if value in self._chosen[key] else [*chosen, value]})

    def sort_url(self, key: str) -> str:
        """Return the address sorted by a column; again, the other way round."""
        return self.url(sort=f"-{key}" if self.sort == key and not self.descending else key)

    def row_url(self, row: Any) -> str:
        return self.spec.row_url(row) if self.spec.row_url else ""

    # -- export

    @property
    def wants_export(self) -> bool:
        return self.spec.exports and self._arguments.get("format") in {"csv", "xlsx"}

    def export(self) -> Response:
        """Answer with the whole narrowed list as a file, in the order and columns shown."""
        shown = {column.key for column in self.columns if column.visible}
        columns = [column for column in self.spec.columns if column.key in shown and column.text]
        headings = [str(column.label) for column in columns]
        statement = self.statement().options(*self.spec.load).limit(_EXPORT_LIMIT)
        rows = (
            [column.text(row) for column in columns if column.text] for row in db.session.scalars(statement).unique()
        )
        kind = self._arguments["format"]
        if kind == "csv":
            content, media_type = to_csv(itertools.chain([headings], rows)), "text/csv; charset=utf-8"
        else:
            content = to_xlsx(headings, rows, title=self.spec.file_name)
            media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        response = Response(content, content_type=media_type)
        response.headers.set("Content-Disposition", "attachment", filename=f"{self.spec.file_name}.{kind}")
        return response


def counted(pairs: Sequence[Option], counts: dict[Any, int]) -> list[Option]:
    """Return the chips with their counts filled in by value."""
    by_text = {("" if key is None else str(getattr(key, "value", key))): count for key, count in counts.items()}
    return [Option(o.value, o.label, o.tone, o.icon, by_text.get(o.value, 0)) for o in pairs]


def like(text: str) -> str:
    """Return a LIKE pattern that finds the text anywhere; use with `escape="\\\\"`."""
    escaped = text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
