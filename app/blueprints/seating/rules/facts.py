"""What the rules of seating look at: parties, tables, who is to be kept apart, and what is wished for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.models import GuestKind, Readiness


class Wish(StrEnum):
    """What makes one seating better than another."""

    READY_BESIDE = "ready_beside"  # a wavering dealer sits beside one who is ready to sign
    CONTENT_BESIDE = "content_beside"  # and beside a dealer of ours who is content
    REP_NEAR = "rep_near"  # the rep's dealers sit within reach
    KINDS_MIXED = "kinds_mixed"  # experts, press and officials are spread
    LOAD_EVEN = "load_even"  # nobody has to win over a table full of undecided dealers


MOST_WEIGHT = 10
STANDARD_WEIGHTS: Mapping[Wish, int] = {
    Wish.READY_BESIDE: 10,
    Wish.CONTENT_BESIDE: 6,
    Wish.REP_NEAR: 3,
    Wish.KINDS_MIXED: 3,
    Wish.LOAD_EVEN: 2,
}


@dataclass(frozen=True)
class Party:
    """A guest with companions: people who sit side by side. `readiness` is None for whoever is no dealer."""

    id: int  # of the invitation
    size: int = 1
    kind: GuestKind = GuestKind.DEALER
    readiness: Readiness | None = None
    is_content: bool = False  # a dealer of ours who is content
    is_vip: bool = False
    rep_id: int | None = None

    @property
    def is_wavering(self) -> bool:
        return self.readiness is Readiness.WAVERING

    @property
    def is_ready(self) -> bool:
        return self.readiness is Readiness.READY

    @property
    def effort(self) -> int:
        """How much a host has to do for this guest."""
        return {Readiness.WAVERING: 2, Readiness.LEANING: 1}.get(self.readiness, 0) if self.readiness else 0


@dataclass(frozen=True)
class Table:
    """Chairs that belong together, numbered from 0. In a ring the last one is beside the first."""

    id: int
    label: str
    seats: int
    is_ring: bool = True
    is_vip: bool = False
    host_id: int | None = None
    x: int = 0  # of the middle, in cm
    y: int = 0


class Why(StrEnum):
    """Why two guests are kept apart."""

    TERRITORY = "territory"  # both are after the same territory
    CITY = "city"  # dealers of one city
    ASKED = "asked"  # somebody said so


@dataclass(frozen=True)
class Foes:
    """Two parties that may not share a table. `about` is the territory or city."""

    one: int
    other: int
    why: Why
    about: str = ""


@dataclass(frozen=True)
class Place:
    """Where a party sits: the guest's chair first, then the companions'."""

    party_id: int
    table_id: int
    chairs: tuple[int, ...]


@dataclass(frozen=True)
class Problem:
    """Everything that a seating depends on. The same problem has the same solution."""

    parties: tuple[Party, ...]
    tables: tuple[Table, ...]
    foes: tuple[Foes, ...] = ()
    fixed: tuple[Place, ...] = ()  # not to be moved
    weights: Mapping[Wish, int] = field(default_factory=lambda: dict(STANDARD_WEIGHTS))
    reach: int = 600  # cm
    seed: int = 1

    @property
    def has_vip_tables(self) -> bool:
        return any(table.is_vip for table in self.tables)

    def may_sit(self, party: Party, table: Table) -> bool:
        """Tell whether a party may sit at a table at all: honour's tables are for guests of honour, and they for them.

        Where no table is kept for guests of honour, they sit among the others.
        """
        return table.seats >= party.size and (party.is_vip == table.is_vip or not self.has_vip_tables)


@dataclass(frozen=True)
class Solution:
    """Where everybody sits, and for whom there is no seat without breaking a hard rule."""

    places: tuple[Place, ...]
    unseated: tuple[int, ...] = ()
    cost: int = 0
