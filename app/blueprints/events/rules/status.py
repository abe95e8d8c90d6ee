"""Which status of an event follows which, forward and back."""

from dataclasses import dataclass
from datetime import datetime

from app.errors import N_, SigningDayError
from app.models import EventStatus as S


class StatusChangeNotAllowed(SigningDayError):
    """No path leads from the one status to the other."""

    code = "status_change_not_allowed"
    sentence = N_("The event cannot go there from where it stands now.")


class GuestsAlreadyInvited(SigningDayError):
    """Guests hold links to the event, which a draft would not answer."""

    code = "guests_already_invited"
    sentence = N_("%(count)s guests have been invited already, so the event cannot become a draft again.")


class GuestsAlreadyIn(SigningDayError):
    """Somebody has come in, so the event has begun."""

    code = "guests_already_in"
    sentence = N_("%(count)s guests are in the hall already, so the event is running.")


class EventNotBegun(SigningDayError):
    """An event is closed after its start: closing marks whoever is missing as a no-show."""

    code = "event_not_begun"
    sentence = N_("The event has not begun yet. Closing it would mark every guest as a no-show.")


class EventArchived(SigningDayError):
    """An archived event is only looked at."""

    code = "event_archived"
    sentence = N_("The event is archived. Take it out of the archive to change it.")


# The first of each is the way forward.
FOLLOWS: dict[S, tuple[S, ...]] = {
    S.DRAFT: (S.OPEN,),
    S.OPEN: (S.RUNNING, S.CLOSED, S.DRAFT),
    S.RUNNING: (S.CLOSED, S.OPEN),
    S.CLOSED: (S.ARCHIVED, S.RUNNING),
    S.ARCHIVED: (S.CLOSED,),
}
_ORDER = list(S)
# While it is one of these, guests who have not come are only late.
UNDER_WAY = frozenset({S.OPEN, S.RUNNING})


@dataclass(frozen=True)
class Standing:
    """What the step depends on besides the status."""

    now: datetime
    starts_at: datetime
    invited: int = 0  # guests whose invitation went out
    arrived: int = 0


def is_step_back(status: S, to: S) -> bool:
    """Tell whether the step undoes an earlier one."""
    return _ORDER.index(to) < _ORDER.index(status)


def check_step(status: S, to: S, standing: Standing) -> None:
    """Raise what stands in the way of the step; return when nothing does."""
    if to not in FOLLOWS[status]:
        raise StatusChangeNotAllowed
    if to is S.DRAFT and standing.invited:
        raise GuestsAlreadyInvited(count=standing.invited)
    if status is S.RUNNING and to is S.OPEN and standing.arrived:
        raise GuestsAlreadyIn(count=standing.arrived)
    if status in UNDER_WAY and to is S.CLOSED and standing.now < standing.starts_at:
        raise EventNotBegun


def possible_steps(status: S, standing: Standing) -> list[S]:
    """Return the steps that nothing stands in the way of, the way forward first."""
    possible = []
    for to in FOLLOWS[status]:
        try:
            check_step(status, to, standing)
        except SigningDayError:
            continue
        possible.append(to)
    return possible
