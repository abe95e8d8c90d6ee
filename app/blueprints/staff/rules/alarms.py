"""What in a staff plan needs a person now, worst first. Each line leads to its mend.

Only what is still ahead is told: a shift that is over cannot be mended.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.blueprints.staff.rules.duty import wants_telling
from app.blueprints.staff.rules.facts import DutyFact, Facts, RoleFact, ShiftFact
from app.blueprints.staff.rules.hours import clashes, of_days, over_limit, total
from app.models import DutyState, EventStatus

# Whoever was told has this long to answer; from two days before the event on, less.
ANSWER_WITHIN = timedelta(hours=24)
ANSWER_SOON_WITHIN = timedelta(hours=4)
SOON = 2  # days
GRAVE_DAYS = 7  # a place that is empty so near to the day is grave
PLAN_DAYS = 30  # from here on an event without any plan is told


class Matter(StrEnum):
    """What is wrong."""

    NOT_PLANNED = "not_planned"
    SHIFTS_NOT_MOVED = "shifts_not_moved"
    PERSON_LEFT = "person_left"
    REFUSED = "refused"
    TWO_PLACES = "two_places"
    ROLE_EMPTY = "role_empty"
    ROLE_SHORT = "role_short"
    HOURS_OVER = "hours_over"
    CHANGED = "changed"
    NOT_TOLD = "not_told"
    NOT_ANSWERED = "not_answered"
    DEPUTY_MISSING = "deputy_missing"


@dataclass(frozen=True)
class Alarm:
    """One line. `number` is what its sentence counts; the rest is what it is about and where its act leads."""

    matter: Matter
    is_grave: bool
    number: int = 0
    role: RoleFact | None = None
    shifts: tuple[ShiftFact, ...] = ()
    duty: DutyFact | None = None
    other: DutyFact | None = None
    day: date | None = None
    worked: timedelta = timedelta()


def alarms(facts: Facts) -> list[Alarm]:
    """Return what needs a person, grave things first."""
    if facts.status in {EventStatus.CLOSED, EventStatus.ARCHIVED}:
        return []
    if not facts.roles:
        due = facts.days_left <= PLAN_DAYS and facts.now < facts.start.at
        return [Alarm(Matter.NOT_PLANNED, is_grave=facts.days_left <= GRAVE_DAYS)] if due else []
    ahead = tuple(each for each in facts.duties if each.ends_at > facts.now)
    found = [
        *_old_time(facts),
        *_left(ahead),
        *_refused(ahead),
        *_two_places(facts, ahead),
        *_unfilled(facts),
        *_hours(facts),
        *_untold(facts, ahead),
        *_unanswered(facts, ahead),
        *_deputies(facts),
    ]
    order = list(Matter)
    return sorted(found, key=lambda each: (not each.is_grave, order.index(each.matter)))


def _old_time(facts: Facts) -> Iterator[Alarm]:
    behind = tuple(each for each in facts.shifts if each.is_at_old_time and each.ends_at > facts.now)
    if behind:
        yield Alarm(Matter.SHIFTS_NOT_MOVED, is_grave=True, number=len(behind), shifts=behind)


def _left(ahead: Iterable[DutyFact]) -> Iterator[Alarm]:
    """One line a person; its duties are listed where the line leads."""
    by_person: dict[int, list[DutyFact]] = defaultdict(list)
    for each in ahead:
        if not each.is_here:
            by_person[each.person_id].append(each)
    for duties in by_person.values():
        yield Alarm(Matter.PERSON_LEFT, is_grave=True, number=len(duties), duty=duties[0])


def _refused(ahead: Iterable[DutyFact]) -> Iterator[Alarm]:
    for each in ahead:
        if each.is_here and each.standing is DutyState.REFUSED:
            yield Alarm(Matter.REFUSED, is_grave=True, duty=each)


def _two_places(facts: Facts, ahead: Iterable[DutyFact]) -> Iterator[Alarm]:
    """A pair with another event stands at both events; one between two other events is theirs to tell."""
    here = {each.id for each in ahead}
    by_person: dict[int, list[DutyFact]] = defaultdict(list)
    for each in (*ahead, *facts.elsewhere):
        if each.is_on_duty:
            by_person[each.person_id].append(each)
    for duties in by_person.values():
        for first, second in clashes(duties):
            if first.id in here:
                yield Alarm(Matter.TWO_PLACES, is_grave=True, duty=first, other=second)
            elif second.id in here:
                yield Alarm(Matter.TWO_PLACES, is_grave=True, duty=second, other=first)


def _unfilled(facts: Facts) -> Iterator[Alarm]:
    """Places that nobody has. One that somebody refused or left has a line of its own already."""
    spoken_for: dict[tuple[int, int], int] = defaultdict(int)
    for each in facts.duties:
        if not each.is_deputy:
            spoken_for[each.role_id, each.shift_id] += 1
    is_grave = facts.days_left <= GRAVE_DAYS
    for role in facts.roles:
        missing: dict[ShiftFact, int] = {}
        empty: list[ShiftFact] = []
        for shift in facts.shifts:
            required = (facts.needs or {}).get((role.id, shift.id), 0)
            if shift.ends_at <= facts.now or not required:
                continue
            there = spoken_for[role.id, shift.id]
            if not there:
                empty.append(shift)
            elif there < required:
                missing[shift] = required - there
        if empty:
            yield Alarm(Matter.ROLE_EMPTY, is_grave=is_grave, role=role, shifts=tuple(empty))
        if missing:
            number = sum(missing.values())
            yield Alarm(Matter.ROLE_SHORT, is_grave=is_grave, number=number, role=role, shifts=tuple(missing))


def _hours(facts: Facts) -> Iterator[Alarm]:
    """Days that are too long and that this event has a part in, with what is worked at other events.

    The duty is the one with which the limit is passed, or of ours the last before it where that one is elsewhere: a
    duty that is over cannot be given away any more.
    """
    by_person: dict[int, list[DutyFact]] = defaultdict(list)
    for each in (*facts.duties, *facts.elsewhere):
        if each.is_on_duty:
            by_person[each.person_id].append(each)
    for duties in by_person.values():
        for day, of_day in of_days(duties, facts.start.time_zone).items():
            ours = [each for each in of_day if not each.at_event and each.ends_at > facts.now]
            passes = over_limit(of_day)
            if ours and passes is not None:
                too_much = passes if passes in ours else ours[-1]
                yield Alarm(Matter.HOURS_OVER, is_grave=False, duty=too_much, day=day, worked=total(of_day))


def _untold(facts: Facts, ahead: Iterable[DutyFact]) -> Iterator[Alarm]:
    """One line for all who were never told, one for all whose duty has changed since."""
    waiting = [each for each in ahead if each.is_here and wants_telling(each.standing)]
    is_grave = facts.days_left <= SOON + 1
    for matter, standing in ((Matter.CHANGED, DutyState.CHANGED), (Matter.NOT_TOLD, DutyState.PLANNED)):
        people = {each.person_id for each in waiting if each.standing is standing}
        if people:
            first = next(each for each in waiting if each.standing is standing)
            yield Alarm(matter, is_grave=is_grave, number=len(people), duty=first)


def _unanswered(facts: Facts, ahead: Iterable[DutyFact]) -> Iterator[Alarm]:
    patience = ANSWER_SOON_WITHIN if facts.days_left <= SOON else ANSWER_WITHIN
    late = [
        each
        for each in ahead
        if each.is_here
        and each.standing is DutyState.TOLD
        and each.told_at is not None
        and facts.now - each.told_at > patience
    ]
    people = {each.person_id for each in late}
    if people:
        yield Alarm(Matter.NOT_ANSWERED, is_grave=facts.days_left <= SOON, number=len(people), duty=late[0])


def _deputies(facts: Facts) -> Iterator[Alarm]:
    covered = {(each.role_id, each.shift_id) for each in facts.duties if each.is_deputy and each.holds}
    for role in facts.roles:
        if not role.is_lead:
            continue
        without = tuple(
            shift
            for shift in facts.shifts
            if shift.ends_at > facts.now
            and (facts.needs or {}).get((role.id, shift.id), 0)
            and (role.id, shift.id) not in covered
        )
        if without:
            yield Alarm(Matter.DEPUTY_MISSING, is_grave=False, role=role, shifts=without)
