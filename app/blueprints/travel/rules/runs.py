"""Which guests ride together. One station a ride, nobody waits longer than the window, nobody stands in the car."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

HOST = 1  # whoever meets the guests takes a seat, too
ROUND_TRIP = timedelta(minutes=90)  # a car comes back for the next ride after that


@dataclass(frozen=True)
class Party:
    """A guest with companions at a station: when the train is in, or by when they have to be there."""

    id: int
    people: int
    station: str
    at: datetime


@dataclass(frozen=True)
class Car:
    """A vehicle and its seats for passengers."""

    id: int
    seats: int

    @property
    def guests(self) -> int:
        """How many guests fit beside the host."""
        return max(0, self.seats - HOST)


@dataclass(frozen=True)
class Busy:
    """A ride that stands already and keeps its car."""

    car_id: int
    first_at: datetime
    last_at: datetime

    def meets(self, first_at: datetime, last_at: datetime) -> bool:
        """Tell whether the car cannot do a ride of these times as well."""
        return self.first_at < last_at + ROUND_TRIP and first_at < self.last_at + ROUND_TRIP


@dataclass(frozen=True)
class Ride:
    """Parties that ride together. Without `car_id` no car of ours is free or large enough."""

    station: str
    parties: tuple[Party, ...]
    car_id: int | None

    @property
    def first_at(self) -> datetime:
        return self.parties[0].at

    @property
    def last_at(self) -> datetime:
        return self.parties[-1].at

    @property
    def people(self) -> int:
        return sum(each.people for each in self.parties)


def grouped(parties: Iterable[Party], cars: Sequence[Car], window: timedelta, busy: Iterable[Busy] = ()) -> list[Ride]:
    """Return the rides by time. The order of what is given does not matter.

    The earliest party opens a ride; whoever comes to the same station within the window joins while there are seats in
    the largest free car. The ride then gets the smallest free car it fits into.
    """
    waiting = sorted(parties, key=lambda each: (each.at, each.station, each.id))
    taken = list(busy)
    rides: list[Ride] = []
    while waiting:
        opens = waiting[0]
        free = _free(cars, taken, opens.at, opens.at + window)
        chosen = _joining(waiting, window, _room(free or cars))
        last_at = chosen[-1].at
        people = sum(each.people for each in chosen)
        fitting = [each for each in _free(cars, taken, opens.at, last_at) if each.guests >= people]
        car = min(fitting, key=lambda each: (each.seats, each.id), default=None)
        rides.append(Ride(opens.station, tuple(chosen), car.id if car else None))
        if car:
            taken.append(Busy(car.id, opens.at, last_at))
        gone = {each.id for each in chosen}
        waiting = [each for each in waiting if each.id not in gone]
    return rides


def _free(cars: Sequence[Car], taken: Sequence[Busy], first_at: datetime, last_at: datetime) -> list[Car]:
    held = {each.car_id for each in taken if each.meets(first_at, last_at)}
    return [each for each in cars if each.id not in held]


def _room(cars: Sequence[Car]) -> int | None:
    """Return how many guests the largest of these cars takes; None: there are no cars, so nothing limits a ride."""
    return max((each.guests for each in cars), default=None)


def _joining(waiting: Sequence[Party], window: timedelta, room: int | None) -> list[Party]:
    """Return who rides with the first of those waiting. A party too large for any car rides alone."""
    opens = waiting[0]
    chosen, people = [opens], opens.people
    for each in waiting[1:]:
        if each.at - opens.at > window:
            break
        if each.station == opens.station and (room is None or people + each.people <= room):
            chosen.append(each)
            people += each.people
    return chosen
