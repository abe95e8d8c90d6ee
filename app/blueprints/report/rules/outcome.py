"""What was said beforehand and what came of it: readiness, and the forecast of heads."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.blueprints.report.rules.facts import Choice, Counted, Fact, Mark, cut
from app.models import Readiness

M = Mark

# What came of a dealer, each in exactly one column: what they have and what they lack.
COLUMNS: dict[str, tuple[frozenset[Mark], frozenset[Mark]]] = {
    "away": (frozenset(), frozenset({M.ARRIVED, M.SIGNED})),
    "came": (frozenset({M.ARRIVED}), frozenset({M.SIGNED})),
    "unpaid": (frozenset({M.SIGNED}), frozenset({M.PAID})),
    "paid": (frozenset({M.SIGNED, M.PAID}), frozenset()),
}


def matrix(facts: Iterable[Fact]) -> dict[Readiness, dict[str, int]]:
    """Return for each readiness that was said how many dealers ended in which column."""
    parts = cut(facts, "readiness")
    empty = Counted([])
    return {
        said: {name: parts.get(said.value, empty).of(*has, lacks=lacks) for name, (has, lacks) in COLUMNS.items()}
        for said in Readiness
    }


def choice_of(column: str, said: Readiness | None = None) -> Choice:
    has, lacks = COLUMNS[column]
    return Choice(has, lacks, by="readiness" if said else "", of=said.value if said else "")


@dataclass(frozen=True)
class Forecast:
    """Heads as the last count before the doors had them, and as they came. Guests first, then with companions."""

    accepted: int
    firm: int
    came: int
    firm_came: int
    unasked: int  # came without being firm
    firm_people: int  # with the companions they had named
    people_came: int

    @property
    def missing(self) -> int:
        """Firm, and did not come."""
        return self.firm - self.firm_came

    @property
    def off(self) -> int:
        """How many people more (or fewer, below zero) came than were counted on."""
        return self.people_came - self.firm_people
