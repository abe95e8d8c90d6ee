"""From entries to lines, groups and the whole: planned, committed, actual and forecast."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from app.models import BudgetGroup

NOTHING = Decimal(0)
NEAR = Decimal("0.8")  # of the plan: the first alarm; the second is the whole of it


class Origin(StrEnum):
    """Where an entry comes from."""

    EXPENSE = "expense"
    MATERIALS = "materials"  # an order of materials
    STAFF = "staff"  # a hired person's days
    CONTRACT = "contract"  # what a signed package gives
    ROOMS = "rooms"  # hotel nights that guests asked for
    PUBLICITY = "publicity"  # of a room above this one that registers it


@dataclass(frozen=True)
class Entry:
    """One thing that costs money. `key` is unique among all entries of all events."""

    event_id: int
    line_id: int
    origin: Origin
    ref: int  # the row behind it: expense, material, person or contract
    key: str
    text: str
    who: str
    at: datetime
    requested: Decimal = NOTHING
    committed: Decimal = NOTHING
    actual: Decimal = NOTHING
    paid: Decimal = NOTHING
    owed: Decimal = NOTHING


@dataclass(frozen=True)
class Figures:
    """Sums of a line, a group or the whole event, in the event's currency."""

    planned: Decimal = NOTHING
    requested: Decimal = NOTHING
    committed: Decimal = NOTHING
    actual: Decimal = NOTHING
    paid: Decimal = NOTHING
    owed: Decimal = NOTHING
    forecast: Decimal = NOTHING

    @property
    def bound(self) -> Decimal:
        """What cannot be spent on anything else any more."""
        return self.committed + self.actual

    @property
    def left(self) -> Decimal:
        """Of the plan; negative where more is bound than was planned."""
        return self.planned - self.bound

    @property
    def used(self) -> Decimal | None:
        """The share of the plan that is bound; None where nothing was planned."""
        return self.bound / self.planned if self.planned else None

    @property
    def alarm(self) -> int:
        """0 all is well, 1 near the plan, 2 at it or over it."""
        if self.bound <= 0:
            return 0
        if self.used is None or self.used > 1:
            return 2
        return 2 if self.used == 1 else 1 if self.used >= NEAR else 0

    @property
    def is_over(self) -> bool:
        return self.bound > self.planned

    def per(self, number: int) -> "Figures":
        """The same for each of so many, rounded to cents."""
        parts = (self.planned, self.requested, self.committed, self.actual, self.paid, self.owed, self.forecast)
        return Figures(*((part / number).quantize(Decimal("0.01"), ROUND_HALF_UP) for part in parts))

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.planned + other.planned,
            self.requested + other.requested,
            self.committed + other.committed,
            self.actual + other.actual,
            self.paid + other.paid,
            self.owed + other.owed,
            self.forecast + other.forecast,
        )


def standing_entries(entries: Iterable[Entry], taken: Collection[str]) -> list[Entry]:
    """Leave out what another room promised where an expense stands for it now."""
    return [each for each in entries if each.key not in taken]


def by_line(
    lines: Iterable[int],
    planned: Mapping[int, Decimal],
    entries: Iterable[Entry],
    *,
    spent: Mapping[int, Sequence[Decimal]] | None = None,
    is_over: bool,
) -> dict[int, Figures]:
    """Return the figures of each line: of its entries, and of sums made elsewhere (in the order of `Entry`).

    Entries of a line that is none of them are an error of the caller.
    """
    sums: dict[int, list[Decimal]] = {line: list((spent or {}).get(line, [NOTHING] * 5)) for line in lines}
    for each in entries:
        of = sums[each.line_id]
        for place, amount in enumerate((each.requested, each.committed, each.actual, each.paid, each.owed)):
            of[place] += amount
    return {line: _figures(planned.get(line, NOTHING), *of, is_over=is_over) for line, of in sums.items()}


def _figures(
    planned: Decimal,
    requested: Decimal,
    committed: Decimal,
    actual: Decimal,
    paid: Decimal,
    owed: Decimal,
    *,
    is_over: bool,
) -> Figures:
    """Before the event is over the plan will be spent; afterwards only what is bound or asked for still comes."""
    known = requested + committed + actual
    forecast = known if is_over else max(planned, known)
    return Figures(planned, requested, committed, actual, paid, owed, forecast)


def total(figures: Iterable[Figures]) -> Figures:
    return sum(figures, Figures())


def by_group(group_of: Mapping[int, BudgetGroup], figures: Mapping[int, Figures]) -> dict[BudgetGroup, Figures]:
    """Return the figures of both groups."""
    return {group: total(of for line, of in figures.items() if group_of[line] is group) for group in BudgetGroup}


def each(amount: Decimal, number: int | None) -> Decimal | None:
    """Return the sum per head, rounded to cents; None where there is nobody or the number is not known."""
    if not number:
        return None
    return (amount / number).quantize(Decimal("0.01"), ROUND_HALF_UP)


def said(amount: Decimal) -> str:
    """Return a sum as the journal keeps it: with both decimals, whatever the database gave back."""
    return f"{amount:,.2f}"
