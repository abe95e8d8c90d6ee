"""Inserts that pass over a row which a unique index refuses: "only once" is decided by the database.

Both our databases say it in the same words. A savepoint around an insert that may fail would tell the same, at twice
the price, and the door pays it for every guest.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from app.extensions import db
from app.models import Base


@cache
def _statement(model: type[Base], dialect: str, *, returning: bool) -> Any:
    table = cast(Table, model.__table__)
    builder = postgresql if dialect == "postgresql" else sqlite
    statement = builder.insert(table).on_conflict_do_nothing()
    return statement.returning(table.c.id) if returning else statement


def _dialect() -> str:
    return db.session.get_bind().dialect.name


def insert_unless_there(model: type[Base], row: Mapping[str, Any]) -> bool:
    """Insert one row and tell whether it is new.

    On PostgreSQL it waits for a transaction that has just written the same; what that one commits is there for us.
    """
    statement: ReturningInsert[Any] = _statement(model, _dialect(), returning=True)
    return db.session.scalar(statement, row) is not None


def insert_those_not_there(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert those of the rows that no unique index refuses."""
    db.session.execute(_statement(model, _dialect(), returning=False), rows)
