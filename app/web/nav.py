"""The navigation: which places there are, and who sees them."""

from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for
from flask_babel import LazyString, lazy_gettext
from flask_login import current_user

from app.access import Permission
from app.web.guards import may_open

_ = lazy_gettext


@dataclass(frozen=True)
class Place:
    """A place in the navigation. `also` names further endpoints that belong to it."""

    endpoint: str
    label: LazyString
    icon: str
    permission: Permission | None  # what it is for; who may go there is said by the endpoint's own guard
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class NavItem:
    """A place as one page shows it."""

    label: LazyString
    url: str
    icon: str
    active: bool


_P = Permission
GLOBAL = (
    Place("home.index", _("Home"), "home", None),
    Place("events.index", _("Events"), "calendar-event", _P.VIEW_EVENTS, ("events.create",)),
    Place("dealers.index", _("Dealers"), "building-store", _P.VIEW_DEALERS, ("dealers.",)),
    Place("dealers.papers_to_check", _("Papers to check"), "certificate", _P.CHECK_QUALIFICATIONS),
    Place(
        "contracts.register",
        _("Contracts"),
        "contract",
        _P.VIEW_CONTRACTS,
        ("contracts.record", "contracts.register", "contracts.lookup", "contracts.target", "contracts.keeping"),
    ),
    Place("contracts.approvals_index", _("To approve"), "thumb-up", _P.REVIEW_CONTRACTS, ("contracts.approval",)),
    Place(
        "contracts.templates",
        _("Contract templates"),
        "template",
        _P.EDIT_CONTRACT_TEMPLATES,
        ("contracts.template",),
    ),
    Place("receivables.everything", _("Payments"), "cash", _P.VIEW_ALL_RECEIVABLES, ("receivables.",)),
    Place("staff.people", _("People on duty"), "id-badge-2", _P.VIEW_STAFF, ("staff.person", "staff.people")),
    Place(
        "territories.regions",
        _("Regions and lines"),
        "map-2",
        _P.EDIT_TERRITORIES,
        ("territories.region", "territories.group", "territories.account", "territories.line", "territories.company"),
    ),
    Place("auth.users", _("Users and roles"), "users", _P.MANAGE_USERS, ("auth.user", "auth.permissions")),
    Place("home.journal", _("Journal"), "history", _P.VIEW_JOURNAL),
)
OF_EVENT = (
    Place(
        "events.overview",
        _("Overview"),
        "layout-dashboard",
        _P.VIEW_EVENTS,
        ("events.edit", "events.milestone", "events.close"),
    ),
    Place("invitations.index", _("Guests"), "users", _P.VIEW_INVITATIONS, ("invitations.",)),
    Place("rsvp.replies", _("Replies"), "mail-opened", _P.VIEW_INVITATIONS, ("rsvp.record",)),
    Place("rsvp.confirm", _("Re-confirm"), "phone-check", _P.VIEW_INVITATIONS, ("rsvp.call",)),
    Place("materials.index", _("Materials"), "package", _P.VIEW_MATERIALS, ("materials.",)),
    Place("materials.zones", _("Hall"), "armchair", _P.VIEW_MATERIALS, ("materials.zone",)),
    Place("staff.index", _("Staff"), "users-group", _P.VIEW_STAFF, ("staff.",)),
    Place("checkin.badges", _("Badges"), "id-badge", _P.PRINT_BADGES, ("checkin.badge", "checkin.staff_badge")),
    Place("checkin.arrivals", _("Door"), "qrcode", _P.VIEW_ARRIVALS, ("checkin.",)),
    Place("territories.index", _("Territories"), "map-2", _P.VIEW_TERRITORIES, ("territories.",)),
    Place(
        "contracts.index",
        _("Contracts"),
        "contract",
        _P.VIEW_CONTRACTS,
        ("contracts.",),
    ),
    Place("contracts.order", _("Signing"), "signature", _P.VIEW_CONTRACTS, ("contracts.talks",)),
    Place(
        "signing.countersign_queue", _("Countersign"), "signature", _P.COUNTERSIGN_CONTRACTS, ("signing.countersign",)
    ),
    Place("budget.index", _("Budget"), "cash", _P.VIEW_BUDGET, ("budget.",)),
    Place("signing.wall", _("Signing wall"), "writing-sign", _P.RUN_WALL, ("signing.wall",)),
    Place("receivables.index", _("Payments"), "cash", _P.VIEW_RECEIVABLES, ("receivables.",)),
    Place("messages.outbox", _("Outbox"), "send", _P.VIEW_OUTBOX, ("messages.message",)),
    Place("messages.templates", _("Wording"), "template", _P.EDIT_MESSAGE_TEMPLATES, ("messages.template",)),
)


# Where the frame of every page leads, by the name that templates use.
OF_FRAME = {
    "home_url": "home.index",
    "search_url": "home.search",
    "account_url": "auth.account",
    "jobs_url": "home.jobs",
    "tray_url": "home.tray",
    "sign_out_url": "auth.sign_out",
    "language_url": "auth.language",
    "theme_url": "auth.theme",
}


def _items(places: tuple[Place, ...], **values: Any) -> list[NavItem]:
    seen = [each for each in places if may_open(each.endpoint, values.get("slug"))]
    active = _active(seen)
    return [NavItem(each.label, url_for(each.endpoint, **values), each.icon, each is active) for each in seen]


def _active(places: list[Place]) -> Place | None:
    """The place whose name, or failing that whose longest prefix, fits the page."""
    here = request.endpoint or ""
    exact = [each for each in places if each.endpoint == here]
    if exact:
        return exact[0]
    fitting = [(len(prefix), each) for each in places for prefix in each.also if here.startswith(prefix)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def nav() -> list[NavItem]:
    """Return the places of the whole console that the signed-in person may go to."""
    return _items(GLOBAL) if current_user.is_authenticated else []


def event_nav() -> list[NavItem]:
    """Return the places of the page's event that the signed-in person may go to."""
    event = g.get("event")
    if event is None or not current_user.is_authenticated:
        return []
    return _items(OF_EVENT, slug=event.slug)


def frame() -> dict[str, str]:
    """Return the addresses the frame of a page needs; `event_url` is "" outside an event."""
    addresses = {name: url_for(endpoint) for name, endpoint in OF_FRAME.items()}
    event = g.get("event")
    addresses["event_url"] = url_for("events.overview", slug=event.slug) if event is not None else ""
    return addresses


def door(endpoint: str, **values: Any) -> str:
    """Return the address of an endpoint when the signed-in person may go there, else "".

    Figures are doors to the rows behind them; whoever may not see the rows reads the figure without a link.
    """
    return url_for(endpoint, **values) if may_open(endpoint, values.get("slug")) else ""
