"""The list of problem accounts and the page of one."""

from collections.abc import Callable
from typing import Any

from flask import flash
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.receivables import blueprint
from app.blueprints.receivables import queries as receivables
from app.blueprints.receivables.loading import MAY_SEE, own_id, the_receivable, today
from app.blueprints.receivables.problems import actions, queries
from app.blueprints.receivables.problems.forms import DecisionForm, PlanForm, ReasonForm
from app.blueprints.receivables.views import tabs
from app.errors import SigningDayError
from app.extensions import db
from app.models import ProblemAccount
from app.web.errors import sentence
from app.web.guards import requires
from app.web.history import lines
from app.web.identity import me
from app.web.load import found
from app.web.render import back_to, page

P = Permission
AT = "/payments/problems/<int:account_id>"
_LATEST = 200


def the_account(account_id: int) -> ProblemAccount:
    return found(queries.account(account_id, own_id()))


@blueprint.get("/payments/problems/")
@requires(*MAY_SEE)
def problems() -> Any:
    statement = queries.accounts(own_id()).order_by(ProblemAccount.closed_at.is_not(None), ProblemAccount.decide_by)
    rows = db.session.scalars(statement.order_by(ProblemAccount.id).limit(_LATEST)).all()
    return page(
        "receivables/problems.html",
        rows=[row for row in rows if row.closed_at is None],
        closed=[row for row in rows if row.closed_at is not None],
        owed=receivables.overdue_by_dealer({row.dealer_id for row in rows}, today()),
        today=today(),
        tabs=tabs("receivables.problems", None),
    )


@blueprint.route("/payments/<int:receivable_id>/problem", methods=["GET", "POST"])
@requires(P.CHASE_PAYMENTS)
def open_problem(receivable_id: int) -> Any:
    """Make the dealer of a sum a problem account; the rep owns it until somebody else is named."""
    row, form = the_receivable(receivable_id), ReasonForm()
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return page("receivables/open_problem.html", status=status, row=row, form=form)
    try:
        made = actions.open_account(
            row.dealer, reason=form.reason.data or "", owner=row.rep, today=today(), by_id=me().id
        )
    except SigningDayError as fault:
        db.session.rollback()
        form.reason.errors = [sentence(fault)]
        row = the_receivable(receivable_id)
        return page("receivables/open_problem.html", status=422, row=row, form=form)
    db.session.commit()
    flash(_("This dealer is a problem account now. Say who does what by when."), "success")
    return back_to("receivables.problem", account_id=made.id)


@blueprint.get(AT)
@requires(*MAY_SEE)
def problem(account_id: int) -> Any:
    return _shown(the_account(account_id))


def _shown(row: ProblemAccount, *, status: int = 200, **forms: Any) -> Any:
    day, own = today(), own_id()
    plan_form = PlanForm(formdata=None, obj=row)
    plan_form.owner_id.data = row.owner_id  # choices are text, the column a number
    owed = [each for each in receivables.of_dealer(row.dealer_id) if own is None or each.rep_id == own]
    forms = {
        "plan_form": plan_form,
        "decision_form": DecisionForm(formdata=None),
        "close_form": ReasonForm(formdata=None),
        "fault": "",
        **forms,
    }
    return page(
        "receivables/problem.html",
        status=status,
        row=row,
        owed=[each for each in owed if each.open_amount],
        credit=queries.credit_of(row.dealer, day),
        grants=queries.grants_of(row.dealer_id),
        today=day,
        history_lines=lines(row.dealer),
        **forms,
    )


def _done(account_id: int, said: str, act: Callable[[], object]) -> Any:
    try:
        act()
    except SigningDayError as fault:
        db.session.rollback()
        return _shown(the_account(account_id), status=422, fault=sentence(fault))
    db.session.commit()
    flash(said, "success")
    return back_to("receivables.problem", account_id=account_id)


@blueprint.post(AT + "/plan")
@requires(P.CHASE_PAYMENTS)
def plan_problem(account_id: int) -> Any:
    row, form = the_account(account_id), PlanForm()
    if not form.validate():
        return _shown(row, status=422, plan_form=form)
    return _done(account_id, _("The plan is kept."), lambda: actions.plan(account_id, form.given()))


@blueprint.post(AT + "/decide")
@requires(P.APPROVE_ADJUSTMENTS)
def decide_problem(account_id: int) -> Any:
    row, form = the_account(account_id), DecisionForm()
    if not form.validate():
        return _shown(row, status=422, decision_form=form)
    decision, note = form.decision.data, form.note.data or ""
    return _done(account_id, _("Decided."), lambda: actions.decide(account_id, decision, note=note, by_id=me().id))


@blueprint.post(AT + "/supply/<any(stop, resume):what>")
@requires(P.APPROVE_ADJUSTMENTS)
def supply(account_id: int, what: str) -> Any:
    the_account(account_id)
    said = _("Supply is stopped.") if what == "stop" else _("Supply goes on.")
    return _done(account_id, said, lambda: actions.stop_supply(account_id, stopped=what == "stop"))


@blueprint.post(AT + "/release")
@requires(P.APPROVE_ADJUSTMENTS)
def release_territory(account_id: int) -> Any:
    """Let the territory go now instead of on its day."""
    the_account(account_id)
    said = _("The territory is free; whoever waits first has been told.")
    return _done(account_id, said, lambda: actions.release_territory(account_id, today()))


@blueprint.post(AT + "/close")
@requires(P.APPROVE_ADJUSTMENTS)
def close_problem(account_id: int) -> Any:
    row, form = the_account(account_id), ReasonForm()
    if not form.validate():
        return _shown(row, status=422, close_form=form)
    note = form.reason.data or ""
    return _done(account_id, _("Closed."), lambda: actions.close(account_id, note=note, by_id=me().id))
