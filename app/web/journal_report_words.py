"""Words for the journal of reports: codes as (what was done, icon), and names of fields."""

from flask_babel import LazyString, lazy_gettext

_ = lazy_gettext

ACTIONS: dict[str, tuple[LazyString, str]] = {
    "step.said": (_("said what happens next"), "clipboard-list"),
    "report.photo_added": (_("put a photo into the report"), "camera"),
    "report.photo_removed": (_("took a photo out of the report"), "x"),
    "piece.worded": (_("worded a publicity piece"), "pencil"),
    "piece.reset": (_("put a publicity piece back to the draft"), "arrow-back-up"),
    "step.done": (_("did the next step"), "check"),
}

FIELDS: dict[str, LazyString] = {
    "caption": _("What it shows"),
    "step": _("What happens next"),
    "piece": _("Piece"),
}
