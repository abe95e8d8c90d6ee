"""Which places there are: the table behind the navigation.

An event's navigation follows its life. Each `Stage` is one line of the rail; the places of a stage stand below its name
while one of them is open. **A new page gets its entry by one line in the stage it belongs to**: endpoint, label, icon,
and the endpoints (or their beginnings) that count as the same place. Who sees it is said by the endpoint's own guard.
A stage without a place that somebody may open is not shown, so an empty one costs nothing.
"""

from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext

from app.access import Grant, Role

_ = lazy_gettext


@dataclass(frozen=True)
class Place:
    """A page one can go to. `also` names further endpoints, or beginnings of endpoints, that belong to it."""

    endpoint: str
    label: LazyString
    icon: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stage:
    """A line of the rail: it leads to the first of its places that the person may open."""

    label: LazyString
    icon: str
    places: tuple[Place, ...]


_OF_LINES = ("territories.line", "territories.company")

# The life of an event, in its order.
OF_EVENT = (
    Stage(
        _("Overview"),
        "layout-dashboard",
        (
            Place(
                "events.overview",
                _("Overview"),
                "layout-dashboard",
                ("events.edit", "events.milestone", "events.close"),
            ),
        ),
    ),
    Stage(
        _("Plan"),
        "clipboard-list",
        (
            Place("plan.show", _("The plan"), "file-text", ("plan.",)),
            Place("plan.timeline", _("Timeline"), "timeline", ("plan.task",)),
        ),
    ),
    Stage(
        _("Programme"),
        "presentation",
        (
            Place("programme.index", _("Agenda"), "presentation", ("programme.",)),
            Place("programme.run_sheet", _("Run sheet"), "list-check", ("programme.cue",)),
            Place("programme.front", _("People in front"), "microphone", ("programme.front",)),
            Place("programme.publicity", _("Publicity"), "speakerphone", ("programme.publicity",)),
        ),
    ),
    Stage(
        _("Guests"),
        "users",
        (Place("invitations.index", _("Guests"), "users", ("invitations.",)),),
    ),
    Stage(
        _("Replies"),
        "mail-opened",
        (
            Place("rsvp.replies", _("Replies"), "mail-opened", ("rsvp.record",)),
            Place("rsvp.confirm", _("Re-confirm"), "phone-check"),
            Place("rsvp.calls", _("Call list"), "phone", ("rsvp.call",)),
        ),
    ),
    Stage(
        _("Materials"),
        "package",
        (
            Place("materials.index", _("Materials"), "package", ("materials.",)),
            Place("materials.boxes", _("Boxes"), "archive", ("materials.box", "materials.blank")),
            Place("materials.phone", _("On the phone"), "device-mobile"),
        ),
    ),
    Stage(
        _("Staff"),
        "users-group",
        (
            Place("staff.index", _("Staff"), "users-group", ("staff.",)),
            Place("staff.day", _("On the day"), "clock-hour-4", ("staff.day", "staff.note")),
            Place("staff.incidents", _("Incidents"), "urgent", ("staff.incident",)),
            Place("staff.closeout", _("Close-out"), "checklist", ("staff.closeout",)),
        ),
    ),
    Stage(
        _("Hall and tables"),
        "armchair",
        (
            Place("seating.index", _("Seats"), "armchair", ("seating.",)),
            Place("seating.hall", _("Hall plan"), "layout-grid"),
            Place("materials.zones", _("Zones of the hall"), "flag", ("materials.zone",)),
        ),
    ),
    Stage(
        _("Travel, rooms, meals"),
        "bus",
        (Place("travel.index", _("Travel"), "bus", ("travel.",)),),
    ),
    Stage(
        _("Door"),
        "qrcode",
        (
            Place("checkin.arrivals", _("Arrivals"), "user-check", ("checkin.",)),
            Place("checkin.desk", _("Door"), "qrcode"),
            Place("checkin.badges", _("Badges"), "id-badge", ("checkin.badge", "checkin.staff_badge")),
        ),
    ),
    Stage(
        _("Signing"),
        "signature",
        (
            Place("contracts.index", _("Contracts"), "contract", ("contracts.",)),
            Place("contracts.order", _("Signing order"), "list-numbers"),
            Place("contracts.talks", _("Talks"), "message-2", ("contracts.talk", "contracts.open_talk")),
            Place("signing.countersign_queue", _("Countersign"), "signature", ("signing.countersign",)),
            Place("signing.wall", _("Signing wall"), "writing-sign", ("signing.wall",)),
            Place("territories.index", _("Territories"), "map-2", ("territories.",)),
            Place(
                "territories.packages",
                _("Packages"),
                "gift",
                ("territories.package", "territories.limits"),
            ),
        ),
    ),
    Stage(
        _("Budget"),
        "wallet",
        (
            Place("budget.index", _("Budget"), "wallet", ("budget.",)),
            Place("budget.expenses", _("Expenses"), "receipt", ("budget.expense",)),
        ),
    ),
    Stage(
        _("Payments"),
        "cash",
        (
            Place("receivables.index", _("Payments"), "cash", ("receivables.",)),
            Place("receivables.calls", _("Payment calls"), "phone-outgoing", ("receivables.call",)),
            Place("receivables.reminders", _("Reminders"), "bell", ("receivables.set_reminders",)),
        ),
    ),
    Stage(
        _("Report"),
        "report-analytics",
        (
            Place("report.index", _("Report"), "report-analytics", ("report.",)),
            Place("report.unsigned", _("Not signed yet"), "user-question", ("report.say_step",)),
        ),
    ),
    Stage(
        _("Mail and SMS"),
        "send",
        (
            Place("messages.outbox", _("Outbox"), "send", ("messages.message",)),
            Place("messages.templates", _("Wording"), "template", ("messages.template",)),
        ),
    ),
)

