"""Reading what a phone sends: anything comes out as an act, or as one that is refused with a reason."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import clock
from app.errors import N_, SigningDayError
from app.models import MovementKind

K = MovementKind
BY_PHONE = frozenset({K.TICKED, K.UNTICKED, K.COUNTED, K.MOVED, K.DAMAGED, K.LOST, K.DELIVERED})
BOX_MOVED = "box_moved"
MOST_ACTS = 100  # in one request
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,40}")
_LONGEST = {"place": 80, "note": 200}


class MalformedAct(SigningDayError):
    """A phone sent something that is no act: a program's mistake, or somebody's trick."""

    code = "malformed_act"
    sentence = N_("The phone sent something that cannot be read.")


@dataclass(frozen=True)
class Act:
    """What somebody did, as their phone wrote it down. `at` is the phone's clock, None where it has none."""

    client_id: str
    kind: MovementKind | str
    material_id: int
    quantity: int
    place: str
    note: str
    at: datetime | None
    box: str = ""


def client_id_of(raw: Any) -> str:
    """Return the id of an act, "" when there is none to answer by."""
    given = raw.get("client_id") if isinstance(raw, Mapping) else None
    return given if isinstance(given, str) and _CLIENT_ID.fullmatch(given) else ""


def act(raw: Any) -> Act:
    """Return the act, or raise MalformedAct."""
    client_id = client_id_of(raw)
    if not client_id:
        raise MalformedAct
    kind = raw.get("kind")
    if kind != BOX_MOVED:
        if not isinstance(kind, str) or kind not in {each.value for each in BY_PHONE}:
            raise MalformedAct
        kind = MovementKind(kind)
    return Act(
        client_id,
        kind,
        _whole(raw.get("material_id", 0)),
        _whole(raw.get("quantity", 0)),
        text(raw.get("place", ""), _LONGEST["place"]),
        text(raw.get("note", ""), _LONGEST["note"]),
        clock.of_device(raw.get("happened_at")),
        text(raw.get("box", ""), 12),
    )


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 2**31 - 1:
        raise MalformedAct
    return value


def text(value: Any, longest: int) -> str:
    """Return a line of text as a database takes it: no control characters, not too long."""
    if not isinstance(value, str):
        raise MalformedAct
    return "".join(letter if letter.isprintable() else " " for letter in value).strip()[:longest]
