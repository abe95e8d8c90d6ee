"""Which things stand in the way of closing an event: what comes back into stock, and nobody has said where it is."""

from app.blueprints.events import hindrances
from app.blueprints.materials import queries
from app.errors import N_
from app.models import Event


def _still_out(event: Event) -> list[hindrances.Hindrance]:
    """One line a material that was delivered and has neither come back nor been kept, used up or written off."""
    return [
        hindrances.Hindrance(
            ref=line.id,
            about=line.material.name,
            number=line.figures.here,
            of=line.figures.good,
            endpoint="materials.after_event",
            values={"slug": event.slug, "_anchor": f"m{line.id}"},
        )
        for line in queries.sheet(event).lines
        if line.material.is_returnable and line.figures.here
    ]


hindrances.register(
    hindrances.Source(
        key="materials",
        title=N_("Materials to give back"),
        sentence=N_("%(about)s: %(num)s not accounted for"),
        act=N_("Say where they are"),
        find=_still_out,
    )
)
