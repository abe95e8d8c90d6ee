"""What happens to contracts in their life. Nothing here commits.

Every change of a state goes through `move`: it checks the table of `rules.life` against the rows, sets the state with
its moment, and writes the journal. The signing room calls `start_signing`, `dealer_signed`, `countersigned` and
`give_up_signing`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import clock, journal
from app.blueprints.contracts import queries
from app.blueprints.contracts.gate import queries as gate_queries
from app.blueprints.contracts.rules import life
from app.blueprints.contracts.rules.life import Need
from app.blueprints.territories import actions as territories
from app.blueprints.territories.packages import actions as packages
from app.extensions import db
from app.models import Contract, ContractState, Step, StepKind

S = ContractState
_MOMENTS = {
    S.IN_REVIEW: "submitted_at",
    S.APPROVED: "approved_at",
    S.SIGNED: "signed_at",
    S.COUNTERSIGNED: "countersigned_at",
    S.FILED: "filed_at",
    S.VOID: "voided_at",
}


def lock(contract: Contract) -> None:
    """Let whoever changes the same contract at this moment wait, and see it as it is now."""
    db.session.flush()
    db.session.execute(select(Contract.id).where(Contract.id == contract.id).with_for_update())
    db.session.refresh(contract, ["state", "version", "submitted_at", "number", "document_id"])


def move(
    contract: Contract, to: ContractState, *, also: frozenset[Need] = frozenset(), at: datetime | None = None
) -> None:
    """Bring a contract to another state, or raise what stands against it. `also`: needs known to be met otherwise.

    The contract is locked first, so that of two who move it at once the second sees what the first has done.
    """
    lock(contract)
    life.check(life.Standing(contract.state, queries.what_is_there(contract) | also), to)
    changes: dict[str, Any] = {"state": [contract.state.value, to.value]}
    before, contract.state = contract.state, to
    if (name := _MOMENTS.get(to)) and not (before is S.SIGNING and to is S.APPROVED):
        setattr(contract, name, at or clock.now())
    journal.record(f"contract.{to.value}", contract, changes=changes)
    db.session.flush()


def start_signing(contract: Contract) -> None:
    """Give the pen: from approved to signing. Raises GateClosed while a point is missing that nobody has let pass."""
    also = {Need.GATE} if gate_queries.gate(contract).is_open else set()
    move(contract, S.SIGNING, also=frozenset(also))


def dealer_signed(contract: Contract, *, at: datetime | None = None) -> None:
    """The dealer has signed; the mark on this very document stands already (flushed), else raises MarkMissing."""
    move(contract, S.SIGNED, at=at)


def countersigned(contract: Contract, *, at: datetime | None = None) -> None:
    """Our officer has signed; both marks on this very document stand already, else raises MarkMissing."""
    move(contract, S.COUNTERSIGNED, at=at)


def give_up_signing(contract: Contract) -> None:
    """The dealer has put the pen down again: the contract is approved as before."""
    move(contract, S.APPROVED)


def file(contract: Contract) -> None:
    """Put a sealed contract into the register."""
    move(contract, S.FILED)


def end(contract: Contract, *, why: str = "") -> None:
    """The contract is over; its territories may be promised to others."""
    contract.void_why = why
    move(contract, S.ENDED)
    territories.end(contract, why)


def void(contract: Contract, *, why: str, may_file: bool = False, also_sealed: bool = False) -> None:
    """Declare a contract void. Its number stays with it, so the row of numbers has no gap.

    What nobody has signed leaves the territories held for the dealer; what the dealer has signed gives them and the
    package back, and needs somebody who files contracts. `also_sealed` is said by the signing room, which takes back
    what the seal has brought about.
    """
    lock(contract)
    was_signed = contract.state in life.STANDING
    if (was_signed and not may_file) or (was_signed and contract.state is not S.SIGNED and not also_sealed):
        raise life.ContractCannotMove(state=contract.state.value, to=S.VOID.value)
    contract.void_why = why
    move(contract, S.VOID)
    step(contract, StepKind.VOIDED, detail={"why": why})
    if was_signed:
        territories.end(contract, why)
        if contract.package:
            packages.give_back(contract.package, contract)
        return
    for grant in contract.grants:
        grant.contract_id = None


def take_back(contract: Contract) -> None:
    """Back to the draft, to change the terms: the approval is lost and the document void. The number stays."""
    before = contract.document.sha256 if contract.document else ""
    move(contract, S.DRAFT)
    for approval in contract.approvals:
        if approval.withdrawn_at is None:
            approval.withdrawn_at = clock.now()
    contract.submitted_at = contract.approved_at = None
    contract.document, contract.document_id, contract.document_pages = None, None, 0
    if before:
        step(contract, StepKind.VOIDED, before=before, detail={"document": "taken back"})
    db.session.flush()


def step(
    contract: Contract, kind: StepKind, *, before: str = "", after: str = "", detail: dict[str, Any] | None = None
) -> Step:
    """Add a row to the audit trail, by whoever acts in this context."""
    actor = journal.acting()
    row = Step(
        contract_id=contract.id,
        kind=kind,
        at=clock.now(),
        time_zone=contract.event.time_zone if contract.event else "Asia/Shanghai",
        actor=actor.name,
        address=actor.address,
        sha256_before=before,
        sha256_after=after,
        detail=detail or {},
    )
    db.session.add(row)
    return row
