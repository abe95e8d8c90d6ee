"""What of the budget stands in the way of closing an event: expenses that are not settled."""

from app.blueprints.budget.expenses import queries
from app.blueprints.events import hindrances
from app.errors import N_
from app.models import Event


def _open(event: Event) -> list[hindrances.Hindrance]:
    return [
        hindrances.Hindrance(
            ref=row.id,
            about=row.purpose,
            endpoint="budget.expense",
            values={"slug": event.slug, "expense_id": row.id},
        )
        for row in queries.unsettled(event)
    ]


hindrances.register(
    hindrances.Source(
        key="budget",
        title=N_("Expenses that are not settled"),
        sentence=N_("%(about)s: not paid, or not cancelled yet"),
        act=N_("Settle it"),
        find=_open,
    )
)
