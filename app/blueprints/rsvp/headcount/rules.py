"""How likely a guest comes, and how figures are rounded so that they add up. `docs/replies.md` tells the formula."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.blueprints.events.rules.head_count import MAXIMUM
from app.blueprints.rsvp.seats.rules import YES
from app.models import Answer, GuestKind, Readiness
from app.models import InvitationState as S

# Of a hundred guests who stand like this, so many come. Starting values; a dealer's own past events correct them.
BASE = {
    S.ARRIVED: 1.0,
    S.FIRM: 0.95,
    S.SUBSTITUTE: 0.90,
    S.ACCEPTED: 0.75,
    S.INVITED: 0.25,
    S.NO_ANSWER: 0.12,
}
SILENT_AFTER_YES = 0.45
SILENT_WITHOUT_ANSWER = 0.10
# A dealer about to sign has a reason to come.
READINESS = {Readiness.READY: 1.1, Readiness.LEANING: 1.0, Readiness.WAVERING: 0.85, Readiness.PROSPECT: 0.75}
# A dealer's own record weighs against four imagined earlier events at which eight in ten kept their word.
USUAL = 0.8
IMAGINED = 4
NEVER_SURE = 0.98


@dataclass(frozen=True)
class History:
    """What a dealer did at earlier events: accepted so often, and came so often after accepting."""

    accepted: int = 0
    came: int = 0


def likelihood(
    state: S, answer: Answer | None, readiness: Readiness, kind: GuestKind, history: History | None = None
) -> float:
    """Return the probability (0 to 1) that a guest comes: base by state × readiness × own record."""
    if state is S.ARRIVED:
        return 1.0
    if state not in MAXIMUM:
        return 0.0
    factor = READINESS[readiness] if kind is GuestKind.DEALER else 1.0
    past = history or History()
    reliability = (past.came + IMAGINED * USUAL) / (past.accepted + IMAGINED) / USUAL
    return min(NEVER_SURE, _base(state, answer) * factor * reliability)


def _base(state: S, answer: Answer | None) -> float:
    if state is S.SILENT:
        return SILENT_AFTER_YES if answer in YES else SILENT_WITHOUT_ANSWER
    return BASE[state]


@dataclass(frozen=True)
class ThreeWays:
    """A figure three ways. `likely` is an expectation and has a fraction until it is shown."""

    firm: float = 0
    likely: float = 0
    maximum: float = 0

    def __add__(self, other: "ThreeWays") -> "ThreeWays":
        return ThreeWays(self.firm + other.firm, self.likely + other.likely, self.maximum + other.maximum)

    def with_spare(self, percent: int) -> "ThreeWays":
        """Return the figure with so many percent on top, whole things, never fewer than needed."""
        firm, likely, maximum = (
            math.ceil(round(value * (100 + percent) / 100, 6)) for value in (self.firm, self.likely, self.maximum)
        )
        return ThreeWays(firm, likely, maximum)


def rounded_to_sum(values: Sequence[float]) -> list[int]:
    """Round the parts so that they add up to the rounded whole: the largest remainders are rounded up."""
    whole = round_half_up(sum(values))
    floors = [math.floor(value + 1e-9) for value in values]
    left = whole - sum(floors)
    by_remainder = sorted(range(len(values)), key=lambda place: (floors[place] - values[place], place))
    for place in by_remainder[:left]:
        floors[place] += 1
    return floors


def round_half_up(value: float) -> int:
    """Round as people do: half goes up."""
    return math.floor(value + 0.5 + 1e-9)
