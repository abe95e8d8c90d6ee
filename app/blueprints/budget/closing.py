"""What of the budget stands in the way of closing an event: expenses, advances and promises that are not settled."""

from app.blueprints.budget import ledger, shown
from app.blueprints.budget.advances import queries as advances
from app.blueprints.budget.expenses import queries
from app.blueprints.budget.rules.figures import Entry, Origin
from app.blueprints.events import hindrances
from app.blueprints.events.hindrances import Hindrance
from app.errors import N_
from app.models import Event


def _open(event: Event) -> list[Hindrance]:
    return [
        Hindrance(
            ref=row.id,
            about=row.purpose,
            endpoint="budget.expense",
            values={"slug": event.slug, "expense_id": row.id},
        )
        for row in queries.unsettled(event)
    ]


def _advances(event: Event) -> list[Hindrance]:
    return [
        Hindrance(
            ref=row.id,
            about=f"{row.user.name} · {row.amount:,.2f}",
            endpoint="budget.advance",
            values={"slug": event.slug, "advance_id": row.id},
        )
        for row in advances.open_advances(event)
    ]


KINDS = (Origin.MATERIALS, Origin.STAFF, Origin.ROOMS, Origin.CONTRACT, Origin.PUBLICITY)


def _promised(event: Event) -> list[Hindrance]:
    """What other rooms promised and no expense stands for; rows of one thing, or one person, are told together.

    The reference is the row's id and its kind in one number, so that waivers tell them apart.
    """
    rows: dict[int, list[Entry]] = {}
    for each in ledger.of_event(event).promised:
        rows.setdefault(each.ref * len(KINDS) + KINDS.index(each.origin), []).append(each)
    return [
        Hindrance(
            ref=ref,
            about=" · ".join(part for part in (shown.text(of[0]), of[0].who) if part),
            number=len(of),
            endpoint="budget.rows",
            values={"slug": event.slug, "line": of[0].line_id, "figure": "committed"},
        )
        for ref, of in sorted(rows.items())
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
hindrances.register(
    hindrances.Source(
        key="advances",
        title=N_("Cash advances that are not settled"),
        sentence=N_("%(about)s: not settled, or not cancelled yet"),
        act=N_("Settle it"),
        find=_advances,
    )
)
hindrances.register(
    hindrances.Source(
        key="promised",
        title=N_("Ordered or promised, and no expense stands for it"),
        sentence=N_("%(about)s: no invoice and no expense yet"),
        act=N_("Open the rows"),
        find=_promised,
    )
)
