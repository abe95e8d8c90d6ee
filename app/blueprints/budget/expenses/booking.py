"""Invoices and payments, booked and taken back. Nothing here commits."""

import unicodedata
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import clock, journal
from app.blueprints.budget.expenses import facts
from app.blueprints.budget.expenses.actions import OFF, WrongStep, lock
from app.blueprints.budget.rules.advances import PaidFromAdvance
from app.blueprints.budget.rules.figures import said
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Event, Expense, ExpenseInvoice, ExpensePayment, File, InvoiceKind


class InvoiceTwice(SigningDayError):
    """The same fapiao is booked once."""

    code = "invoice_twice"
    sentence = N_("The invoice %(number)s is booked already.")


class NumberWanted(SigningDayError):
    """A number without a letter or a figure is none, and could not be told from another one."""

    code = "number_wanted"
    sentence = N_("Please give the number of the invoice as it is printed.")


class BeyondApproval(SigningDayError):
    """More than was consented to wants a new consent first."""

    code = "beyond_approval"
    sentence = N_("Only %(sum)s is approved. Ask for more first.")


class PaysTooMuch(SigningDayError):
    """Nothing is paid beyond what is owed or approved."""

    code = "pays_too_much"
    sentence = N_("Only %(sum)s is still to be paid.")


def number_key(number: str, seller: str, kind: InvoiceKind) -> str:
    """Return what makes a voucher the same: the number of a fapiao is unique in the country, a receipt's by seller."""
    plain = "".join(each for each in unicodedata.normalize("NFKC", number).upper() if each.isalnum())
    if kind is InvoiceKind.RECEIPT:
        who = "".join(unicodedata.normalize("NFKC", seller).split())
        return f"receipt:{who}:{plain}"
    return plain


def book_invoice(
    event: Event,
    row: Expense,
    *,
    kind: InvoiceKind,
    number: str,
    seller: str,
    issued_on: date,
    amount: Decimal,
    tax: Decimal,
    is_final: bool,
    scan: File | None,
    by_id: int,
) -> ExpenseInvoice:
    """Book a fapiao. Raises InvoiceTwice where it is booked anywhere, BeyondApproval above what was consented to."""
    lock(event, row)
    if row.state in OFF:
        raise WrongStep
    before = sum((each.amount for each in row.invoices if each.taken_back_at is None), Decimal(0))
    if before + amount > row.approved:
        raise BeyondApproval(sum=f"{row.approved:,.2f}")
    if not any(each.isalnum() for each in number):
        raise NumberWanted
    key = number_key(number, seller, kind)
    if db.session.scalar(select(ExpenseInvoice.id).where(ExpenseInvoice.number_key == key)) is not None:
        raise InvoiceTwice(number=number)
    invoice = ExpenseInvoice(
        kind=kind,
        number=number,
        number_key=key,
        seller=seller,
        issued_on=issued_on,
        amount=amount,
        tax=tax,
        is_final=is_final,
        scan_id=scan.id if scan else None,
        booked_at=clock.now(),
        booked_by_id=by_id,
    )
    try:
        with db.session.begin_nested():
            row.invoices.append(invoice)
    except IntegrityError as fault:  # somebody booked it at the same moment
        raise InvoiceTwice(number=number) from fault
    changes = {"invoice": [None, number], "sum": [None, said(amount)]}
    journal.record("expense.invoiced", row, event_id=event.id, changes=changes)
    facts.settle(row)
    return invoice


def take_invoice_back(event: Event, row: Expense, invoice: ExpenseInvoice) -> None:
    """An invoice booked by mistake: it stays to be seen, counts no more, and its number is free again."""
    lock(event, row)
    if invoice.taken_back_at is not None:
        raise WrongStep
    invoice.taken_back_at, invoice.number_key = clock.now(), None
    journal.record("expense.invoice_taken_back", row, event_id=event.id, changes={"invoice": [invoice.number, None]})
    facts.settle(row)


def to_pay(row: Expense) -> Decimal:
    """Return how much may still be paid: of the final invoice, else of what was consented to."""
    invoices = [each for each in row.invoices if each.taken_back_at is None]
    invoiced = sum((each.amount for each in invoices), Decimal(0))
    due = invoiced if any(each.is_final for each in invoices) else max(row.approved, invoiced)
    return max(Decimal(0), due - facts.of(row).paid)


def pay(event: Event, row: Expense, amount: Decimal, paid_on: date, note: str, *, by_id: int) -> ExpensePayment:
    """Book money that left. Raises PaysTooMuch beyond what is still to be paid."""
    lock(event, row)
    if row.state in OFF:
        raise WrongStep
    if row.advance_id is not None:
        raise PaidFromAdvance
    left = to_pay(row)
    if amount > left:
        raise PaysTooMuch(sum=f"{left:,.2f}")
    payment = ExpensePayment(amount=amount, paid_on=paid_on, note=note, booked_at=clock.now(), booked_by_id=by_id)
    row.payments.append(payment)
    journal.record("expense.paid", row, event_id=event.id, changes={"sum": [None, said(amount)]})
    facts.settle(row)
    return payment


def take_payment_back(event: Event, row: Expense, payment: ExpensePayment) -> None:
    """A payment booked by mistake, or money that came back."""
    lock(event, row)
    if payment.taken_back_at is not None:
        raise WrongStep
    if payment.advance_id is not None:
        raise PaidFromAdvance
    payment.taken_back_at = clock.now()
    journal.record("expense.payment_taken_back", row, event_id=event.id, changes={"sum": [said(payment.amount), None]})
    facts.settle(row)
