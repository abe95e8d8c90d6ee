"""Cash advances: the list, asking for one, and the page of one with its acts and its settlement."""

from decimal import Decimal
from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from app import tokens
from app.access import Permission
from app.blueprints.budget import blueprint, shown
from app.blueprints.budget.advances import actions, queries
from app.blueprints.budget.advances.forms import AdvanceForm, PartForm
from app.blueprints.budget.expenses import booking
from app.blueprints.budget.expenses import queries as expenses
from app.blueprints.budget.expenses.actions import waits
from app.blueprints.budget.expenses.views import MAY_SEE, own_id
from app.blueprints.budget.limits import queries as limits
from app.blueprints.budget.rules.advances import NothingToSettle, ReturnsTooMuch
from app.extensions import db
from app.models import AdvanceSettlement, AdvanceState, CashAdvance, Event, Expense, Term
from app.web import history
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, page

P = Permission
ONE = "/events/<slug>/budget/advances/<int:advance_id>"


def _the_advance(slug: str, advance_id: int) -> tuple[Event, CashAdvance]:
    event = the_event(slug)
    return event, found(queries.advance(event, advance_id, own_id()))


@blueprint.get("/events/<slug>/budget/advances")
@requires(*MAY_SEE)
def advances(slug: str) -> Any:
    event = the_event(slug)
    rows = queries.advances(event, own_id())
    in_hand = [row for row in rows if row.state is AdvanceState.PAID_OUT]
    return page(
        "budget/advances.html",
        rows=sorted(rows, key=lambda row: (row.state not in queries.OPEN,)),
        settlements={row.id: queries.settlement(row) for row in rows},
        late={row.id for row in rows if queries.is_late(event, row)},
        settle_by={row.id: queries.settle_by(event, row) for row in rows},
        out=sum((queries.so_far(row).left for row in in_hand), Decimal(0)),
        partly={row.id: queries.so_far(row).left for row in in_hand if queries.parts(row)},
        holders=len({row.user_id for row in in_hand}),
        tabs=shown.tabs(slug, "budget.advances"),
    )


@blueprint.route("/events/<slug>/budget/advances/new", methods=["GET", "POST"])
@requires(P.REQUEST_EXPENSES)
def advance_new(slug: str) -> Any:
    event = the_event(slug)
    form = AdvanceForm()
    if form.validate_on_submit():
        row = actions.request(
            event,
            user_id=me().id,
            amount=form.amount.data,
            purpose=form.purpose.data or "",
            settle_by=form.settle_by.data,
            client_id=form.client_id.data or None,
        )
        db.session.commit()
        flash(_("Asked for. Somebody with the limit for it decides."), "success")
        return back_to("budget.advance", slug=slug, advance_id=row.id)
    form.client_id.data = form.client_id.data or tokens.new_link_token()[:40]
    status = 422 if form.errors else 200
    return page("budget/advance_new.html", status=status, form=form, held=queries.in_hand(event, me().id))


@blueprint.get(ONE)
@requires(*MAY_SEE)
def advance(slug: str, advance_id: int) -> Any:
    event, row = _the_advance(slug, advance_id)
    return _shown(event, row, PartForm(formdata=None))


def _shown(event: Event, row: CashAdvance, form: PartForm, *, status: int = 200) -> Any:
    is_mine, is_out = row.user_id == me().id, row.state is AdvanceState.PAID_OUT
    claims = queries.living(row)
    due = [(each, booking.to_pay(each)) for each in claims if is_out and (booking.to_pay(each) or waits(each))]
    return page(
        "budget/advance.html",
        status=status,
        row=row,
        of=queries.settlement(row),
        so_far=queries.so_far(row),
        parts=[(each, _paid_by(row, each)) for each in queries.parts(row)],
        due=due,
        decided=[each for each, _sum in due if not waits(each)],
        has_claims=bool(claims),
        free=queries.claims_for(event, row) if is_out else [],
        settle_by=queries.settle_by(event, row),
        is_late=queries.is_late(event, row),
        is_mine=is_mine,
        limit=limits.limit(event, me().roles, Term.EXPENSE),
        may_decide=me().can(P.APPROVE_EXPENSES) and not is_mine,
        may_book=me().can(P.BOOK_INVOICES) and not is_mine,
        may_attach=is_out and (is_mine or me().can(P.BOOK_INVOICES)),
        history=history.lines(row),
        form=form,
        chosen=set(request.form.getlist("claims", type=int)) if status == 422 else {each.id for each, _sum in due},
    )


