"""What comes back of an advance, or has to be added to it."""

from dataclasses import dataclass
from decimal import Decimal

from app.errors import N_, SigningDayError

NOTHING = Decimal(0)


class StillUndecided(SigningDayError):
    """An advance is settled with expenses that somebody has consented to."""

    code = "still_undecided"
    sentence = N_("Some of its expenses wait for approval. An advance is settled when all of them are decided.")


class NotForThisAdvance(SigningDayError):
    """Only the holder's own claims that nobody has paid belong to an advance."""

    code = "not_for_this_advance"
    sentence = N_("Only claims of the same person that are not paid yet can be settled with an advance.")


class PaidFromAdvance(SigningDayError):
    """The holder has the money already, so nobody pays it a second time."""

    code = "paid_from_advance"
    sentence = N_("This claim belongs to a cash advance. It is paid by settling the advance, and taken back there too.")


@dataclass(frozen=True)
class Settlement:
    """An advance beside what was spent of it: `spent` + `returned` is always the sum + `topped_up`."""

    advanced: Decimal
    spent: Decimal

    @property
    def returned(self) -> Decimal:
        """What the holder gives back."""
        return max(NOTHING, self.advanced - self.spent)

    @property
    def topped_up(self) -> Decimal:
        """What the holder still gets."""
        return max(NOTHING, self.spent - self.advanced)
