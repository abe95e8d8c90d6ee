"""The plan by the hour: for each day a table whose columns are minutes, so that people stand in it as bars."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app import clock
from app.blueprints.staff.plan import Cell, Plan
from app.blueprints.staff.rules.places import Place
from app.models import Duty, Shift, StaffRole

UNIT = timedelta(minutes=5)  # one column


@dataclass(frozen=True)
class Bar:
    """Some columns of a track: a place of a role in a shift, or nothing (`cell` is None)."""

    columns: int
    cell: Cell | None = None
    place: Place[Duty] | None = None


@dataclass(frozen=True)
class Hour:
    """A whole hour of the axis, as the clock on the wall shows it."""

    at: datetime
    columns: int
    is_now: bool


@dataclass(frozen=True)
class Track:
    """One line of bars that do not overlap."""

    bars: list[Bar]


@dataclass(frozen=True)
class ShiftBar:
    """Some columns of the axis' second line: a shift with how many are missing in it, or nothing."""

    columns: int
    shift: Shift | None = None
    missing: int = 0


@dataclass
class Group:
    """A role with its tracks."""

    role: StaffRole
    tracks: list[Track] = field(default_factory=list)


@dataclass
class Day:
    """One day of the plan."""

    day: date
    hours: list[Hour]
    shifts: list[list[ShiftBar]]  # lines of shifts that do not overlap
    groups: list[Group]

    @property
    def columns(self) -> int:
        return sum(hour.columns for hour in self.hours)


@dataclass(frozen=True)
class _Piece:
    starts_at: datetime
    ends_at: datetime
    cell: Cell
    place: Place[Duty]


def days(plan: Plan) -> list[Day]:
    """Return the days of the plan in order; a shift over midnight stands on the day it begins."""
    of_day: dict[date, list[Shift]] = {}
    for shift in plan.shifts:
        of_day.setdefault(clock.local(shift.starts_at, plan.event.time_zone).date(), []).append(shift)
    return [_day(plan, day, shifts) for day, shifts in of_day.items()]


def _day(plan: Plan, day: date, shifts: list[Shift]) -> Day:
    begins = _floor(min(shift.starts_at for shift in shifts), plan.event.time_zone)
    ends = max(shift.ends_at for shift in shifts)
    hours = []
    at = begins
    while at < ends:
        hours.append(Hour(at, _columns(timedelta(hours=1)), at <= plan.now < at + timedelta(hours=1)))
        at += timedelta(hours=1)
    groups = [group for role in plan.roles if (group := _group(plan, role, shifts, begins, at)).tracks]
    return Day(day, hours, _heads(plan, shifts, begins, at), groups)


def _heads(plan: Plan, shifts: Iterable[Shift], begins: datetime, ends: datetime) -> list[list[ShiftBar]]:
    lanes: list[list[Shift]] = []
    for shift in shifts:
        lane = next((each for each in lanes if each[-1].ends_at <= shift.starts_at), None)
        if lane is None:
            lanes.append([shift])
        else:
            lane.append(shift)
    return [_line(plan, lane, begins, ends) for lane in lanes]


def _line(plan: Plan, shifts: Iterable[Shift], begins: datetime, ends: datetime) -> list[ShiftBar]:
    bars = []
    at = begins
    for shift in shifts:
        if (gap := _columns(shift.starts_at - at)) > 0:
            bars.append(ShiftBar(gap))
        bars.append(ShiftBar(max(1, _columns(shift.ends_at - shift.starts_at)), shift, _missing(plan, shift)))
        at = shift.ends_at
    if (rest := _columns(ends - at)) > 0:
        bars.append(ShiftBar(rest))
    return bars


def _missing(plan: Plan, shift: Shift) -> int:
    cells = [plan.cell(role, shift) for role in plan.roles]
    return sum(cell.required - cell.filled for cell in cells)


def _group(plan: Plan, role: StaffRole, shifts: Iterable[Shift], begins: datetime, ends: datetime) -> Group:
    """Keep a place on one track through the day; what overlaps with it goes on a track of its own."""
    lanes: dict[tuple[int, int], list[_Piece]] = {}
    for shift in shifts:
        cell = plan.cell(role, shift)
        for place in cell.places:
            piece = _Piece(shift.starts_at, shift.ends_at, cell, place)
            lane = 0
            while _overlaps(lanes.get((place.slot, lane), []), piece):
                lane += 1
            lanes.setdefault((place.slot, lane), []).append(piece)
    return Group(role, [_track(lanes[key], begins, ends) for key in sorted(lanes)])


def _overlaps(pieces: list[_Piece], new: _Piece) -> bool:
    return any(new.starts_at < each.ends_at and each.starts_at < new.ends_at for each in pieces)


def _track(pieces: list[_Piece], begins: datetime, ends: datetime) -> Track:
    bars = []
    at = begins
    for piece in sorted(pieces, key=lambda each: each.starts_at):
        if (gap := _columns(piece.starts_at - at)) > 0:
            bars.append(Bar(gap))
        bars.append(Bar(max(1, _columns(piece.ends_at - max(at, piece.starts_at))), piece.cell, piece.place))
        at = piece.ends_at
    if (rest := _columns(ends - at)) > 0:
        bars.append(Bar(rest))
    return Track(bars)


def _columns(length: timedelta) -> int:
    return round(length / UNIT)


def _floor(at: datetime, time_zone: str) -> datetime:
    """The whole hour of the clock on the wall at or before an instant."""
    local = clock.local(at, time_zone)
    return at - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
