"""What is known of a signing."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.blueprints.signing.rules import progress
from app.extensions import db
from app.models import Contract, File, Mark, Party, Seal, Signing


def by_token(token: str) -> Signing | None:
    """Return the signing of a link, with all that its page shows."""
    return db.session.scalar(
        select(Signing)
        .where(Signing.token == token)
        .options(
            joinedload(Signing.host),
            joinedload(Signing.contract, innerjoin=True).options(
                joinedload(Contract.dealer, innerjoin=True),
                joinedload(Contract.event),
                joinedload(Contract.document),
            ),
        )
    )


def open_of(contract: Contract, now: datetime) -> Signing | None:
    """Return the signing that goes on for a contract, if there is one."""
    return db.session.scalar(
        select(Signing)
        .where(Signing.contract_id == contract.id, Signing.closed_at.is_(None), Signing.expires_at > now)
        .order_by(Signing.id.desc())
        .limit(1)
    )


def mark_of(contract: Contract, party: Party) -> Mark | None:
    """Return one party's signature."""
    return db.session.scalar(select(Mark).where(Mark.contract_id == contract.id, Mark.party == party))


def mark_by_client(client_id: str) -> Mark | None:
    """Return the mark that a device has sent before."""
    return db.session.scalar(select(Mark).where(Mark.client_id == client_id))


def seal_of(contract: Contract) -> Seal | None:
    """Return the seal, once our officer has countersigned."""
    return db.session.scalar(select(Seal).where(Seal.contract_id == contract.id))


def document_of(signing: Signing) -> File | None:
    """Return the document that is read and signed, unless the contract has got another one since."""
    document = signing.contract.document
    return document if document is not None and document.sha256 == signing.document_sha256 else None


def facts(signing: Signing, now: datetime, *, sends_codes: bool) -> progress.Facts:
    """Gather what the rules want to know. A code is asked for where SMS can be sent and there is a number."""
    return progress.Facts(
        now=now,
        expires_at=signing.expires_at,
        closed_at=signing.closed_at if document_of(signing) else now,
        is_signed=mark_of(signing.contract, Party.DEALER) is not None,
        identity_seen_at=signing.identity_seen_at,
        pages=signing.contract.document_pages,
        pages_read=signing.pages_read,
        wants_code=sends_codes and bool(signing.code_mobile),
        code_passed_at=signing.code_passed_at,
    )
