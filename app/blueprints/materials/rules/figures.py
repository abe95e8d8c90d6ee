"""What a material's log adds up to.

The entries come from several phones, late and in any order. So they are put in order first, by the device's clock and
then by the id made on the device, and each id counts once: whatever the order of arrival, the figures are the same.

- DELIVERED adds to what is here; DAMAGED, LOST, USED_UP, RETURNED and KEPT take from it.
- COUNTED says how many good ones are here. It replaces what the entries before it add up to; entries after it go on
  from there. Of several counts the last one holds; the difference to what was expected is kept and shown.
- Two counts by different people who could not know of each other's are a dispute when they differ, until somebody
  settles it (an entry whose id begins with SETTLES). The later one holds meanwhile.
- TICKED and UNTICKED: the last one holds, all are kept.
- What an entry says about the place moves the thing there; the last one holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models import MaterialState, MovementKind

K = MovementKind
LEAVES = frozenset({K.DAMAGED, K.LOST, K.USED_UP, K.RETURNED, K.KEPT})
AFTERWARDS = frozenset({K.LOST, K.USED_UP, K.RETURNED, K.KEPT})
INTO_STOCK = frozenset({K.RETURNED, K.KEPT})
# Begins the ids of counts that say which of two is right.
SETTLES = "settle-"
# An entry that takes longer from phone to server waited there without network.
LATE = timedelta(minutes=1)
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
    received: datetime | None = None
    who: int | None = None  # the account behind `by`: two people may have the same name


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
class Dispute:
    """Two people counted without knowing of each other and differ. `taken` holds until somebody settles it.

    `other` is how many there would be now by the earlier count.
    """

    earlier: Count
    taken: Count
    other: int


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
    dispute: Dispute | None = None

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
        dispute=dispute(log),
    )


def dispute(log: Iterable[Entry]) -> Dispute | None:
    """Return the counts that differ and wait to be settled, from a log in its order."""
    standing: list[tuple[Entry, Count, int]] = []
    moved = here = 0
    for each in log:
        if each.kind in COUNTS:
            change = each.quantity if each.kind is K.DELIVERED else -each.quantity
            moved, here = moved + change, here + change
        elif each.kind is K.COUNTED:
            if each.client_id.startswith(SETTLES):
                standing.clear()
            standing.append((each, Count(each.at, each.by, each.quantity, max(0, here)), moved))
            here = each.quantity
    if not standing:
        return None
    last, taken, moved_then = standing[-1]
    for entry, count, moved_before in reversed(standing[:-1]):
        carried = max(0, count.counted + moved_then - moved_before)
        if carried != taken.counted and (entry.who, entry.by) != (last.who, last.by) and _is_blind(entry, last):
            return Dispute(count, taken, max(0, carried + moved - moved_then))
    return None


def _is_blind(earlier: Entry, later: Entry) -> bool:
    """Tell whether the later of two may have been made without knowing of the earlier."""
    if earlier.received is None or later.received is None:
        return False
    return later.at < earlier.received or later.received - later.at > LATE


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
