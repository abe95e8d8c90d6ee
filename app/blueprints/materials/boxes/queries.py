"""What comes back about boxes."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.extensions import db
from app.models import Box, BoxContent, Event, EventStatus

_CONTENTS = selectinload(Box.contents).joinedload(BoxContent.material)


def box_of_code(event: Event, code: str) -> Box | None:
    """Return a box of this event."""
    return db.session.scalar(select(Box).where(Box.event_id == event.id, Box.code == code).options(_CONTENTS))


def blank_of_code(code: str) -> Box | None:
    """Return a label that was printed blank and stands on no box yet."""
    return db.session.scalar(select(Box).where(Box.code == code, Box.event_id.is_(None), Box.bound_at.is_(None)))


def any_of_code(code: str) -> Box | None:
    """Return the box or blank label of a code, whatever its event: its own page asks who may see it."""
    return db.session.scalar(select(Box).where(Box.code == code))


def boxes_of_codes(event: Event, codes: Collection[str]) -> list[Box]:
    """Return these boxes of this event, by name."""
    return list(
        db.session.scalars(
            select(Box)
            .where(Box.event_id == event.id, Box.code.in_(codes))
            .order_by(Box.name, Box.code)
            .options(_CONTENTS)
        )
    )


def content(box: Box, material_id: int) -> BoxContent | None:
    """Return how many of a material are in a box."""
    return db.session.get(BoxContent, (box.id, material_id))


def holding(event: Event, material_id: int) -> list[BoxContent]:
    """Return in which boxes a material is, and how many in each."""
    return list(
        db.session.scalars(
            select(BoxContent)
            .join(Box, Box.id == BoxContent.box_id)
            .where(Box.event_id == event.id, BoxContent.material_id == material_id)
            .order_by(Box.name, Box.code)
            .options(joinedload(BoxContent.box))
        )
    )


def events_ahead() -> list[Event]:
    """Return the events a blank label may be for, the nearest first."""
    return list(
        db.session.scalars(
            select(Event)
            .where(Event.status.not_in([EventStatus.CLOSED, EventStatus.ARCHIVED]))
            .order_by(Event.starts_at, Event.id)
        )
    )
