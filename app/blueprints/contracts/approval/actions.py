"""Submitting, approving and returning contracts, and freezing the document. Nothing here commits."""

from pathlib import Path

from app import clock, files, journal
from app.blueprints.contracts import actions, document_of
from app.blueprints.contracts.approval import authority, letters, numbers, queries
from app.blueprints.contracts.document_of import Document
from app.blueprints.contracts.drafting.checking import faults_of
from app.blueprints.contracts.rules import approving, terms
from app.blueprints.contracts.rules.approving import Approver, NotAsked, RemarksWanted
from app.extensions import db
from app.models import (
    Approval,
    ApprovalLevel,
    Contract,
    ContractState,
    Decision,
    StepKind,
    User,
)

S = ContractState


def submit(contract: Contract, by: User) -> list[Approval]:
    """Ask for approval: the sales manager, and the director for what is beyond the seller's authority.

    Raises TermsIncomplete when a term is missing, ContractCannotMove unless it is a draft or returned.
    """
    if terms.stops(faults_of(contract)):
        raise terms.TermsIncomplete
    actions.move(contract, S.IN_REVIEW)
    seller = contract.rep or by
    beyond = authority.beyond_of(contract, seller)
    levels = approving.levels(
        is_beyond=bool(beyond), is_managers_own=approving.PERMISSION_OF[ApprovalLevel.MANAGER] in seller.permissions
    )
    reasons = [[each.term.value, str(each.asked), str(each.limit)] for each in beyond]
    asked = [
        Approval(
            contract_id=contract.id,
            level=level,
            reasons=reasons,
            asked_at=contract.submitted_at,
            asked_by_id=by.id,
        )
        for level in levels
    ]
    db.session.add_all(asked)
    db.session.flush()
    db.session.expire(contract, ["approvals"])
    letters.ask(contract, levels, by)
    return asked


def withdraw(contract: Contract) -> None:
    """Take a contract back before everybody has answered."""
    actions.take_back(contract)


def approve(contract: Contract, by: Approver, *, remarks: str = "", pattern: str) -> bool:
    """Answer yes to every open question that this person may answer; tell whether the contract is approved by it.

    On the last yes it gets its number, in this very transaction. The document is made afterwards (`freeze`), since
    drawing it takes longer than others should wait. Raises NotAsked or OwnContract.
    """
    for approval in _answerable(contract, by):
        _decide(approval, by, Decision.APPROVED, remarks)
    journal.record("contract.approval_given", contract, changes={"remarks": [None, remarks]} if remarks else {})
    if not approving.is_approved(queries.round_of(contract), contract.submitted_at):
        return False
    numbers.give(contract, pattern)
    actions.move(contract, S.APPROVED)
    letters.tell_approved(contract, by.id)
    return True


def send_back(contract: Contract, by: Approver, *, remarks: str) -> None:
    """Return a contract to whoever submitted it, with what has to be changed."""
    if len(remarks.strip()) < 2:
        raise RemarksWanted
    for approval in _answerable(contract, by):
        _decide(approval, by, Decision.RETURNED, remarks.strip())
    actions.move(contract, S.RETURNED)
    journal.record("contract.returned_because", contract, changes={"remarks": [None, remarks.strip()]})
    letters.tell_returned(contract, by.id, remarks.strip())
    db.session.flush()


def _answerable(contract: Contract, by: Approver) -> list[Approval]:
    """The open questions of the latest submission that this person may answer, read under the contract's lock."""
    actions.lock(contract)
    asked = queries.round_of(contract)
    if contract.state is not S.IN_REVIEW or not asked:
        raise NotAsked
    own = queries.own_people(contract, asked)
    for approval in asked:
        if approval.decision is None and by.may(approval.level):
            approving.check(by, approval.level, own)
    answerable = approving.answerable(by, asked, own)
    if not answerable:
        raise NotAsked
    return [approval for approval in asked if approval in answerable]


def _decide(approval: Approval, by: Approver, decision: Decision, remarks: str) -> None:
    approval.decision, approval.remarks = decision, remarks
    approval.decided_at, approval.decided_by_id = clock.now(), by.id
    db.session.flush()


def freeze(contract: Contract, document: Document, *, folder: Path, version: int) -> bool:
    """Keep the document of an approved contract; tell whether this one is it.

    It is not when the contract was changed while it was drawn, or has one already: a document is made once.
    """
    actions.lock(contract)
    if contract.state is not S.APPROVED or contract.document_id is not None or contract.version != version:
        return False
    name = f"{contract.number or contract.id}.pdf"
    file = files.keep(document.pdf, folder=folder, name=name, media_type="application/pdf")
    contract.document, contract.document_id, contract.document_pages = file, file.id, document.pages
    actions.step(contract, StepKind.DOCUMENT_MADE, after=file.sha256, detail={"pages": document.pages})
    journal.record("contract.document_made", contract, changes={})
    db.session.flush()
    return True


def make(contract: Contract) -> Document:
    """Draw the document of an approved contract; reads rows only, so no lock is held meanwhile."""
    return document_of.make(contract)
