"""What comes back about photos."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models import Event, ReportPhoto


def photos(event: Event) -> Sequence[ReportPhoto]:
    """Return the photos of an event, in the order they came."""
    statement = select(ReportPhoto).where(ReportPhoto.event_id == event.id)
    return db.session.scalars(statement.options(joinedload(ReportPhoto.file)).order_by(ReportPhoto.id)).all()


def photo(event: Event, photo_id: int) -> ReportPhoto | None:
    return db.session.scalar(select(ReportPhoto).where(ReportPhoto.event_id == event.id, ReportPhoto.id == photo_id))
