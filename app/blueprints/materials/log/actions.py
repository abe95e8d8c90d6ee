"""Writing the log. Nothing here commits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app import clock, journal, tokens
from app.blueprints.materials import actions
from app.blueprints.materials.rules.figures import COUNTS, INTO_STOCK, SETTLES
from app.blueprints.materials.stock import actions as stock
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Event, Material, Movement, MovementKind

LARGEST = 1_000_000


class QuantityOutOfRange(SigningDayError):
    """A number that no hall could hold, or less than nothing."""

    code = "quantity_out_of_range"
    sentence = N_("A whole number is wanted, from 0 to 1,000,000.")


@dataclass(frozen=True)
class By:
    """Who saw or did it: somebody with an account, somebody hired, or at least a name."""

    name: str
    user_id: int | None = None
    person_id: int | None = None


def write(
    event: Event,
    material: Material,
    kind: MovementKind,
    quantity: int = 0,
    *,
    by: By,
    client_id: str = "",
    happened_at: datetime | None = None,
    place: str = "",
    note: str = "",
    file_id: int | None = None,
) -> Movement:
    """Add an entry to the log of a material, or return the one that this device's id made before.

    `happened_at` is the device's; one that lies in the future counts as now, so that a wrong clock cannot hide what
    others enter afterwards.
    """
    actions.check_changeable(event)
    if not 0 <= quantity <= LARGEST or (kind in COUNTS and quantity == 0):
        raise QuantityOutOfRange
    if client_id and (known := _known(event, client_id)) is not None:
        return known
    actions.lock(material)
    client_id = client_id or _own_id(material)
    now = clock.now()
    entry = Movement(
        event_id=event.id,
        material=material,
        client_id=client_id,
        kind=kind,
        quantity=quantity,
        place=place,
        note=note,
        file_id=file_id,
        happened_at=min(happened_at or now, now),
        received_at=now,
        by_name=by.name,
        by_user_id=by.user_id,
        by_person_id=by.person_id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(entry)
            db.session.flush()
    except IntegrityError:
        # The same phone sent it twice at the same moment.
        known = _known(event, client_id)
        if known is None:
            raise
        return known
    if material.is_returnable and kind in INTO_STOCK:
        stock.put(material, quantity, event=event, reason=f"movement:{entry.id}", by_id=by.user_id)
    actions.settle(material)
    return entry


def settle(event: Event, material: Material, quantity: int, *, by: By) -> None:
    """Say which of two counts that differ is right: a count that closes the dispute."""
    client_id = f"{SETTLES}{tokens.new_link_token()[:24]}"
    write(event, material, MovementKind.COUNTED, quantity, by=by, client_id=client_id)


def _own_id(material: Material) -> str:
    """Return an id for an entry typed here; of two at the same moment the later has the greater one."""
    last = db.session.scalar(select(func.max(Movement.id)).where(Movement.material_id == material.id)) or 0
    return f"console-{last:010}-{tokens.new_link_token()[:16]}"


def is_known(event: Event, client_id: str) -> bool:
    """Tell whether an act of this id is in the log already."""
    return _known(event, client_id) is not None


def _known(event: Event, client_id: str) -> Movement | None:
    return db.session.scalar(select(Movement).where(Movement.event_id == event.id, Movement.client_id == client_id))


def take_back(event: Event, material: Material, entry: Movement, *, by_id: int | None) -> None:
    """Let an entry made by mistake count no more; it stays in the log. Doing it twice is doing it once."""
    actions.check_changeable(event)
    if entry.taken_back_at is not None:
        return
    entry.taken_back_at = clock.now()
    if material.is_returnable and entry.kind in INTO_STOCK:
        stock.take(material, entry.quantity, event=event, reason=f"movement:{entry.id}:back", by_id=by_id)
    journal.record(
        "material.entry_taken_back", material, event_id=event.id, changes={"quantity": [entry.quantity, None]}
    )
    actions.settle(material)
