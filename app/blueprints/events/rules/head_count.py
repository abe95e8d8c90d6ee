"""Who is counted how. Every figure about guests, on whatever page, is a sum over these cells."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from app.models import GuestKind, InvitationState, Readiness

S = InvitationState

# Who has a seat for sure: confirmed, replaced by a substitute, or here already.
FIRM = frozenset({S.FIRM, S.SUBSTITUTE, S.ARRIVED})
# Who is looked for at the door and has not come. When the event closes, these are the no-shows.
EXPECTED = frozenset({S.ACCEPTED, S.FIRM, S.SUBSTITUTE, S.SILENT})
# Everybody who may still turn up. Whoever waits for a seat has none yet, and whoever is only listed knows nothing.
MAXIMUM = EXPECTED | {S.ARRIVED, S.INVITED, S.NO_ANSWER}
REFUSED = frozenset({S.DECLINED, S.DECLINED_LATE})
UNANSWERED = frozenset({S.INVITED, S.NO_ANSWER})

# The steps of the funnel. A no-show was expected until the doors closed, so it still counts as firm.
INVITED_STEP = frozenset(S) - {S.LISTED}
ACCEPTED_STEP = frozenset({S.ACCEPTED, S.WAITING, S.FIRM, S.SUBSTITUTE, S.ARRIVED, S.NO_SHOW})
FIRM_STEP = FIRM | {S.NO_SHOW}


@dataclass(frozen=True)
class Cell:
    """Guests alike in everything that is counted, and how many companions they bring."""

    state: InvitationState
    kind: GuestKind
    readiness: Readiness
    rep_id: int | None
    guests: int
    companions: int = 0
    lead_signers: int = 0
    companions_at_most: int = 0  # whoever has not answered may bring all that are allowed

    @property
    def people(self) -> int:
        return self.guests + self.companions


@dataclass(frozen=True)
class HeadCount:
    """The guest list of one event, counted."""

    cells: tuple[Cell, ...] = field(default=())

    def where(
        self,
        states: Collection[InvitationState] | None = None,
        *,
        kind: GuestKind | None = None,
        readiness: Readiness | None = None,
        rep_id: int | None = None,
    ) -> "HeadCount":
        """Return the part of it that fits."""
        return HeadCount(
            tuple(
                cell
                for cell in self.cells
                if (states is None or cell.state in states)
                and (kind is None or cell.kind is kind)
                and (readiness is None or cell.readiness is readiness)
                and (rep_id is None or cell.rep_id == rep_id)
            )
        )

    @property
    def guests(self) -> int:
        return sum(cell.guests for cell in self.cells)

    @property
    def people(self) -> int:
        """Guests with the companions they have named: what seats, meals and badges follow from."""
        return sum(cell.people for cell in self.cells)

    @property
    def lead_signers(self) -> int:
        return sum(cell.lead_signers for cell in self.cells)

    @property
    def firm(self) -> "HeadCount":
        return self.where(FIRM)

    @property
    def maximum(self) -> "HeadCount":
        """Everybody who may still come, with all the companions they may bring."""
        cells = self.where(MAXIMUM).cells
        return HeadCount(tuple(replace(cell, companions=cell.companions_at_most) for cell in cells))

    def by(self, dimension: str) -> Counter[Any]:
        """Return guests by `state`, `kind`, `readiness` or `rep_id`."""
        counts: Counter[Any] = Counter()
        for cell in self.cells:
            counts[getattr(cell, dimension)] += cell.guests
        return counts
