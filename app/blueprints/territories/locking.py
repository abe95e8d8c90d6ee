"""The queue at which everybody who promises territory waits."""

from collections.abc import Collection

from sqlalchemy import select

from app.extensions import db
from app.models import ProductLine


def lock(line_ids: Collection[int]) -> None:
    """Let nobody else promise anything of these product lines until this transaction ends.

    Call it before reading what is decided on. The rows are taken in the order of their ids, so two contracts with the
    same lines in another order never wait for each other. The lock leaves out foreign keys (NO KEY UPDATE), which rows
    of the same transaction may already hold. On SQLite a writing transaction has begun with the only write lock.
    """
    rows = select(ProductLine.id).where(ProductLine.id.in_(sorted(set(line_ids)))).order_by(ProductLine.id)
    db.session.execute(rows.with_for_update(key_share=True)).all()


def lock_every_line() -> None:
    """Let nobody promise anything at all: for changes of the regions themselves."""
    db.session.execute(select(ProductLine.id).order_by(ProductLine.id).with_for_update(key_share=True)).all()
