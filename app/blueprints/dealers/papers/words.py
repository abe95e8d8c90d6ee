"""What is wrong with a paper, in words."""

from flask_babel import LazyString, lazy_gettext

from app.blueprints.dealers.papers.rules import Fault

_ = lazy_gettext

FAULTS: dict[Fault, tuple[LazyString, str, str]] = {
    Fault.MISSING: (_("Not there yet"), "red", "file-x"),
    Fault.UNCHECKED: (_("To be checked"), "blue", "eye"),
    Fault.RETURNED: (_("Sent back with remarks"), "red", "arrow-back-up"),
    Fault.EXPIRED: (_("Expired"), "red", "calendar-x"),
    Fault.UNSTAMPED: (_("Without the company seal"), "red", "rubber-stamp"),
    Fault.OUT_OF_SCOPE: (_("Scope does not fit"), "red", "file-alert"),
}
