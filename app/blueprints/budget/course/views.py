"""The page of the course: the burn over time, and the comparison with earlier events."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app import clock
from app.access import Permission
from app.blueprints.budget import blueprint, ledger, shown, template
from app.blueprints.budget.course import queries
from app.blueprints.budget.course.plot import plot
from app.blueprints.budget.course.queries import Compared
from app.blueprints.budget.rules import figures
from app.models import BudgetGroup, BudgetLine
from app.web.guards import requires
from app.web.identity import me
from app.web.load import the_event
from app.web.render import page

P = Permission
EARLIER = 3


@blueprint.get("/events/<slug>/budget/course")
@requires(P.VIEW_BUDGET)
def course(slug: str) -> Any:
    event = the_event(slug)
    of = ledger.of_event(event)
    zone = event.time_zone
    plans = [(clock.local(at, zone).date(), amount) for at, amount in queries.plans(event)]
    before = [each for each in queries.earlier(event, EARLIER * 2) if me().can(P.VIEW_BUDGET, each.slug)]
    compared = queries.compared([event, *before[:EARLIER]])
    return page(
        "budget/course.html",
        of=of,
        plot=plot(queries.course(of), plans, clock.local(event.starts_at, zone).date(), clock.today(zone)),
        compared=compared,
        rows=_rows(compared),
        totals=[_cell(each, each.of.total.forecast) for each in compared],
        each=_each(compared),
        tabs=shown.tabs(slug, "budget.course"),
    )


@dataclass(frozen=True)
class Cell:
    """A sum of one event, and the same per head."""

    amount: Decimal
    per_head: Decimal | None


@dataclass(frozen=True)
class Row:
    """One line across events; None where an event has no such line."""

    group: BudgetGroup
    name: str
    cells: Sequence[Cell | None]


def _identity(line: BudgetLine) -> tuple[BudgetGroup, str]:
    """The same line in two events: of the template by its key, one's own by its name."""
    return line.group, line.name if template.is_own(line) else line.key or line.name


def _rows(compared: Sequence[Compared]) -> list[Row]:
    of_event = [{_identity(line): line for line in each.of.lines} for each in compared]
    order = {identity: line for lines in reversed(of_event) for identity, line in lines.items()}
    return [
        Row(
            line.group,
            line.name,
            [_of_line(each, lines.get(identity)) for each, lines in zip(compared, of_event, strict=True)],
        )
        for identity, line in sorted(order.items(), key=lambda pair: (pair[1].group, pair[1].position, pair[1].id))
    ]


def _of_line(each: Compared, line: BudgetLine | None) -> Cell | None:
    return _cell(each, each.of.by_line[line.id].forecast) if line else None


def _cell(each: Compared, amount: Decimal) -> Cell:
    return Cell(amount, figures.each(amount, each.heads.people))


def _each(compared: Sequence[Compared]) -> list[dict[str, Any]]:
    """What each event comes to per head, per signed and per paid dealer."""
    return [
        {
            "people": (each.heads.people, figures.each(each.of.total.forecast, each.heads.people)),
            "signed": (each.heads.signed, figures.each(each.of.total.forecast, each.heads.signed)),
            "paid": (each.heads.paid, figures.each(each.of.total.forecast, each.heads.paid)),
        }
        for each in compared
    ]
