"""The standard conference template: its materials, the zones of its hall, and what the hall must have.

The rows are the domain's own tables. Each can be changed in the event.
"""

from dataclasses import dataclass

from app.errors import N_
from app.models import Event, HallRequirement, Material, ProofState, QuantityRule, Zone, ZoneTask
from app.texts import gettext

R = QuantityRule
MARKETING, SALES, ADMINISTRATION = N_("Marketing"), N_("Sales"), N_("Administration & HR")
PIECE, SHEET, SET = N_("pcs"), N_("sheets"), N_("sets")
THEME = "{theme}"
THEME_AND_HOSTS = "{theme}\n{organizer}\n{co_organizer}"


@dataclass(frozen=True)
class MaterialRow:
    """One thing. `base` is the number, or how many a head or a kit; 0 is for somebody to decide.

    `has_spare` takes the event's spare rate. A `design` wants a proof signed off.
    """

    key: str
    name: str
    rule: QuantityRule
    base: int
    note: str = ""
    unit: str = PIECE
    zone: str = ""
    place: str = ""
    department: str = MARKETING
    design: str = ""
    lead_days: int = 7
    extra: int = 0
    has_spare: bool = False
    is_returnable: bool = False
    kit: str = ""


@dataclass(frozen=True)
class TaskRow:
    """One thing to set up in a zone, depending on a material where it names one."""

    text: str
    material: str = ""


@dataclass(frozen=True)
class ZoneRow:
    """A zone of the hall with what to set up there."""

    key: str
    name: str
    tasks: tuple[TaskRow, ...]


CARRIES_THEME = N_("Carries the theme")

MATERIALS = (
    MaterialRow("pop_posters", N_("Hall POP posters"), R.FIXED, 15, CARRIES_THEME, SHEET, "seats", design=THEME),
    MaterialRow(
        *("roll_ups", N_("Roll-up banners"), R.FIXED, 15, CARRIES_THEME),
        zone="seats",
        place=N_("Ring round the hall; steps; 10–15 m before the door; beside the display"),
        design=THEME,
        is_returnable=True,
    ),
    MaterialRow("hanging_banners", N_("Hanging banners"), R.FIXED, 2, CARRIES_THEME, zone="entrance", design=THEME),
    MaterialRow(
        *("arches", N_("Inflatable arches"), R.FIXED, 2, CARRIES_THEME),
        zone="entrance",
        place=N_("Outside the door"),
        design=THEME,
        is_returnable=True,
    ),
    MaterialRow(
        *("reception_tables", N_("Reception tables"), R.FIXED, 2),
        zone="entrance",
        department=ADMINISTRATION,
        lead_days=3,
    ),
    MaterialRow(
        *("stage_backdrop", N_("Stage backdrop"), R.FIXED, 1, N_("Theme, organizers and co-organizers")),
        zone="stage",
        design=THEME_AND_HOSTS,
        lead_days=10,
    ),
    MaterialRow(
        *("direction_signs", N_("Direction signs"), R.BY_SITE, 0, N_("Hotel, floor and hall")),
        zone="entrance",
        place=N_("Hotel entrance, lift, floor and hall"),
        design="{event}\n{place}",
    ),
    MaterialRow(
        *("exclusive_plaques", N_("Exclusive-dealer plaques"), R.PER_EXCLUSIVE_DEALER, 1),
        note=N_("One for each exclusive dealer; until contracts are in, those ready to sign are counted"),
        zone="stage",
        department=SALES,
        lead_days=10,
    ),
    MaterialRow(
        *("tote_bags", N_("Tote bags"), R.PER_GUEST, 1, N_("One for each attendee, packed with its five parts")),
        zone="entrance",
        design=THEME,
        lead_days=12,
        has_spare=True,
    ),
    MaterialRow("joining_handbook", N_("Joining handbook"), R.PER_GUEST, 1, kit="tote_bags", unit=N_("copies")),
    MaterialRow("product_handbook", N_("Product handbook"), R.PER_GUEST, 1, kit="tote_bags", unit=N_("copies")),
    MaterialRow("leaflet", N_("Tri-fold leaflet"), R.PER_GUEST, 1, kit="tote_bags", unit=N_("copies")),
    MaterialRow("phase_one_plan", N_("Phase-one plan"), R.PER_GUEST, 1, kit="tote_bags", unit=N_("copies")),
    MaterialRow("disc", N_("Promotional disc"), R.PER_GUEST, 1, kit="tote_bags", unit=PIECE),
    MaterialRow(
        "signature_board", N_("Signature board"), R.FIXED, 1, zone="entrance", design=THEME_AND_HOSTS, lead_days=10
    ),
    MaterialRow(
        *("rostrum_name_cards", N_("Name cards for the rostrum"), R.PER_ROSTRUM, 1),
        note=N_("One for each person on the rostrum: guests of honour, and two of our own"),
        zone="stage",
        department=ADMINISTRATION,
        extra=2,
        lead_days=2,
    ),
    MaterialRow(
        *("badges", N_("Attendee badges"), R.PER_GUEST, 1, N_("One for each attendee; printed from the badge page")),
        zone="entrance",
        department=ADMINISTRATION,
        has_spare=True,
        lead_days=2,
    ),
    MaterialRow(
        *("company_logos", N_("Company logos"), R.AS_PLANNED, 0, N_("As the hall is planned")),
        zone="stage",
        is_returnable=True,
    ),
    MaterialRow(
        *("wall_boards", N_("Wall display boards"), R.AS_PLANNED, 0, N_("As the hall is planned")),
        unit=SHEET,
        zone="seats",
        place=N_("On the walls"),
        is_returnable=True,
    ),
    MaterialRow(
        *("work_clothes", N_("Work clothes, men’s and women’s"), R.PER_STAFF, 1),
        note=N_("One for each of the staff, by size"),
        unit=SET,
        department=ADMINISTRATION,
        lead_days=15,
        is_returnable=True,
    ),
    MaterialRow(
        *("licences", N_("Copies of licences: business licence, tax registration, ICP permit"), R.AS_NEEDED, 0),
        note=N_("For dealers who ask"),
        unit=SET,
        zone="entrance",
        department=ADMINISTRATION,
        lead_days=2,
    ),
)

