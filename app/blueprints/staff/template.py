"""The staff of the standard conference template: its roles with all their duties, and the shifts of its day.

The four leads and what they answer for are the domain's own table; the hired roles below them carry what the leads hand
on. Each row can be changed in the event.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app import rights
from app.blueprints.staff.rules.shifts import Part, StandardShift, standard_shifts
from app.errors import N_
from app.models import Event, Grant, Shift, StaffKind, StaffNeed, StaffRole
from app.texts import gettext

ALL_DAY: Mapping[Part, int] = {Part.RECEPTION: 1, Part.CONFERENCE: 1, Part.SIGNING: 1}
TO_THE_END: Mapping[Part, int] = {**ALL_DAY, Part.SET_UP: 1, Part.TEAR_DOWN: 1}


@dataclass(frozen=True)
class RoleRow:
    """One role: who holds it, what it does, and how many it takes in which part of the day."""

    key: str
    name: str
    held_by: str
    duties: tuple[str, ...]
    needs: Mapping[Part, int]
    department: str = ""
    is_lead: bool = False
    grant: Grant = Grant.NONE
    grant_days: int | None = None
    for_kind: StaffKind = StaffKind.OWN
    stations: tuple[str, ...] = field(default=())
    settles: tuple[str, ...] = field(default=())
    returns: tuple[str, ...] = field(default=())
    hands_over: tuple[str, ...] = field(default=())


PART_NAMES: Mapping[Part, str] = {
    Part.SET_UP: N_("Set-up"),
    Part.RECEPTION: N_("Registration"),
    Part.CONFERENCE: N_("Conference"),
    Part.SIGNING: N_("Signing"),
    Part.TEAR_DOWN: N_("Tear-down"),
}
OF_DAY = N_("%(part)s, day %(day)s")

ROLES = (
    RoleRow(
        "commander_in_chief",
        N_("Commander-in-chief"),
        N_("General manager"),
        (
            N_("Organize everything beforehand: people, money, decisions"),
            N_("See to the service afterwards: promises kept, guests thanked"),
            N_("Coordinate all groups, and decide where they disagree"),
        ),
        ALL_DAY,
        department=N_("General manager’s office"),
        is_lead=True,
        settles=(N_("Sign off the costs of the conference"),),
        hands_over=(N_("Tell sales what was promised to which dealer"),),
    ),
    RoleRow(
        "executive_commander",
        N_("Executive commander"),
        N_("Marketing director"),
        (
            N_("See to every detail of the conference"),
            N_("Settle the agenda"),
            N_("Settle the subjects of the talks"),
            N_("Keep the times of the programme"),
        ),
        TO_THE_END,
        department=N_("Marketing"),
        is_lead=True,
        settles=(N_("Claim own expenses, with receipts"),),
        returns=(N_("Two-way radio"),),
        hands_over=(N_("Write down what to do better next time, for the report"),),
    ),
    RoleRow(
        "conference_affairs_lead",
        N_("Conference-affairs lead"),
        N_("Admin & HR manager"),
        (
            N_("Receive the guests"),
            N_("Register who comes"),
            N_("Hand out the materials"),
            N_("Keep the hall tidy"),
            N_("Put the members into groups"),
            N_("Handle emergencies"),
            N_("Book tickets"),
            N_("Settle and pay the costs of the conference"),
            N_("Meet arrivals at station and airport"),
        ),
        TO_THE_END,
        department=N_("Administration & HR"),
        is_lead=True,
        grant=Grant.CONFERENCE_AFFAIRS,
        settles=(
            N_("Settle the venue’s bill: hall, meals, rooms"),
            N_("Settle the cash advance, with receipts"),
            N_("Pay the hired people, or pass their bill on"),
        ),
        returns=(N_("Give rented things back to their lenders"), N_("Two-way radio")),
        hands_over=(
            N_("Hand attendance list and entry forms to sales"),
            N_("Hand what is left of the materials to the store, counted"),
        ),
    ),
    RoleRow(
        "hall_lead",
        N_("Hall lead"),
        N_("Marketing manager"),
        (
            N_("Keep order in the hall"),
            N_("See to photos and video"),
            N_("Run the lectures: speakers, slides, sound"),
            N_("See to business on the spot"),
            N_("Keep up the atmosphere"),
            N_("Keep the attendee list"),
            N_("Keep the groups together"),
            N_("See to the meals"),
            N_("Have the contract papers ready and complete"),
            N_("Look after the attendees’ affairs"),
            N_("Work on the dealers who lean to yes"),
            N_("Help the conference-affairs group"),
        ),
        TO_THE_END,
        department=N_("Marketing"),
        is_lead=True,
        grant=Grant.HALL,
        settles=(N_("Claim own expenses, with receipts"),),
        returns=(N_("Projector, laptop and microphones"), N_("Two-way radio")),
        hands_over=(
            N_("Hand photos and video to marketing"),
            N_("Hand signed contract papers to the contract administrator"),
            N_("Hand the notes of talks with dealers to sales"),
        ),
    ),
    RoleRow(
        "host",
        N_("Host"),
        N_("Hired host"),
        (
            N_("Rehearse the programme with sound and slides"),
            N_("Open the conference and introduce the guests of honour"),
            N_("Announce each speaker and keep to the time"),
            N_("Call the lead signers to the stage and lead the signing"),
            N_("Promise nothing on the company’s behalf"),
        ),
        {Part.CONFERENCE: 1, Part.SIGNING: 1},
        for_kind=StaffKind.HOST,
        stations=(N_("On the stage"),),
        settles=(N_("Confirm the fee"),),
        returns=(N_("Microphone and stage clothes"), N_("Script and cue cards")),
    ),
    RoleRow(
        "receptionist",
        N_("Receptionists"),
        N_("Hired receptionists"),
        (
            N_("Greet the guests and find them on the list"),
            N_("Check them in and hand out badge and tote bag"),
            N_("Answer questions: hall, table, meals, rooms, departure"),
            N_("Lead the guests to their seats"),
            N_("Tell the lead of whoever is not on the list"),
        ),
        {Part.RECEPTION: 4, Part.CONFERENCE: 2},
        grant=Grant.DOOR,
        grant_days=rights.SET_UP_DAY,
        for_kind=StaffKind.RECEPTIONIST,
        stations=(N_("Desk 1"), N_("Desk 2"), N_("Material hand-out"), N_("Hall entrance")),
        settles=(N_("Confirm hours and pay"),),
        returns=(N_("Work clothes and own badge"), N_("Scanner and tablet of the desk")),
        hands_over=(N_("Hand over badges and bags that are left, counted"),),
    ),
    RoleRow(
        "ceremony_staff",
        N_("Ceremony staff"),
        N_("Hired ceremony staff"),
        (
            N_("Welcome the guests at the entrance"),
            N_("Pin on the guests of honour’s corsages"),
            N_("Lead speakers and signers on and off the stage"),
            N_("Hand over pens, contracts and plaques at the signing"),
            N_("Stand ready for the group photo"),
        ),
        {Part.RECEPTION: 2, Part.CONFERENCE: 2, Part.SIGNING: 4},
        for_kind=StaffKind.CEREMONY,
        stations=(N_("Left of the stage"), N_("Right of the stage"), N_("Signing table"), N_("Plaques")),
        settles=(N_("Confirm hours and pay"),),
        returns=(N_("Ceremony clothes and sashes"),),
        hands_over=(N_("Hand over pens and plaques that are left, counted"),),
    ),
)


def shift_name(shift: StandardShift, days: int, language: str) -> str:
    """Return what a standard shift is called; over several days with the day's number."""
    part = gettext(language, PART_NAMES[shift.part])
    if days < 2 or shift.part not in {Part.RECEPTION, Part.CONFERENCE}:
        return part
    return gettext(language, OF_DAY, part=part, day=shift.day)


