"""What somebody typed about what became of things, held against what is there. Values in, verdict out."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.blueprints.materials.rules.figures import Figures
from app.models import MovementKind

K = MovementKind
KINDS = (K.RETURNED, K.KEPT, K.USED_UP, K.LOST)
LARGEST = 1_000_000


@dataclass(frozen=True)
class Row:
    """One material: how many are here, and what was typed for each kind. `wrong` is None or what is wrong."""

    material_id: int
    here: int
    typed: Mapping[MovementKind, str]
    numbers: Mapping[MovementKind, int] = field(default_factory=dict)
    wrong: str | None = None

    @property
    def total(self) -> int:
        return sum(self.numbers.values())

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing was typed: it stays open."""
        return not any(self.typed.values())


NOT_WHOLE, NOT_THE_SUM, CHANGED = "not_whole", "not_the_sum", "changed"


def name_of(material_id: int, kind: MovementKind | str) -> str:
    """Return the name of the input of one cell."""
    return f"m{material_id}-{kind.value if isinstance(kind, MovementKind) else kind}"


def read(here_by_id: Mapping[int, int], sent: Mapping[str, str]) -> list[Row]:
    """Read the table. A row's numbers are whole and add up to what is here; a blank row says nothing yet."""
    return [
        _read_row(material_id, here, sent)
        for material_id, here in here_by_id.items()
        if name_of(material_id, "here") in sent
    ]


def _read_row(material_id: int, here: int, sent: Mapping[str, str]) -> Row:
    typed = {kind: unicodedata.normalize("NFKC", sent.get(name_of(material_id, kind), "")).strip() for kind in KINDS}
    if not any(typed.values()):
        return Row(material_id, here, typed)
    if sent[name_of(material_id, "here")] != str(here):
        return Row(material_id, here, typed, wrong=CHANGED)
    if any(text and not (text.isascii() and text.isdecimal() and int(text[:9]) <= LARGEST) for text in typed.values()):
        return Row(material_id, here, typed, wrong=NOT_WHOLE)
    numbers = {kind: int(text) for kind, text in typed.items() if text and int(text)}
    wrong = None if sum(numbers.values()) == here else NOT_THE_SUM
    return Row(material_id, here, typed, numbers, wrong)


def proposed(figures: Figures, *, is_returnable: bool) -> Row:
    """Return what most likely became of a thing: what comes back into stock has come back, the rest is used up."""
    kind = K.RETURNED if is_returnable else K.USED_UP
    return Row(0, figures.here, {each: str(figures.here) if each is kind and figures.here else "" for each in KINDS})


def settled(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that say something, when none of them is wrong."""
    return [row for row in rows if not row.is_blank and row.numbers]
