"""What several pages of the budget show alike: the tabs, the bar of a line, and what a row is called."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.blueprints.budget.rules.figures import NEAR, NOTHING, Entry, Figures, Origin
from app.models import BudgetLine
from app.web.nav import door


def tabs(slug: str, current: str) -> list[dict[str, Any]]:
    """Return the pages of the budget that the signed-in person may open."""
    places = (
        ("budget.index", _("Budget")),
        ("budget.expenses", _("Expenses")),
        ("budget.advances", _("Cash advances")),
        ("budget.unsettled", _("Not settled")),
        ("budget.plan", _("Plan of the budget")),
        ("budget.course", _("Course")),
        ("budget.limits", _("Limits")),
    )
    found = [(endpoint, label, door(endpoint, slug=slug)) for endpoint, label in places]
    return [{"label": label, "url": url, "current": here == current} for here, label, url in found if url]


@dataclass(frozen=True)
class Bar:
    """One bar in percent of its width: spent, committed after it, and where 80 % and the whole of the plan are.

    All bars of a page have one axis, so that their marks stand below each other. What goes beyond it is cut off.
    """

    actual: float
    committed: float
    near: float
    plan: float
    tone: str  # "", "near" from 80 % of the plan on, "over" beyond it
    is_cut: bool


SHORTEST, LONGEST = Decimal("1.1"), Decimal("1.6")  # of a plan, that the axis holds


def bars(figures: Iterable[Figures]) -> Callable[[Figures], Bar]:
    """Return what draws the bars of a page on the axis that these lines need."""
    most = max((each.used or NOTHING for each in figures), default=NOTHING)
    axis = min(max(SHORTEST, most * Decimal("1.04")), LONGEST)

    def bar(of: Figures) -> Bar:
        whole = (of.planned or of.bound or Decimal(1)) * axis
        actual = min(of.actual / whole, Decimal(1))
        committed = min(of.committed / whole, 1 - actual)
        tone = "over" if of.alarm == 2 else "near" if of.alarm else ""
        return Bar(
            _in_percent(actual),
            _in_percent(committed),
            _in_percent(NEAR / axis),
            _in_percent(1 / axis),
            tone,
            of.bound > whole,
        )

    return bar


def _in_percent(share: Decimal) -> float:
    return round(float(share * 100), 2)


@dataclass(frozen=True)
class Promised:
    """What one payee is owed of one line, that no expense stands for: orders, days, packages."""

    line: BudgetLine
    who: str
    about: str  # the first few of them
    number: int
    amount: Decimal


def by_payee(entries: Iterable[Entry], lines: Iterable[BudgetLine]) -> list[Promised]:
    """Return what is promised, one row for each line and payee, so that one invoice can take it all over."""
    rows: dict[tuple[int, str], list[Entry]] = {}
    for each in entries:
        rows.setdefault((each.line_id, each.who), []).append(each)
    return [
        Promised(
            line,
            who,
            _(", ").join(text(each) for each in of[:3]) + ("…" if len(of) > 3 else ""),
            len(of),
            sum((each.committed for each in of), NOTHING),
        )
        for line in lines
        for (line_id, who), of in sorted(rows.items())
        if line_id == line.id
    ]


def text(entry: Entry) -> str:
    """Return what an entry is called."""
    if entry.origin is Origin.ROOMS:
        return ngettext("%(num)d hotel night", "%(num)d hotel nights", int(entry.text))
    return entry.text


def origins() -> dict[Origin, str]:
    """Return what kinds of rows there are."""
    return {
        Origin.EXPENSE: _("Expense"),
        Origin.MATERIALS: _("Order of materials"),
        Origin.STAFF: _("Hired person"),
        Origin.CONTRACT: _("Signed package"),
        Origin.ROOMS: _("Hotel nights"),
        Origin.PUBLICITY: _("Publicity"),
    }


def url(slug: str, entry: Entry) -> str:
    """Return where an entry can be looked at, "" where the signed-in person may not."""
    if entry.origin is Origin.EXPENSE:
        return door("budget.expense", slug=slug, expense_id=entry.ref)
    if entry.origin is Origin.MATERIALS:
        return door("materials.show", slug=slug, material_id=entry.ref)
    if entry.origin is Origin.STAFF:
        return door("staff.by_person", slug=slug)
    if entry.origin is Origin.ROOMS:
        return door("rsvp.replies", slug=slug, hotel=1)
    if entry.origin is Origin.PUBLICITY:
        return door("programme.publicity_edit", slug=slug, entry_id=entry.ref)
    return door("contracts.show", slug=slug, contract_id=entry.ref)
