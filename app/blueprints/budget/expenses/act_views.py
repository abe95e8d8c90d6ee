"""What is done on the page of an expense."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.budget import blueprint, typed
from app.blueprints.budget.expenses import actions, booking
from app.blueprints.budget.expenses.forms import InvoiceForm, PayForm
from app.blueprints.budget.expenses.views import MAY_SEE, show, the_expense
from app.content_kind import DOCUMENTS, PICTURES
from app.errors import N_, SigningDayError
from app.extensions import db
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.render import back_to
from app.web.uploads import kept
from app.web.uploads import shown as shown_file

P = Permission
ONE = "/events/<slug>/budget/expenses/<int:expense_id>"


class SumWanted(SigningDayError):
    """What was typed is no sum."""

    code = "sum_wanted"
    sentence = N_("A sum above zero is wanted, for instance 12,800.00.")


@blueprint.post(ONE + "/approve")
@requires(P.APPROVE_EXPENSES)
def approve_expense(slug: str, expense_id: int) -> Any:
    event, row = the_expense(slug, expense_id)
    is_over = actions.approve(event, row, me().roles, reason=request.form.get("reason", ""), by_id=me().id)
    db.session.commit()
    if is_over:
        flash(_("Approved. The line goes over its plan with it."), "warning")
    else:
        flash(_("Approved."), "success")
    return back_to("budget.expense", slug=slug, expense_id=expense_id)


@blueprint.post(ONE + "/refuse")
@requires(P.APPROVE_EXPENSES)
def refuse_expense(slug: str, expense_id: int) -> Any:
    event, row = the_expense(slug, expense_id)
    actions.refuse(event, row, request.form.get("remark", ""), by_id=me().id)
    db.session.commit()
    return back_to("budget.expense", slug=slug, expense_id=expense_id)


@blueprint.post(ONE + "/order")
@requires(P.REQUEST_EXPENSES)
def order_expense(slug: str, expense_id: int) -> Any:
    event, row = the_expense(slug, expense_id)
    actions.order(event, row)
    db.session.commit()
    return back_to("budget.expense", slug=slug, expense_id=expense_id)


@blueprint.post(ONE + "/sum")
@requires(P.REQUEST_EXPENSES)
def change_sum(slug: str, expense_id: int) -> Any:
    event, row = the_expense(slug, expense_id)
    try:
        amount = typed.amount(request.form.get("amount", ""))
    except ValueError as fault:
        raise SumWanted from fault
    if not amount:
        raise SumWanted
    actions.ask_other_sum(event, row, amount)
    db.session.commit()
    return back_to("budget.expense", slug=slug, expense_id=expense_id)


@blueprint.post(ONE + "/cancel")
@requires(P.REQUEST_EXPENSES)
def cancel_expense(slug: str, expense_id: int) -> Any:
    event, row = the_expense(slug, expense_id)
    actions.cancel(event, row, request.form.get("remark", ""))
    db.session.commit()
    flash(_("Cancelled."), "success")
    return back_to("budget.expense", slug=slug, expense_id=expense_id)


@blueprint.post(ONE + "/invoices")
@requires(P.BOOK_INVOICES)
def book_invoice(slug: str, expense_id: int) -> Any:
    event, row = the_expense(slug, expense_id)
    form = InvoiceForm()
    if not form.validate_on_submit():
        return show(event, row, invoice=form)
    scan = kept(form.scan, (*PICTURES, *DOCUMENTS)) if form.scan.data else None
    if form.scan.errors:
        return show(event, row, invoice=form)
    booking.book_invoice(
        event,
        row,
        kind=form.kind.data,
        number=form.number.data or "",
        seller=form.seller.data or row.payee,
        issued_on=found(form.issued_on.data),
        amount=form.amount.data,
        tax=form.tax.data or typed.NOTHING,
        is_final=form.is_final.data,
        scan=scan,
        by_id=me().id,
    )
    db.session.commit()
    flash(_("The invoice is booked."), "success")
    return back_to("budget.expense", slug=slug, expense_id=expense_id)


@blueprint.get(ONE + "/invoices/<int:invoice_id>/scan")
@requires(*MAY_SEE)
def invoice_scan(slug: str, expense_id: int, invoice_id: int) -> Any:
    _event, row = the_expense(slug, expense_id)
    return shown_file(found(found(next((each for each in row.invoices if each.id == invoice_id), None)).scan))


@blueprint.post(ONE + "/invoices/<int:invoice_id>/take-back")
@requires(P.BOOK_INVOICES)
def take_invoice_back(slug: str, expense_id: int, invoice_id: int) -> Any:
    event, row = the_expense(slug, expense_id)
    booking.take_invoice_back(event, row, found(next((each for each in row.invoices if each.id == invoice_id), None)))
    db.session.commit()
    return back_to("budget.expense", slug=slug, expense_id=expense_id)


@blueprint.post(ONE + "/payments")
@requires(P.BOOK_INVOICES)
def pay_expense(slug: str, expense_id: int) -> Any:
    event, row = the_expense(slug, expense_id)
    form = PayForm()
    if not form.validate_on_submit():
        return show(event, row, payment=form)
    booking.pay(event, row, form.amount.data, found(form.paid_on.data), form.note.data or "", by_id=me().id)
    db.session.commit()
    flash(_("The payment is booked."), "success")
    return back_to("budget.expense", slug=slug, expense_id=expense_id)


@blueprint.post(ONE + "/payments/<int:payment_id>/take-back")
@requires(P.BOOK_INVOICES)
def take_payment_back(slug: str, expense_id: int, payment_id: int) -> Any:
    event, row = the_expense(slug, expense_id)
    booking.take_payment_back(event, row, found(next((each for each in row.payments if each.id == payment_id), None)))
    db.session.commit()
    return back_to("budget.expense", slug=slug, expense_id=expense_id)
