"""Words for the journal of payments: codes as (what was done, icon), and names of fields."""

from flask_babel import LazyString, lazy_gettext

_ = lazy_gettext

ACTIONS: dict[str, tuple[LazyString, str]] = {
    "receipt.recorded": (_("took a payment down"), "receipt"),
    "receipt.confirmed": (_("confirmed the payment"), "circle-check"),
    "receipt.bounced": (_("noted that the payment bounced"), "circle-x"),
    "payment.allocation": (_("booked a payment"), "cash"),
    "payment.refund": (_("gave money back"), "arrow-back-up"),
    "payment.write_off": (_("wrote a sum off"), "x"),
    "payment.bonus": (_("granted a bonus for paying early"), "gift"),
    "payment.interest": (_("charged interest for paying late"), "percentage"),
    "payment.reversed": (_("reversed an entry of the ledger"), "arrow-back-up"),
    "receipt.unconfirmed": (_("took the confirmation back"), "arrow-back-up"),
    "bank_account.opened": (_("opened an account of ours"), "building-bank"),
    "bank_account.mapped": (_("said how the bank’s files are read"), "columns-3"),
    "bank_file.brought": (_("brought a bank file"), "file-import"),
    "bank_file.taken": (_("took the bank file in"), "file-import"),
    "bank_file.discarded": (_("discarded the bank file"), "x"),
    "bank_row.matched": (_("matched the row"), "circle-check"),
    "bank_row.ignored": (_("ignored the row"), "eye-off"),
    "bank_row.undone": (_("opened the row again"), "arrow-back-up"),
    "payer.learnt": (_("noted who pays for the dealer"), "user-check"),
    "payer.forgotten": (_("forgot who pays for the dealer"), "user-x"),
    "payment.called": (_("called about the payment"), "phone"),
    "payment.reminded": (_("reminded the dealer of the payment"), "bell"),
    "payment.habits": (_("noted how the dealer pays"), "note"),
    "payment.levels": (_("changed the levels of reminding"), "bell"),
    "payment.task_done": (_("did the task of a reminder"), "list-check"),
    "payment.release": (_("booked that paid money is settled"), "lock-open"),
    "payment.return": (_("booked that paid money goes back to the dealer"), "arrow-back-up"),
    "payment.forfeit": (_("booked that paid money is kept"), "gavel"),
    "payment.compensation": (_("booked compensation for the dealer"), "heart-handshake"),
    "payment.reschedule": (_("divided a sum into instalments"), "calendar"),
}

FIELDS: dict[str, LazyString] = {
    "sum": _("Sum"),
    "task": _("Task"),
    "receipt_id": _("Receipt"),
    "file": _("File name"),
    "rows": _("Rows of the file"),
    "new_rows": _("New rows"),
    "promised": _("Promised"),
    "promised_on": _("Until"),
    "no_mornings": _("No calls in the morning"),
    "pay_day": _("Pay day"),
    "payer": _("Who pays"),
    "levels": _("Levels"),
}
