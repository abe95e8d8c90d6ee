"""How many of a material are wanted. Whole numbers all the way, so nothing is ever half or below nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.models import QuantityRule

R = QuantityRule

# Typed by a person: nothing to count.
TYPED = frozenset({R.FIXED, R.BY_SITE, R.AS_PLANNED, R.AS_NEEDED})
# Move with the invite list, so what is firm today is not all that will be wanted.
OF_GUESTS = frozenset({R.PER_GUEST, R.PER_EXCLUSIVE_DEALER, R.PER_ROSTRUM})


@dataclass(frozen=True)
class Heads:
    """Who the quantities depend on, once as it is firm and once as it is likely to become.

    `sizes` counts the people on duty by cut and size of their work clothes, ("", "") for those not asked yet.
    """

    guests: int = 0
    guests_likely: int = 0
    exclusive: int = 0
    rostrum: int = 0
    rostrum_likely: int = 0
    staff: int = 0
    sizes: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def of(self, rule: QuantityRule) -> tuple[int, int]:
        """Return how many heads a rule counts: firm, and likely (never fewer)."""
        firm, likely = {
            R.PER_GUEST: (self.guests, self.guests_likely),
            R.PER_EXCLUSIVE_DEALER: (self.exclusive, self.exclusive),
            R.PER_ROSTRUM: (self.rostrum, self.rostrum_likely),
            R.PER_STAFF: (self.staff, self.staff),
        }.get(rule, (0, 0))
        return firm, max(firm, likely)


@dataclass(frozen=True)
class Need:
    """What a row says about its quantity. `base` is the number itself, or how many for each head or in each kit."""

    rule: QuantityRule
    base: int
    extra: int = 0
    spare_percent: int = 0
    pack_size: int = 1


@dataclass(frozen=True)
class Wanted:
    """How many are wanted by what is firm, and how many it is likely to become."""

    firm: int
    likely: int

    @property
    def grows(self) -> bool:
        return self.likely > self.firm


def quantity(heads: int, base: int, spare_percent: int = 0, pack_size: int = 1) -> int:
    """Return heads × base with so many percent on top, rounded up to whole packs."""
    bare = max(0, heads) * max(0, base)
    with_spare = -(-bare * (100 + max(0, spare_percent)) // 100)
    packs = -(-with_spare // max(1, pack_size))
    return packs * max(1, pack_size)


def wanted(need: Need, heads: Heads, kits: Wanted | None = None) -> Wanted:
    """Return how many are wanted. A part of a kit (`kits` of it are wanted) counts so many for each kit."""
    if kits is not None:
        counts = (kits.firm, kits.likely)
    elif need.rule in TYPED:
        counts = (1, 1)
    else:
        firm, likely = heads.of(need.rule)
        counts = (firm + max(0, need.extra), likely + max(0, need.extra))
    firm, likely = (quantity(each, need.base, need.spare_percent, need.pack_size) for each in counts)
    return Wanted(firm, likely)


def is_undecided(need: Need, *, is_part: bool) -> bool:
    """Tell whether somebody still has to say how many."""
    return need.base == 0 and (is_part or need.rule in TYPED)


@dataclass(frozen=True)
class Balance:
    """What is wanted against what is ordered. `to_order` and `over` are never both above nothing.

    `coming` is what may be wanted on top once those who are likely to come are firm.
    """

    to_order: int
    coming: int
    over: int


def balance(need: Wanted, ordered: int) -> Balance:
    """Return how many to order on top, or how many are ordered beyond what is even likely to be wanted."""
    return Balance(
        to_order=max(0, need.firm - ordered),
        coming=max(0, need.likely - max(ordered, need.firm)),
        over=max(0, ordered - max(need.firm, need.likely)),
    )
