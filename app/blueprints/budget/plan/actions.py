"""What is done to lines and versions of the plan. Nothing here commits."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from sqlalchemy import select

from app import clock, journal, tokens
from app.access import Role
from app.blueprints.budget import queries, template
from app.blueprints.budget.limits import queries as limits
from app.blueprints.budget.rules.authority import BeyondAuthority, OwnRequest
from app.blueprints.budget.rules.figures import said
from app.blueprints.events import following, hindrances
from app.errors import N_, SigningDayError, StaleChange
from app.extensions import db
from app.models import (
    BudgetGroup,
    BudgetLine,
    BudgetRate,
    BudgetVersion,
    Event,
    EventStatus,
    Expense,
    Material,
    OverPlan,
    PlannedSum,
    PlanState,
    RateKind,
    Term,
)


class PlanFrozen(SigningDayError):
    """An approved version is not changed; a new one is made."""

    code = "plan_frozen"
    sentence = N_("This version of the plan is approved or being looked at, so it cannot be changed.")


class PlanOpen(SigningDayError):
    """There is one version to work on at a time."""

    code = "plan_open"
    sentence = N_("A version of the plan is open already. Finish that one first.")


class ReasonWanted(SigningDayError):
    """Whoever changes an approved plan, or returns one, says why."""

    code = "reason_wanted"
    sentence = N_("Please give the reason in one line.")


class PlanEmpty(SigningDayError):
    """A plan of nothing is none."""

    code = "plan_empty"
    sentence = N_("Nothing is planned yet. Enter at least one sum.")


class LineInUse(SigningDayError):
    """A line of the template, or one with sums or expenses, stays."""

    code = "line_in_use"
    sentence = N_("“%(line)s” is in use, so it stays. It can be renamed.")


class LineTwice(SigningDayError):
    """Two lines of a group with the same name could not be told apart."""

    code = "line_twice"
    sentence = N_("There is a line called “%(line)s” in this group already.")


class BudgetClosed(SigningDayError):
    """The event is closed, and its sums with it."""

    code = "budget_closed"
    sentence = N_("The event is closed, so its budget cannot be changed any more.")


def check_changeable(event: Event) -> None:
    """Raise for an event that is closed. Waits for whoever is closing it."""
    hindrances.lock(event, shared=True)
    if event.status in (EventStatus.CLOSED, EventStatus.ARCHIVED):
        raise BudgetClosed


def start(event: Event) -> None:
    """Give an event the lines of the template, and a first version to fill in. Twice is once."""
    check_changeable(event)
    db.session.execute(select(Event.id).where(Event.id == event.id).with_for_update())
    if not queries.lines(event):
        db.session.add_all(template.lines(event))
        journal.record("budget.started", event, event_id=event.id, changes={})
        db.session.flush()


def revise(event: Event, reason: str, *, by_id: int | None) -> BudgetVersion:
    """Begin a new version from the newest one. The first needs no reason."""
    check_changeable(event)
    db.session.execute(select(Event.id).where(Event.id == event.id).with_for_update())
    reason = " ".join(reason.split())[:200]
    known = queries.versions(event)
    if known and known[0].state is not PlanState.APPROVED:
        raise PlanOpen
    if known and not reason:
        raise ReasonWanted
    row = BudgetVersion(
        event_id=event.id,
        number=known[0].number + 1 if known else 1,
        reason=reason,
        made_at=clock.now(),
        made_by_id=by_id,
        sums=[PlannedSum(line_id=each.line_id, amount=each.amount) for each in known[0].sums] if known else [],
    )
    db.session.add(row)
    journal.record("budget.revised", event, event_id=event.id, changes={"number": [None, row.number]})
    db.session.flush()
    return row


def fill_in(event: Event, row: BudgetVersion, sums: Mapping[int, Decimal]) -> None:
    """Set what a draft plans for each line; lines that are not named keep what they have."""
    check_changeable(event)
    _check_draft(row)
    before = row.total
    have = {each.line_id: each for each in row.sums}
    for line_id, amount in sums.items():
        if line_id in have:
            have[line_id].amount = amount
        else:
            row.sums.append(PlannedSum(line_id=line_id, amount=amount))
    row.made_at = clock.now()
    if row.total != before:
        journal.record(
            "budget.filled_in", event, event_id=event.id, changes={"planned": [said(before), said(row.total)]}
        )
    db.session.flush()


def submit(event: Event, row: BudgetVersion) -> None:
    """Ask for approval. The draft is frozen from then on."""
    check_changeable(event)
    _check_draft(row)
    if not row.total:
        raise PlanEmpty
    row.state, row.submitted_at, row.remark = PlanState.SUBMITTED, clock.now(), ""
    journal.record("budget.submitted", event, event_id=event.id, changes={"planned": [None, said(row.total)]})
    db.session.flush()


def approve(event: Event, row: BudgetVersion, roles: Collection[Role], *, by_id: int) -> None:
    """Make a submitted version the plan. Raises for one's own, and for a sum beyond one's authority."""
    check_changeable(event)
    _check_submitted(row)
    limit = limits.limit(event, roles, Term.OVER_PLAN)
    if row.made_by_id == by_id:
        raise OwnRequest
    if row.total > limit:
        raise BeyondAuthority(limit=f"{limit:,.2f}")
    row.state, row.approved_at, row.approved_by_id = PlanState.APPROVED, clock.now(), by_id
    journal.record("budget.approved", event, event_id=event.id, changes={"planned": [None, said(row.total)]})
    db.session.flush()


def send_back(event: Event, row: BudgetVersion, remark: str) -> None:
    """Return a submitted version to whoever made it, with what to mend."""
    check_changeable(event)
    _check_submitted(row)
    remark = " ".join(remark.split())[:200]
    if not remark:
        raise ReasonWanted
    row.state, row.submitted_at, row.remark = PlanState.DRAFT, None, remark
    journal.record("budget.sent_back", event, event_id=event.id, changes={"why": [None, remark]})
    db.session.flush()


def _check_draft(row: BudgetVersion) -> None:
    if row.state is not PlanState.DRAFT:
        raise PlanFrozen


def _check_submitted(row: BudgetVersion) -> None:
    if row.state is not PlanState.SUBMITTED:
        raise StaleChange


def add_line(event: Event, group: BudgetGroup, name: str, over_plan: OverPlan) -> BudgetLine:
    """Add a line of one's own at the end of its group."""
    check_changeable(event)
    known = queries.lines(event)
    if any(line.group is group and line.name == name for line in known):
        raise LineTwice(line=name)
    place = max((line.position for line in known), default=0) + 1
    key = f"{template.OWN}{tokens.new_link_token()[:16]}"
    row = BudgetLine(event_id=event.id, key=key, group=group, position=place, name=name, over_plan=over_plan)
    db.session.add(row)
    journal.record("budget.line_added", event, event_id=event.id, changes={"line": [None, name]})
    db.session.flush()
    return row


