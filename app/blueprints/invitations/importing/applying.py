"""Taking a list in: dealers filed, guests listed, values changed, all in one transaction. Nothing here commits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text

from app import clock, journal
from app.blueprints.dealers import bulk as dealers
from app.blueprints.invitations import bulk as invitations
from app.blueprints.invitations.importing import actions, queries
from app.blueprints.invitations.importing.queries import OnFile
from app.blueprints.invitations.importing.rules import Judged, count, judge
from app.blueprints.invitations.importing.values import Draft
from app.blueprints.invitations.importing.vocabulary import Field
from app.extensions import db
from app.models import Import, ImportState, RowVerdict

# One import at a time: two lists with the same new company would otherwise file it twice, since only a mobile is
# unique. The number is ours alone; SQLite has one writer anyway.
_LOCK = 4_207_130_011
OF_DEALER = tuple(Field(name) for name in dealers.BLANK)
OF_INVITATION = tuple(Field(name) for name in invitations.BLANK)


@dataclass(slots=True)
class Entry:
    """One row on its way in."""

    judged: Judged
    on_file: OnFile | None
    dealer_id: int | None = None
    invitation_id: int | None = None
    changes: dict[str, tuple[object, object]] = field(default_factory=dict)

    def said(self, fields: Iterable[Field]) -> dict[str, Any]:
        """Return what the row says about these fields."""
        values = self.judged.draft.values
        return {name.value: values[name] for name in fields if name in values}

    def changed(self, fields: Iterable[Field]) -> dict[str, Any]:
        """Return which of these fields the row changes, and to what."""
        changes = self.judged.changes
        return {name.value: changes[name][1] for name in fields if name in changes}

    def before(self, fields: Iterable[Field]) -> dict[str, Any]:
        """Return what is on file in these fields."""
        assert self.on_file is not None
        return {name.value: self.on_file.known.values[name] for name in fields}


def queue_up() -> None:
    """Wait until no other import is being applied or reverted; it lasts as long as the transaction."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})


def apply(an_import: Import, drafts: Sequence[Draft], keys: Mapping[int, dict[str, str]]) -> None:
    """Take the rows in, judged anew by what is on file now. `keys` holds the dealers' keys by line, made beforehand.

    Raises StaleChange when somebody saved one of the records in this very moment; the caller begins again.
    """
    actions.ensure_open(an_import.event)
    queue_up()
    actions.leave_seats_alone(an_import.event, drafts)
    on_file = queries.on_file(an_import.event, drafts)
    judged = judge(drafts, (one.known for one in on_file.values()))
    entries = {
        one.draft.line: Entry(one, on_file[one.known.dealer_id] if one.known else None)
        for one in judged
        if one.verdict in (RowVerdict.NEW, RowVerdict.UPDATED)
    }
    _file_dealers([each for each in entries.values() if each.on_file is None], keys, an_import.created_by_id)
    _rewrite_dealers([each for each in entries.values() if each.on_file and each.changed(OF_DEALER)])
    _list_guests(an_import, [each for each in entries.values() if each.judged.verdict is RowVerdict.NEW])
    _edit_guests(
        an_import.event_id,
        [
            each
            for each in entries.values()
            if each.judged.verdict is RowVerdict.UPDATED and each.changed(OF_INVITATION)
        ],
    )
    actions.replace_rows(an_import, [_row(one, entries.get(one.draft.line)) for one in judged])
    an_import.counts = count(judged)
    an_import.state = ImportState.APPLIED
    an_import.applied_at = clock.now()
    an_import.error_code = ""
    told = {name: [None, number] for name, number in an_import.counts.items()}
    journal.record("import.applied", an_import, changes={"file_name": [None, an_import.file_name], **told})


def _file_dealers(entries: Sequence[Entry], keys: Mapping[int, dict[str, str]], by_id: int | None) -> None:
    """Whoever nobody knew goes on file, with the rep of the row as owner."""
    people = []
    for entry in entries:
        said = entry.said(OF_DEALER)
        rep_id = entry.judged.draft.values.get(Field.REP)
        people.append({**said, "owner_id": rep_id, **keys.get(entry.judged.draft.line, {})})
        entry.changes.update({name: (None, value) for name, value in said.items()})
    for entry, dealer_id in zip(entries, dealers.file_many(people, by_id=by_id), strict=True):
        entry.dealer_id = dealer_id


def _rewrite_dealers(entries: Sequence[Entry]) -> None:
    rewrites = []
    for entry in sorted(entries, key=lambda each: each.on_file.known.dealer_id if each.on_file else 0):
        assert entry.on_file is not None
        before = entry.before(OF_DEALER) | {"latin_name": entry.on_file.latin_name}
        changed = entry.changed(OF_DEALER)
        rewrites.append(dealers.Rewrite(entry.on_file.known.dealer_id, entry.on_file.version, before, changed))
    by_id = {entry.on_file.known.dealer_id: entry for entry in entries if entry.on_file}
    for rewrite, after in zip(rewrites, dealers.rewrite_many(rewrites), strict=True):
        by_id[rewrite.dealer_id].changes.update(
            {name: (value, after[name]) for name, value in rewrite.before.items() if value != after[name]}
        )


def _list_guests(an_import: Import, entries: Sequence[Entry]) -> None:
    """New guests get the rep of the row, else the dealer's owner."""
    guests = []
    for entry in entries:
        if entry.on_file is not None:
            entry.dealer_id = entry.on_file.known.dealer_id
        assert entry.dealer_id is not None
        values = entry.said(OF_INVITATION)
        if "rep_id" not in values and entry.on_file and entry.on_file.owner_id:
            values["rep_id"] = entry.on_file.owner_id
        entry.changes.update({name: (None, value) for name, value in values.items()})
        guests.append((entry.dealer_id, values))
    ids = invitations.list_many(an_import.event_id, guests, import_id=an_import.id)
    for entry, invitation_id in zip(entries, ids, strict=True):
        entry.invitation_id = invitation_id


def _edit_guests(event_id: int, entries: Sequence[Entry]) -> None:
    rewrites = []
    for entry in entries:
        assert entry.on_file is not None
        known, version = entry.on_file.known, entry.on_file.invitation_version
        assert known.invitation_id is not None
        assert version is not None
        before, changed = entry.before(OF_INVITATION), entry.changed(OF_INVITATION)
        entry.changes.update({name: (before[name], value) for name, value in changed.items()})
        rewrites.append(invitations.Rewrite(known.invitation_id, version, before, changed))
    invitations.edit_many(event_id, sorted(rewrites, key=lambda each: each.invitation_id))


def _row(judged: Judged, entry: Entry | None) -> dict[str, Any]:
    """Return the row as it is kept: with what was changed, and the records it is about."""
    row = actions.row_of(judged)
    if entry is not None:
        row["changes"] = actions.plain_changes(entry.changes)
        row["made_dealer"] = entry.on_file is None
        row["dealer_id"] = entry.dealer_id or row["dealer_id"]
        row["invitation_id"] = entry.invitation_id or row["invitation_id"]
    return row
