"""What is kept of contracts, and what need not be kept any longer."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models import (
    Contract,
    ContractAttachment,
    ContractState,
    Destruction,
    File,
    Mark,
    PaperScan,
    Seal,
)

AT_ONCE = 200
OVER = (ContractState.ENDED, ContractState.VOID)


def may_be_destroyed(today: date) -> Select[Contract]:
    """Select the contracts that are over, whose retention is over, and that nobody has proposed yet."""
    return select(Contract).where(
        Contract.retain_until < today,
        Contract.state.in_(OVER),
        ~exists().where(Destruction.contract_id == Contract.id),
    )


def report(today: date) -> tuple[list[Contract], int]:
    """Return the contracts whose papers may be destroyed, longest over first, and how many there are in all."""
    statement = may_be_destroyed(today)
    rows = statement.options(joinedload(Contract.dealer)).order_by(Contract.retain_until, Contract.id).limit(AT_ONCE)
    total = db.session.scalar(statement.with_only_columns(func.count(Contract.id)))
    return list(db.session.scalars(rows)), int(total or 0)


def proposed() -> list[Destruction]:
    """Return the proposals that wait for a second person."""
    statement = (
        select(Destruction)
        .where(Destruction.confirmed_at.is_(None))
        .options(joinedload(Destruction.contract).joinedload(Contract.dealer), joinedload(Destruction.proposed_by))
    )
    return list(db.session.scalars(statement.order_by(Destruction.proposed_at, Destruction.contract_id)))


def done(limit: int = 50) -> list[Destruction]:
    """Return what was destroyed last."""
    statement = (
        select(Destruction)
        .where(Destruction.confirmed_at.is_not(None))
        .options(
            joinedload(Destruction.contract).joinedload(Contract.dealer),
            joinedload(Destruction.proposed_by),
            joinedload(Destruction.confirmed_by),
        )
    )
    return list(db.session.scalars(statement.order_by(Destruction.confirmed_at.desc()).limit(limit)))


def destruction(contract_id: int) -> Destruction | None:
    return db.session.scalar(
        select(Destruction)
        .where(Destruction.contract_id == contract_id)
        .options(joinedload(Destruction.proposed_by), joinedload(Destruction.confirmed_by))
    )


def is_destroyed(contract_id: int) -> bool:
    """Tell whether the papers of a contract are gone."""
    wanted = select(Destruction.contract_id).where(
        Destruction.contract_id == contract_id, Destruction.confirmed_at.is_not(None)
    )
    return db.session.scalar(wanted) is not None


def attachment(contract: Contract, attachment_id: int) -> ContractAttachment | None:
    return db.session.scalar(
        select(ContractAttachment)
        .where(ContractAttachment.id == attachment_id, ContractAttachment.contract_id == contract.id)
        .options(joinedload(ContractAttachment.file))
    )


def file_ids(contract: Contract) -> set[int]:
    """Return the ids of all files that hold something of a contract."""
    of = contract.id
    found = {contract.document_id}
    found |= set(db.session.scalars(select(ContractAttachment.file_id).where(ContractAttachment.contract_id == of)))
    found |= set(db.session.scalars(select(Seal.file_id).where(Seal.contract_id == of)))
    found |= set(db.session.scalars(select(PaperScan.file_id).where(PaperScan.contract_id == of)))
    found |= set(db.session.scalars(select(Mark.picture_id).where(Mark.contract_id == of)))
    return {each for each in found if each is not None}


def bytes_to_remove(ids: Collection[int]) -> list[str]:
    """Return the hashes of these files that no other file has: their bytes may go."""
    own = select(File.sha256).where(File.id.in_(ids))
    other = select(File.sha256).where(File.id.not_in(ids), File.sha256.in_(own))
    return list(db.session.scalars(own.where(File.sha256.not_in(other)).distinct()))


def marks(contract: Contract) -> list[Mark]:
    return list(db.session.scalars(select(Mark).where(Mark.contract_id == contract.id)))


def with_conditions(today: date, ids: Collection[int]) -> list[Contract]:
    """Return those of the ids that may be proposed now."""
    return list(db.session.scalars(may_be_destroyed(today).where(Contract.id.in_(ids)).order_by(Contract.id)))


def locked(contract_id: int) -> Destruction | None:
    """Return a proposal as it is now; whoever confirms it at this moment waits."""
    return db.session.scalar(
        select(Destruction)
        .where(Destruction.contract_id == contract_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
