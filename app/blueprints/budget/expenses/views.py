"""Expenses: the list, asking, petty cash on a phone, and the page of one with its acts."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _

from app import clock, tokens
from app.access import Permission
from app.blueprints.budget import blueprint, glance, ledger, shown
from app.blueprints.budget import queries as budgets
from app.blueprints.budget.advances import actions as settling
from app.blueprints.budget.advances import queries as advances
from app.blueprints.budget.expenses import actions, booking, facts, queries, tables
from app.blueprints.budget.expenses.forms import CashForm, ExpenseForm, InvoiceForm, PayForm
from app.blueprints.budget.limits import queries as limits
from app.blueprints.budget.rules import authority
from app.blueprints.budget.rules.figures import Entry
from app.content_kind import DOCUMENTS, PICTURES
from app.extensions import db
from app.models import BudgetLine, CashAdvance, Event, Expense, ExpenseKind, File, Term
from app.web import history
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.nav import door
from app.web.render import back_to, page
from app.web.tables import Table
from app.web.uploads import kept
from app.web.uploads import shown as shown_file

P = Permission
MAY_SEE = (P.VIEW_BUDGET, P.REQUEST_EXPENSES, P.BOOK_INVOICES)


MOST = 200  # unsettled expenses on one page


def own_id() -> int | None:
    """Whoever may not see the budget sees what they asked for themselves."""
    return None if me().can(P.VIEW_BUDGET) else me().id


def the_expense(slug: str, expense_id: int) -> tuple[Event, Expense]:
    event = the_event(slug)
    return event, found(queries.expense(event, expense_id, own_id()))


@blueprint.get("/events/<slug>/budget/expenses")
@requires(*MAY_SEE)
def expenses(slug: str) -> Any:
    event = the_event(slug)
    spec = tables.expense_list(event, budgets.lines(event), exports=me().can(P.EXPORT_LISTS))
    table = Table(spec, queries.expenses(event, own_id()))
    if table.wants_export:
        return table.export()
    return page(
        "budget/expenses.html",
        fragment="budget/_expenses.html",
        table=table.load(),
        tabs=shown.tabs(slug, "budget.expenses"),
    )


@blueprint.route("/events/<slug>/budget/expenses/new", methods=["GET", "POST"])
@requires(P.REQUEST_EXPENSES)
def expense_new(slug: str) -> Any:
    event = the_event(slug)
    lines, held = budgets.lines(event), advances.in_hand(event, me().id)
    left = actions.promises_left(event) if me().can(P.VIEW_BUDGET) else []
    form = ExpenseForm(held, event.currency)
    form.offer(lines)
    chosen = [key for key in request.form.getlist("sources") if key in {entry.key for entry in left}]
    if form.validate_on_submit():
        photo = kept(form.photo, (*PICTURES, *DOCUMENTS)) if form.photo.data else None
        if not form.photo.errors:
            row = _asked(event, form, lines, held, photo, chosen)
            db.session.commit()
            flash(_("Asked for. Somebody with the limit for it decides."), "success")
            return back_to("budget.expense", slug=slug, expense_id=row.id)
    form.client_id.data = form.client_id.data or tokens.new_link_token()[:40]
    if not form.is_submitted():
        form.kind.data = _kind_wanted()
        chosen = _take_over(form, left)
    status = 422 if form.errors else 200
    shown_: dict[str, Any] = {"left": left, "chosen": chosen, "lines": lines, "held": held, "text_of": shown.text}
    return page("budget/expense_new.html", status=status, form=form, **shown_)


def _take_over(form: ExpenseForm, left: Sequence[Entry]) -> list[str]:
    """Fill the form in for the orders of one supplier on one line, which a link names; returns their keys."""
    line_id, who = request.args.get("line", type=int), request.args.get("who", "")
    rows = [entry for entry in left if line_id is not None and (entry.line_id, entry.who) == (line_id, who)]
    if rows:
        form.line_id.data, form.payee.data = line_id, who
        form.amount.data = sum((entry.committed for entry in rows), Decimal(0))
    return [entry.key for entry in rows]


def _kind_wanted() -> ExpenseKind:
    """A link may say that it is a claim that somebody wants to make; a rep hardly ever buys for the company."""
    is_claim = request.args.get("kind") == ExpenseKind.CLAIM.value or not me().can(P.VIEW_BUDGET)
    return ExpenseKind.CLAIM if is_claim else ExpenseKind.PURCHASE


def _asked(
    event: Event,
    form: ExpenseForm,
    lines: Sequence[BudgetLine],
    held: Sequence[CashAdvance],
    photo: File | None,
    sources: Sequence[str],
) -> Expense:
    """The expense of a form that is filled in rightly; a claim may be paid out of an advance at once."""
    row = actions.request(
        event,
        next(line for line in lines if line.id == form.line_id.data),
        kind=form.kind.data,
        purpose=form.purpose.data or "",
        amount=form.amount.data,
        payee=form.payee.data or "",
        spent_on=form.spent_on.data,
        photo=photo,
        sources=sources,
        client_id=form.client_id.data or None,
        by_id=me().id,
    )
    of = next((each for each in held if each.id == form.advance_id.data), None)
    if of is not None and row.kind is ExpenseKind.CLAIM:
        settling.attach(event, of, row)
    return row


@blueprint.route("/events/<slug>/budget/cash", methods=["GET", "POST"])
@requires(P.REQUEST_EXPENSES)
def cash(slug: str) -> Any:
    """Petty cash in three taps: the sum, the picture, done."""
    event = the_event(slug)
    lines = budgets.lines(event)
    form = CashForm()
    form.offer(lines)
    if form.validate_on_submit():
        photo = kept(form.photo, (*PICTURES, *DOCUMENTS)) if form.photo.data else None
        if not form.photo.errors:
            _taken(event, form, lines, photo)
            db.session.commit()
            flash(_("Written down. Keep the receipt until it has been looked at."), "success")
            return back_to("budget.cash", slug=slug)
    if not form.is_submitted():
        form.line_id.data = next((line.id for line in lines if line.key == "conference_other"), None)
    form.client_id.data = form.client_id.data or tokens.new_link_token()[:40]
    status = 422 if form.errors else 200
    most = limits.limit(event, me().roles, Term.PETTY_CASH)
    return page(
        "budget/cash.html", status=status, form=form, lines=lines, most=most, mine=queries.petty_of(event, me().id)
    )


def _taken(event: Event, form: CashForm, lines: Sequence[BudgetLine], photo: File | None) -> None:
    actions.petty_cash(
        event,
        next(line for line in lines if line.id == form.line_id.data),
        purpose=form.purpose.data or _("Petty cash"),
        amount=form.amount.data,
        photo=photo,
        client_id=form.client_id.data or None,
        roles=me().roles,
        by_id=me().id,
    )


@blueprint.get("/events/<slug>/budget/expenses/<int:expense_id>")
@requires(*MAY_SEE)
def expense(slug: str, expense_id: int) -> Any:
    return show(*the_expense(slug, expense_id))


def show(event: Event, row: Expense, *, invoice: InvoiceForm | None = None, payment: PayForm | None = None) -> Any:
    """The page of an expense, with a form that was filled in wrongly."""
    wrong = bool((invoice and invoice.errors) or (payment and payment.errors))
    books = me().can(P.BOOK_INVOICES) and row.state not in actions.OFF
    left = booking.to_pay(row)
    return page(
        "budget/expense.html",
        status=422 if wrong else 200,
        row=row,
        of=facts.of(row),
        steps=glance.steps(row),
        decision=_decision(event, row) if actions.waits(row) else None,
        may_change=me().can(P.REQUEST_EXPENSES) and (own_id() is None or row.requested_by_id == me().id),
        is_purchase=row.kind is ExpenseKind.PURCHASE,
        invoice=(invoice or _next_invoice(event, row)) if books and row.approved else None,
        payment=(payment or _next_payment(event, left)) if books and left and not row.advance_id else None,
        to_pay=left,
        history=history.lines(row),
        photo_url=url_for("budget.expense_photo", slug=event.slug, expense_id=row.id) if row.photo_id else "",
        back=door("budget.expenses", slug=event.slug),
    )


def _decision(event: Event, row: Expense) -> dict[str, Any]:
    """What somebody who says yes or no should know: how far they may go, and what is left of the line's plan."""
    may = limits.limits(event)
    of, own = ledger.of_event(event), facts.of(row)
    left = of.by_line[row.line_id].left + own.committed + own.actual if of.plan else None
    limit = authority.limit(may, me().roles, Term.EXPENSE)
    return {
        "is_mine": row.requested_by_id == me().id,
        "may": me().can(P.APPROVE_EXPENSES) and row.requested_by_id != me().id,
        "limit": limit,
        "is_within": row.amount <= limit,
        "may_except": authority.limit(may, me().roles, Term.OVER_PLAN) >= row.amount,
        "left": left,
        "over": max(row.amount - left, 0) if left is not None else 0,
    }


