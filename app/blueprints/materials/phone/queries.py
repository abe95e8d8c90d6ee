"""What the addresses in codes lead to."""

from app.extensions import db
from app.models import Event, Material


def any_material(material_id: int) -> Material | None:
    """Return a material by the number in its code, whatever its event: the page it leads to asks who may see it."""
    return db.session.get(Material, material_id) if material_id < 2**31 else None


def event_of(event_id: int) -> Event | None:
    """Return the event of a label."""
    return db.session.get(Event, event_id)