def edit_line(event: Event, row: BudgetLine, name: str, over_plan: OverPlan) -> None:
    """Rename a line, and say what happens to expenses beyond its plan."""
    check_changeable(event)
    others = [line for line in queries.lines(event) if line.id != row.id and line.group is row.group]
    if any(line.name == name for line in others):
        raise LineTwice(line=name)
    row.name, row.over_plan = name, over_plan
    journal.record("budget.line_edited", event, event_id=event.id, changes=journal.changes_of(row))
    db.session.flush()


def remove_line(event: Event, row: BudgetLine) -> None:
    """Remove a line of one's own that holds nothing."""
    check_changeable(event)
    spent = db.session.scalar(select(Expense.id).where(Expense.line_id == row.id).limit(1))
    used = db.session.scalar(
        select(Material.id).where(Material.event_id == event.id, Material.cost_line == row.key).limit(1)
    )
    if not template.is_own(row) or spent or used or row.id in queries.planned_line_ids(event):
        raise LineInUse(line=row.name)
    for each in db.session.scalars(select(PlannedSum).where(PlannedSum.line_id == row.id)):
        db.session.delete(each)
    journal.record("budget.line_removed", event, event_id=event.id, changes={"line": [row.name, None]})
    db.session.flush()
    db.session.delete(row)
    db.session.flush()


def set_rate(event: Event, kind: RateKind, amount: Decimal | None) -> None:
    """Say what one of a kind costs, so that what others want of it counts; None takes it away."""
    check_changeable(event)
    row = db.session.get(BudgetRate, (event.id, kind))
    before = row.amount if row else None
    if before == amount:
        return
    if row is None and amount is not None:
        db.session.add(BudgetRate(event_id=event.id, kind=kind, amount=amount))
    elif row is not None and amount is None:
        db.session.delete(row)
    elif row is not None and amount is not None:
        row.amount = amount
    changes = {"sum": [None if before is None else said(before), None if amount is None else said(amount)]}
    journal.record("budget.rates_set", event, event_id=event.id, changes=changes)
    db.session.flush()


def _take_along(source: Event, event: Event, _with_people: bool) -> None:
    """The copy gets the lines, and the newest approved sums as its first draft."""
    lines = queries.lines(source)
    copies = {
        line.id: BudgetLine(
            event_id=event.id,
            key=line.key,
            group=line.group,
            position=line.position,
            name=line.name,
            over_plan=line.over_plan,
        )
        for line in lines
    }
    db.session.add_all(copies.values())
    db.session.flush()
    plan = next((each for each in queries.versions(source) if each.state is PlanState.APPROVED), None)
    if plan is not None:
        sums = [PlannedSum(line_id=copies[each.line_id].id, amount=each.amount) for each in plan.sums]
        db.session.add(BudgetVersion(event_id=event.id, number=1, made_at=clock.now(), sums=sums))
        db.session.flush()


following.on_copy("budget", _take_along)