def shifts(event: Event) -> list[tuple[Part, Shift]]:
    """Return the standard shifts of an event, not yet added, each with its part of the day."""
    rows = standard_shifts(event.starts_at, event.ends_at, event.time_zone)
    days = max(row.day for row in rows)
    return [
        (row.part, new_shift(event, shift_name(row, days, event.language), row.starts_at, row.ends_at, key=row.key))
        for row in rows
    ]


def new_shift(event: Event, name: str, starts_at: datetime, ends_at: datetime, *, key: str | None = None) -> Shift:
    """Return a shift laid out for the start that the event has now."""
    return Shift(
        event_id=event.id,
        key=key,
        name=name,
        starts_at=starts_at,
        ends_at=ends_at,
        for_start_at=event.starts_at,
        for_time_zone=event.time_zone,
    )


def role(row: RoleRow, event: Event, position: int) -> StaffRole:
    """Return a standard role of an event, named in its language, not yet added."""
    language = event.language
    return StaffRole(
        event_id=event.id,
        key=row.key,
        position=position,
        name=gettext(language, row.name),
        held_by=gettext(language, row.held_by),
        department=gettext(language, row.department) if row.department else "",
        duties="\n".join(gettext(language, line) for line in row.duties),
        stations="\n".join(gettext(language, station) for station in row.stations),
        settles="\n".join(gettext(language, line) for line in row.settles),
        returns="\n".join(gettext(language, line) for line in row.returns),
        hands_over="\n".join(gettext(language, line) for line in row.hands_over),
        for_kind=row.for_kind,
        is_lead=row.is_lead,
        grant=row.grant,
        grant_days=row.grant_days,
    )


def needs(row: RoleRow, of: StaffRole, laid_out: list[tuple[Part, Shift]]) -> list[StaffNeed]:
    """Return how many people a role needs in each of the standard shifts; both have their ids by now."""
    return [
        StaffNeed(role_id=of.id, shift_id=shift.id, required=row.needs[part])
        for part, shift in laid_out
        if row.needs.get(part)
    ]
