"""Which line of the budget pays for a material. The budget stands above this room, so lines are read from its table."""

from sqlalchemy import select

from app.extensions import db
from app.models import BudgetLine, Event

USUAL = "materials"  # the key of the line that pays where a material names none


def lines(event: Event) -> list[tuple[str, str]]:
    """Return the lines of an event's budget as (key, name), in their order; none where there is no budget."""
    statement = select(BudgetLine.key, BudgetLine.name).where(BudgetLine.event_id == event.id)
    rows = db.session.execute(statement.order_by(BudgetLine.group, BudgetLine.position, BudgetLine.id))
    return [(key, name) for key, name in rows if key]


def name_of(event: Event, key: str) -> str:
    """Return what a material's line is called; "" for the usual one, that of the conference materials."""
    return dict(lines(event)).get(key, "") if key else ""
