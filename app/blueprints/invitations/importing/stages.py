"""Which step of an import may follow which. Pure: a state in, nothing or an error out."""

from enum import StrEnum

from app.errors import N_, SigningDayError
from app.models import ImportState as S


class ImportBusy(SigningDayError):
    """The worker is at it."""

    code = "import_busy"
    sentence = N_("This list is still being processed. Please wait a moment.")


class ImportNotMapped(SigningDayError):
    """Without a company or a contact a row tells of nobody."""

    code = "import_not_mapped"
    sentence = N_("Please choose the column that holds the company.")


class ImportNotChecked(SigningDayError):
    """Nothing is taken in that nobody has seen."""

    code = "import_not_checked"
    sentence = N_("This list has not been checked yet.")


class ImportAlreadyApplied(SigningDayError):
    """A list is taken in once."""

    code = "import_already_applied"
    sentence = N_("This list has been imported already.")


class ImportNotApplied(SigningDayError):
    """There is nothing to revert."""

    code = "import_not_applied"
    sentence = N_("This list has not been imported, so there is nothing to revert.")


class ImportAlreadyReverted(SigningDayError):
    """An import is reverted once."""

    code = "import_already_reverted"
    sentence = N_("This import has been reverted already.")


class Step(StrEnum):
    """What can be done with an import."""

    CHECK = "check"  # with a new mapping or without
    APPLY = "apply"
    REVERT = "revert"
    DISCARD = "discard"


UNDER_WAY: dict[Step, S] = {Step.CHECK: S.CHECKING, Step.APPLY: S.APPLYING, Step.REVERT: S.REVERTING}
_READY: dict[Step, frozenset[S]] = {
    Step.CHECK: frozenset({S.UPLOADED, S.CHECKED, S.FAILED}),
    Step.APPLY: frozenset({S.CHECKED}),
    Step.REVERT: frozenset({S.APPLIED}),
    Step.DISCARD: frozenset({S.UPLOADED, S.CHECKED, S.FAILED}),
}
_WHY: dict[S, type[SigningDayError]] = {
    S.UPLOADED: ImportNotChecked,
    S.FAILED: ImportNotChecked,
    S.CHECKING: ImportBusy,
    S.CHECKED: ImportNotApplied,
    S.APPLYING: ImportBusy,
    S.APPLIED: ImportAlreadyApplied,
    S.REVERTING: ImportBusy,
    S.REVERTED: ImportAlreadyReverted,
}


def ensure(step: Step, state: S, *, alone: bool) -> None:
    """Raise unless the step may be taken now.

    `alone` says that no job works on the import: either none was begun, or it has failed, or the job itself asks.
    """
    if state in _READY[step]:
        return
    if alone and state in UNDER_WAY.values():
        if state is UNDER_WAY.get(step):
            return
        if state is S.CHECKING and step is Step.DISCARD:
            return
    if step is Step.REVERT and state in (S.UPLOADED, S.FAILED):
        raise ImportNotApplied
    raise _WHY[state]
