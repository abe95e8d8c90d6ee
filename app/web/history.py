"""The journal as people read it: who did what, from where, and each changed field before and after, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_babel import gettext
from sqlalchemy import Boolean, Column, Date, Enum, Time, select

from app import journal
from app.extensions import db
from app.models import Amount, Base, Instant, JournalEntry, User
from app.phones import display
from app.web.journal_words import ACTIONS, ACTORS, FIELDS, LANGUAGES, LOOSE
from app.web.locale import day, moment, number
from app.web.words import word

_LONGEST = 160


@dataclass(frozen=True)
class Line:
    """One thing that happened, as the macro `history` shows it."""

    at: datetime
    who: str
    what: str
    icon: str
    where: str
    changes: list[tuple[str, str, str]]  # label, before, after
    entry: JournalEntry


def lines(*records: Base, limit: int = 50) -> list[Line]:
    """Return the newest things that happened to any of the records, newest first."""
    entries = [entry for record in records for entry in journal.history_of(record, limit)]
    return in_words(sorted(entries, key=lambda entry: entry.id, reverse=True)[:limit])


def in_words(entries: Sequence[JournalEntry]) -> list[Line]:
    """Return journal entries as lines. The people that changes speak of are looked up with one query."""
    people = _people(entries)
    return [
        Line(
            at=entry.at,
            who=who(entry),
            what=what(entry.action),
            icon=icon(entry.action),
            where=entry.address,
            changes=[
                (
                    label(entry.subject_kind, name),
                    _value(entry.subject_kind, name, before, people),
                    _value(entry.subject_kind, name, after, people),
                )
                for name, (before, after) in entry.changes.items()
                if name != journal.KEPT
            ],
            entry=entry,
        )
        for entry in entries
    ]


def who(entry: JournalEntry) -> str:
    """Return the acting person's name, or a word for the guest, the worker and the command line."""
    if entry.actor_id is not None or entry.actor not in ACTORS:
        return entry.actor
    # Whoever is at the sign-in page is not one of an event's guests.
    stranger = entry.actor == "guest" and entry.subject_kind == User.__tablename__
    return str(ACTORS["stranger" if stranger else entry.actor])


def what(action: str) -> str:
    """Return a code such as `invitation.edited` as what somebody did."""
    return str(ACTIONS[action].text) if action in ACTIONS else gettext("changed something (%(code)s)", code=action)


def icon(action: str) -> str:
    return ACTIONS[action].icon if action in ACTIONS else "pencil"


def label(kind: str, name: str) -> str:
    """Return what a field of a table is called on its form."""
    return str(FIELDS.get(f"{kind}.{name}") or FIELDS.get(name) or name.replace("_", " "))


def _people(entries: Iterable[JournalEntry]) -> dict[int, str]:
    ids = {
        value
        for entry in entries
        for name, pair in entry.changes.items()
        if _refers_to_people(_column(entry.subject_kind, name))
        for value in pair
        if isinstance(value, int)
    }
    if not ids:
        return {}
    return {row.id: row.name for row in db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))}


def _column(kind: str, name: str) -> Column[Any] | None:
    table = Base.metadata.tables.get(kind)
    return None if table is None else table.columns.get(name)


def _refers_to_people(column: Column[Any] | None) -> bool:
    return column is not None and any(key.column.table.name == "users" for key in column.foreign_keys)


def _value(kind: str, name: str, value: Any, people: dict[int, str]) -> str:
    """Return a stored value as a person reads it: by the column it came from, else by the name it was given."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, list):
        return gettext(", ").join(_value(kind, name, each, people) for each in value)
    column = _column(kind, name)
    if _refers_to_people(column):
        return people.get(value, f"#{value}")
    if isinstance(value, bool) or (column is not None and isinstance(column.type, Boolean)):
        return gettext("yes") if value else gettext("no")
    if column is None:
        return _loose(name, value)
    return _typed(column, value)


def _typed(column: Column[Any], value: Any) -> str:
    try:
        match column.type:
            case Enum(enum_class=kind) if isinstance(kind, type) and issubclass(kind, StrEnum):
                return str(word(kind(value)).text)
            case Instant():
                return moment(datetime.fromisoformat(value))
            case Date():
                return day(date.fromisoformat(value))
            case Time():
                return time.fromisoformat(value).strftime("%H:%M")
            case Amount():
                return number(Decimal(str(value).replace(",", "")))  # some rooms keep sums with thousands marked
    except (ValueError, TypeError):
        pass  # written by an older version with other words; it is shown as it stands
    return _plain(column.name, value)


def _loose(name: str, value: Any) -> str:
    """A value that is no column of the record: an answer noted on the invitation, somebody's roles."""
    if name.endswith("_at"):
        return moment(datetime.fromisoformat(value))
    kind = LOOSE.get(name)
    if kind is None:
        return _plain(name, value)
    try:
        return str(word(kind(value)).text)
    except ValueError:
        return str(value)


def _plain(name: str, value: Any) -> str:
    if name in {"locale", "language"}:
        return LANGUAGES.get(str(value), str(value))
    if isinstance(value, int) and not name.endswith("_id"):
        return number(value)
    if name.endswith(("mobile", "phone")):
        return display(str(value))
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