ZONES = (
    ZoneRow(
        "stage",
        N_("Stage area"),
        (
            TaskRow(N_("Backdrop"), "stage_backdrop"),
            TaskRow(N_("Rostrum table, with name cards"), "rostrum_name_cards"),
            TaskRow(N_("Projector and screen")),
            TaskRow(N_("Laptop")),
            TaskRow(N_("Host’s lectern")),
            TaskRow(N_("Microphone")),
            TaskRow(N_("Sound")),
        ),
    ),
    ZoneRow(
        "seats",
        N_("Dealers’ seats"),
        (
            TaskRow(N_("First row about 3 m from the rostrum")),
            TaskRow(N_("Aisles of about 1.5 m on both sides")),
            TaskRow(N_("Roll-ups in a ring round the hall"), "roll_ups"),
            TaskRow(N_("Tables, pens, water")),
            TaskRow(N_("Display boards on the walls"), "wall_boards"),
        ),
    ),
    ZoneRow(
        "entrance",
        N_("Entrance of the hall"),
        (
            TaskRow(N_("Roll-ups on the steps"), "roll_ups"),
            TaskRow(N_("Roll-ups 10–15 m before the door"), "roll_ups"),
            TaskRow(
                N_("Work desk: entry formalities, material hand-out, questions, recommending, guiding"),
                "reception_tables",
            ),
            TaskRow(N_("Display of the real product")),
            TaskRow(N_("Roll-ups on both sides of the display"), "roll_ups"),
        ),
    ),
)

REQUIREMENTS = (
    ("comfortable", N_("Comfortable, and not oppressive")),
    ("temperature", N_("The right temperature")),
    ("quiet", N_("Quiet")),
    ("light", N_("Well lit")),
    ("seats", N_("Enough seats")),
    ("sound", N_("Good sound")),
    ("projector", N_("Projector and screen")),
    ("whiteboard", N_("Whiteboard")),
    ("lectern", N_("Standing lectern, best with a seated presenter’s desk below and beside it")),
    ("colours", N_("Colours mostly blue and light grey; neither white nor red is the main colour")),
)


def material(row: MaterialRow, event: Event, position: int) -> Material:
    """Return a standard material of an event, named in its language, not yet added."""

    def say(message: str) -> str:
        return gettext(event.language, message) if message else ""

    return Material(
        event_id=event.id,
        key=row.key,
        position=position,
        name=say(row.name),
        rule=row.rule,
        base_quantity=row.base,
        extra_quantity=row.extra,
        spare_percent=event.spare_percent if row.has_spare else 0,
        unit=say(row.unit),
        place=say(row.place),
        department=say(row.department),
        design_text=row.design,
        proof=ProofState.WANTED if row.design else ProofState.NOT_NEEDED,
        lead_days=row.lead_days,
        is_returnable=row.is_returnable,
        notes=say(row.note),
    )


def zone(row: ZoneRow, event: Event, position: int) -> Zone:
    """Return a standard zone with its tasks, not yet added."""
    tasks = [
        ZoneTask(position=number, text=gettext(event.language, task.text)) for number, task in enumerate(row.tasks, 1)
    ]
    return Zone(event_id=event.id, key=row.key, position=position, name=gettext(event.language, row.name), tasks=tasks)


def requirement(key: str, text: str, event: Event, position: int) -> HallRequirement:
    """Return a standard requirement of the hall, not yet added."""
    return HallRequirement(event_id=event.id, key=key, position=position, text=gettext(event.language, text))
