"""Whom to suggest for a place, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.blueprints.staff.rules.facts import DutyFact
from app.blueprints.staff.rules.hours import LIMIT, Span, by_day, overlap, total
from app.models import StaffKind


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be asked. `duties` are all of theirs at about that time, at whatever event."""

    person_id: int
    kind: StaffKind
    sort_key: str
    department: str = ""
    duties: tuple[DutyFact, ...] = ()
    did_it: tuple[str, ...] = ()  # the earlier events where they had this role, latest first


@dataclass(frozen=True)
class Wanted:
    """The place to fill: one role in one or more shifts."""

    role_id: int
    for_kind: StaffKind
    shifts: Sequence[Span]
    shift_ids: frozenset[int]
    time_zone: str
    department: str = ""
    is_deputy: bool = False


@dataclass(frozen=True)
class Suggestion:
    """One candidate with the reasons that put them where they stand in the list."""

    person_id: int
    is_in_role: bool = False  # in this role and one of these shifts already
    busy_with: tuple[DutyFact, ...] = ()
    did_it: tuple[str, ...] = ()
    is_of_kind: bool = False
    is_of_department: bool = False
    hours: timedelta = timedelta()  # on duty at about that time, without this place
    too_long: Mapping[date, timedelta] = field(default_factory=dict)  # days over the limit with this place

    @property
    def is_free(self) -> bool:
        return not self.busy_with and not self.is_in_role


def suggest(candidates: Iterable[Candidate], wanted: Wanted) -> list[Suggestion]:
    """Return everybody, best first: free, within the hours, did it before, right kind, fewest hours."""
    judged = [(_judge(each, wanted), each.sort_key) for each in candidates]
    judged.sort(key=lambda pair: (*_rank(pair[0]), pair[1], pair[0].person_id))
    return [suggestion for suggestion, _ in judged]


def _rank(each: Suggestion) -> tuple[object, ...]:
    return (
        each.is_in_role,
        bool(each.busy_with),
        bool(each.too_long),
        -len(each.did_it),
        not each.is_of_kind,
        not each.is_of_department,
        each.hours,
    )


def _judge(candidate: Candidate, wanted: Wanted) -> Suggestion:
    working = [each for each in candidate.duties if each.is_on_duty]
    # A deputy stands by, so neither overlaps nor hours count against one.
    added: Sequence[Span] = [] if wanted.is_deputy else wanted.shifts
    days = by_day([*working, *added], wanted.time_zone)
    before = by_day(working, wanted.time_zone)
    return Suggestion(
        person_id=candidate.person_id,
        is_in_role=any(
            each.role_id == wanted.role_id and each.shift_id in wanted.shift_ids for each in candidate.duties
        ),
        busy_with=tuple(each for each in working if any(overlap(each, shift) for shift in added)),
        did_it=candidate.did_it,
        is_of_kind=candidate.kind is wanted.for_kind,
        is_of_department=bool(wanted.department) and candidate.department == wanted.department,
        hours=total(working),
        too_long={day: worked for day, worked in days.items() if worked > LIMIT and worked != before.get(day)},
    )
