"""How far a dealer can be trusted to pay, from what they did."""

from dataclasses import dataclass

from app.models import CreditStanding as C

_LATE, _VERY_LATE = 30, 60  # days overdue from which a dealer is watched, or counted as bad
_A_LITTLE = 7  # days late on average that are let pass
_MANY = 2  # broken promises from which a dealer is watched


@dataclass(frozen=True)
class History:
    """What is known of a dealer's payments."""

    paid: int = 0  # sums paid in full
    average_late: int = 0  # days after the due date at which those were paid, on average
    overdue: int = 0  # sums overdue now
    longest_late: int = 0  # days of the oldest of these
    broken: int = 0  # promises that were not kept
    kept: int = 0
    bounced: int = 0  # receipts
    is_problem: bool = False  # a problem account is open
    was_written_off: bool = False


def standing(of: History) -> C:
    """Return the credit standing; the worst that is true counts."""
    if of.is_problem or of.was_written_off or of.longest_late > _VERY_LATE:
        return C.BAD
    if of.longest_late > _LATE or of.broken >= _MANY or of.bounced:
        return C.WATCH
    if of.overdue or of.broken or of.average_late > _A_LITTLE:
        return C.FAIR
    return C.GOOD if of.paid else C.NEW
