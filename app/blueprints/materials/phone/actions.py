"""Writing what phones send. Nothing here commits; each act stands or falls alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app import clock
from app.blueprints.materials import queries
from app.blueprints.materials.boxes import actions as boxes
from app.blueprints.materials.boxes import queries as box_queries
from app.blueprints.materials.log.actions import By, is_known, write
from app.blueprints.materials.phone.reading import BOX_MOVED, Act, act, client_id_of
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Event, MovementKind

ACCEPTED, DUPLICATE, REFUSED = "accepted", "duplicate", "refused"


class NotHere(SigningDayError):
    """The thing is not on the list of this event any more."""

    code = "not_on_the_list"
    sentence = N_("This is not on the list of this event, or no longer.")


class NotAPicture(SigningDayError):
    """Too large, or its bytes are of no picture that we can show."""

    code = "not_a_picture"
    sentence = N_("This is no picture that we can show, or it is larger than 12 MB.")


@dataclass(frozen=True)
class Result:
    """What became of one act. A refusal carries the rule that was broken."""

    client_id: str
    state: str
    code: str = ""
    sentence: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def receive(event: Event, raws: Sequence[Any], *, by: By, phone_now: datetime | None) -> list[Result]:
    """Write the acts a phone sends and return what became of each, in their order.

    They are taken in the order of the materials, not of the phone: two phones that send at the same moment then wait
    for each other and never in a circle, and the figures do not depend on it.
    """
    now = clock.now()
    results: dict[int, Result] = {}
    for index in sorted(range(len(raws)), key=lambda each: _material_of(raws[each])):
        results[index] = _received(event, raws[index], by, phone_now, now)
    return [results[index] for index in range(len(raws))]


def _material_of(raw: Any) -> int:
    given = raw.get("material_id") if isinstance(raw, dict) else None
    return given if isinstance(given, int) else 0


def _received(event: Event, raw: Any, by: By, phone_now: datetime | None, now: datetime) -> Result:
    client_id = client_id_of(raw)
    try:
        read = act(raw)
        at = clock.corrected(read.at, phone_now, now)
        with db.session.begin_nested():
            is_new = _box_moved(event, read, at) if read.kind == BOX_MOVED else _written(event, read, at, by)
    except SigningDayError as error:
        return Result(client_id, REFUSED, error.code, error.sentence, error.facts)
    return Result(client_id, ACCEPTED if is_new else DUPLICATE)


def _written(event: Event, read: Act, at: datetime, by: By) -> bool:
    if is_known(event, read.client_id):
        return False
    material = queries.material(event, read.material_id)
    if material is None:
        raise NotHere
    kind = MovementKind(read.kind)
    write(
        event,
        material,
        kind,
        read.quantity,
        by=by,
        client_id=read.client_id,
        happened_at=at,
        place=read.place,
        note=read.note,
    )
    return True


def _box_moved(event: Event, read: Act, at: datetime) -> bool:
    box = box_queries.box_of_code(event, read.box)
    if box is None or not box.is_bound:
        raise NotHere
    return boxes.place(event, box, read.place, at=at)
