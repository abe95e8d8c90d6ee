"""Whom a note is for. Values only: an audience is a short text that a form can carry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.models import Duty, DutyState, StaffPerson


class Whom(StrEnum):
    """What the people of an audience have in common."""

    ALL = "all"
    ROLE = "role"
    STATION = "station"
    SHIFT = "shift"


@dataclass(frozen=True)
class Audience:
    """All, or one role, station or shift, by its id or name."""

    whom: Whom
    value: str = ""

    @property
    def key(self) -> str:
        return f"{self.whom.value}:{self.value}" if self.value else self.whom.value

    def takes(self, duty: Duty) -> bool:
        """Tell whether whoever has this duty belongs to the audience."""
        match self.whom:
            case Whom.ROLE:
                return str(duty.role_id) == self.value
            case Whom.SHIFT:
                return str(duty.shift_id) == self.value
            case Whom.STATION:
                return duty.station == self.value
            case _:
                return True


def read(key: str) -> Audience:
    """Return the audience of a form's value; what is no audience is all (and the form refuses it before)."""
    whom, _, value = key.partition(":")
    return Audience(Whom(whom), value) if whom in list(Whom) else Audience(Whom.ALL)


def people(duties: Iterable[Duty], audience: Audience) -> list[StaffPerson]:
    """Return everybody of the audience who is coming as far as we know, each once, by name."""
    found = {
        each.person_id: each.person
        for each in duties
        if each.state is not DutyState.REFUSED and each.person.is_here and audience.takes(each)
    }
    return sorted(found.values(), key=lambda person: (person.sort_key, person.id))


def stations(duties: Sequence[Duty]) -> list[str]:
    """Return the stations that somebody stands at."""
    return sorted({each.station for each in duties if each.station})