# What belongs to no event.
OF_HOUSE = (
    Stage(_("Home"), "home", (Place("home.index", _("Home"), "home", ("home.",)),)),
    Stage(_("My tasks"), "checklist", (Place("plan.mine", _("My tasks"), "checklist"),)),
    Stage(
        _("Events"),
        "calendar-event",
        (Place("events.index", _("Events"), "calendar-event", ("events.create",)),),
    ),
    Stage(
        _("Dealers"),
        "building-store",
        (
            Place("dealers.index", _("Dealers"), "building-store", ("dealers.",)),
            Place("dealers.papers_to_check", _("Papers to check"), "certificate"),
        ),
    ),
    Stage(
        _("Contracts"),
        "contract",
        (
            Place("contracts.register", _("Contracts"), "contract", ("contracts.record", "contracts.register")),
            Place("contracts.approvals_index", _("To approve"), "thumb-up", ("contracts.approval",)),
            Place("contracts.targets", _("Sales targets"), "target", ("contracts.target",)),
            Place("contracts.lookups", _("Requests to see"), "key", ("contracts.lookup",)),
            Place("contracts.keeping", _("Retention"), "archive", ("contracts.keeping",)),
            Place("contracts.templates", _("Contract templates"), "template", ("contracts.template",)),
        ),
    ),
    Stage(
        _("Payments"),
        "cash",
        (
            Place("receivables.board", _("My payments"), "cash"),
            Place("receivables.everything", _("What is owed"), "coins", ("receivables.",)),
            Place("receivables.receipts", _("Receipts"), "receipt", ("receivables.receipt",)),
            Place("receivables.bank", _("Bank file"), "building-bank", ("receivables.bank",)),
            Place(
                "receivables.problems",
                _("Problem accounts"),
                "flame",
                ("receivables.problem",),
            ),
            Place("receivables.adjustments", _("Refunds and write-offs"), "thumb-up", ("receivables.adjustment",)),
        ),
    ),
    Stage(
        _("Settings"),
        "settings",
        (
            Place(
                "territories.regions",
                _("Regions and lines"),
                "map-2",
                ("territories.region", "territories.group", "territories.account", *_OF_LINES),
            ),
            Place("staff.people", _("People on duty"), "id-badge-2", ("staff.person", "staff.people")),
            Place("auth.users", _("Users and roles"), "users", ("auth.user", "auth.permissions")),
            Place("home.journal", _("Journal"), "history"),
        ),
    ),
)

# The three things a role does, for the bar at the foot of a phone: in an event, and outside of one. Whoever is several
# things has the bar of the first role named here. A place the person may not open makes room for the next of the rail.
BAR_OF_EVENT: dict[Role | Grant, tuple[str, str, str]] = {
    Role.PLANNER: ("events.overview", "invitations.index", "materials.index"),
    Role.SALES_REP: ("invitations.index", "rsvp.calls", "contracts.index"),
    Role.SALES_MANAGER: ("events.overview", "contracts.approvals_index", "contracts.index"),
    Role.DIRECTOR: ("report.index", "contracts.approvals_index", "signing.countersign_queue"),
    Role.CONTRACT_ADMINISTRATOR: ("contracts.index", "contracts.order", "signing.wall"),
    Role.FINANCE: ("receivables.index", "receivables.calls", "budget.expenses"),
    Role.CONFERENCE_AFFAIRS: ("rsvp.replies", "materials.index", "staff.day"),
    Role.COMPLIANCE: ("dealers.papers_to_check", "contracts.index", "events.overview"),
    Role.RECEPTION: ("checkin.desk", "checkin.arrivals", "events.overview"),
    Role.ADMINISTRATOR: ("events.overview", "invitations.index", "contracts.index"),
    Grant.CONFERENCE_AFFAIRS: ("checkin.arrivals", "materials.index", "rsvp.replies"),
    Grant.HALL: ("seating.index", "materials.zones", "checkin.arrivals"),
    Grant.DOOR: ("checkin.desk", "checkin.arrivals", "events.overview"),
}
BAR_OF_HOUSE: dict[Role | Grant, tuple[str, str, str]] = {
    Role.SALES_REP: ("home.index", "receivables.board", "dealers.index"),
    Role.DIRECTOR: ("home.index", "contracts.approvals_index", "events.index"),
    Role.SALES_MANAGER: ("home.index", "contracts.approvals_index", "dealers.index"),
    Role.CONTRACT_ADMINISTRATOR: ("home.index", "contracts.register", "contracts.lookups"),
    Role.FINANCE: ("home.index", "receivables.everything", "receivables.receipts"),
    Role.COMPLIANCE: ("home.index", "dealers.papers_to_check", "contracts.register"),
}
