"""Which place a pick page is about, and whom to suggest for it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from app.blueprints.staff import queries
from app.blueprints.staff.plan import Plan
from app.blueprints.staff.rules.facts import DutyFact
from app.blueprints.staff.rules.suggest import Candidate, Suggestion, Wanted, suggest
from app.models import Duty, Shift, StaffPerson, StaffRole


@dataclass(frozen=True)
class Asked:
    """What the page was opened for: a place of a role in some shifts, or somebody else for a duty."""

    role: StaffRole
    shifts: tuple[Shift, ...]  # those asked for; ticked
    slot: int | None
    is_deputy: bool
    beyond: bool = False  # one more than the role needs
    duty: Duty | None = None  # the one to hand over

    def open_shifts(self, plan: Plan) -> list[Shift]:
        """Return the shifts that can be ticked: those asked for, and others where the role has a place free."""
        if self.duty is not None:
            return list(self.shifts)
        return [each for each in plan.shifts if each in self.shifts or self._has_room(plan, each)]

    def _has_room(self, plan: Plan, shift: Shift) -> bool:
        cell = plan.cell(self.role, shift)
        if self.is_deputy:
            return bool(cell.required)
        return any(place.is_free for place in cell.places)

    @property
    def station(self) -> str:
        """Where the person would stand, as far as the role says so."""
        if self.duty is not None:
            return self.duty.station
        return "" if self.is_deputy or self.slot is None else self.role.station_of(self.slot)


@dataclass(frozen=True)
class Choice:
    """One person of the page, with the reasons."""

    person: StaffPerson
    suggestion: Suggestion


def for_duty(duty: Duty) -> Asked:
    return Asked(duty.role, (duty.shift,), duty.slot, duty.is_deputy, duty=duty)


def for_place(
    plan: Plan, role_id: int | None, shift_ids: Collection[int], slot: int | None, *, is_deputy: bool, beyond: bool
) -> Asked | None:
    """Return what is asked for, or None when this event has no such role."""
    role = next((each for each in plan.roles if each.id == role_id), None)
    if role is None:
        return None
    shifts = tuple(each for each in plan.shifts if each.id in shift_ids)
    return Asked(role, shifts, slot, is_deputy, beyond)


def choices(plan: Plan, asked: Asked) -> list[Choice]:
    """Return everybody who works for us, the best first: two queries."""
    people = {each.id: each for each in queries.active_people()}
    at_that_time: dict[int, list[DutyFact]] = defaultdict(list)
    for each in (*plan.facts.duties, *plan.facts.elsewhere):
        if asked.duty is None or each.id != asked.duty.id:
            at_that_time[each.person_id].append(each)
    earlier = queries.did_it(plan.event, asked.role)
    candidates = [
        Candidate(
            each.id,
            each.kind,
            each.sort_key,
            each.user.department if each.user else "",
            tuple(at_that_time[each.id]),
            earlier.get(each.id, ()),
        )
        for each in people.values()
        if asked.duty is None or each.id != asked.duty.person_id
    ]
    wanted = Wanted(
        role_id=asked.role.id,
        for_kind=asked.role.for_kind,
        shifts=asked.shifts,
        shift_ids=frozenset(each.id for each in asked.shifts),
        time_zone=plan.event.time_zone,
        department=asked.role.department,
        is_deputy=asked.is_deputy,
    )
    return [Choice(people[each.person_id], each) for each in suggest(candidates, wanted)]
