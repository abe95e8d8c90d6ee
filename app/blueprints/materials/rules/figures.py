"""What a material's log adds up to.

The entries come from several phones, late and in any order. So they are put in order first, by the device's clock and
then by the id made on the device, and each id counts once: whatever the order of arrival, the figures are the same.

- DELIVERED adds to what is here; DAMAGED, LOST, USED_UP, RETURNED and KEPT take from it.
- COUNTED says how many good ones are here. It replaces what the entries before it add up to; entries after it go on
  from there. Of several counts the last one holds; the difference to what was expected is kept and shown.
- TICKED and UNTICKED: the last one holds, all are kept.
- What an entry says about the place moves the thing there; the last one holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.models import MaterialState, MovementKind

K = MovementKind
LEAVES = frozenset({K.DAMAGED, K.LOST, K.USED_UP, K.RETURNED, K.KEPT})
AFTERWARDS = frozenset({K.LOST, K.USED_UP, K.RETURNED, K.KEPT})
INTO_STOCK = frozenset({K.RETURNED, K.KEPT})
# These mean nothing without a number.
COUNTS = LEAVES | {K.DELIVERED}


@dataclass(frozen=True)
class Entry:
    """One entry of the log, as far as the figures go."""

    kind: MovementKind
    at: datetime
    client_id: str
    quantity: int = 0
    place: str = ""
    by: str = ""


@dataclass(frozen=True)
class Count:
    """Somebody counted; `expected` is what the entries before add up to."""

    at: datetime
    by: str
    counted: int
    expected: int

    @property
    def difference(self) -> int:
        return self.counted - self.expected


@dataclass(frozen=True)
class Tick:
    """Somebody said that it stands, or that it does not."""

    at: datetime
    by: str
    stands: bool


@dataclass(frozen=True)
class Figures:
    """The sum of a log. `here` is how many good ones are in our hands; `missing` how many more left than were here."""

    delivered: int = 0
    damaged: int = 0
    lost: int = 0
    used_up: int = 0
    returned: int = 0
    kept: int = 0
    here: int = 0
    missing: int = 0
    is_set_up: bool = False
    place: str = ""
    counts: tuple[Count, ...] = ()
    ticks: tuple[Tick, ...] = ()
    photos: int = 0
    entries: int = 0

    @property
    def count(self) -> Count | None:
        """The count that holds."""
        return self.counts[-1] if self.counts else None

    @property
    def good(self) -> int:
        """How many came and are fit for use."""
        return max(0, self.delivered - self.damaged)

    @property
    def went(self) -> int:
        return self.lost + self.used_up + self.returned + self.kept


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries as they happened, each device's id once."""
    ordered = sorted(entries, key=lambda each: (each.at, each.client_id))
    seen: dict[str, Entry] = {}
    for each in ordered:
        seen.setdefault(each.client_id, each)
    return list(seen.values())


def fold(entries: Iterable[Entry]) -> Figures:
    """Return the figures of a material's log."""
    log = in_order(entries)
    sums = dict.fromkeys(COUNTS, 0)
    here, counts, ticks, place = 0, [], [], ""
    for each in log:
        if each.kind in COUNTS:
            sums[each.kind] += each.quantity
            here += each.quantity if each.kind is K.DELIVERED else -each.quantity
        elif each.kind is K.COUNTED:
            counts.append(Count(each.at, each.by, each.quantity, max(0, here)))
            here = each.quantity
        elif each.kind in {K.TICKED, K.UNTICKED}:
            ticks.append(Tick(each.at, each.by, each.kind is K.TICKED))
        place = each.place or place
    return Figures(
        delivered=sums[K.DELIVERED],
        damaged=sums[K.DAMAGED],
        lost=sums[K.LOST],
        used_up=sums[K.USED_UP],
        returned=sums[K.RETURNED],
        kept=sums[K.KEPT],
        here=max(0, here),
        missing=max(0, -here),
        is_set_up=bool(ticks) and ticks[-1].stands,
        place=place,
        counts=tuple(counts),
        ticks=tuple(ticks),
        photos=sum(1 for each in log if each.kind is K.PHOTO),
        entries=len(log),
    )


def state(ordered: int, figures: Figures) -> MaterialState:
    """Return how far a material is, from its orders and its log alone."""
    has_come = figures.delivered > 0 or any(each.counted for each in figures.counts)
    if figures.went and not figures.here:
        return MaterialState.CLOSED
    if figures.is_set_up:
        return MaterialState.SET_UP
    if has_come and (ordered == 0 or max(figures.delivered, figures.here) >= ordered):
        return MaterialState.DELIVERED
    if ordered:
        return MaterialState.ORDERED
    return MaterialState.DELIVERED if has_come else MaterialState.PLANNED
