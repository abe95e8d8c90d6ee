"""The rooms a hotel keeps for us against the rooms we need, night by night, and what may be given back."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SOON = 7  # days before a release date from which on it is pressing


@dataclass(frozen=True)
class Stay:
    """A room that is needed from a night on."""

    first_on: date
    nights: int


@dataclass(frozen=True)
class Block:
    """Rooms kept for us on certain nights, those given back already taken off."""

    id: int
    first_on: date
    nights: int
    rooms: int


@dataclass(frozen=True)
class Night:
    """One night: rooms needed and rooms kept."""

    on: date
    need: int
    kept: int

    @property
    def short(self) -> int:
        return max(0, self.need - self.kept)

    @property
    def spare(self) -> int:
        return max(0, self.kept - self.need)


def days(first_on: date, nights: int) -> list[date]:
    """Return the nights of a stay by the day they begin."""
    return [first_on + timedelta(days=n) for n in range(nights)]


def by_night(stays: Iterable[Stay], blocks: Iterable[Block]) -> list[Night]:
    """Return every night on which a room is needed or kept, in order."""
    need: Counter[date] = Counter()
    kept: Counter[date] = Counter()
    for stay in stays:
        need.update(days(stay.first_on, stay.nights))
    for block in blocks:
        for day in days(block.first_on, block.nights):
            kept[day] += block.rooms
    return [Night(day, need[day], kept[day]) for day in sorted({*need, *kept})]


def can_go_back(block: Block, nights: Sequence[Night], at_most: int) -> int:
    """Return how many rooms of a block nobody needs on any of its nights, as far as they may be given back."""
    spare = {each.on: each.spare for each in nights}
    return min(at_most, block.rooms, *(spare.get(day, 0) for day in days(block.first_on, block.nights)))


def is_pressing(due_on: date, today: date) -> bool:
    """Tell whether a release date comes up, so that somebody has to decide. On the day itself it still counts."""
    return today <= due_on <= today + timedelta(days=SOON)
