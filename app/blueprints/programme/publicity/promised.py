"""What the publicity plan commits of the budget."""

from collections.abc import Collection, Iterator

from sqlalchemy import select

from app.blueprints.budget import promises
from app.blueprints.budget.promises import LineOf
from app.blueprints.budget.rules.figures import NOTHING, Entry, Origin
from app.extensions import db
from app.models import PublicityEntry

MEDIA = "media"  # the line of the standard template for what names none, or one that is gone


@promises.source
def commitments(ids: Collection[int], line_of: LineOf) -> Iterator[Entry]:
    """A row with a known cost is committed, whether the piece has appeared or not: it was bought."""
    rows = db.session.scalars(
        select(PublicityEntry)
        .where(PublicityEntry.event_id.in_(ids), PublicityEntry.cost > NOTHING)
        .order_by(PublicityEntry.due_on, PublicityEntry.id)
    )
    for row in rows:
        line = line_of.get((row.event_id, row.cost_line)) or line_of.get((row.event_id, MEDIA))
        if line is not None:
            yield Entry(
                *(row.event_id, line, Origin.PUBLICITY, row.id, f"publicity:{row.id}", row.piece, row.medium),
                row.created_at,
                committed=row.cost or NOTHING,
            )
