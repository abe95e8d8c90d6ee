"""Keeping product lines and sales channels. Nothing here commits."""

import secrets

from sqlalchemy import func, select

from app import journal
from app.extensions import db
from app.models import ProductLine, SalesChannel

Kind = type[ProductLine] | type[SalesChannel]


def all_of(kind: Kind) -> list[ProductLine | SalesChannel]:
    """Return all product lines or channels in their order, those switched off too."""
    return list(db.session.scalars(select(kind).order_by(kind.position, kind.id)))


def add(kind: Kind, name: str) -> ProductLine | SalesChannel:
    """Add a product line or a channel at the end."""
    last = db.session.scalar(select(func.max(kind.position))) or 0
    row = kind(key=f"own-{secrets.token_hex(5)}", name=name, position=last + 1, is_active=True)
    db.session.add(row)
    journal.record("line.added", row)
    db.session.flush()
    return row


def edit(row: ProductLine | SalesChannel, name: str, *, is_active: bool) -> None:
    """Rename it, or switch it off: what is held or signed stays, nothing new is promised."""
    row.name, row.is_active = name, is_active
    journal.record("line.edited", row)
    db.session.flush()
