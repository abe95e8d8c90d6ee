"""Keeping files with a contract, and destroying its papers when they need not be kept. Nothing here commits."""

from collections.abc import Collection
from pathlib import Path

from app import clock, files, journal
from app.blueprints.contracts.register.keeping import queries
from app.blueprints.contracts.register.queries import ZONE
from app.blueprints.contracts.register.rules.attachments import LARGEST, media_type
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Contract, ContractAttachment, Destruction, User


class NotKept(SigningDayError):
    """A file of a kind that is not kept, or half a file."""

    code = "not_kept"
    sentence = N_("PDF files, pictures and office documents without macros can be kept, up to 12 MB.")


class MustBeKept(SigningDayError):
    """The contract is in force or must still be kept."""

    code = "must_be_kept"
    sentence = N_("The papers of this contract must still be kept.")


class SamePerson(SigningDayError):
    """Whoever proposes a destruction does not carry it out."""

    code = "same_person"
    sentence = N_("Somebody else than the person who proposed it has to do this.")


class ReasonMissing(SigningDayError):
    """A destruction has a reason."""

    code = "reason_missing"
    sentence = N_("Please give the reason.")


def attach(contract: Contract, content: bytes, name: str, by: User, *, folder: Path) -> ContractAttachment:
    """Keep a file with a contract; what it is, its bytes say."""
    kind = media_type(content)
    if kind is None or len(content) > LARGEST:
        raise NotKept
    kept = files.keep(content, folder=folder, name=name, media_type=kind, by_id=by.id)
    row = ContractAttachment(
        contract_id=contract.id, file_id=kept.id, name=name[:120], added_at=clock.now(), added_by_id=by.id
    )
    db.session.add(row)
    journal.record("contract.attached", contract, changes={"attachment": [None, name[:120]]})
    db.session.flush()
    return row


def propose(ids: Collection[int], why: str, by: User) -> int:
    """Propose to destroy the papers of contracts; return of how many. Those that must be kept are left out."""
    why = " ".join(why.split())[:200]
    if len(why) < 2:
        raise ReasonMissing
    contracts = queries.with_conditions(clock.today(ZONE), ids)
    for contract in contracts:
        db.session.add(Destruction(contract_id=contract.id, why=why, proposed_by_id=by.id, proposed_at=clock.now()))
        journal.record("contract.destruction_proposed", contract, changes={"reason": [None, why]})
    db.session.flush()
    return len(contracts)


def withdraw(contract: Contract) -> None:
    """Take a proposal back, as long as nobody has carried it out."""
    row = queries.locked(contract.id)
    if row is None or row.confirmed_at is not None:
        raise MustBeKept
    db.session.delete(row)
    journal.record("contract.destruction_withdrawn", contract, changes={})
    db.session.flush()


def destroy(contract: Contract, by: User) -> list[str]:
    """Destroy the papers of a contract that another person has proposed.

    Returns the hashes of the bytes to remove once this transaction is committed. Number, terms, hash of the sealed
    document and every step stay: they say what there was, and that a copy somebody shows is ours.
    """
    row = queries.locked(contract.id)
    today = clock.today(ZONE)
    if row is None or row.confirmed_at is not None:
        raise MustBeKept
    if contract.state not in queries.OVER or contract.retain_until is None or contract.retain_until >= today:
        raise MustBeKept
    if row.proposed_by_id == by.id:
        raise SamePerson
    ids = queries.file_ids(contract)
    gone = queries.bytes_to_remove(ids)
    for mark in queries.marks(contract):
        mark.strokes, mark.picture_id = None, None
    contract.signatory_mobile, contract.values = "", {}
    row.confirmed_by_id, row.confirmed_at = by.id, clock.now()
    journal.record("contract.destroyed", contract, changes={"papers_destroyed": [None, len(ids)]})
    db.session.flush()
    return gone
