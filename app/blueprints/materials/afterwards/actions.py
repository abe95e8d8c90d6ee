"""Writing down what became of everything. Nothing here commits."""

from collections.abc import Sequence

from app.blueprints.materials import queries
from app.blueprints.materials.afterwards.rules import Row
from app.blueprints.materials.log.actions import By, write
from app.errors import N_, SigningDayError
from app.models import Event


class NumbersHaveChanged(SigningDayError):
    """Somebody else has written something down about the same thing in the meantime."""

    code = "numbers_have_changed"
    sentence = N_("%(name)s: somebody else has written something down in the meantime.")


def settle(event: Event, rows: Sequence[Row], *, by: By) -> int:
    """Write down what became of these materials. Returns how many were settled; raises when one has changed."""
    materials = {each.id: each for each in queries.chosen(event, [row.material_id for row in rows])}
    for row in rows:
        material = materials[row.material_id]
        if queries.figures_of(material).here != row.here:
            raise NumbersHaveChanged(name=material.name)
        for kind, number in row.numbers.items():
            write(event, material, kind, number, by=by)
    return len(rows)
