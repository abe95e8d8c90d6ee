"""What is missing in the terms, as sentences beside the fields."""

from collections.abc import Sequence
from decimal import Decimal

from flask_babel import LazyString, lazy_gettext

from app.blueprints.contracts.rules.terms import Fault
from app.web.locale import money

_ = lazy_gettext
_SENTENCES: dict[str, LazyString] = {
    "unfinished_entries": _("Some entries could not be read. They are kept as typed; please mend them."),
    "no_signatory": _("Who signs for the dealer?"),
    "supply_stopped": _("Supply to this dealer is stopped because of what is owed. Ask finance before you go on."),
    "no_day": _("Please give the day."),
    "ends_before_start": _("The contract ends before it starts."),
    "exclusive_without_hold": _(
        "An exclusive contract needs a territory held exclusively for this dealer. Hold it first."
    ),
    "no_territory": _("No territory is chosen. The gate will ask for one."),
    "exclusive_unsaid": _(
        "A territory is held exclusively, but the dealer’s tier is not exclusive. "
        "The document will grant it exclusively."
    ),
    "no_total": _("What is the contract’s sum?"),
    "no_payment_date": _("No payment date, no contract: say when at least one payment is due."),
    "deposit_differs": _("The payments marked as deposit come to %(is)s; the deposit is %(should)s."),
    "payments_exceed": _(
        "The payments without the deposit come to %(is)s, more than the contract’s sum of %(should)s."
    ),
    "payments_fall_short": _("%(left)s of the contract’s sum has no payment date yet."),
    "goods_exceed": _("The goods come to %(is)s, more than the contract’s sum of %(should)s."),
    "earnest_above_fifth": _(
        "Earnest money of %(is)s is above 20 %% of the contract’s sum. What exceeds %(most)s "
        "does not bind as earnest money."
    ),
    "value_missing": _("“%(label)s” is still empty."),
}


def sentence(fault: Fault, currency: str) -> str:
    """Return what a fault says."""
    facts = {key: money(value, currency) if isinstance(value, Decimal) else value for key, value in fault.facts.items()}
    return str(_SENTENCES[fault.code]) % facts


def by_field(found: Sequence[Fault], currency: str) -> dict[str, list[tuple[bool, str]]]:
    """Return (is a warning, sentence) of all faults by the field they stand beside."""
    told: dict[str, list[tuple[bool, str]]] = {}
    for fault in found:
        told.setdefault(fault.field, []).append((fault.is_warning, sentence(fault, currency)))
    return told
