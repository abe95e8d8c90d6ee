"""Words of the register: steps of a signing in short, and what terms are called."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.blueprints.contracts.register.rules.targets import Course
from app.models import ResultSource, StepKind
from app.web.words import Word

STEPS: dict[StepKind, tuple[LazyString, str]] = {
    StepKind.DOCUMENT_MADE: (_("Document made"), "file-text"),
    StepKind.OPENED: (_("Opened for signing"), "eye"),
    StepKind.IDENTITY_SEEN: (_("Identity paper seen"), "id"),
    StepKind.PAGE_READ: (_("Page read"), "file-description"),
    StepKind.CODE_SENT: (_("Code sent to the phone"), "message"),
    StepKind.CODE_PASSED: (_("Code correct"), "check"),
    StepKind.CODE_REFUSED: (_("Code wrong"), "x"),
    StepKind.DEALER_SIGNED: (_("The dealer signed"), "signature"),
    StepKind.PAPER_PRINTED: (_("Printed to be signed on paper"), "printer"),
    StepKind.PAPER_RECEIVED: (_("Signed paper received"), "file-upload"),
    StepKind.PAPER_CHECKED: (_("Signed paper checked"), "file-check"),
    StepKind.PAPER_RETURNED: (_("Signed paper returned"), "arrow-back-up"),
    StepKind.COUNTERSIGNED: (_("Signed for the company"), "signature"),
    StepKind.SEALED: (_("Sealed"), "certificate"),
    StepKind.COPY_SENT: (_("Copy sent to the dealer"), "send"),
    StepKind.DOWNLOADED: (_("Copy downloaded"), "download"),
    StepKind.VERIFIED: (_("Verified"), "shield-check"),
    StepKind.GIVEN_UP: (_("Signing given up"), "arrow-back-up"),
    StepKind.VOIDED: (_("Document void"), "ban"),
}
TERMS: dict[str, LazyString] = {
    "starts_on": _("First day"),
    "ends_on": _("Last day"),
    "tier": _("Tier"),
    "discount_percent": _("Discount in percent"),
    "rebate_percent": _("Rebate in percent"),
    "credit_days": _("Days of credit"),
    "deposit_refund": _("When the deposit comes back"),
    "total": _("Contract sum"),
    "deposit": _("Deposit"),
    "territories": _("Territory"),
}
COURSES: dict[Course, Word] = {
    Course.BEHIND: Word(_("Behind"), "red", "trending-down"),
    Course.MISSED: Word(_("Missed"), "red", "circle-x"),
    Course.UNKNOWN: Word(_("Result not known"), "yellow", "help"),
    Course.ON_COURSE: Word(_("On course"), "blue", "trending-up"),
    Course.MET: Word(_("Met"), "green", "circle-check"),
    Course.BEGUN: Word(_("Just begun"), "secondary", "clock-hour-4"),
    Course.AHEAD: Word(_("Not begun"), "secondary", "clock"),
}
SOURCES: dict[ResultSource, LazyString] = {
    ResultSource.TYPED: _("typed in"),
    ResultSource.IMPORTED: _("from a list"),
    ResultSource.PAYMENTS: _("from payments"),
}
LIST_FAULTS: dict[str, LazyString] = {
    "no_number": _("No contract number."),
    "no_date": _("A date cannot be read; write 2026-12-31."),
    "no_sum": _("The sum cannot be read."),
    "no_contract": _("No contract signed by both has this number."),
    "no_target": _("The contract has no target for this period."),
    "which_target": _("The contract has several targets; give the first and last day."),
    "named_twice": _("An earlier row names the same target."),
}
ASKED: dict[str, LazyString] = {
    "q": _("Searched for"),
    "event": _("Event"),
    "rep": _("Rep"),
    "dealer": _("Dealer"),
    "territory": _("Territory"),
    "signed_from": _("Signed from"),
    "signed_to": _("Signed until"),
    "ends_from": _("Last day from"),
    "ends_to": _("Last day until"),
    "sum_from": _("Contract sum from"),
    "sum_to": _("Contract sum up to"),
    "state": _("State"),
    "kind": _("Kind of contract"),
}
