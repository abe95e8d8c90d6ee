"""From an event's sheet to what stands on paper. Nothing here knows a request; words come in the paper's language."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from babel.dates import format_date

from app.blueprints.materials.lines import Line, Sheet
from app.errors import N_
from app.models import MaterialState
from app.texts import gettext, parsed
from app.tokens import number_code


class By(StrEnum):
    """How a checklist is cut into groups."""

    DEPARTMENT = "department"
    ZONE = "zone"
    OWNER = "owner"


class Which(StrEnum):
    """Which materials a checklist holds."""

    ALL = "all"
    OPEN = "open"  # what does not stand yet
    BACK = "back"  # what is still out after the event


@dataclass(frozen=True, slots=True)
class Row:
    """One line to tick. `wanted` is "" where nobody has decided yet, `code` what a phone scans, "" for none."""

    name: str
    detail: str
    place: str
    wanted: str
    unit: str
    note: str = ""
    is_part: bool = False
    stands: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What one department, zone or person walks through."""

    name: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands on top of every printed list. Times are wall-clock times of the event.

    `codes` is the beginning of the address in the code of a material.
    """

    event: str
    when: str
    where: str
    printed_at: datetime
    printed_by: str
    url: str
    codes: str = ""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One position of a delivery note: what should come, and what has come before."""

    name: str
    detail: str
    ordered: int
    came: int
    unit: str
    due_on: date | None

    @property
    def due(self) -> int:
        return max(0, self.ordered - self.came)


@dataclass(frozen=True, slots=True)
class Note:
    """What one supplier brings."""

    supplier: str
    rows: Sequence[NoteRow]


@dataclass(frozen=True, slots=True)
class PackedPart:
    """One thing in a kit: how many in each, how many in all, and how many are here."""

    name: str
    each: int
    total: int
    here: int
    unit: str


@dataclass(frozen=True, slots=True)
class PackedKit:
    """A kit with its parts."""

    name: str
    number: int
    unit: str
    parts: Sequence[PackedPart]


_DAY = {"zh_CN": "y年M月d日 EEE", "en": "EEE d MMMM y"}


def when_words(start: datetime, language: str) -> str:
    """Return the day and hour of an event, which is given as its own wall clock."""
    return f"{format_date(start, _DAY[language], locale=parsed(language))} {start:%H:%M}"


NO_GROUP = {
    By.DEPARTMENT: N_("No department yet"),
    By.ZONE: N_("No zone"),
    By.OWNER: N_("Nobody sees to it yet"),
}


def _group_of(by: By, language: str) -> Callable[[Line], tuple[int, str]]:
    """Return the place in the order and the name of a line's group; zones keep their order."""
    nameless = gettext(language, NO_GROUP[by])

    def of(line: Line) -> tuple[int, str]:
        row = line.material
        if by is By.ZONE:
            return (row.zone.position, row.zone.name) if row.zone else (10_000, nameless)
        name = row.department if by is By.DEPARTMENT else row.owner.name if row.owner else ""
        return (0, name) if name else (1, nameless)

    return of


def _is_chosen(line: Line, which: Which) -> bool:
    if which is Which.OPEN:
        return line.material.state not in {MaterialState.SET_UP, MaterialState.CLOSED}
    if which is Which.BACK:
        return line.figures.here > 0 and line.material.state is not MaterialState.CLOSED
    return True


def _row(line: Line, by: By, which: Which, language: str) -> Row:
    row = line.material
    wanted = line.figures.here if which is Which.BACK else max(line.wanted.firm, line.ordered)
    zone = row.zone.name if row.zone and by is not By.ZONE else ""
    owner = row.owner.name if row.owner and by is not By.OWNER else ""
    short = gettext(language, N_("%(num)s short"), num=line.ordered - line.figures.good)
    is_short = line.figures.delivered and line.figures.good < line.ordered
    return Row(
        name=row.name,
        detail=" · ".join(each for each in (owner, row.supplier) if each),
        place=" · ".join(each for each in (zone, line.place) if each),
        wanted="" if line.is_undecided and not wanted else str(wanted),
        unit=row.unit,
        note=short if is_short else "",
        is_part=row.kit_id is not None,
        stands=line.figures.is_set_up,
        code=number_code(row.id),
    )


def checklist(sheet: Sheet, by: By, which: Which, language: str) -> list[Group]:
    """Return the groups of a checklist in their order, parts after their kit; empty groups are left out."""
    group_of = _group_of(by, language)
    found: dict[tuple[int, str], list[Row]] = {}
    for line in sheet.lines:
        if _is_chosen(line, which):
            found.setdefault(group_of(line), []).append(_row(line, by, which, language))
    return [Group(name, rows) for (_, name), rows in sorted(found.items(), key=lambda each: each[0])]


def delivery_notes(sheet: Sheet, supplier: str | None = None) -> list[Note]:
    """Return a note for each supplier with what is on order there; what came counts for the oldest order first."""
    found: dict[str, list[NoteRow]] = {}
    for line in sheet.lines:
        came = line.figures.delivered
        for order in line.orders:
            filled = min(came, order.quantity)
            came -= filled
            if order.from_stock or (supplier is not None and order.supplier != supplier):
                continue
            row = NoteRow(line.material.name, line.place, order.quantity, filled, line.material.unit, order.due_on)
            found.setdefault(order.supplier, []).append(row)
    return [Note(name, rows) for name, rows in sorted(found.items(), key=lambda each: (not each[0], each[0]))]


def packing_list(sheet: Sheet) -> list[PackedKit]:
    """Return the kits counted down to their parts."""
    return [_kit(line, parts) for line in sheet.lines if (parts := sheet.parts_of(line))]


def _kit(line: Line, parts: Iterable[Line]) -> PackedKit:
    return PackedKit(
        line.material.name,
        line.wanted.firm,
        line.material.unit,
        [
            PackedPart(
                each.material.name,
                each.material.base_quantity,
                each.wanted.firm,
                each.figures.here,
                each.material.unit,
            )
            for each in parts
        ],
    )
