"""Taking things away so that they can be put back as they were: what a page's Undo does after a removal.

    removal.keep(role, name=role.name, by_id=me().id)
    db.session.delete(role)
    ...
    removal.put_back(event, {"staff_roles"}, removal_id)

`keep` writes down the row, every row that the database takes away with it, and every reference that it empties. Nothing
is hidden meanwhile: whoever asks for the thing does not find it, and its name and its places are free for others.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Column, Date, Table, delete, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError

from app import clock, journal
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Amount, Base, Event, Instant, Removal

KEPT = timedelta(days=1)  # until then it can come back
Key = Mapping[str, Any]


class CannotPutBack(SigningDayError):
    """Something else stands in its place by now, or too much time has passed."""

    code = "cannot_put_back"
    sentence = N_(
        "This cannot be put back any more: something else stands in its place by now, or it was too long ago."
    )


def keep(*things: Base, event: Event, name: str, by_id: int | None) -> Removal:
    """Write down things of one kind that are about to be deleted, and return what brings them back (flushed)."""
    db.session.flush()
    rows: list[Any] = []
    links: list[Any] = []
    seen: set[tuple[str, tuple[Any, ...]]] = set()
    for thing in things:
        table = cast(Table, inspect(thing).mapper.local_table)
        identity = {column.name: getattr(thing, column.key) for column in table.primary_key}
        _gather(table, identity, rows, links, seen)
    now = clock.now()
    db.session.execute(delete(Removal).where(Removal.event_id == event.id, Removal.at < now - KEPT))
    kind = things[0].__tablename__
    kept = Removal(event_id=event.id, kind=kind, name=name[:200], rows=rows, links=links, at=now, by_id=by_id)
    db.session.add(kept)
    db.session.flush()
    return kept


def _gather(table: Table, key: Key, rows: list[Any], links: list[Any], seen: set[tuple[str, tuple[Any, ...]]]) -> None:
    """Add a row and, after it, whatever the database would take along."""
    mark = (table.name, tuple(key.values()))
    if mark in seen:
        return
    seen.add(mark)
    columns = db.session.execute(select(table).where(*_is(table, key))).mappings().one()
    rows.append([table.name, {name: journal.plain(value) for name, value in columns.items()}])
    for child, column, remote in _pointing_at(table):
        found = db.session.execute(select(child).where(column == columns[remote]).order_by(*child.primary_key))
        for row in found.mappings().all():
            its_key = {each.name: row[each.name] for each in child.primary_key}
            if _rule(column) == "CASCADE":
                _gather(child, its_key, rows, links, seen)
            elif _rule(column) == "SET NULL":
                plain = {name: journal.plain(value) for name, value in its_key.items()}
                links.append([child.name, plain, column.name, journal.plain(row[column.name])])


def _pointing_at(table: Table) -> Iterator[tuple[Table, Column[Any], str]]:
    for child in Base.metadata.sorted_tables:
        for foreign in sorted(child.foreign_keys, key=lambda each: each.parent.name):
            if foreign.column.table is table:
                yield child, foreign.parent, foreign.column.name


def _rule(column: Column[Any]) -> str:
    return next(iter(column.foreign_keys)).ondelete or ""


def _is(table: Table, key: Key) -> list[Any]:
    return [table.c[name] == value for name, value in key.items()]


def put_back(event: Event, kinds: Collection[str], removal_id: int) -> Removal | None:
    """Put back what was removed from an event and return what it was; None when that is not known (any more).

    Raises CannotPutBack when something else stands in its place. Pressing twice is pressing once.
    """
    asked = select(Removal).where(Removal.event_id == event.id, Removal.id == removal_id, Removal.kind.in_(kinds))
    kept = db.session.scalar(asked.with_for_update())
    if kept is None:
        return None
    if kept.at < clock.now() - KEPT:
        raise CannotPutBack
    try:
        with db.session.begin_nested():
            for name, columns in kept.rows:
                table = Base.metadata.tables[name]
                db.session.execute(insert(table).values(_typed(table, columns)))
            for name, key, column, value in kept.links:
                table = Base.metadata.tables[name]
                empty = (*_is(table, _typed(table, key)), table.c[column].is_(None))
                db.session.execute(update(table).where(*empty).values({column: value}))
    except IntegrityError:
        raise CannotPutBack from None
    db.session.delete(kept)
    db.session.flush()
    db.session.expire_all()
    return kept


def _typed(table: Table, columns: Key) -> dict[str, Any]:
    return {name: _value(table.c[name], value) for name, value in columns.items() if name in table.c}


def _value(column: Column[Any], value: Any) -> Any:
    """Return what JSON kept of a column's value as its type has it."""
    if value is None:
        return None
    match column.type:
        case Instant():
            return datetime.fromisoformat(value)
        case Date():
            return date.fromisoformat(value)
        case Amount():
            return Decimal(value)
        case _:
            return value
