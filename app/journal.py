"""The journal: who did what to which record, when, from where, and what it was before."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import inspect, select

from app import clock
from app.extensions import db
from app.many import insert_many
from app.models import Base, JournalEntry


@dataclass(frozen=True)
class Actor:
    """Who acts in this context. A guest on a personal page and the worker are actors too."""

    name: str
    user_id: int | None = None
    address: str = ""
    request_id: str = ""


_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)

# Among an entry's changes: [what an Undo needs to make a removed record again, None]. It is never shown.
KEPT = "kept"
_PLAIN = frozenset({str, int, bool, type(None)})
# Never written down: secrets, and columns that say nothing to a person.
_UNSAID = {"password_hash", "token", "token_digest", "version", "search_key", "sort_key", "company_key"}


def act_as(actor: Actor) -> None:
    """Name the actor of everything that follows in this context."""
    _actor.set(actor)


def acting() -> Actor:
    """Return the actor of this context; the command line and jobs are `system` until they say otherwise."""
    return _actor.get() or Actor("system")


def changes_of(record: Base) -> dict[str, Any]:
    """Return {column: [before, after]} of what has been set on a record and not flushed yet."""
    state = inspect(record)
    changed: dict[str, Any] = {}
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        if column.key in _UNSAID or not history.has_changes():
            continue
        before = plain(history.deleted[0] if history.deleted else None)
        after = plain(history.added[0] if history.added else None)
        if before != after:
            changed[column.key] = [before, after]
    return changed


def record(
    action: str, subject: Base, *, event_id: int | None = None, changes: dict[str, Any] | None = None
) -> JournalEntry:
    """Write that the acting person did `action` to `subject`.

    Call it after setting the new values and before flushing them, or hand over `changes` yourself. The subject gets
    its id by a flush if it has none yet.
    """
    said = changes_of(subject) if changes is None else changes
    if subject.id is None:  # type: ignore[attr-defined]
        db.session.flush()
    return _entry(
        action,
        subject.__tablename__,
        subject.id,  # type: ignore[attr-defined]
        event_id if event_id is not None else getattr(subject, "event_id", None),
        said,
    )


def record_unknown(action: str, kind: str) -> JournalEntry:
    """Write that `action` was tried on a record of the table `kind` that does not exist (its id reads 0)."""
    return _entry(action, kind, 0, None, {})


def _entry(action: str, kind: str, subject_id: int, event_id: int | None, changes: dict[str, Any]) -> JournalEntry:
    actor = acting()
    entry = JournalEntry(
        at=clock.now(),
        actor_id=actor.user_id,
        actor=actor.name,
        address=actor.address,
        request_id=actor.request_id,
        action=action,
        subject_kind=kind,
        subject_id=subject_id,
        event_id=event_id,
        changes=changes,
    )
    db.session.add(entry)
    return entry


def record_many(
    action: str, kind: str, changes_by_id: Mapping[int, dict[str, Any]], *, event_id: int | None = None
) -> None:
    """Write the same action about many records of one table, with one statement for all; `kind` is the table's name."""
    if not changes_by_id:
        return
    actor, now = acting(), clock.now()
    entries = [
        {
            "at": now,
            "actor_id": actor.user_id,
            "actor": actor.name,
            "address": actor.address,
            "request_id": actor.request_id,
            "action": action,
            "subject_kind": kind,
            "subject_id": subject_id,
            "event_id": event_id,
            "changes": {name: [plain(value) for value in pair] for name, pair in changes.items()},
        }
        for subject_id, changes in changes_by_id.items()
    ]
    insert_many(JournalEntry, entries)


def history_of(subject: Base, limit: int = 50) -> list[JournalEntry]:
    """Return the newest entries about a record, newest first."""
    return list(
        db.session.scalars(
            select(JournalEntry)
            .where(
                JournalEntry.subject_kind == subject.__tablename__,
                JournalEntry.subject_id == subject.id,  # type: ignore[attr-defined]
            )
            .order_by(JournalEntry.id.desc())
            .limit(limit)
        )
    )


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value
