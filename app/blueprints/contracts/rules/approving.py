"""Who has to approve a contract, who may, and when it is approved. Values in, verdict out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.access import Permission
from app.errors import N_, SigningDayError
from app.models import ApprovalLevel, Decision

PERMISSION_OF = {
    ApprovalLevel.MANAGER: Permission.REVIEW_CONTRACTS,
    ApprovalLevel.DIRECTOR: Permission.APPROVE_CONTRACTS,
}


class OwnContract(SigningDayError):
    """Nobody approves what they wrote, submitted or sell."""

    code = "own_contract"
    sentence = N_("Nobody approves a contract of their own. Somebody else has to decide.")


class NotAsked(SigningDayError):
    """This person is not asked about this contract, or somebody has answered already."""

    code = "not_asked"
    sentence = N_("This question has been answered, or is not for you to answer.")


class RemarksWanted(SigningDayError):
    """A contract is returned with a word about why."""

    code = "remarks_wanted"
    sentence = N_("Please say what has to be changed.")


class Asked(Protocol):
    """What an approval row says."""

    level: ApprovalLevel
    asked_at: datetime
    decision: Decision | None
    withdrawn_at: datetime | None


def levels(*, is_beyond: bool, is_managers_own: bool) -> list[ApprovalLevel]:
    """Return who is asked: the sales manager, and the director too when a term is beyond the rep's authority.

    What a sales manager sells goes to the director, for a manager does not approve it.
    """
    asked = [] if is_managers_own else [ApprovalLevel.MANAGER]
    return [*asked, ApprovalLevel.DIRECTOR] if is_beyond or is_managers_own else asked


def of_round(approvals: Iterable[Asked], submitted_at: datetime | None) -> list[Asked]:
    """Return the questions of the latest submission; earlier answers count for nothing."""
    return [each for each in approvals if each.asked_at == submitted_at and each.withdrawn_at is None]


def is_approved(approvals: Iterable[Asked], submitted_at: datetime | None) -> bool:
    """Tell whether everybody asked by the latest submission has approved."""
    asked = of_round(approvals, submitted_at)
    return bool(asked) and all(each.decision is Decision.APPROVED for each in asked)


@dataclass(frozen=True)
class Approver:
    """Somebody who may approve."""

    id: int
    permissions: frozenset[Permission]

    def may(self, level: ApprovalLevel) -> bool:
        return PERMISSION_OF[level] in self.permissions


def check(approver: Approver, level: ApprovalLevel, own: Collection[int | None]) -> None:
    """Raise unless the approver may answer at this level. `own`: who wrote, submitted or sells the contract."""
    if not approver.may(level):
        raise NotAsked
    if approver.id in own:
        raise OwnContract


def answerable(approver: Approver, asked: Sequence[Asked], own: Collection[int | None]) -> list[Asked]:
    """Return the open questions that this person may answer, in order: the manager's before the director's."""
    if approver.id in own:
        return []
    return [each for each in asked if each.decision is None and approver.may(each.level)]
