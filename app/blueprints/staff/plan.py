"""The staff plan of one event as loaded: what the views draw and the rules are asked about."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from app import clock
from app.blueprints.events.rules.dates import Start
from app.blueprints.staff.rules.alarms import Alarm, alarms
from app.blueprints.staff.rules.duty import Content, digest, standing
from app.blueprints.staff.rules.facts import DutyFact, Facts, RoleFact, ShiftFact
from app.blueprints.staff.rules.hours import Stretch, by_day, clashes, merged, overlap, total
from app.blueprints.staff.rules.places import Place, places
from app.blueprints.staff.rules.shifts import is_laid_out_for
from app.models import Duty, DutyState, Event, Shift, StaffKind, StaffPerson, StaffRole


def content(duty: Duty, role: StaffRole, shift: Shift, event: Event) -> Content:
    """Return what the person of a duty is told."""
    return Content(
        role=role.name,
        lines=tuple(role.duty_lines),
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        station=duty.station,
        is_deputy=duty.is_deputy,
        place=(event.venue, event.venue_address, event.hall),
    )


def standing_of(duty: Duty) -> DutyState:
    """Return how one duty stands; its role, shift and event are loaded."""
    return standing(duty.state, duty.told_digest, digest_of(duty))


def digest_of(duty: Duty) -> str:
    """Return the digest of what a duty is now, for whoever tells its person."""
    return digest(content(duty, duty.role, duty.shift, duty.event))


def fact(duty: Duty, now: datetime, *, at_event: str = "") -> DutyFact:
    """Return a duty as the rules see it. Whoever left after a shift was over was there."""
    return DutyFact(
        id=duty.id,
        person_id=duty.person_id,
        person=duty.person.name,
        role_id=duty.role_id,
        role=duty.role.name,
        shift_id=duty.shift_id,
        shift=duty.shift.name,
        starts_at=duty.shift.starts_at,
        ends_at=duty.shift.ends_at,
        slot=duty.slot,
        station=duty.station,
        is_deputy=duty.is_deputy,
        standing=standing_of(duty),
        told_at=duty.told_at,
        refusal=duty.refusal,
        is_here=duty.person.is_here or duty.shift.ends_at <= now,
        at_event=at_event,
    )


@dataclass(frozen=True)
class Cell:
    """One role in one shift: its places and those of its deputies."""

    role: StaffRole
    shift: Shift
    required: int
    places: list[Place[Duty]]
    deputies: list[Place[Duty]]

    @property
    def filled(self) -> int:
        return sum(1 for place in self.places if place.duty is not None and not place.is_extra)

    @property
    def is_needed(self) -> bool:
        return bool(self.required or self.places or self.deputies)


@dataclass
class Plan:
    """Roles, shifts, needs and duties of one event, and what its people do elsewhere at about that time."""

    event: Event
    roles: Sequence[StaffRole]
    shifts: Sequence[Shift]
    needs: dict[tuple[int, int], int]
    duties: Sequence[Duty]
    elsewhere: Sequence[Duty] = ()  # of other events, with their event
    now: datetime = field(default_factory=clock.now)
    _busy: dict[int, set[int]] = field(default_factory=dict)  # worked out once a person

    @cached_property
    def facts(self) -> Facts:
        start = Start(self.event.starts_at, self.event.time_zone)
        return Facts(
            now=self.now,
            status=self.event.status,
            start=start,
            shifts=tuple(
                ShiftFact(
                    each.id,
                    each.name,
                    each.starts_at,
                    each.ends_at,
                    not is_laid_out_for(each.for_start_at, each.for_time_zone, start),
                )
                for each in self.shifts
            ),
            roles=tuple(RoleFact(each.id, each.name, each.is_lead) for each in self.roles),
            needs=self.needs,
            duties=tuple(fact(each, self.now) for each in self.duties),
            elsewhere=tuple(fact(each, self.now, at_event=each.event.name) for each in self.elsewhere),
        )

    @cached_property
    def alarms(self) -> list[Alarm]:
        return alarms(self.facts)

    @cached_property
    def fact_of(self) -> dict[int, DutyFact]:
        """Duties by id as the rules see them, with their standing."""
        return {each.id: each for each in self.facts.duties}

    @cached_property
    def clashing(self) -> set[int]:
        """The ids of duties whose person is in two places at once."""
        found = set()
        for facts in self._on_duty.values():
            for first, second in clashes(facts):
                found |= {first.id, second.id}
        return found

    @cached_property
    def _on_duty(self) -> dict[int, list[DutyFact]]:
        by_person: dict[int, list[DutyFact]] = defaultdict(list)
        for each in (*self.facts.duties, *self.facts.elsewhere):
            if each.is_on_duty:
                by_person[each.person_id].append(each)
        return by_person

    @cached_property
    def people(self) -> list[StaffPerson]:
        """Everybody with a duty here, in the order of their names."""
        found = {each.person_id: each.person for each in self.duties}
        return sorted(found.values(), key=lambda person: (person.sort_key, person.id))

    @cached_property
    def _by_cell(self) -> dict[tuple[int, int, bool], dict[int, Duty]]:
        found: dict[tuple[int, int, bool], dict[int, Duty]] = defaultdict(dict)
        for each in self.duties:
            found[each.role_id, each.shift_id, each.is_deputy][each.slot] = each
        return found

    def cell(self, role: StaffRole, shift: Shift) -> Cell:
        """Return the places of a role in a shift. A lead role that is needed has a place for a deputy."""
        required = self.needs.get((role.id, shift.id), 0)
        names = role.station_names
        stations = {number: name for number, name in enumerate(names, start=1) if number <= required}
        filled = self._by_cell[role.id, shift.id, False]
        stations |= {slot: duty.station for slot, duty in filled.items() if duty.station}
        deputies = self._by_cell[role.id, shift.id, True]
        wanted = 1 if role.is_lead and required else 0
        return Cell(role, shift, required, places(required, filled, stations), places(wanted, deputies, {}))

    @cached_property
    def days(self) -> list[tuple[date, int]]:
        """Return the days on which shifts begin, each with how many of them follow each other."""
        found: list[tuple[date, int]] = []
        for shift in self.shifts:
            day = clock.local(shift.starts_at, self.event.time_zone).date()
            if found and found[-1][0] == day:
                found[-1] = (day, found[-1][1] + 1)
            else:
                found.append((day, 1))
        return found

    @cached_property
    def _by_person(self) -> dict[tuple[int, int], list[Duty]]:
        found: dict[tuple[int, int], list[Duty]] = defaultdict(list)
        for each in self.duties:
            found[each.person_id, each.shift_id].append(each)
        return found

    def at(self, person_id: int, shift_id: int) -> list[Duty]:
        """Return what somebody does in a shift."""
        return self._by_person.get((person_id, shift_id), [])

    def open_in(self, shift: Shift) -> list[tuple[StaffRole, Place[Duty]]]:
        """Return the places of a shift that nobody has, by role."""
        return [(role, place) for role in self.roles for place in self.cell(role, shift).places if place.duty is None]

    @cached_property
    def required(self) -> int:
        """Places in all."""
        return sum(self.needs.values())

    @cached_property
    def filled(self) -> int:
        """Places that somebody holds who has neither refused nor left."""
        count = 0
        for (role_id, shift_id), required in self.needs.items():
            held = self._by_cell[role_id, shift_id, False].values()
            count += min(required, sum(1 for duty in held if self.fact_of[duty.id].holds))
        return count

    @cached_property
    def least_far(self) -> dict[int, DutyState]:
        """Return how far each person who still works for us is: of several duties, the one least far."""
        least: dict[int, DutyState] = {}
        for each in self.facts.duties:
            if each.is_here:
                least[each.person_id] = min(
                    least.get(each.person_id, FROM_LEAST_FAR[-1]), each.standing, key=FROM_LEAST_FAR.index
                )
        return least

    def counts(self) -> dict[DutyState, int]:
        """Return how many people there are by how far they are, those least far first."""
        return {state: sum(1 for each in self.least_far.values() if each is state) for state in FROM_LEAST_FAR}

    @cached_property
    def days_of(self) -> dict[int, dict[date, timedelta]]:
        """Return by person the time worked on each day, with what is worked at other events around it."""
        return {person_id: by_day(duties, self.event.time_zone) for person_id, duties in self._on_duty.items()}

    @cached_property
    def hours_of(self) -> dict[int, timedelta]:
        """Return by person how long they are on duty at this event."""
        here: dict[int, list[DutyFact]] = defaultdict(list)
        for each in self.facts.duties:
            if each.is_on_duty:
                here[each.person_id].append(each)
        return {person_id: total(duties) for person_id, duties in here.items()}

    @cached_property
    def hired_cost(self) -> Decimal:
        """Return what the hired people's day rates come to: each day on which somebody has a duty, once."""
        days = {
            (each.person_id, clock.local(each.shift.starts_at, self.event.time_zone).date()): each.person.day_rate
            for each in self.duties
            if each.person.kind is not StaffKind.OWN and each.person.day_rate and self.fact_of[each.id].holds
        }
        return sum((rate for rate in days.values() if rate), Decimal())

    def busy_shifts(self, person_id: int) -> set[int]:
        """Return the shifts of this event in which somebody is on duty, here or elsewhere."""
        if person_id not in self._busy:
            theirs = merged(self._on_duty.get(person_id, []))
            self._busy[person_id] = {shift.id for shift in self.shifts if any(overlap(each, shift) for each in theirs)}
        return self._busy[person_id]

    def overlapping(self, shift: Shift) -> set[int]:
        """Return the shifts that share time with this one, itself among them."""
        return {each.id for each in self.shifts if overlap(each, shift)}

    def window(self) -> Stretch:
        """Return the time that this plan and the days around it take."""
        return window(self.event, self.shifts)


S = DutyState
FROM_LEAST_FAR = (S.REFUSED, S.CHANGED, S.PLANNED, S.TOLD, S.ACKNOWLEDGED)


def window(event: Event, shifts: Iterable[Shift]) -> Stretch:
    """Return the time in which duties elsewhere matter: the shifts with a day before and after."""
    begins = min([event.starts_at, *(each.starts_at for each in shifts)])
    ends = max([event.ends_at, *(each.ends_at for each in shifts)])
    return Stretch(begins - timedelta(days=1), ends + timedelta(days=1))
