"""What each kind of long work is called in the job tray, and why one failed."""

from flask_babel import LazyString, gettext, lazy_gettext

from app.errors import by_code

_ = lazy_gettext

KINDS: dict[str, tuple[LazyString, str]] = {
    "invite": (_("Send invitations"), "send"),
    "ask_again": (_("Ask the guests again"), "phone-check"),
    "check_import": (_("Check an invite list"), "list-check"),
    "apply_import": (_("Import an invite list"), "file-import"),
    "take_bank_file": (_("Take a bank file in"), "building-bank"),
    "confirm_bank_file": (_("Confirm rows of a bank file"), "circle-check"),
    "revert_import": (_("Take an import back"), "arrow-back-up"),
    "checklist": (_("Print a checklist"), "printer"),
    "draft_contracts": (_("Draft contracts"), "file-pencil"),
    "approve_contracts": (_("Approve contracts"), "thumb-up"),
    "countersign": (_("Sign for the company"), "signature"),
    "export_register": (_("Export the register"), "file-spreadsheet"),
    "print_register": (_("Print the register"), "printer"),
    "export_budget": (_("Export the budget"), "file-spreadsheet"),
    "badges": (_("Print badges"), "id-badge"),
    "seating_paper": (_("Cards and charts of the seating"), "printer"),
    "seat_guests": (_("Seating of the guests"), "armchair"),
}
_OTHER = (_("Long work"), "loader")


def kind(name: str) -> tuple[LazyString, str]:
    """Return what a kind of job is called, and its icon."""
    return KINDS.get(name, _OTHER)


_REASONS: dict[str, LazyString] = {
    "bug": _("Something went wrong on our side. What was done so far stands; start it again."),
    "crashed": _("It broke off several times and was given up. What was done so far stands."),
}


def reason(code: str) -> str:
    """Return why a job failed, from the code of the error that ended it."""
    if code in _REASONS:
        return str(_REASONS[code])
    error = by_code(code)
    if error is not None and "%(" not in error.sentence:
        return gettext(error.sentence)
    return gettext("It was given up (%(code)s).", code=code or "?")
