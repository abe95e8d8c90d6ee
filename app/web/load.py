"""Loading what an address names, always through its parent."""

from typing import TypeVar

from flask import abort, g
from sqlalchemy import bindparam, select

from app.extensions import db
from app.models import Event

T = TypeVar("T")
_BY_SLUG = select(Event).where(Event.slug == bindparam("slug"))  # nearly every request asks for it


def the_event(slug: str) -> Event:
    """Return the event of an address, and make it the page's event; 404 when there is none."""
    if not slug.isprintable():
        abort(404)  # a zero byte in an address is no name, and PostgreSQL takes none
    event: Event = found(db.session.scalar(_BY_SLUG, {"slug": slug}))
    g.event = event
    return event


def found(record: T | None) -> T:
    """Return the record, or answer 404."""
    if record is None:
        abort(404)
    return record
