"""What materials, hall, staff, budget and timeline say."""

from collections import defaultdict
from decimal import Decimal

from flask_babel import gettext as _

from app.blueprints.budget import ledger
from app.blueprints.budget import queries as budgets
from app.blueprints.budget.rules import figures
from app.blueprints.materials import queries as materials_of
from app.blueprints.materials.lines import Line
from app.blueprints.materials.zones import queries as zones
from app.blueprints.plan.facts.known import Known, register
from app.blueprints.plan.rules.filling import Figure, Table
from app.blueprints.plan.timeline import queries as timeline
from app.blueprints.staff import queries as staff_of
from app.errors import N_
from app.models import BudgetGroup, DutyState, Event
from app.web.locale import amount, day, money
from app.web.words import word


def materials(event: Event) -> Table:
    """Name, how many, unit, department and owner, as the checklist counts them."""
    rows = [
        [
            f"　{line.material.name}" if line.material.kit_id else line.material.name,
            _quantity(line),
            line.material.unit,
            line.material.department,
            line.material.owner.name if line.material.owner else "",
            str(word(line.material.state).text),
        ]
        for line in materials_of.sheet(event).lines
    ]
    headings = [_("Material"), _("How many"), _("Unit"), _("Department"), _("Person in charge"), _("State")]
    return Table(headings, rows, frozenset({1}))


def _quantity(line: Line) -> str:
    number = max(line.wanted.firm, line.ordered)
    return str(number) if number or not line.is_undecided else _("as needed")


def staff(event: Event) -> Table:
    """Roles with who holds them and what they do."""
    plan = staff_of.plan(event)
    holders: dict[int, dict[str, None]] = defaultdict(dict)
    for duty in plan.duties:
        if duty.state is not DutyState.REFUSED and not duty.is_deputy:
            holders[duty.role_id][duty.person.name] = None
    rows = [
        [role.name, _(", ").join(holders[role.id]) or role.held_by, role.department, "\n".join(role.duty_lines)]
        for role in plan.roles
    ]
    return Table([_("Staff role"), _("Held by"), _("Department"), _("Duties")], rows)


def staff_count(event: Event) -> Figure:
    number = len(staff_of.plan(event).people)
    return Figure(str(number) if number else "")


def hall(event: Event) -> Table:
    """Zones with what is set up in each."""
    rows = [[part.zone.name, "\n".join(task.text for task in part.zone.tasks)] for part in zones.hall(event).parts]
    return Table([_("Zone"), _("To set up")], rows)


def budget(event: Event) -> Table:
    """The newest approved version by group and line; before the first approval, the version that is being written."""
    of = ledger.of_event(event)
    planned = {line.id: of.planned.get(line.id, Decimal(0)) for line in of.lines}
    if of.plan is None and (versions := budgets.versions(event)):
        planned |= {each.line_id: each.amount for each in versions[0].sums}
    if not any(planned.values()):
        return Table([], [])
    rows = [
        [str(word(group).text), line.name, amount(planned[line.id])]
        for group in BudgetGroup
        for line in of.lines_of(group)
    ]
    total = sum(planned.values(), Decimal(0))
    headings = [_("Group"), _("Line"), _("Planned (%(currency)s)", currency=event.currency)]
    return Table(headings, rows, frozenset({2}), [_("All together"), "", amount(total)])


def budget_total(event: Event) -> Figure:
    total = ledger.of_event(event).total.planned
    return Figure(money(total, event.currency) if total else "")


def budget_per_head(event: Event) -> Figure:
    heads = budgets.heads(event)
    each = figures.each(ledger.of_event(event).total.planned, heads.people)
    return Figure(money(each, event.currency) if each else "")


def tasks(event: Event) -> Table:
    """The timeline in the order of its days."""
    rows = [
        [
            day(task.starts_on, event.time_zone),
            day(task.due_on, event.time_zone),
            task.title,
            task.department,
            task.owner.name if task.owner else "",
        ]
        for task in timeline.tasks(event)
    ]
    return Table([_("From"), _("Until"), _("Task"), _("Department"), _("Person in charge")], rows)


def departments(event: Event) -> Table:
    """Who does what: the tasks of each department."""
    of: dict[str, list[str]] = defaultdict(list)
    for task in timeline.tasks(event):
        of[task.department or _("Not given to a department")].append(task.title)
    return Table([_("Department"), _("Does what")], [[name, "\n".join(of[name])] for name in of])


register(
    Known("staff_count", N_("staff count"), staff_count),
    Known("budget_total", N_("budget total"), budget_total),
    Known("budget_per_head", N_("budget per head"), budget_per_head),
    Known("materials", N_("materials table"), materials, is_block=True),
    Known("hall", N_("hall layout table"), hall, is_block=True),
    Known("staff", N_("staff table"), staff, is_block=True),
    Known("budget", N_("budget table"), budget, is_block=True),
    Known("tasks", N_("timeline table"), tasks, is_block=True),
    Known("departments", N_("table of who does what"), departments, is_block=True),
)
