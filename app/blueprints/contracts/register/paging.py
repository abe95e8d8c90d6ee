"""One page out of a hundred thousand ids: indexes give the order, and never more than half the list is passed over.

Two things keep a page cheap wherever it lies. Rows without a value stand last; they are a list of their own behind
the others, for "nulls last" fits no index on PostgreSQL when it goes downwards. And a page beyond the middle is
looked for from the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func

from app.extensions import db
from app.models import Contract

_NEAR = 2_000


@dataclass(frozen=True)
class Order:
    """What a list is ordered by: columns that together leave no two rows equal; the first may have no value."""

    columns: Sequence[Any]
    descending: bool = False
    may_lack: bool = False

    def by(self, *, from_the_end: bool = False) -> list[Any]:
        down = self.descending != from_the_end
        return [each.desc() if down else each.asc() for each in self.columns]


def page_of(
    statement: Select[Any], order: Order, limit: int, offset: int, total: int, *, near: int = _NEAR
) -> list[int]:
    """Return the ids of one page of `total` contracts; up to `near` rows are passed over without counting first."""
    if not order.may_lack:
        return _cut(statement, order, limit, offset, total)
    valued = statement.where(order.columns[0].is_not(None))
    size = _count(valued) if offset > near else None
    found = _cut(valued, order, limit, offset, size) if size is None or offset < size else []
    if len(found) == limit or offset + len(found) >= total:
        return found
    size = _count(valued) if size is None else size
    lacking = statement.where(order.columns[0].is_(None))
    behind = Order((Contract.id,), order.descending)
    return found + _cut(lacking, behind, limit - len(found), max(0, offset - size), total - size)


def _cut(statement: Select[Any], order: Order, limit: int, offset: int, size: int | None) -> list[int]:
    from_the_end = size is not None and offset > size // 2
    if size is not None and from_the_end:
        limit = min(limit, size - offset)
        offset = size - offset - limit
    ordered = statement.order_by(None).order_by(*order.by(from_the_end=from_the_end))
    ids = list(db.session.scalars(ordered.limit(limit).offset(offset))) if limit > 0 else []
    return ids[::-1] if from_the_end else ids


def _count(statement: Select[Any]) -> int:
    return int(db.session.scalar(statement.order_by(None).with_only_columns(func.count())) or 0)
