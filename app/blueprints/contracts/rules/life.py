"""The life of a contract as one table: which state follows which, and what must hold for it.

An approved contract cannot be changed: whoever changes its terms takes it back to the draft, which loses the approval
and makes its document void. An amendment is a contract of its own and changes nothing here.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.errors import N_, SigningDayError
from app.models import ContractState

S = ContractState


class Need(StrEnum):
    """What must hold before a contract moves on."""

    APPROVAL = "approval"  # of everybody asked, and none of them the one who asked
    NUMBER = "number"
    DOCUMENT = "document"  # made from the approved terms, and frozen
    GATE = "gate"  # each point is there, or was let pass by somebody with the right to
    DEALER_MARK = "dealer_mark"
    COMPANY_MARK = "company_mark"


FOLLOWS: dict[S, frozenset[S]] = {
    S.DRAFT: frozenset({S.IN_REVIEW, S.VOID}),
    S.IN_REVIEW: frozenset({S.DRAFT, S.RETURNED, S.APPROVED, S.VOID}),
    S.RETURNED: frozenset({S.DRAFT, S.IN_REVIEW, S.VOID}),
    S.APPROVED: frozenset({S.DRAFT, S.SIGNING, S.VOID}),
    S.SIGNING: frozenset({S.APPROVED, S.SIGNED, S.VOID}),
    S.SIGNED: frozenset({S.COUNTERSIGNED, S.VOID}),
    S.COUNTERSIGNED: frozenset({S.FILED, S.ENDED, S.VOID}),
    S.FILED: frozenset({S.ENDED, S.VOID}),
    S.VOID: frozenset(),
    S.ENDED: frozenset(),
}
NEEDS: dict[S, frozenset[Need]] = {
    S.APPROVED: frozenset({Need.APPROVAL, Need.NUMBER}),
    S.SIGNING: frozenset({Need.APPROVAL, Need.NUMBER, Need.DOCUMENT, Need.GATE}),
    S.SIGNED: frozenset({Need.APPROVAL, Need.NUMBER, Need.DOCUMENT, Need.DEALER_MARK}),
    S.COUNTERSIGNED: frozenset(
        {Need.APPROVAL, Need.NUMBER, Need.DOCUMENT, Need.DEALER_MARK, Need.COMPANY_MARK},
    ),
}
EDITABLE = frozenset({S.DRAFT, S.RETURNED})
OPEN = frozenset({S.DRAFT, S.IN_REVIEW, S.RETURNED, S.APPROVED, S.SIGNING})  # nobody has signed yet
STANDING = frozenset({S.SIGNED, S.COUNTERSIGNED, S.FILED})  # signed by the dealer, and neither void nor over
READY = frozenset({S.APPROVED, S.SIGNING}) | STANDING  # approved, and further


class ContractCannotMove(SigningDayError):
    """From this state the contract cannot come to that one."""

    code = "contract_cannot_move"
    sentence = N_("The contract stands elsewhere by now, so this cannot be done any more. Please look at it again.")


class NotApproved(SigningDayError):
    """Somebody who was asked has not approved, or nobody was asked."""

    code = "not_approved"
    sentence = N_("The contract is not approved.")


class DocumentMissing(SigningDayError):
    """The approved document has not been made yet."""

    code = "document_missing"
    sentence = N_("The document of this contract is not made yet.")


class GateClosed(SigningDayError):
    """A point of the readiness gate is missing, and nobody has let it pass."""

    code = "gate_closed"
    sentence = N_("A point of the readiness gate is missing, so the pen cannot be given yet.")


class MarkMissing(SigningDayError):
    """A party has not signed this document."""

    code = "mark_missing"
    sentence = N_("A signature on this document is missing.")


_FAULTS: dict[Need, type[SigningDayError]] = {
    Need.APPROVAL: NotApproved,
    Need.NUMBER: NotApproved,
    Need.DOCUMENT: DocumentMissing,
    Need.GATE: GateClosed,
    Need.DEALER_MARK: MarkMissing,
    Need.COMPANY_MARK: MarkMissing,
}


@dataclass(frozen=True)
class Standing:
    """Where a contract stands, and what of all needs is there."""

    state: S
    has: frozenset[Need] = frozenset()


def missing(standing: Standing, to: S) -> list[Need]:
    """Return what is missing for a contract to come to a state, in the order in which it is to be mended."""
    wanted = NEEDS.get(to, frozenset())
    if standing.state is S.SIGNING and to is S.APPROVED:
        wanted = frozenset()  # a signing that is given up leaves the approval as it was
    return [need for need in Need if need in wanted and need not in standing.has]


def check(standing: Standing, to: S) -> None:
    """Raise unless the contract may come to the state `to`."""
    if to not in FOLLOWS[standing.state]:
        raise ContractCannotMove(state=standing.state.value, to=to.value)
    for need in missing(standing, to):
        raise _FAULTS[need]