def _paid_by(row: CashAdvance, part: AdvanceSettlement) -> list[tuple[Expense, Decimal]]:
    """What a settlement has paid, claim by claim."""
    paid = [
        (claim, each.amount)
        for claim in row.expenses
        for each in claim.payments
        if each.settlement_id == part.id and each.taken_back_at is None
    ]
    return sorted(paid, key=lambda pair: pair[0].id)


@blueprint.post(ONE + "/approve")
@requires(P.APPROVE_EXPENSES)
def approve_advance(slug: str, advance_id: int) -> Any:
    event, row = _the_advance(slug, advance_id)
    actions.approve(event, row, me().roles, by_id=me().id)
    return _done(slug, row, _("Approved."))


@blueprint.post(ONE + "/refuse")
@requires(P.APPROVE_EXPENSES)
def refuse_advance(slug: str, advance_id: int) -> Any:
    event, row = _the_advance(slug, advance_id)
    actions.refuse(event, row, request.form.get("remark", ""), by_id=me().id)
    return _done(slug, row, _("Refused."))


@blueprint.post(ONE + "/cancel")
@requires(P.REQUEST_EXPENSES)
def cancel_advance(slug: str, advance_id: int) -> Any:
    event, row = _the_advance(slug, advance_id)
    actions.cancel(event, row)
    return _done(slug, row, _("Cancelled."))


@blueprint.post(ONE + "/pay-out")
@requires(P.BOOK_INVOICES)
def pay_advance_out(slug: str, advance_id: int) -> Any:
    event, row = _the_advance(slug, advance_id)
    actions.pay_out(event, row, by_id=me().id)
    return _done(slug, row, _("Paid out to %(name)s.", name=row.user.name))


@blueprint.post(ONE + "/claims")
@requires(P.REQUEST_EXPENSES, P.BOOK_INVOICES)
def attach_claims(slug: str, advance_id: int) -> Any:
    event, row = _the_advance(slug, advance_id)
    for claim_id in request.form.getlist("claims", type=int):
        actions.attach(event, row, found(expenses.expense(event, claim_id, own_id())))
    return _done(slug, row, "")


@blueprint.post(ONE + "/claims/<int:expense_id>/detach")
@requires(P.REQUEST_EXPENSES, P.BOOK_INVOICES)
def detach_claim(slug: str, advance_id: int, expense_id: int) -> Any:
    event, row = _the_advance(slug, advance_id)
    actions.detach(event, row, found(expenses.expense(event, expense_id, own_id())))
    return _done(slug, row, "")


@blueprint.post(ONE + "/settle")
@requires(P.BOOK_INVOICES)
def settle_advance(slug: str, advance_id: int) -> Any:
    event, row = _the_advance(slug, advance_id)
    actions.settle(event, row, by_id=me().id)
    return _done(slug, row, _("The advance is settled."))


@blueprint.post(ONE + "/settle-part")
@requires(P.BOOK_INVOICES)
def settle_advance_part(slug: str, advance_id: int) -> Any:
    """Account for the ticked claims, and for cash that came back; what is wrong is said beside the sum."""
    event, row = _the_advance(slug, advance_id)
    form = PartForm()
    if not form.validate():
        return _shown(event, row, form, status=422)
    claims, returned = request.form.getlist("claims", type=int), form.returned.data or Decimal(0)
    try:
        actions.settle_part(event, row, claims, returned, by_id=me().id)
    except (NothingToSettle, ReturnsTooMuch) as fault:
        db.session.rollback()
        event, row = _the_advance(slug, advance_id)
        form.returned.errors = [str(fault)]
        return _shown(event, row, form, status=422)
    return _done(slug, row, _("This part is settled."))


@blueprint.post(ONE + "/take-back")
@requires(P.BOOK_INVOICES)
def take_settlement_back(slug: str, advance_id: int) -> Any:
    event, row = _the_advance(slug, advance_id)
    actions.take_settlement_back(event, row)
    return _done(slug, row, _("The settlement is taken back."))


def _done(slug: str, row: CashAdvance, said: str) -> Any:
    advance_id = row.id
    db.session.commit()
    if said:
        flash(said, "success")
    return back_to("budget.advance", slug=slug, advance_id=advance_id)
