"""The runs of an event as they stand, with everything that is wrong with them; nothing of it is stored."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from sqlalchemy import ColumnElement

from app.blueprints.travel import queries
from app.blueprints.travel.rules.runs import Busy, Car, Party
from app.blueprints.travel.rules.troubles import Found, Rider, Run, of_runs
from app.blueprints.travel.who import Traveller
from app.models import Direction, Event, Passenger, PickupRun, TravelPlan, Vehicle


@dataclass(frozen=True)
class Situation:
    """Who comes how, and which run takes whom."""

    event: Event
    plan: TravelPlan
    guests: dict[int, Traveller]
    vehicles: list[Vehicle]
    runs: list[PickupRun]
    passengers: list[Passenger]

    @cached_property
    def by_run(self) -> dict[int, list[Passenger]]:
        found: dict[int, list[Passenger]] = defaultdict(list)
        for each in self.passengers:
            found[each.run_id].append(each)
        return found

    @cached_property
    def of_guest(self) -> dict[tuple[int, Direction], Passenger]:
        return {(each.invitation_id, each.direction): each for each in self.passengers}

    @cached_property
    def by_id(self) -> dict[int, PickupRun]:
        return {each.id: each for each in self.runs}

    @property
    def window(self) -> timedelta:
        return timedelta(minutes=self.plan.window_minutes)

    @property
    def ready(self) -> timedelta:
        return timedelta(minutes=self.plan.ready_minutes)

    def where(self, guest: Traveller, direction: Direction) -> str:
        """At which station a guest arrives or leaves; empty when nobody knows."""
        if direction is Direction.ARRIVAL:
            return guest.arrives_where(self.plan)
        return guest.leaves_where(self.plan)

    def when(self, guest: Traveller, direction: Direction) -> datetime | None:
        """When a guest stands at the exit, or has to be at the station."""
        if direction is Direction.DEPARTURE:
            return guest.there_by
        return guest.arrives_at + self.ready if guest.arrives_at else None

    def wants(self, guest: Traveller, direction: Direction) -> bool:
        return guest.wants_pickup if direction is Direction.ARRIVAL else guest.wants_ride

    def waiting(self, direction: Direction) -> list[Traveller]:
        """Return who wants to be taken and is on no run yet, by time; last who has not said when."""
        left = [
            each
            for each in self.guests.values()
            if self.wants(each, direction) and (each.id, direction) not in self.of_guest
        ]
        late = self.event.ends_at + timedelta(days=365)
        return sorted(left, key=lambda each: (self.when(each, direction) or late, each.id))

    def parties(self, direction: Direction) -> list[Party]:
        """Return those waiting of whom place and time are known, as the rule wants them."""
        return [
            Party(each.id, each.people, self.where(each, direction), at)
            for each in self.waiting(direction)
            if self.where(each, direction) and (at := self.when(each, direction))
        ]

    def unclear(self, direction: Direction) -> list[Traveller]:
        """Return who wants to be taken, and of whom place or time is not known."""
        known = {each.id for each in self.parties(direction)}
        return [each for each in self.waiting(direction) if each.id not in known]

    @cached_property
    def cars(self) -> list[Car]:
        return [Car(each.id, each.seats) for each in self.vehicles]

    def busy(self, but: Iterable[int] = ()) -> list[Busy]:
        """Return when cars are out on runs that stand, except the given runs."""
        left_out = set(but)
        return [
            Busy(each.vehicle_id, *_span(each))
            for each in self.runs
            if each.vehicle_id is not None and each.id not in left_out
        ]

    def rule_run(self, run: PickupRun) -> Run:
        """Return a run with its riders as the rules see it."""
        stops = {stop.id: stop for stop in run.stops}
        riders = []
        for each in self.by_run.get(run.id, ()):
            guest = self.guests[each.invitation_id]
            stop = stops[each.stop_id]
            riders.append(
                Rider(
                    guest.id,
                    guest.people,
                    stop.place,
                    stop.at,
                    guest.comes,
                    self.wants(guest, run.direction) or each.is_by_hand,
                    self.where(guest, run.direction),
                    self.when(guest, run.direction),
                )
            )
        seats = run.vehicle.seats if run.vehicle else 0
        return Run(
            run.id,
            run.direction,
            *_span(run),
            run.vehicle_id,
            seats,
            run.host_id,
            run.done_at is not None,
            tuple(riders),
        )

    @cached_property
    def troubles(self) -> dict[int, tuple[Found, ...]]:
        return dict(of_runs([self.rule_run(each) for each in self.runs], self.window))

    def people(self, run: PickupRun) -> int:
        """Return how many people ride, those who have withdrawn left out."""
        return self.rule_run(run).people


def _span(run: PickupRun) -> tuple[datetime, datetime]:
    times = [run.starts_at, *(stop.at for stop in run.stops)]
    return min(times), max(times)


def situation(event: Event, *only: ColumnElement[bool]) -> Situation:
    """Read everything about the runs of an event: eight queries.

    Conditions on `Passenger` or `PickupRun` read those runs and riders alone, for a page about one person: who waits
    and what is wrong can then not be asked.
    """
    return Situation(
        event,
        queries.plan(event),
        queries.travellers(event, *only),
        queries.vehicles(event),
        queries.runs(event, *only),
        queries.passengers(event, *only),
    )
