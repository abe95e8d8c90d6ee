"""What the rules are told about a staff plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.blueprints.events.rules.dates import Start
from app.blueprints.staff.rules.duty import holds
from app.models import DutyState, EventStatus


@dataclass(frozen=True)
class ShiftFact:
    """One shift of the event."""

    id: int
    name: str
    starts_at: datetime
    ends_at: datetime
    is_at_old_time: bool = False  # laid out for a start that the event no longer has


@dataclass(frozen=True)
class RoleFact:
    """One role of the event."""

    id: int
    name: str
    is_lead: bool = False


@dataclass(frozen=True)
class DutyFact:
    """One person in one place, at this event or, with `at_event`, at another one."""

    id: int
    person_id: int
    person: str
    role_id: int
    role: str
    shift_id: int
    shift: str
    starts_at: datetime
    ends_at: datetime
    slot: int = 1
    station: str = ""
    is_deputy: bool = False
    standing: DutyState = DutyState.PLANNED
    told_at: datetime | None = None
    refusal: str = ""
    is_here: bool = True  # the person works for us still
    at_event: str = ""  # the other event's name

    @property
    def holds(self) -> bool:
        """Tell whether the place counts as filled."""
        return holds(self.standing, is_here=self.is_here)

    @property
    def is_on_duty(self) -> bool:
        """Tell whether the person stands there. A deputy is free for other duties until called."""
        return self.holds and not self.is_deputy


@dataclass(frozen=True)
class Facts:
    """All that the rules ask about the staff plan of one event."""

    now: datetime
    status: EventStatus
    start: Start
    shifts: tuple[ShiftFact, ...] = ()
    roles: tuple[RoleFact, ...] = ()
    needs: Mapping[tuple[int, int], int] | None = None  # (role, shift) to the number of people
    duties: tuple[DutyFact, ...] = ()
    elsewhere: tuple[DutyFact, ...] = ()  # of other events at about the same time

    @property
    def days_left(self) -> float:
        return (self.start.at - self.now).total_seconds() / 86400
