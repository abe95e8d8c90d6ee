"""What a stranger may learn of a contract by its number, and what the verdict on a file means for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.models import Contract, ContractState
from app.sealing.verifier import Verdict

HIDDEN = "***"
_SEALED = (ContractState.COUNTERSIGNED, ContractState.FILED)


class Standing(StrEnum):
    """How a contract of a number stands, as anybody may know it."""

    VALID = "valid"  # signed by both, and neither void nor over
    OPEN = "open"  # the number is given; not signed by both yet
    VOID = "void"
    ENDED = "ended"


class Answer(StrEnum):
    """What is said of an uploaded file."""

    UNCHANGED = "unchanged"
    ANOTHER = "another"  # unchanged, but of another number than the one asked for
    UNKNOWN = "unknown"  # our seal holds, but the register does not know the file
    CHANGED_AFTER_SEALING = "changed_after_sealing"
    CHANGED = "changed"
    NOT_OURS = "not_ours"
    NOT_SEALED = "not_sealed"
    NOT_A_PDF = "not_a_pdf"


@dataclass(frozen=True, slots=True)
class Told:
    """What the register says of a number, without saying who."""

    number: str
    company: str  # first and last character only
    standing: Standing
    signed_at: datetime | None
    sealed_at: datetime | None
    is_trial: bool


def masked(name: str) -> str:
    """Return the first and the last character of a name; of a very short one only the first."""
    name = name.strip()
    return f"{name[:1]}{HIDDEN}{name[-1:] if len(name) > 3 else ''}"


def standing(contract: Contract) -> Standing:
    """Return how a contract stands for the world outside."""
    if contract.state is ContractState.VOID:
        return Standing.VOID
    if contract.state is ContractState.ENDED:
        return Standing.ENDED
    return Standing.VALID if contract.state in _SEALED else Standing.OPEN


def answer(verdict: Verdict, *, known: bool, asked: str | None, found: str | None) -> Answer:
    """Return what is said. `known`: the register holds what the seal covers; `asked`, `found`: numbers of contracts."""
    if verdict is Verdict.UNCHANGED and not known:
        return Answer.UNKNOWN
    if verdict is Verdict.UNCHANGED and asked and asked != found:
        return Answer.ANOTHER
    return Answer(verdict.value)
