"""The plan: its versions side by side, the draft to fill in, and who approves it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.budget import blueprint, queries, shown, template, typed
from app.blueprints.budget.limits import queries as limits
from app.blueprints.budget.plan import actions
from app.blueprints.budget.plan.forms import LineForm
from app.extensions import db
from app.models import BudgetGroup, BudgetLine, BudgetVersion, Event, EventStatus, PlanState, RateKind, Term
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, page

P = Permission
SHOWN = 4  # versions side by side; older ones by choosing them


@blueprint.get("/events/<slug>/budget/plan")
@requires(P.VIEW_BUDGET)
def plan(slug: str) -> Any:
    return _show(the_event(slug))


def _show(
    event: Event, *, wrong: dict[int, str] | None = None, form: LineForm | None = None, wrong_rate: str = ""
) -> Any:
    """The page, with what was typed wrongly beside it (by line) or in the form of a new line."""
    versions = queries.versions(event)
    open_ = next((each for each in versions if each.state is not PlanState.APPROVED), None)
    plan = next((each for each in versions if each.state is PlanState.APPROVED), None)
    lines = queries.lines(event)
    columns = list(reversed(versions[:SHOWN]))
    may_edit = me().can(P.PLAN_BUDGET) and event.status not in (EventStatus.CLOSED, EventStatus.ARCHIVED)
    return page(
        "budget/plan.html",
        status=422 if wrong or wrong_rate or (form and form.errors) else 200,
        versions=versions,
        columns=columns,
        sums={each.id: {one.line_id: one.amount for one in each.sums} for each in columns},
        group_sums={each.id: _by_group(each, lines) for each in columns},
        groups=[(group, [line for line in lines if line.group is group]) for group in BudgetGroup],
        open_version=open_,
        plan=plan,
        may_edit=may_edit,
        may_approve=open_ is not None and _may_approve(open_),
        wrong=wrong or {},
        wrong_rate=wrong_rate,
        rate=queries.rate(event, RateKind.ROOM_NIGHT),
        nights=queries.nights(event),
        lodging=next((line.name for line in lines if line.key == template.LODGING), ""),
        form=form or LineForm(),
        tabs=shown.tabs(event.slug, "budget.plan"),
    )


def _may_approve(version: BudgetVersion) -> bool:
    may = me().can(P.APPROVE_EXPENSES) and limits.limit(version.event, me().roles, Term.OVER_PLAN) >= version.total
    return version.state is PlanState.SUBMITTED and may and version.made_by_id != me().id


def _by_group(version: BudgetVersion, lines: Sequence[BudgetLine]) -> dict[BudgetGroup, Decimal]:
    group_of = {line.id: line.group for line in lines}
    sums = dict.fromkeys(BudgetGroup, Decimal(0))
    for each in version.sums:
        sums[group_of[each.line_id]] += each.amount
    return sums


def _the_open(event: Event) -> BudgetVersion:
    return found(queries.open_version(event))


@blueprint.post("/events/<slug>/budget/plan/revise")
@requires(P.PLAN_BUDGET)
def revise(slug: str) -> Any:
    event = the_event(slug)
    actions.revise(event, request.form.get("reason", ""), by_id=me().id)
    db.session.commit()
    return back_to("budget.plan", slug=slug)


@blueprint.post("/events/<slug>/budget/plan/sums")
@requires(P.PLAN_BUDGET)
def plan_sums(slug: str) -> Any:
    """Keep the draft; the second button submits it as well."""
    event = the_event(slug)
    row = _the_open(event)
    sums, wrong = _typed(event)
    if wrong:
        return _show(event, wrong=wrong)
    actions.fill_in(event, row, sums)
    if request.form.get("then") == "submit":
        actions.submit(event, row)
    db.session.commit()
    flash(_("Submitted for approval.") if row.state is PlanState.SUBMITTED else _("The draft is kept."), "success")
    return back_to("budget.plan", slug=slug)


def _typed(event: Event) -> tuple[dict[int, Decimal], dict[int, str]]:
    sums: dict[int, Decimal] = {}
    wrong: dict[int, str] = {}
    for line in queries.lines(event):
        text = request.form.get(f"line-{line.id}")
        if text is None:
            continue
        try:
            sums[line.id] = typed.amount(text) or Decimal(0)
        except ValueError:
            wrong[line.id] = text
    return sums, wrong


@blueprint.post("/events/<slug>/budget/plan/approve")
@requires(P.APPROVE_EXPENSES)
def approve_plan(slug: str) -> Any:
    event = the_event(slug)
    actions.approve(event, _the_open(event), me().roles, by_id=me().id)
    db.session.commit()
    flash(_("Approved. Spending is measured against this version from now on."), "success")
    return back_to("budget.plan", slug=slug)


@blueprint.post("/events/<slug>/budget/plan/return")
@requires(P.APPROVE_EXPENSES)
def return_plan(slug: str) -> Any:
    event = the_event(slug)
    actions.send_back(event, _the_open(event), request.form.get("remark", ""))
    db.session.commit()
    flash(_("Returned with your remark."), "success")
    return back_to("budget.plan", slug=slug)


@blueprint.post("/events/<slug>/budget/rates")
@requires(P.PLAN_BUDGET)
def rates(slug: str) -> Any:
    """What a hotel night costs; left blank, nights count for nothing."""
    event = the_event(slug)
    try:
        amount = typed.amount(request.form.get("room_night", ""))
    except ValueError:
        return _show(event, wrong_rate=request.form["room_night"])
    actions.set_rate(event, RateKind.ROOM_NIGHT, amount or None)
    db.session.commit()
    flash(_("Kept. Hotel nights that guests ask for count with it."), "success")
    return back_to("budget.plan", slug=slug)


@blueprint.post("/events/<slug>/budget/lines")
@requires(P.PLAN_BUDGET)
def add_line(slug: str) -> Any:
    event = the_event(slug)
    form = LineForm()
    if not form.validate_on_submit():
        return _show(event, form=form)
    actions.add_line(event, form.group.data, form.name.data or "", form.over_plan.data)
    db.session.commit()
    return back_to("budget.plan", slug=slug)


@blueprint.route("/events/<slug>/budget/lines/<int:line_id>", methods=["GET", "POST"])
@requires(P.PLAN_BUDGET)
def edit_line(slug: str, line_id: int) -> Any:
    event = the_event(slug)
    row = found(queries.line(event, line_id))
    form = LineForm(obj=row)
    del form.group
    if form.validate_on_submit():
        actions.edit_line(event, row, form.name.data or "", form.over_plan.data)
        db.session.commit()
        return back_to("budget.plan", slug=slug)
    status = 422 if form.errors else 200
    return page("budget/line.html", status=status, form=form, line=row, is_own=template.is_own(row))


@blueprint.post("/events/<slug>/budget/lines/<int:line_id>/remove")
@requires(P.PLAN_BUDGET)
def remove_line(slug: str, line_id: int) -> Any:
    event = the_event(slug)
    actions.remove_line(event, found(queries.line(event, line_id)))
    db.session.commit()
    return back_to("budget.plan", slug=slug)
