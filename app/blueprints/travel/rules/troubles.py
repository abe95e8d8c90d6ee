"""What is wrong with a run as it stands, against what the replies say by now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.blueprints.travel.rules.runs import HOST, Busy
from app.models import Direction


class Trouble(StrEnum):
    """One thing a person has to see to, the gravest first."""

    CAR_TWICE = "car_twice"  # the car is on another run at that time
    HOST_TWICE = "host_twice"
    TOO_MANY = "too_many"  # more people than seats
    NO_CAR = "no_car"
    NO_HOST = "no_host"
    NOT_COMING = "not_coming"  # a passenger has withdrawn
    NOT_WANTED = "not_wanted"  # a passenger comes without us by now
    ELSEWHERE = "elsewhere"  # a passenger arrives at another station
    TOO_LATE = "too_late"  # a passenger's train is in after the car has left
    WAITS = "waits"  # a passenger would wait longer than the window
    EMPTY = "empty"


@dataclass(frozen=True)
class Rider:
    """A passenger: where and when the run takes them, and what the reply says now."""

    invitation_id: int
    people: int
    place: str
    stop_at: datetime
    comes: bool
    wants: bool
    station: str
    at: datetime | None


@dataclass(frozen=True)
class Run:
    """A run as the rules see it."""

    id: int
    direction: Direction
    first_at: datetime
    last_at: datetime
    car_id: int | None
    seats: int
    host_id: int | None
    is_done: bool
    riders: tuple[Rider, ...] = ()

    @property
    def people(self) -> int:
        return sum(each.people for each in self.riders if each.comes)


@dataclass(frozen=True)
class Found:
    """A trouble of a run, or of one of its passengers."""

    what: Trouble
    invitation_id: int | None = None


def of_runs(runs: Sequence[Run], window: timedelta) -> Mapping[int, tuple[Found, ...]]:
    """Return what is wrong with each run, by run, the gravest first. What is done is past mending."""
    found: dict[int, tuple[Found, ...]] = {}
    going = [each for each in runs if not each.is_done]
    for run in going:
        here = [*_of_run(run), *_twice(run, going)]
        here += [Found(what, rider.invitation_id) for rider in run.riders for what in _of_rider(run, rider, window)]
        if here:
            order = list(Trouble)
            found[run.id] = tuple(sorted(here, key=lambda each: order.index(each.what)))
    return found


def _of_run(run: Run) -> Iterable[Found]:
    if not run.riders:
        yield Found(Trouble.EMPTY)
        return
    if run.car_id is None:
        yield Found(Trouble.NO_CAR)
    elif run.people + HOST > run.seats:
        yield Found(Trouble.TOO_MANY)
    if run.host_id is None and run.direction is Direction.ARRIVAL:
        yield Found(Trouble.NO_HOST)


def _twice(run: Run, runs: Iterable[Run]) -> Iterable[Found]:
    others = [each for each in runs if each.id != run.id]
    meeting = [each for each in others if Busy(0, run.first_at, run.last_at).meets(each.first_at, each.last_at)]
    if run.car_id is not None and any(each.car_id == run.car_id for each in meeting):
        yield Found(Trouble.CAR_TWICE)
    if run.host_id is not None and any(each.host_id == run.host_id for each in meeting):
        yield Found(Trouble.HOST_TWICE)


def _of_rider(run: Run, rider: Rider, window: timedelta) -> Iterable[Trouble]:
    if not rider.comes:
        yield Trouble.NOT_COMING
        return
    if not rider.wants:
        yield Trouble.NOT_WANTED
    if rider.station and rider.station != rider.place:
        yield Trouble.ELSEWHERE
    if rider.at is None:
        return
    if run.direction is Direction.ARRIVAL:
        late, waits = rider.at > rider.stop_at, rider.stop_at - rider.at
    else:
        late, waits = rider.at < rider.stop_at, rider.at - rider.stop_at
    if late:
        yield Trouble.TOO_LATE
    elif waits > 2 * window:
        yield Trouble.WAITS
