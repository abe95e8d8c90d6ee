"""Storing a sealed contract with everything that follows from it: all in the caller's transaction, or none of it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app import clock, files, journal
from app.blueprints.contracts import actions as contracts
from app.blueprints.signing import trail
from app.blueprints.signing.certificate.page import zone_of
from app.blueprints.signing.countersign import letters, queries
from app.blueprints.signing.countersign.making import Made
from app.blueprints.signing.rules import after, strokes
from app.blueprints.signing.rules.officers import AlreadyCountersigned, DocumentWasExchanged, check_officer
from app.blueprints.signing.sessions import queries as sessions
from app.blueprints.signing.trail import Witness
from app.blueprints.territories import actions as territories
from app.extensions import db
from app.models import (
    CompanyStamp,
    Contract,
    File,
    Mark,
    OfficerSignature,
    Party,
    Receivable,
    Seal,
    SigningWay,
    StepKind,
    User,
)
from app.tokens import new_link_token


def countersign(contract: Contract, made: Made, folder: Path) -> Seal:
    """Store what was made: mark, seal, state, trail, receivables, standing and messages.

    Of two officers at the same instant one gets the seal; the other raises AlreadyCountersigned. The same page sent
    again returns the seal that is there. Raises DocumentWasExchanged when the contract is not what was made from.
    """
    contracts.lock(contract)
    known = sessions.mark_by_client(made.pen.client_id)
    if known is not None and known.contract_id == contract.id and (seal := queries.seal_of(contract.id)):
        return seal
    if queries.seal_of(contract.id) is not None:
        raise AlreadyCountersigned
    dealer = queries.marks_of(contract.id).get(Party.DEALER)
    document = contract.document.sha256 if contract.document else ""
    if dealer is None or (dealer.id, document) != (made.basis.dealer_mark_id, made.basis.document_sha256):
        raise DocumentWasExchanged
    signing = queries.signing_of(dealer)
    check_officer(made.pen.officer.id, {contract.rep_id, signing.host_id if signing else None})
    file = files.keep(made.pdf, folder=folder, name=f"{contract.number}.pdf", media_type="application/pdf")
    seal = new_seal(contract, file, made.basis.at)
    seal.certificate, seal.is_trial, seal.is_timestamped = made.certificate, made.is_trial, made.is_timestamped
    once([_mark(contract, made), seal])
    witness = made.pen.witness
    trail.write(contract, StepKind.COUNTERSIGNED, witness, before=document, after=made.composed_sha256)
    trail.write(contract, StepKind.SEALED, witness, before=made.composed_sha256, after=made.sha256)
    follow(contract, seal)
    return seal


def follow(contract: Contract, seal: Seal) -> None:
    """Do what a contract signed by both brings about. Both marks and the seal are there (flushed)."""
    territories.sign(contract, at=seal.sealed_at)  # signed at the dealer's mark; it raises if that is no longer so
    contracts.countersigned(contract, at=seal.sealed_at)
    _make_receivables(contract, seal.sealed_at)
    _set_standing(contract)
    letters.post(contract, seal)
    db.session.flush()


def _mark(contract: Contract, made: Made) -> Mark:
    return Mark(
        contract_id=contract.id,
        party=Party.COMPANY,
        client_id=made.pen.client_id,
        way=SigningWay.TABLET,
        name=made.pen.officer.name,
        title=made.pen.title,
        strokes=made.pen.strokes,
        stamp_id=made.basis.stamp_id,
        document_sha256=made.basis.document_sha256,
        signed_at=made.basis.at,
        user_id=made.pen.officer.id,
        address=made.pen.witness.address[:45],
        device=made.pen.witness.device[:200],
    )


def new_seal(contract: Contract, file: File, at: datetime, *, certificate: str = "") -> Seal:
    """Return the seal of a file, in no session. `certificate` is "" when a signing service has sealed it."""
    return Seal(
        contract_id=contract.id,
        file_id=file.id,
        sha256=file.sha256,
        sealed_at=at,
        certificate=certificate,
        copy_token=new_link_token(),
        copy_until=at + after.COPY_LASTS,
    )


def once(rows: Sequence[Mark | Seal]) -> None:
    """Flush mark and seal; their unique rows turn the second of two simultaneous signings away."""
    try:
        with db.session.begin_nested():
            db.session.add_all(rows)
    except IntegrityError as fault:
        raise AlreadyCountersigned from fault


def _make_receivables(contract: Contract, at: datetime) -> None:
    """What is to be paid, from the terms. Days are counted from the one on which the last party signed."""
    signed_on = clock.local(at, zone_of(contract)).date()
    db.session.add_all(
        Receivable(
            contract_id=contract.id,
            position=term.position,
            event_id=contract.event_id,
            dealer_id=contract.dealer_id,
            rep_id=contract.rep_id,
            kind=term.kind,
            currency=contract.currency,
            amount=term.amount,
            due_on=after.due_on(term, signed_on),
            made_at=at,
        )
        for term in contract.payment_terms
    )


def _set_standing(contract: Contract) -> None:
    dealer = contract.dealer
    standing = after.standing_after(contract.kind, dealer.standing)
    if standing is not None and standing is not dealer.standing:
        dealer.standing = standing
        journal.record("dealer.edited", dealer)


def void(contract: Contract, *, why: str, witness: Witness) -> None:
    """Declare a contract void, also a sealed one: nothing is owed, the territory is free, the wall forgets it.

    The sealed document and its trail stay as they are; the register and the verification say that it is void.
    """
    contracts.lock(contract)
    contracts.void(contract, why=why, may_file=True, also_sealed=True)
    db.session.flush()
    now = clock.now()
    db.session.execute(
        update(Receivable)
        .where(Receivable.contract_id == contract.id, Receivable.cancelled_at.is_(None))
        .values(cancelled_at=now)
    )
    entry = queries.wall_entry(contract.id)
    if entry is not None and entry.withdrawn_at is None:
        entry.withdrawn_at = now
    letters.post_void(contract, why, now)
    db.session.flush()


def keep_signature(user: User, sent: Any) -> None:
    """Keep an officer's signature, to stand under what they countersign. Raises what `strokes.read` does."""
    drawn = [list(stroke) for stroke in strokes.read(sent)]
    kept = queries.signature_of(user.id)
    if kept is None:
        db.session.add(OfficerSignature(user_id=user.id, strokes=drawn, drawn_at=clock.now()))
    else:
        kept.strokes, kept.drawn_at = drawn, clock.now()
    journal.record("user.signature_drawn", user, changes={})


def use_stamp(picture: File | None, user: User) -> None:
    """Use another picture of our stamp from now on, or none. What is sealed keeps the one it has."""
    now = clock.now()
    before = queries.company_stamp()
    if before is not None:
        before.retired_at = now
    if picture is not None:
        db.session.add(CompanyStamp(file_id=picture.id, added_at=now, added_by_id=user.id))
    journal.record("company.stamp_changed", user, changes={})
