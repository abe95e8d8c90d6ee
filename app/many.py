"""Many rows at once, with few statements: ids known beforehand, inserts in bulk, and which rows others point at."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import Table, func, insert, select

from app.extensions import db
from app.models import Base

T = TypeVar("T")

# SQLite takes 32,766 values in one statement and PostgreSQL 65,535.
CHUNK = 5_000


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Cut a list into pieces that fit into one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def reserve_ids(model: type[Base], count: int) -> list[int]:
    """Return so many ids for new rows, ascending. They are ours until this transaction, which must write, ends."""
    key = model.__table__.c.id
    if db.session.connection().dialect.name == "sqlite":
        # We hold the only write lock, and SQLite itself takes the highest id plus one.
        last = db.session.scalar(select(func.max(key))) or 0
        return list(range(last + 1, last + 1 + count))
    sequence = func.pg_get_serial_sequence(model.__tablename__, "id")
    return list(db.session.scalars(select(func.nextval(sequence)).select_from(func.generate_series(1, count))))


def insert_many(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns."""
    if rows:
        db.session.connection().execute(insert(cast(Table, model.__table__)), [dict(row) for row in rows])


def pointed_at(model: type[Base], ids: Collection[int], *, but: Collection[str] = ()) -> set[int]:
    """Return which of these rows any other row points at, rows of the tables named in `but` left out of account."""
    wanted = sorted(ids)
    if not wanted:
        return set()
    target = model.__table__
    columns = [
        column
        for table in Base.metadata.sorted_tables
        if table.name not in but
        for column in table.columns
        if any(key.column.table is target for key in column.foreign_keys)
    ]
    return {
        found
        for column in columns
        for some in chunks(wanted)
        for found in db.session.scalars(select(column).where(column.in_(some)).distinct())
    }
