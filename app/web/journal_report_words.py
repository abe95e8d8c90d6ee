"""Words for the journal of reports: codes as (what was done, icon), and names of fields."""

from flask_babel import LazyString, lazy_gettext

_ = lazy_gettext

ACTIONS: dict[str, tuple[LazyString, str]] = {
    "step.said": (_("said what happens next"), "clipboard-list"),
    "step.done": (_("did the next step"), "check"),
}

FIELDS: dict[str, LazyString] = {}
