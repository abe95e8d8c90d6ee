"""Words for the journal of an event's budget: codes as (what was done, icon), and names of fields."""

from flask_babel import LazyString, lazy_gettext

_ = lazy_gettext

ACTIONS: dict[str, tuple[LazyString, str]] = {
    "budget.started": (_("started the budget"), "cash"),
    "budget.revised": (_("began a version of the budget"), "file-pencil"),
    "budget.filled_in": (_("changed the sums of the draft budget"), "pencil"),
    "budget.submitted": (_("submitted the budget for approval"), "send"),
    "budget.approved": (_("approved the budget"), "circle-check"),
    "budget.sent_back": (_("returned the budget with a remark"), "arrow-back-up"),
    "budget.line_added": (_("added a line to the budget"), "plus"),
    "budget.line_edited": (_("edited a line of the budget"), "pencil"),
    "budget.line_removed": (_("removed a line of the budget"), "trash"),
    "expense.requested": (_("asked for an expense"), "hourglass"),
    "expense.approved": (_("approved an expense"), "thumb-up"),
    "expense.refused": (_("refused an expense"), "x"),
    "expense.ordered": (_("placed the order of an expense"), "receipt"),
    "expense.more_asked": (_("asked for another sum for an expense"), "hourglass"),
    "expense.cancelled": (_("cancelled an expense"), "ban"),
    "expense.invoiced": (_("booked an invoice"), "file-text"),
    "expense.invoice_taken_back": (_("took an invoice back"), "arrow-back-up"),
    "expense.paid": (_("booked a payment"), "cash"),
    "expense.payment_taken_back": (_("took a payment back"), "arrow-back-up"),
    "advance.requested": (_("asked for a cash advance"), "hourglass"),
    "advance.approved": (_("approved a cash advance"), "thumb-up"),
    "advance.refused": (_("refused a cash advance"), "x"),
    "advance.cancelled": (_("cancelled a cash advance"), "ban"),
    "advance.paid_out": (_("paid a cash advance out"), "coins"),
    "advance.settled": (_("settled a cash advance"), "circle-check"),
    "advance.settled_in_part": (_("settled a part of a cash advance"), "circle-check"),
    "advance.settlement_taken_back": (_("took the settlement of a cash advance back"), "arrow-back-up"),
    "budget.rates_set": (_("changed what a hotel night costs"), "bed"),
    "expense.petty_cash": (_("spent petty cash"), "coins"),
}

FIELDS: dict[str, LazyString] = {
    "planned": _("Planned in total"),
    "line": _("Line"),
    "over_plan": _("When the plan is used up"),
    "sum": _("Sum"),
    "exception": _("Exception"),
    "invoice": _("Invoice"),
    "returned": _("Returned"),
    "spent": _("Spent"),
    "topped_up": _("Topped up"),
    "payee": _("Paid to"),
}
