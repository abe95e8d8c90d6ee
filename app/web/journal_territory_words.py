"""Words for the journal of territories and packages: codes as (what was done, icon), and names of fields."""

from flask_babel import LazyString, lazy_gettext

_ = lazy_gettext

ACTIONS: dict[str, tuple[LazyString, str]] = {
    "territory.held": (_("held the territory for a dealer"), "lock"),
    "territory.extended": (_("let the hold last longer"), "clock-plus"),
    "territory.changed": (_("changed what is held"), "pencil"),
    "territory.signed": (_("signed the territory over"), "signature"),
    "territory.released": (_("let the territory go"), "lock-open"),
    "territory.timed_out": (_("let the territory go: its time had run out"), "clock-x"),
    "territory.ended": (_("ended the territory grant"), "square-x"),
    "territory.queued": (_("put the dealer into the queue"), "hourglass"),
    "territory.left_queue": (_("took the dealer out of the queue"), "user-minus"),
    "territory.offered": (_("offered the territory to the next in the queue"), "bell"),
    "region.added": (_("added a region of our own"), "affiliate"),
    "region.edited": (_("edited a region of our own"), "pencil"),
    "package.taken": (_("used the package for a contract"), "gift"),
    "package.given_back": (_("gave the package back"), "arrow-back-up"),
}

FIELDS: dict[str, LazyString] = {
    "region": _("Region"),
    "dealer": _("Dealer"),
    "line": _("Product line"),
    "region_id": _("Region"),
    "line_id": _("Product line"),
    "channel_id": _("Sales channel"),
    "is_exclusive": _("Exclusive"),
    "held_by_id": _("Rep"),
    "held_at": _("Held since"),
    "held_until": _("Held until"),
    "contract_id": _("Contract"),
    "contract": _("Contract"),
    "signed_at": _("Signed"),
    "ended_at": _("Ended"),
    "ended_why": _("Reason"),
    "told_at": _("Told at"),
    "grant_id": _("Hold"),
}
