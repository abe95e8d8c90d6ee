"""What an officer looks at before signing for the company."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.access import Role
from app.extensions import db
from app.models import (
    CompanyStamp,
    Contract,
    ContractState,
    Mark,
    OfficerSignature,
    Party,
    Receivable,
    Seal,
    Signing,
    Step,
    User,
    UserRole,
    WallEntry,
)


def waiting(event_id: int | None = None) -> Sequence[Contract]:
    """Return the contracts that the dealer has signed and nobody of ours, the longest waiting first."""
    statement = _waiting()
    if event_id is not None:
        statement = statement.where(Contract.event_id == event_id)
    return db.session.scalars(statement).all()


def _waiting() -> Select[Contract]:
    return (
        select(Contract)
        .where(Contract.state == ContractState.SIGNED)
        .options(joinedload(Contract.dealer), joinedload(Contract.event), joinedload(Contract.rep))
        .order_by(Contract.signed_at, Contract.id)
    )


def hosts_of(contracts: Sequence[Contract]) -> dict[int, int | None]:
    """Return who handed the pen to the dealer, by contract."""
    statement = (
        select(Mark.contract_id, Signing.host_id)
        .join(Signing, Signing.id == Mark.signing_id)
        .where(Mark.party == Party.DEALER, Mark.contract_id.in_([each.id for each in contracts]))
    )
    return {row.contract_id: row.host_id for row in db.session.execute(statement)}


def signing_of(mark: Mark) -> Signing | None:
    """Return the sitting in which a mark was made."""
    return db.session.get(Signing, mark.signing_id) if mark.signing_id else None


def marks_of(contract_id: int) -> dict[Party, Mark]:
    """Return the marks of a contract by party."""
    files = joinedload(Mark.stamp), joinedload(Mark.picture)
    statement = select(Mark).where(Mark.contract_id == contract_id).options(*files)
    return {mark.party: mark for mark in db.session.scalars(statement)}


def steps_of(contract_id: int) -> Sequence[Step]:
    """Return the trail of a contract, the first step first."""
    return db.session.scalars(select(Step).where(Step.contract_id == contract_id).order_by(Step.id)).all()


def seal_of(contract_id: int) -> Seal | None:
    """Return the seal of a contract with its file."""
    return db.session.scalar(select(Seal).where(Seal.contract_id == contract_id).options(joinedload(Seal.file)))


def sealed_by(contract_id: int, client_id: str) -> Seal | None:
    """Return the seal that a page has brought about, when the same page is sent again."""
    statement = select(Mark.id).where(Mark.client_id == client_id, Mark.contract_id == contract_id)
    return seal_of(contract_id) if db.session.scalar(statement) is not None else None


def signature_of(user_id: int) -> OfficerSignature | None:
    """Return the signature an officer keeps."""
    return db.session.get(OfficerSignature, user_id)


def company_stamp() -> CompanyStamp | None:
    """Return the picture of our stamp that is in use."""
    return db.session.scalar(
        select(CompanyStamp)
        .where(CompanyStamp.retired_at.is_(None))
        .options(joinedload(CompanyStamp.file))
        .order_by(CompanyStamp.id.desc())
        .limit(1)
    )


def of_role(role: Role) -> Sequence[User]:
    """Return the active people of a role."""
    statement = select(User).join(UserRole).where(UserRole.role == role, User.is_active.is_(True)).order_by(User.id)
    return db.session.scalars(statement).all()


def receivables_of(contract_id: int) -> Sequence[Receivable]:
    """Return what is to be paid for a contract, in the order of its terms."""
    return db.session.scalars(
        select(Receivable).where(Receivable.contract_id == contract_id).order_by(Receivable.position)
    ).all()


def wall_entry(contract_id: int) -> WallEntry | None:
    """Return the entry of the wall in the hall."""
    return db.session.get(WallEntry, contract_id)
