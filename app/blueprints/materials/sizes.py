"""Work clothes by cut and size: who wears what, what is ordered of it, and whose size nobody knows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import or_, select

from app.blueprints.materials import queries
from app.blueprints.materials.lines import Line
from app.extensions import db
from app.models import ClothingCut, Duty, Event, StaffPerson


@dataclass(frozen=True)
class SizeRow:
    """One cut and size: how many people wear it, and how many are ordered."""

    cut: ClothingCut
    size: str
    people: int
    ordered: int

    @property
    def to_order(self) -> int:
        return max(0, self.people - self.ordered)

    @property
    def over(self) -> int:
        return max(0, self.ordered - self.people)

    @property
    def name(self) -> str:
        """Return the name of the input that says how many to order."""
        return f"size-{self.cut.value}-{self.size}"


@dataclass(frozen=True)
class Clothing:
    """The table of sizes. `unsized` are ordered without a size; `typed` is what somebody typed wrongly."""

    rows: Sequence[SizeRow]
    unsized: int
    missing: Sequence[StaffPerson]
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def to_order(self) -> int:
        """How many are wanted beyond what is ordered; those ordered without a size may become any."""
        return max(0, sum(row.to_order for row in self.rows) - self.unsized)

    def proposed(self, row: SizeRow) -> str:
        """Return what stands in a row's input: what was typed, else the difference where it is one."""
        return self.typed.get(row.name, str(row.to_order) if row.to_order and self.to_order else "")


def clothing(event: Event, line: Line, typed: Mapping[str, str] | None = None) -> Clothing:
    """Return who on duty wears which cut and size, against what is ordered of a material."""
    worn = {(ClothingCut(cut), size): n for (cut, size), n in queries.staff_sizes(event).items() if cut}
    ordered: Counter[tuple[ClothingCut, str]] = Counter()
    unsized = 0
    for each in line.orders:
        if each.cut is not None and each.size:
            ordered[each.cut, each.size] += each.quantity
        else:
            unsized += each.quantity
    order = list(ClothingCut)
    keys = sorted(set(worn) | set(ordered), key=lambda key: (order.index(key[0]), _rank(key[1])))
    rows = [SizeRow(cut, size, worn.get((cut, size), 0), ordered[cut, size]) for cut, size in keys]
    return Clothing(rows, unsized, without_size(event), typed or {})


_LETTERS = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL", "XXXXL")


def _rank(size: str) -> tuple[int, str]:
    """S before M before L; sizes in figures after them, as they stand."""
    return (_LETTERS.index(size.upper()), "") if size.upper() in _LETTERS else (len(_LETTERS), size)


def without_size(event: Event) -> list[StaffPerson]:
    """Return everybody on duty whose cut or size is not known, by name."""
    return list(
        db.session.scalars(
            select(StaffPerson)
            .where(
                StaffPerson.id.in_(select(Duty.person_id).where(Duty.event_id == event.id)),
                or_(StaffPerson.cut.is_(None), StaffPerson.clothing_size == ""),
            )
            .order_by(StaffPerson.sort_key, StaffPerson.id)
        )
    )


def wanted(rows: Sequence[SizeRow], sent: Mapping[str, str]) -> tuple[list[tuple[SizeRow, int]], dict[str, str]]:
    """Read how many of each size to order. Returns the rows with their number, and what was typed when one is wrong."""
    typed = {row.name: sent.get(row.name, "").strip() for row in rows}
    if any(text and not (text.isascii() and text.isdecimal() and len(text) <= 5) for text in typed.values()):
        return [], typed
    return [(row, int(typed[row.name])) for row in rows if typed[row.name] and int(typed[row.name])], {}
