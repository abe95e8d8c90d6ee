"""What is done with boxes: make one, print blank labels, bind one, pack, move. Nothing here commits."""

from datetime import datetime

from app import clock, journal
from app.blueprints.materials.actions import check_changeable
from app.blueprints.materials.boxes import queries
from app.blueprints.materials.log.actions import LARGEST, By, QuantityOutOfRange, write
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Box, BoxContent, Event, Material, MovementKind
from app.tokens import new_badge_code


class LabelTaken(SigningDayError):
    """Somebody bound the label a moment ago."""

    code = "label_taken"
    sentence = N_("This label stands on a box already.")


def make(event: Event, name: str, place: str = "") -> Box:
    """Begin a box of this event; its label can be printed at once."""
    check_changeable(event)
    box = Box(code=new_badge_code(), event_id=event.id, name=name, place=place, created_at=clock.now())
    box.bound_at = box.created_at
    box.moved_at = box.created_at if place else None
    db.session.add(box)
    db.session.flush()
    journal.record("box.made", event, event_id=event.id, changes={"box": [None, _called(box)]})
    return box


def make_blanks(number: int) -> list[Box]:
    """Make so many labels that stand on no box yet. They are of no event until one is scanned."""
    now = clock.now()
    blanks = [Box(code=new_badge_code(), created_at=now) for _ in range(number)]
    db.session.add_all(blanks)
    db.session.flush()
    return blanks


def bind(event: Event, box: Box, name: str, place: str = "") -> None:
    """Say which box a blank label stands on. Raises LabelTaken when it stands on one."""
    check_changeable(event)
    db.session.refresh(box, with_for_update=True)
    if box.is_bound or box.event_id is not None:
        raise LabelTaken
    box.event_id, box.name, box.place = event.id, name, place
    box.bound_at = clock.now()
    box.moved_at = box.bound_at if place else None
    db.session.flush()
    journal.record("box.bound", event, event_id=event.id, changes={"box": [None, _called(box)]})


def rename(event: Event, box: Box, name: str) -> None:
    """Call a box otherwise."""
    check_changeable(event)
    box.name = name
    db.session.flush()


def put(event: Event, box: Box, material: Material, quantity: int) -> None:
    """Say how many of a material are in a box; none takes it out."""
    check_changeable(event)
    if not 0 <= quantity <= LARGEST:
        raise QuantityOutOfRange
    row = queries.content(box, material.id)
    if row is not None and quantity:
        row.quantity = quantity
    elif row is not None:
        db.session.delete(row)
    elif quantity:
        db.session.add(BoxContent(box_id=box.id, material_id=material.id, quantity=quantity))
    db.session.flush()
    db.session.expire(box, ["contents"])


def move(event: Event, box: Box, place_: str, *, by: By) -> None:
    """Put a box somewhere else; what is in it goes along."""
    check_changeable(event)
    for each in sorted(box.contents, key=lambda row: row.material_id):
        write(event, each.material, MovementKind.MOVED, each.quantity, by=by, place=place_)
    place(event, box, place_, at=clock.now())


def place(event: Event, box: Box, place_: str, *, at: datetime) -> bool:
    """Say where a box stood at that moment; False when somebody has moved it since.

    Two phones may tell it in either order, so the later move holds, and of two at the same moment the greater place.
    """
    check_changeable(event)
    db.session.refresh(box, ["place", "moved_at"], with_for_update=True)
    if box.moved_at is not None and (at, place_) <= (box.moved_at, box.place):
        return False
    box.place, box.moved_at = place_, at
    db.session.flush()
    return True


def remove(event: Event, box: Box) -> None:
    """Take a box off the list. Its label is void; what was in it stays in the log."""
    check_changeable(event)
    journal.record("box.removed", event, event_id=event.id, changes={"box": [_called(box), None]})
    db.session.delete(box)
    db.session.flush()


def _called(box: Box) -> str:
    return f"{box.name} ({box.code})" if box.name else box.code
