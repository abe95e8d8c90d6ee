"""Everybody's part in the programme: when they are on, where they sit, who meets them, and whether they know it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.blueprints.programme import queries
from app.blueprints.programme.rules.rostrum import seated
from app.blueprints.staff.notice import letters
from app.blueprints.staff.notice.letters import Address
from app.models import AgendaSession, Channel, FrontPerson


class Knows(StrEnum):
    """Whether somebody knows their part."""

    NOTHING = "nothing"  # there is nothing to tell, or they stay away
    NOT_TOLD = "not_told"
    CHANGED = "changed"  # told, but it has changed since
    TOLD = "told"

    @property
    def wants_telling(self) -> bool:
        return self in (Knows.NOT_TOLD, Knows.CHANGED)


@dataclass(frozen=True)
class Part:
    """What somebody in front has to know. `seat` counts from the left as the hall sees the rostrum of `seats`."""

    person: FrontPerson
    sessions: Sequence[AgendaSession]
    seat: int | None
    seats: int

    @property
    def digest(self) -> str:
        """What tells one part from another: when one of these changes, the person has to be told anew."""
        said = [f"{each.title}|{each.starts_at.isoformat()}|{each.minutes}|{each.room}" for each in self.sessions]
        said += [str(self.seat and (self.seat, self.seats)), str(self.person.host_id)]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    @property
    def knows(self) -> Knows:
        person = self.person
        has_part = bool(self.sessions) or self.seat is not None or person.host_id is not None
        if not has_part or queries.stays_away(person):
            return Knows.NOTHING
        if person.told_at is None:
            return Knows.NOT_TOLD
        return Knows.TOLD if person.told_digest == self.digest else Knows.CHANGED


def parts(people: Sequence[FrontPerson], sessions: Sequence[AgendaSession]) -> list[Part]:
    """Return everybody's part, in the order of the people; of the sessions of one event, by time."""
    row = seated([each for each in people if each.rostrum_order and not queries.stays_away(each)])
    place = {each.id: number for number, each in enumerate(row, 1)}
    return [
        Part(each, [one for one in sessions if one.speaker_id == each.id], place.get(each.id), len(row))
        for each in people
    ]


def address_of(person: FrontPerson) -> Address | None:
    """Return where somebody is written to: kept with the guest or colleague, or else here."""
    if person.person is not None:
        return letters.address_of(person.person)
    who = person.invitation.dealer if person.invitation is not None else person
    if who.mail:
        return Address(Channel.MAIL, who.mail)
    return Address(Channel.SMS, who.mobile) if who.mobile else None
