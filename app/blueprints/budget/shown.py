"""What several pages of the budget show alike: the tabs, and the bar of a line."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.blueprints.budget.rules.figures import Figures
from app.web.nav import door


def tabs(slug: str, current: str) -> list[dict[str, Any]]:
    """Return the pages of the budget that the signed-in person may open."""
    places = (
        ("budget.index", _("Budget")),
        ("budget.expenses", _("Expenses")),
        ("budget.unsettled", _("Not settled")),
        ("budget.plan", _("Plan of the budget")),
    )
    found = [(endpoint, label, door(endpoint, slug=slug)) for endpoint, label in places]
    return [{"label": label, "url": url, "current": here == current} for here, label, url in found if url]


@dataclass(frozen=True)
class Bar:
    """One bar in percent of its width: spent, committed after it, and where the plan ends (None: off the bar)."""

    actual: float
    committed: float
    plan: float | None
    is_over: bool


def bars(figures: Figures) -> Bar:
    """Return the bar of a line, drawn to its own plan or to what is bound, whichever is more."""
    width = max(figures.planned, figures.bound) or 1
    actual = float(figures.actual / width * 100)
    committed = float(figures.committed / width * 100)
    plan = float(figures.planned / width * 100) if figures.is_over and figures.planned else None
    return Bar(round(actual, 2), round(committed, 2), round(plan, 2) if plan is not None else None, figures.is_over)
