"""Who eats at a sitting, and how many eat what."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.models import MealFor


@dataclass(frozen=True)
class Eater:
    """A guest with companions. The diet is the guest's own words and holds for one person."""

    invitation_id: int
    people: int
    is_dealer: bool
    diet: str = ""
    first_on: date | None = None  # the first night at the hotel
    nights: int = 0

    def sleeps_here(self, on: date) -> bool:
        """Tell whether the party spends the night that begins on this day at the hotel."""
        return self.first_on is not None and self.first_on <= on < self.first_on + timedelta(days=self.nights)


@dataclass(frozen=True)
class Covers:
    """How many eat at a sitting."""

    guests: int
    extra: int
    diets: tuple[tuple[str, int], ...]  # as the guests wrote it, the most frequent first

    @property
    def total(self) -> int:
        return self.guests + self.extra


def eats(eater: Eater, served_to: MealFor, on: date) -> bool:
    """Tell whether a party belongs to a sitting of this day."""
    if served_to is MealFor.OVERNIGHT:
        return eater.sleeps_here(on - timedelta(days=1))
    if served_to is MealFor.ARRIVED_BEFORE:
        return eater.sleeps_here(on)
    return served_to is MealFor.EVERYBODY or eater.is_dealer


def at_sitting(eaters: Iterable[Eater], served_to: MealFor, on: date, away: Collection[int] = ()) -> list[Eater]:
    """Return who eats at a sitting; `away` are invitations that were taken off it."""
    return [each for each in eaters if each.invitation_id not in away and eats(each, served_to, on)]


def covers(eaters: Iterable[Eater], extra: int) -> Covers:
    """Count covers and diets. Spellings that differ in blanks or case alone are one diet."""
    there = list(eaters)
    words: dict[str, str] = {}
    count: Counter[str] = Counter()
    for each in there:
        said = " ".join(each.diet.split())
        if said:
            words.setdefault(said.casefold(), said)
            count[said.casefold()] += 1
    diets = sorted(((words[key], number) for key, number in count.items()), key=lambda pair: (-pair[1], pair[0]))
    return Covers(sum(each.people for each in there), extra, tuple(diets))