def _next_invoice(event: Event, row: Expense) -> InvoiceForm:
    """The form as it will most likely be filled in: all that has no invoice yet, by whom the money goes to."""
    rest = row.approved - sum((each.amount for each in row.invoices if each.taken_back_at is None), Decimal(0))
    return InvoiceForm(
        formdata=None, seller=row.payee, amount=rest if rest > 0 else None, issued_on=clock.today(event.time_zone)
    )


def _next_payment(event: Event, left: Decimal) -> PayForm:
    return PayForm(formdata=None, amount=left, paid_on=clock.today(event.time_zone))


@blueprint.get("/events/<slug>/budget/expenses/<int:expense_id>/photo")
@requires(*MAY_SEE)
def expense_photo(slug: str, expense_id: int) -> Any:
    _event, row = the_expense(slug, expense_id)
    return shown_file(found(row.photo))


@blueprint.get("/events/<slug>/budget/unsettled")
@requires(P.VIEW_BUDGET)
def unsettled(slug: str) -> Any:
    event = the_event(slug)
    held = advances.open_advances(event)
    return page(
        "budget/unsettled.html",
        rows=[(row, facts.of(row), actions.waits(row)) for row in queries.unsettled(event, MOST)],
        number=queries.how_many_unsettled(event),
        advances=held,
        late={row.id for row in held if advances.is_late(event, row)},
        settle_by={row.id: advances.settle_by(event, row) for row in held},
        promised=shown.by_payee(actions.promises_left(event), budgets.lines(event)),
        tabs=shown.tabs(slug, "budget.unsettled"),
    )
