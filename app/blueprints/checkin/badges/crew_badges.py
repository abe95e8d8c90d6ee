"""Badges of the staff: whose there are, what stands on them, and the PDF. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import update

from app import journal, links, names, texts
from app.blueprints.checkin.badges.document import badge_pdf
from app.blueprints.checkin.badges.faces import CREW_COLOUR, BadgeFace, BadgeHeading, BadgeSize
from app.blueprints.staff import passes
from app.blueprints.staff import queries as staff
from app.errors import N_
from app.extensions import db
from app.models import Duty, DutyState, Event, StaffPass, StaffPerson, StaffRole

_STAFF = N_("STAFF")
_DEPUTY = N_("Deputy: %(role)s")
_NO_CODE = "000000000"


class WhichStaff(StrEnum):
    """Whose badges are printed."""

    MISSING = "missing"  # never printed
    ALL = "all"
    ROLE = "role"
    CHOSEN = "chosen"


@dataclass(frozen=True)
class CrewWearer:
    """Somebody of the staff who gets a badge: the role that counts most, where they first stand, and the pass."""

    person: StaffPerson
    duty: Duty
    roles: Sequence[StaffRole]
    key: StaffPass | None

    @property
    def is_printed(self) -> bool:
        return self.key is not None and self.key.printed_at is not None


def wearers(event: Event) -> list[CrewWearer]:
    """Return everybody who is coming as far as we know, in the order of their names.

    Of several roles the one with the place comes before a deputy's, then the plan's own order.
    """
    plan, keys, found = staff.plan(event), passes.of(event), []
    by_person: dict[int, list[Duty]] = {}
    for duty in plan.duties:
        if duty.person.is_here and duty.state is not DutyState.REFUSED:
            by_person.setdefault(duty.person_id, []).append(duty)
    for person in plan.people:
        if own := by_person.get(person.id):
            first = min(own, key=lambda each: (each.is_deputy, each.role.position, each.shift.starts_at))
            roles = list({each.role_id: each.role for each in own}.values())
            found.append(CrewWearer(person, first, roles, keys.get(person.id)))
    return found


def chosen(
    everybody: Sequence[CrewWearer], which: WhichStaff, role_id: int | None, ids: Sequence[int]
) -> list[CrewWearer]:
    """Return those of the staff whose badges are to be printed."""
    match which:
        case WhichStaff.MISSING:
            return [each for each in everybody if not each.is_printed]
        case WhichStaff.ROLE:
            return [each for each in everybody if role_id in {role.id for role in each.roles}]
        case WhichStaff.CHOSEN:
            return [each for each in everybody if each.person.id in set(ids)]
        case _:
            return list(everybody)


def face(wearer: CrewWearer, language: str) -> BadgeFace:
    """Return what stands on one badge."""
    role, person = wearer.duty.role.name, wearer.person
    code = wearer.key.code if wearer.key else ""
    spelled = names.latin(person.name)
    return BadgeFace(
        name=person.name,
        latin="" if spelled == person.name else spelled,
        company=texts.gettext(language, _DEPUTY, role=role) if wearer.duty.is_deputy else role,
        kind_word=texts.gettext(language, _STAFF),
        kind_colour=CREW_COLOUR,
        second=wearer.duty.station,
        url=links.badge_page(code or _NO_CODE),
        code=code,
        ref=str(person.id),
        is_crew=True,
    )


def ensure(event: Event, people: Sequence[CrewWearer]) -> list[CrewWearer]:
    """Give a pass to everybody who has none yet, and return all with theirs."""
    keys = passes.ensure(event, [each.person for each in people])
    return [CrewWearer(each.person, each.duty, each.roles, keys[each.person.id]) for each in people]


def pdf(people: Sequence[CrewWearer], heading: BadgeHeading, *, size: BadgeSize, language: str) -> bytes:
    """Return the badges as PDF: a page each, or eight on a sheet of A4."""
    return badge_pdf([face(each, language) for each in people], size=size, heading=heading, language=language)


def mark_printed(event: Event, people: Sequence[CrewWearer], *, at: datetime) -> None:
    """Note that these badges went to a printer."""
    ids = [each.key.id for each in people if each.key is not None]
    for start in range(0, len(ids), 1000):
        some = StaffPass.id.in_(ids[start : start + 1000])
        db.session.execute(update(StaffPass).where(some).values(printed_at=at))
    journal.record("staff_badges.printed", event, changes={"badges": [None, len(ids)]})
