"""Words for the journal of what happens after an event: codes as (what was done, icon), and names of fields."""

from flask_babel import LazyString, lazy_gettext

_ = lazy_gettext

ACTIONS: dict[str, tuple[LazyString, str]] = {
    "event.waived": (_("let something pass for closing the event"), "circle-check"),
    "event.waiver_taken_back": (_("took a waiver back"), "arrow-back-up"),
    "closeout.made": (_("made the close-out lists"), "list-check"),
    "closeout.added": (_("added something to close out"), "plus"),
    "closeout.removed": (_("removed something to close out"), "trash"),
    "closeout.done": (_("closed something out"), "check"),
    "closeout.opened": (_("opened something to close out again"), "arrow-back-up"),
    "closeout.waived": (_("waived something to close out"), "circle-check"),
    "closeout.handed_over": (_("handed open close-out items over"), "switch-horizontal"),
    "closeout.reminded": (_("reminded somebody to close out"), "send"),
}

FIELDS: dict[str, LazyString] = {
    "settles": _("To settle afterwards"),
    "returns": _("To give back afterwards"),
    "hands_over": _("To hand over afterwards"),
    "about": _("Item"),
    "why": _("Reason"),
    "left_open": _("Left open"),
    "items": _("Items"),
    "stock_item_id": _("Draws from"),
    "to_person": _("Taken over by"),
}
