"""What may be done to a revision of the plan, when and by whom."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from app.access import Permission
from app.errors import N_, SigningDayError
from app.models import RevisionState

S = RevisionState
EDITABLE = frozenset({S.DRAFT, S.RETURNED})
WAITING = frozenset({S.IN_REVIEW, S.REVIEWED})
OPEN = EDITABLE | WAITING
LOCKED = frozenset({S.APPROVED, S.SUPERSEDED})


class Verb(StrEnum):
    """What somebody does to a revision. Superseding is done by approving the next one."""

    WRITE = "write"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    REVIEW = "review"  # the reviewer says yes
    APPROVE = "approve"
    RETURN = "return"


AFTER: dict[tuple[RevisionState, Verb], RevisionState] = {
    (S.DRAFT, Verb.WRITE): S.DRAFT,
    (S.RETURNED, Verb.WRITE): S.RETURNED,
    (S.DRAFT, Verb.SUBMIT): S.IN_REVIEW,
    (S.RETURNED, Verb.SUBMIT): S.IN_REVIEW,
    (S.IN_REVIEW, Verb.WITHDRAW): S.DRAFT,
    (S.REVIEWED, Verb.WITHDRAW): S.DRAFT,
    (S.IN_REVIEW, Verb.REVIEW): S.REVIEWED,
    (S.REVIEWED, Verb.APPROVE): S.APPROVED,
    (S.IN_REVIEW, Verb.RETURN): S.RETURNED,
    (S.REVIEWED, Verb.RETURN): S.RETURNED,
}
PERMISSION = {
    (S.IN_REVIEW, Verb.REVIEW): Permission.REVIEW_PLAN,
    (S.IN_REVIEW, Verb.RETURN): Permission.REVIEW_PLAN,
    (S.REVIEWED, Verb.APPROVE): Permission.APPROVE_PLAN,
    (S.REVIEWED, Verb.RETURN): Permission.APPROVE_PLAN,
}
_BY_ANOTHER = frozenset({Verb.REVIEW, Verb.APPROVE, Verb.RETURN})


class PlanLocked(SigningDayError):
    """An approved revision is never changed, and one that is being looked at not now."""

    code = "plan_locked"
    sentence = N_("This revision is approved or being reviewed, so it cannot be changed now.")


class PlanCannotMove(SigningDayError):
    """The revision does not stand where this can be done; mostly somebody else was quicker."""

    code = "plan_cannot_move"
    sentence = N_("The plan has moved on in the meantime. Please look at it again.")


class OwnPlan(SigningDayError):
    """Whoever wrote at a plan neither reviews nor approves it."""

    code = "own_plan"
    sentence = N_("You have written at this plan yourself. Somebody else has to review and approve it.")


class NotYourPlan(SigningDayError):
    """The role does not allow it."""

    code = "not_your_plan"
    sentence = N_("Your role does not allow you to decide about this plan.")


class WritersCannotDecide(SigningDayError):
    """One of the people asked to decide has written at the plan."""

    code = "writers_cannot_decide"
    sentence = N_("%(name)s has written at this plan, so somebody else has to review or approve it.")


class RemarksMissing(SigningDayError):
    """Whoever returns a plan says what to mend."""

    code = "remarks_missing"
    sentence = N_("Please say what has to be mended.")


class ReasonMissing(SigningDayError):
    """An approved plan is changed for a reason, which stands in its change record."""

    code = "plan_reason_missing"
    sentence = N_("Please say in one line why the plan is revised.")


class RevisionOpen(SigningDayError):
    """There is one revision to work on at a time."""

    code = "revision_open"
    sentence = N_("A revision of the plan is open already. Finish that one first.")


class NothingChanged(SigningDayError):
    """A revision that says the same as the one before is none."""

    code = "nothing_changed"
    sentence = N_("Nothing has been changed since revision %(mark)s.")


class FiguresMoved(SigningDayError):
    """A figure has changed since the page was opened; what is approved is what was seen."""

    code = "figures_moved"
    sentence = N_("Figures in the plan have changed since you opened it. Please look at it again, then decide.")


@dataclass(frozen=True)
class Person:
    """Whoever acts: the id of the account and what it may do at the event."""

    id: int
    permissions: Collection[Permission]


def follow(state: RevisionState, verb: Verb) -> RevisionState:
    """Return the state that follows. Raises PlanLocked for writing, PlanCannotMove for everything else."""
    after = AFTER.get((state, verb))
    if after is None:
        raise PlanLocked if verb is Verb.WRITE else PlanCannotMove
    return after


def check(state: RevisionState, verb: Verb, by: Person, writers: Collection[int]) -> RevisionState:
    """Return the state that follows when this person does it; raises what stands against it."""
    after = follow(state, verb)
    wanted = PERMISSION.get((state, verb), Permission.WRITE_PLAN)
    if wanted not in by.permissions:
        raise NotYourPlan
    if verb in _BY_ANOTHER and by.id in writers:
        raise OwnPlan
    return after


def may(state: RevisionState, verb: Verb, by: Person, writers: Collection[int]) -> bool:
    """Tell whether this person may do it now."""
    try:
        check(state, verb, by, writers)
    except SigningDayError:
        return False
    return True
