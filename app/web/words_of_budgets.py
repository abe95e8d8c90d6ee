"""How the states of a budget and its expenses read and look: text, tone and icon."""

from enum import StrEnum

from flask_babel import LazyString, lazy_gettext

from app.models import (
    AdvanceState,
    BudgetGroup,
    ExpenseKind,
    ExpenseState,
    InvoiceKind,
    OverPlan,
    PlanState,
    RateKind,
    Term,
)

_ = lazy_gettext

WORDS: tuple[tuple[StrEnum, tuple[LazyString, str, str]], ...] = (
    (BudgetGroup.CONFERENCE, (_("Conference costs"), "blue", "building")),
    (BudgetGroup.PUBLICITY, (_("Publicity and promotion"), "purple", "microphone")),
    (OverPlan.WARN, (_("Warn, and let it through"), "secondary", "alert-triangle")),
    (OverPlan.STOP, (_("Stop beyond the plan"), "orange", "lock")),
    (PlanState.DRAFT, (_("Draft"), "secondary", "pencil")),
    (PlanState.SUBMITTED, (_("Waits for approval"), "yellow", "hourglass")),
    (PlanState.APPROVED, (_("Approved"), "green", "circle-check")),
    (ExpenseKind.PURCHASE, (_("Purchase"), "blue", "receipt")),
    (ExpenseKind.CLAIM, (_("Personal claim"), "teal", "user")),
    (ExpenseKind.PETTY_CASH, (_("Petty cash"), "orange", "coins")),
    (ExpenseState.REQUESTED, (_("Waits for approval"), "yellow", "hourglass")),
    (ExpenseState.APPROVED, (_("Approved"), "blue", "thumb-up")),
    (ExpenseState.ORDERED, (_("Ordered"), "blue", "receipt")),
    (ExpenseState.INVOICED, (_("Invoiced"), "purple", "file-text")),
    (ExpenseState.PAID, (_("Paid"), "green", "circle-check")),
    (ExpenseState.REFUSED, (_("Refused"), "red", "x")),
    (ExpenseState.CANCELLED, (_("Cancelled"), "secondary", "ban")),
    (AdvanceState.REQUESTED, (_("Waits for approval"), "yellow", "hourglass")),
    (AdvanceState.APPROVED, (_("Approved, not paid out"), "blue", "thumb-up")),
    (AdvanceState.PAID_OUT, (_("Paid out, not settled"), "orange", "coins")),
    (AdvanceState.SETTLED, (_("Settled"), "green", "circle-check")),
    (AdvanceState.REFUSED, (_("Refused"), "red", "x")),
    (AdvanceState.CANCELLED, (_("Cancelled"), "secondary", "ban")),
    (RateKind.ROOM_NIGHT, (_("A hotel night"), "secondary", "bed")),
    (Term.PETTY_CASH, (_("Out of the cash box"), "secondary", "coins")),
    (Term.EXPENSE, (_("One expense or advance"), "secondary", "receipt")),
    (Term.OVER_PLAN, (_("A plan, an exception from it"), "secondary", "lock-open")),
    (InvoiceKind.VAT_SPECIAL, (_("VAT special invoice"), "secondary", "receipt")),
    (InvoiceKind.VAT_NORMAL, (_("VAT ordinary invoice"), "secondary", "receipt")),
    (InvoiceKind.TICKET, (_("Ticket"), "secondary", "train")),
    (InvoiceKind.RECEIPT, (_("Receipt, no fapiao"), "secondary", "file-x")),
)
