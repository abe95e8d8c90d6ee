"""What comes back about approvals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.blueprints.contracts.rules import approving
from app.blueprints.contracts.rules.approving import Approver
from app.extensions import db
from app.models import (
    Approval,
    ApprovalLevel,
    Contract,
    ContractState,
    Decision,
    TerritoryGrant,
    User,
    UserRole,
)


def round_of(contract: Contract) -> list[Approval]:
    """Return the questions of the latest submission, fresh from the database."""
    rows = db.session.scalars(
        select(Approval)
        .where(
            Approval.contract_id == contract.id,
            Approval.asked_at == contract.submitted_at,
            Approval.withdrawn_at.is_(None),
        )
        .order_by(Approval.id)
        .execution_options(populate_existing=True)
    )
    return list(rows)


def own_people(contract: Contract, asked: Sequence[Approval]) -> set[int | None]:
    """Return who wrote, submitted or sells a contract: they do not approve it."""
    return {contract.created_by_id, contract.rep_id, *(approval.asked_by_id for approval in asked)} - {None}


@dataclass(frozen=True)
class Waiting:
    """A contract that waits for somebody's answer."""

    contract: Contract
    questions: Sequence[Approval]  # open ones this person may answer
    asked_at: datetime


def open_questions() -> Select[Approval]:
    """Select the questions that wait for an answer."""
    return (
        select(Approval)
        .join(Contract, Contract.id == Approval.contract_id)
        .where(
            Approval.decided_at.is_(None),
            Approval.withdrawn_at.is_(None),
            Approval.asked_at == Contract.submitted_at,
            Contract.state == ContractState.IN_REVIEW,
        )
    )


def waiting_for(approver: Approver) -> list[Waiting]:
    """Return the contracts that wait for this person, longest waiting first; a fixed number of queries."""
    levels = [level for level in ApprovalLevel if approver.may(level)]
    rows = db.session.scalars(
        open_questions()
        .where(Approval.level.in_(levels))
        .options(
            joinedload(Approval.contract).joinedload(Contract.dealer),
            joinedload(Approval.contract).joinedload(Contract.rep),
            joinedload(Approval.contract).joinedload(Contract.event),
            joinedload(Approval.contract).joinedload(Contract.package),
            joinedload(Approval.contract).selectinload(Contract.grants).joinedload(TerritoryGrant.region),
            joinedload(Approval.contract).selectinload(Contract.approvals).joinedload(Approval.decided_by),
        )
        .order_by(Approval.asked_at, Approval.id)
    ).unique()
    found: dict[int, Waiting] = {}
    for row in rows:
        if approver.id in own_people(row.contract, [row]):
            continue
        have = found.get(row.contract_id)
        found[row.contract_id] = Waiting(row.contract, [*(have.questions if have else ()), row], row.asked_at)
    return list(found.values())


def approvers(level: ApprovalLevel, own: set[int | None]) -> list[User]:
    """Return everybody who may answer at a level and has nothing to do with the contract themselves."""
    users = db.session.scalars(
        select(User)
        .where(User.is_active, User.id.in_(select(UserRole.user_id)))
        .options(selectinload(User.role_rows))
        .order_by(User.id)
    )
    wanted = approving.PERMISSION_OF[level]
    return [user for user in users if wanted in user.permissions and user.id not in own]


def decided_by(contract: Contract) -> list[Approval]:
    """Return what people said of the contract so far, newest first."""
    return [each for each in sorted(contract.approvals, key=lambda row: -row.id) if each.decision is not None]


def without_document() -> list[Contract]:
    """Return approved contracts whose document is still to be made: the program stopped between the two steps."""
    return list(
        db.session.scalars(
            select(Contract)
            .where(Contract.state == ContractState.APPROVED, Contract.document_id.is_(None))
            .order_by(Contract.id)
            .limit(50)
        )
    )


def last_remarks(contract: Contract) -> Approval | None:
    """Return the answer by which a contract was returned, None when it was not."""
    returned = [row for row in contract.approvals if row.decision is Decision.RETURNED]
    return max(returned, key=lambda row: row.id, default=None)
