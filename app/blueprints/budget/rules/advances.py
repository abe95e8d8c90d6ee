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


class NothingToSettle(SigningDayError):
    """A part settlement accounts for something."""

    code = "nothing_to_settle"
    sentence = N_("Choose claims to settle, or give the cash that comes back.")


class ReturnsTooMuch(SigningDayError):
    """Nobody gives back more than they hold."""

    code = "returns_too_much"
    sentence = N_("After these claims only %(sum)s is left in hand.")


@dataclass(frozen=True)
class Settlement:
    """An advance beside what was spent of it: `spent` + `returned` is always the sum + `topped_up`.

    `given_back` and `added` are what earlier settlements have moved in cash already.
    """

    advanced: Decimal
    spent: Decimal
    given_back: Decimal = NOTHING
    added: Decimal = NOTHING

    @property
    def left(self) -> Decimal:
        """What is in the holder's hand after all that; negative where the holder has spent more."""
        return self.advanced + self.added - self.given_back - self.spent

    @property
    def to_return(self) -> Decimal:
        """What the holder still gives back."""
        return max(NOTHING, self.left)

    @property
    def to_add(self) -> Decimal:
        """What the holder still gets."""
        return max(NOTHING, -self.left)

    @property
    def returned(self) -> Decimal:
        """All that comes back."""
        return self.given_back + self.to_return

    @property
    def topped_up(self) -> Decimal:
        """All that the holder gets besides the advance."""
        return self.added + self.to_add


def part(before: Settlement, spent: Decimal, returned: Decimal) -> Settlement:
    """Return an advance after one more part of it was accounted for, with cash given back or, where needed, added.

    Raises NothingToSettle for nothing at all, ReturnsTooMuch beyond what is in hand after the claims.
    """
    if spent <= NOTHING and returned <= NOTHING:
        raise NothingToSettle
    left = before.left - spent
    if returned > max(NOTHING, left):
        raise ReturnsTooMuch(sum=f"{max(NOTHING, left):,.2f}")
    added = before.added + max(NOTHING, -left)
    return Settlement(before.advanced, before.spent + spent, before.given_back + returned, added)
