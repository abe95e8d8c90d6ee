"""Who could sleep in one room. A proposal only: who is man and who is woman nobody has told us, so a person decides."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.models import RoomKind, RoomWish

SLEEP_IN = {RoomKind.SINGLE: 1, RoomKind.DOUBLE: 2, RoomKind.TWIN: 2}


class Why(StrEnum):
    """What speaks for a room as proposed."""

    ASKED = "asked"  # they asked for each other
    PARTY = "party"  # a guest and who comes along
    NIGHTS = "nights"  # both would share, and stay the same nights
    ALONE = "alone"


@dataclass(frozen=True)
class Sleeper:
    """Somebody who needs a bed: a guest, or a companion of the guest."""

    invitation_id: int
    companion_id: int | None
    first_on: date
    nights: int
    wish: RoomWish | None = None  # of the guest; companions follow
    shares_with: int | None = None  # an invitation

    @property
    def until(self) -> date:
        """The day of leaving."""
        return self.first_on + timedelta(days=self.nights)

    @property
    def key(self) -> tuple[int, int]:
        return (self.invitation_id, self.companion_id or 0)


@dataclass(frozen=True)
class Proposal:
    """A room and who would sleep there."""

    sleepers: tuple[Sleeper, ...]
    why: Why

    @property
    def kind(self) -> RoomKind:
        return RoomKind.SINGLE if len(self.sleepers) == 1 else RoomKind.TWIN


def proposed(sleepers: Iterable[Sleeper], apart: Collection[frozenset[int]] = ()) -> list[Proposal]:
    """Return rooms for everybody. `apart` are pairs of invitations that must not share: candidates for one territory.

    First those who asked for each other, then guests with their companions, then whoever would share and stays the
    same nights; the rest sleep alone. Whoever wants a single room gets one.
    """
    left = {each.key: each for each in sorted(sleepers, key=lambda each: each.key)}
    rooms = [*_asking(left, apart), *_parties(left), *_same_nights(left, apart)]
    rooms += [Proposal((each,), Why.ALONE) for each in left.values()]
    return sorted(rooms, key=lambda room: room.sleepers[0].key)


Left = dict[tuple[int, int], Sleeper]  # whoever has no bed yet


def _asking(left: Left, apart: Collection[frozenset[int]]) -> Iterator[Proposal]:
    for guest in [each for each in left.values() if each.companion_id is None]:
        other = left.get((guest.shares_with or 0, 0))
        if guest.key in left and other and _may_share(guest, other, apart) and _asked(guest, other):
            yield _room(left, guest, other, Why.ASKED)


def _parties(left: Left) -> Iterator[Proposal]:
    parties: dict[int, list[Sleeper]] = defaultdict(list)
    for each in left.values():
        parties[each.invitation_id].append(each)
    for guest in [each for each in left.values() if each.wish is not RoomWish.SINGLE]:
        party = [each for each in parties[guest.invitation_id] if each.key in left and each != guest]
        if guest.key in left and party:
            yield _room(left, guest, party[0], Why.PARTY)


def _same_nights(left: Left, apart: Collection[frozenset[int]]) -> Iterator[Proposal]:
    willing: dict[tuple[date, int], list[Sleeper]] = defaultdict(list)
    for each in left.values():
        if _would(each):
            willing[each.first_on, each.nights].append(each)
    for guest in [each for each in left.values() if _would(each)]:
        others = (each for each in willing[guest.first_on, guest.nights] if each.key > guest.key and each.key in left)
        other = next((each for each in others if _may_share(guest, each, apart)), None)
        if guest.key in left and other:
            yield _room(left, guest, other, Why.NIGHTS)


def _room(left: Left, one: Sleeper, other: Sleeper, why: Why) -> Proposal:
    del left[one.key], left[other.key]
    first, second = sorted((one, other), key=lambda each: each.key)
    return Proposal((first, second), why)


def _asked(one: Sleeper, other: Sleeper) -> bool:
    """One asking is enough unless the other has asked for somebody else."""
    return one.shares_with == other.invitation_id and other.shares_with in {None, one.invitation_id}


def _may_share(one: Sleeper, other: Sleeper, apart: Collection[frozenset[int]]) -> bool:
    wants_alone = RoomWish.SINGLE in {one.wish, other.wish}
    overlap = one.first_on < other.until and other.first_on < one.until
    rivals = frozenset((one.invitation_id, other.invitation_id)) in apart
    return one.key != other.key and overlap and not wants_alone and not rivals


def _would(guest: Sleeper) -> bool:
    """Would share with anybody; whoever has asked for somebody waits for that one."""
    return guest.wish is RoomWish.SHARED and guest.companion_id is None and not guest.shares_with
