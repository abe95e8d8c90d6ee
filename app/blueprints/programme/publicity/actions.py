"""What is done to the publicity plan. Nothing here commits."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app import clock, journal, removal
from app.blueprints.plan.actions import check_open
from app.extensions import db
from app.models import Event, File, PublicityEntry, Removal


@dataclass(frozen=True)
class Row:
    """What somebody says of a row; the cost is in the event's currency, tax included."""

    medium: str
    piece: str
    due_on: date
    cost_line: str
    cost: Decimal | None = None
    owner_id: int | None = None
    appeared_on: date | None = None
    proof_url: str = ""


def add(event: Event, said: Row, *, proof: File | None = None) -> PublicityEntry:
    check_open(event)
    row = PublicityEntry(
        event_id=event.id, medium=said.medium, piece=said.piece, due_on=said.due_on, created_at=clock.now()
    )
    _set(row, said)
    row.proof_file_id = proof.id if proof else None
    db.session.add(row)
    journal.record("publicity_entry.added", row)
    db.session.flush()
    return row


def edit(
    event: Event, row: PublicityEntry, said: Row, *, proof: File | None = None, without_proof: bool = False
) -> None:
    """Change a row. A new proof takes the place of the one that is kept; without either, that one stays."""
    check_open(event)
    _set(row, said)
    if proof or without_proof:
        row.proof_file_id = proof.id if proof else None
    if changes := journal.changes_of(row):
        journal.record("publicity_entry.edited", row, changes={"medium": [row.medium, row.medium]} | changes)
    db.session.flush()


def _set(row: PublicityEntry, said: Row) -> None:
    row.medium, row.piece, row.due_on = said.medium, said.piece, said.due_on
    row.cost_line, row.cost, row.owner_id = said.cost_line, said.cost, said.owner_id
    row.appeared_on, row.proof_url = said.appeared_on, said.proof_url


def remove(event: Event, row: PublicityEntry, *, by_id: int | None = None) -> Removal:
    """Take a row out of the plan and return what brings it back."""
    check_open(event)
    kept = removal.keep(row, event=event, name=row.medium, by_id=by_id)
    journal.record("publicity_entry.removed", row, changes={"medium": [row.medium, None]})
    db.session.flush()
    db.session.delete(row)
    db.session.flush()
    return kept
