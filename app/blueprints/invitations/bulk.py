"""Many invitations at once, for imports: a fixed number of statements however many there are. Nothing here commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, update

from app import clock, journal, tokens
from app.errors import StaleChange
from app.extensions import db
from app.many import insert_many, reserve_ids
from app.models import GuestKind, Invitation, InvitationState, Readiness

_TABLE = cast(Table, Invitation.__table__)
# What a list may say about an invitation, with what stands where it says nothing.
BLANK: dict[str, Any] = {
    "kind": GuestKind.DEALER,
    "readiness": Readiness.PROSPECT,
    "is_lead_signer": False,
    "rep_id": None,
    "companions_allowed": 1,
    "expected_amount": None,
    "table_label": "",
    "notes": "",
    "host_notes": "",
}


def list_many(event_id: int, guests: Sequence[tuple[int, Mapping[str, Any]]], *, import_id: int | None) -> list[int]:
    """Put dealers on an event's list, given as (dealer id, values); return the invitations' ids in the same order."""
    if not guests:
        return []
    now = clock.now()
    rows = [
        {
            **BLANK,
            **values,
            "event_id": event_id,
            "dealer_id": dealer_id,
            "import_id": import_id,
            "token": tokens.new_link_token(),
            "state": InvitationState.LISTED,
            "listed_at": now,
        }
        for dealer_id, values in guests
    ]
    ids = reserve_ids(Invitation, len(rows))
    insert_many(Invitation, [{"id": invitation_id, **row} for invitation_id, row in zip(ids, rows, strict=True)])
    told = {
        invitation_id: {"import_id": (None, import_id)} | {name: (None, value) for name, value in values.items()}
        for invitation_id, (_, values) in zip(ids, guests, strict=True)
    }
    journal.record_many("invitation.listed", "invitations", told, event_id=event_id)
    return ids


@dataclass(frozen=True, slots=True)
class Rewrite:
    """New values for one invitation. `before` holds all fields of BLANK, `changed` the new ones."""

    invitation_id: int
    version: int
    before: Mapping[str, Any]
    changed: Mapping[str, Any]


def edit_many(event_id: int, rewrites: Sequence[Rewrite]) -> None:
    """Give invitations new values. Raises StaleChange when one was saved by somebody else in the meantime."""
    if not rewrites:
        return
    statement = (
        update(_TABLE)
        .where(_TABLE.c.id == bindparam("the_id"), _TABLE.c.version == bindparam("the_version"))
        .values({name: bindparam(f"new_{name}") for name in BLANK} | {"version": _TABLE.c.version + 1})
    )
    rows = [
        {
            "the_id": each.invitation_id,
            "the_version": each.version,
            **{f"new_{name}": each.changed.get(name, each.before[name]) for name in BLANK},
        }
        for each in rewrites
    ]
    if db.session.connection().execute(statement, rows).rowcount != len(rows):
        raise StaleChange
    told = {
        each.invitation_id: {name: (each.before[name], value) for name, value in each.changed.items()}
        for each in rewrites
    }
    journal.record_many("invitation.edited", "invitations", told, event_id=event_id)


def take_off_many(event_id: int, contacts: Mapping[int, str], versions: Mapping[int, int]) -> None:
    """Take guests off a list, given as invitation id to contact and to version. Raises StaleChange as above."""
    if not contacts:
        return
    statement = delete(_TABLE).where(
        _TABLE.c.id == bindparam("the_id"),
        _TABLE.c.version == bindparam("the_version"),
        _TABLE.c.state == InvitationState.LISTED,
    )
    rows = [{"the_id": each, "the_version": versions[each]} for each in sorted(contacts)]
    if db.session.connection().execute(statement, rows).rowcount != len(rows):
        raise StaleChange
    told = {invitation_id: {"contact": (contact, None)} for invitation_id, contact in contacts.items()}
    journal.record_many("invitation.taken_off", "invitations", told, event_id=event_id)
