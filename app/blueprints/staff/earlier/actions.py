"""What copying brings along, worked out before and done after. Nothing here commits."""

from dataclasses import dataclass, field

from app import clock, journal
from app.blueprints.events import following
from app.blueprints.events.rules.dates import Start
from app.blueprints.staff import queries
from app.blueprints.staff.actions import assign, check_changeable
from app.blueprints.staff.plan import Plan
from app.blueprints.staff.rules.hours import Stretch, overlap
from app.blueprints.staff.rules.places import AlreadyInRole, NoPlaceFree, PlaceTaken
from app.blueprints.staff.rules.shifts import moved
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Duty, DutyState, Event, Shift, StaffNeed, StaffPerson, StaffRole


class NothingToCopy(SigningDayError):
    """The earlier event has no roles."""

    code = "nothing_to_copy"
    sentence = N_("The earlier event has no staff plan.")


@dataclass
class Copied:
    """What copying brings: rows that are new here, people who come along, and who does not and why."""

    roles: list[str] = field(default_factory=list)
    shifts: list[tuple[str, Stretch]] = field(default_factory=list)
    duties: int = 0
    people: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)  # have left
    refused: set[str] = field(default_factory=set)  # refused their duty then
    busy: set[str] = field(default_factory=set)  # are on duty at another event at that time
    over: set[str] = field(default_factory=set)  # shifts that would be over already


def moved_shift(shift: Shift, source: Event, event: Event) -> Stretch:
    """Return when a shift of the earlier event would be at this one."""
    return moved(
        Stretch(shift.starts_at, shift.ends_at),
        Start(source.starts_at, source.time_zone),
        Start(event.starts_at, event.time_zone),
    )


def preview(source: Event, event: Event, *, with_people: bool) -> Copied:
    """Return what copying would bring, without doing it."""
    plans = queries.plans([source, event])
    theirs, ours = plans[source.id], plans[event.id]
    known_roles, known_shifts = {_name(role) for role in ours.roles}, {_name(shift) for shift in ours.shifts}
    found = Copied()
    found.roles = [role.name for role in theirs.roles if _name(role) not in known_roles]
    new_times = {shift.id: moved_shift(shift, source, event) for shift in theirs.shifts}
    found.shifts = [(each.name, new_times[each.id]) for each in theirs.shifts if _name(each) not in known_shifts]
    if with_people:
        for duty in theirs.duties:
            _sort_in(duty, theirs, ours, new_times[duty.shift_id], found)
    return found


def _sort_in(duty: Duty, theirs: Plan, ours: Plan, time: Stretch, found: Copied) -> bool:
    """Note in `found` whether a duty comes along, and return it."""
    name = duty.person.name
    if not duty.person.is_here:
        found.left.add(name)
    elif theirs.fact_of[duty.id].standing is DutyState.REFUSED:
        found.refused.add(name)
    elif time.ends_at <= clock.now():
        found.over.add(duty.shift.name)
    else:
        found.duties += 1
        found.people.add(name)
        if any(
            each.person_id == duty.person_id and each.is_on_duty and overlap(each, time)
            for each in ours.facts.elsewhere
        ):
            found.busy.add(name)
        return True
    return False


def copy(source: Event, event: Event, *, with_people: bool) -> Copied:
    """Give the event the roles, shifts and needs of an earlier one, and its people where wished.

    What is here already (the same template row, or the same name) stays as it is and is filled up, so twice is once.
    Everybody starts as not told. Clashes are allowed and reported: they become alarms.
    """
    check_changeable(event)
    plans = queries.plans([source, event])
    theirs, ours = plans[source.id], plans[event.id]
    if not theirs.roles:
        raise NothingToCopy
    found = Copied()
    roles = _copy_roles(theirs, ours, found)
    shifts = _copy_shifts(theirs, ours, found)
    db.session.flush()
    _copy_needs(theirs, ours, roles, shifts)
    if with_people:
        times = {shift.id: Stretch(shifts[shift.id].starts_at, shifts[shift.id].ends_at) for shift in theirs.shifts}
        for duty in theirs.duties:
            if _sort_in(duty, theirs, ours, times[duty.shift_id], found):
                _copy_duty(duty, event, roles[duty.role_id], shifts[duty.shift_id], found)
    journal.record(
        "staff.copied",
        event,
        event_id=event.id,
        changes={"copied_from": [None, source.name], "duties": [None, found.duties]},
    )
    db.session.flush()
    return found


def _name(row: StaffRole | Shift) -> str:
    return row.key or row.name


def _copy_roles(theirs: Plan, ours: Plan, found: Copied) -> dict[int, StaffRole]:
    """Return their roles' ids with our roles."""
    known = {_name(role): role for role in ours.roles}
    roles = {}
    for role in theirs.roles:
        here = known.get(_name(role))
        if here is None:
            here = StaffRole(
                event_id=ours.event.id,
                **{name: getattr(role, name) for name in _ROLE_COLUMNS},
            )
            db.session.add(here)
            found.roles.append(here.name)
        roles[role.id] = here
    return roles


_ROLE_COLUMNS = (
    *("key", "position", "name", "held_by", "department", "duties", "stations", "for_kind", "is_lead"),
    *("grant", "grant_days", "settles", "returns", "hands_over"),
)


def _copy_shifts(theirs: Plan, ours: Plan, found: Copied) -> dict[int, Shift]:
    known = {_name(shift): shift for shift in ours.shifts}
    shifts = {}
    for shift in theirs.shifts:
        here = known.get(_name(shift))
        if here is None:
            time = moved_shift(shift, theirs.event, ours.event)
            here = Shift(
                event_id=ours.event.id,
                key=shift.key,
                name=shift.name,
                starts_at=time.starts_at,
                ends_at=time.ends_at,
                for_start_at=ours.event.starts_at,
                for_time_zone=ours.event.time_zone,
            )
            db.session.add(here)
            found.shifts.append((here.name, time))
        shifts[shift.id] = here
    return shifts


def _copy_needs(theirs: Plan, ours: Plan, roles: dict[int, StaffRole], shifts: dict[int, Shift]) -> None:
    for (role_id, shift_id), required in theirs.needs.items():
        role, shift = roles[role_id], shifts[shift_id]
        is_new = role not in ours.roles or shift not in ours.shifts
        if is_new and (role.id, shift.id) not in ours.needs:
            db.session.add(StaffNeed(role_id=role.id, shift_id=shift.id, required=required))
    db.session.flush()


def _take_along(source: Event, event: Event, with_people: bool) -> None:
    """Staff a whole copied event, when the earlier one had a plan."""
    if queries.has_plan(source):
        copy(source, event, with_people=with_people)


following.on_copy("staff", _take_along)


def _copy_duty(duty: Duty, event: Event, role: StaffRole, shift: Shift, found: Copied) -> None:
    """Somebody who has the role here already, or whose place is filled, is left as it is."""
    person: StaffPerson = duty.person
    try:
        assign(event, role, person, [shift], is_deputy=duty.is_deputy, slot=duty.slot, station=duty.station)
    except (AlreadyInRole, PlaceTaken, NoPlaceFree):
        found.duties -= 1
