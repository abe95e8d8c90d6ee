"""Who may do what: company-wide roles and the permissions each one gives, and what a duty at one event adds there.

These tables are the whole truth; administrators see them as a page. A role may hold less than one expects: rights are
added here when a job needs them, never in a view. From when until when a duty's rights hold is said by `app/rights.py`.
"""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """What a person is in the company. One person may be several things."""

    ADMINISTRATOR = "administrator"
    DIRECTOR = "director"
    PLANNER = "planner"
    SALES_MANAGER = "sales_manager"
    SALES_REP = "sales_rep"
    CONFERENCE_AFFAIRS = "conference_affairs"
    FINANCE = "finance"
    CONTRACT_ADMINISTRATOR = "contract_administrator"
    COMPLIANCE = "compliance"
    RECEPTION = "reception"


class Grant(StrEnum):
    """The rights in one event that a staff role there brings its holder."""

    NONE = "none"
    DOOR = "door"  # check in, see the door's list
    CONFERENCE_AFFAIRS = "conference_affairs"  # registration, materials and costs
    HALL = "hall"  # the attendee list, tables, zones and the state of contracts


class Permission(StrEnum):
    """One thing a person may do."""

    MANAGE_USERS = "manage_users"
    VIEW_JOURNAL = "view_journal"
    VIEW_EVENTS = "view_events"
    EDIT_EVENTS = "edit_events"
    VIEW_DEALERS = "view_dealers"
    EDIT_DEALERS = "edit_dealers"
    VIEW_INVITATIONS = "view_invitations"
    VIEW_ALL_INVITATIONS = "view_all_invitations"  # without it only those the person is the rep of
    EDIT_INVITATIONS = "edit_invitations"
    IMPORT_INVITATIONS = "import_invitations"
    SEND_INVITATIONS = "send_invitations"
    EXPORT_LISTS = "export_lists"
    RECORD_REPLIES = "record_replies"  # reply or confirm for a guest, work the call list
    MANAGE_CONFIRMATIONS = "manage_confirmations"  # set and start the round, move the waiting list
    VIEW_OUTBOX = "view_outbox"
    MANAGE_OUTBOX = "manage_outbox"
    EDIT_MESSAGE_TEMPLATES = "edit_message_templates"
    PRINT_BADGES = "print_badges"
    CHECK_IN = "check_in"
    VIEW_ARRIVALS = "view_arrivals"
    VIEW_STAFF = "view_staff"
    EDIT_STAFF = "edit_staff"
    VIEW_MATERIALS = "view_materials"
    EDIT_MATERIALS = "edit_materials"
    CHECK_QUALIFICATIONS = "check_qualifications"  # screen dealers, pass or return their papers
    VIEW_TERRITORIES = "view_territories"
    HOLD_TERRITORIES = "hold_territories"  # hold for a dealer, let go, queue up
    EDIT_TERRITORIES = "edit_territories"  # regions, lines, what an event offers
    EDIT_PACKAGES = "edit_packages"  # the day's policy packages and how far each role may go
    VIEW_CONTRACT_STATES = "view_contract_states"  # who signs when and how far each is; no terms, no sums
    VIEW_CONTRACTS = "view_contracts"  # those the person is the rep of
    VIEW_ALL_CONTRACTS = "view_all_contracts"
    DRAFT_CONTRACTS = "draft_contracts"
    REVIEW_CONTRACTS = "review_contracts"  # approve what is within a rep's authority
    APPROVE_CONTRACTS = "approve_contracts"  # approve what is beyond it
    OVERRIDE_GATE = "override_gate"  # let a missing point of the readiness gate pass
    EDIT_CONTRACT_TEMPLATES = "edit_contract_templates"
    APPROVE_CONTRACT_TEMPLATES = "approve_contract_templates"
    HOST_SIGNING = "host_signing"  # hand a dealer the pen
    COUNTERSIGN_CONTRACTS = "countersign_contracts"
    FILE_CONTRACTS = "file_contracts"  # check paper scans, file, void, release lookups
    RUN_WALL = "run_wall"
    VIEW_RECEIVABLES = "view_receivables"  # those the person chases
    VIEW_ALL_RECEIVABLES = "view_all_receivables"
    CHASE_PAYMENTS = "chase_payments"  # log calls and promises, note how a dealer pays
    RECORD_RECEIPTS = "record_receipts"  # take money down from a slip, provisionally
    CONFIRM_RECEIPTS = "confirm_receipts"  # say that money is at the bank or bounced, divide it, reverse
    MANAGE_REMINDERS = "manage_reminders"
    APPROVE_ADJUSTMENTS = "approve_adjustments"  # refunds, write-offs, instalments; decide problem accounts
    VIEW_BUDGET = "view_budget"
    PLAN_BUDGET = "plan_budget"  # lines, versions of the plan
    REQUEST_EXPENSES = "request_expenses"  # ask for an expense, petty cash, one's own claims
    APPROVE_EXPENSES = "approve_expenses"  # and plans, as far as the role's limit goes
    BOOK_INVOICES = "book_invoices"  # invoices, payments, advances, petty cash checked
    VIEW_REPORT = "view_report"  # what came of an event, with all its sums
    SET_SPENDING_LIMITS = "set_spending_limits"  # how much each role may approve, take from the cash box, except
    VIEW_PLAN = "view_plan"  # the plan as a document and its timeline, the budget's table in it too
    WRITE_PLAN = "write_plan"  # and set tasks
    REVIEW_PLAN = "review_plan"  # of somebody else
    APPROVE_PLAN = "approve_plan"  # of somebody else
    VIEW_SEATING = "view_seating"  # the hall plan and who sits where
    EDIT_SEATING = "edit_seating"  # draw the hall, seat guests
    VIEW_PROGRAMME = "view_programme"  # agenda, rehearsals, run sheet, people in front, publicity without sums
    EDIT_PROGRAMME = "edit_programme"  # and open or take back the page that guests read
    RUN_PROGRAMME = "run_programme"  # say on the day what begins and ends, tick cues
    VIEW_TRAVEL = "view_travel"  # who arrives when, sleeps where, eats what
    EDIT_TRAVEL = "edit_travel"  # cars, runs, rooms, sittings, groups, the sheets about them
    ACCEPT_ZONES = "accept_zones"  # see the zones of the hall, tick what stands, accept them


_P = Permission
_LOOK = {_P.VIEW_EVENTS, _P.VIEW_DEALERS, _P.VIEW_INVITATIONS, _P.VIEW_ALL_INVITATIONS, _P.VIEW_ARRIVALS}
_INVITE = {
    _P.EDIT_DEALERS,
    _P.EDIT_INVITATIONS,
    _P.IMPORT_INVITATIONS,
    _P.SEND_INVITATIONS,
    _P.EXPORT_LISTS,
    _P.RECORD_REPLIES,
}
_HOST = {_P.MANAGE_CONFIRMATIONS, _P.PRINT_BADGES, _P.CHECK_IN}
_STAFF = {_P.VIEW_STAFF, _P.EDIT_STAFF}
_MATERIALS = {_P.VIEW_MATERIALS, _P.EDIT_MATERIALS}
_SEAT = {_P.VIEW_SEATING, _P.EDIT_SEATING}
_STAGE = {_P.VIEW_PROGRAMME, _P.RUN_PROGRAMME}
_FETCH = {_P.VIEW_TRAVEL, _P.EDIT_TRAVEL}
_SIGN = {
    _P.VIEW_TERRITORIES,
    _P.HOLD_TERRITORIES,
    _P.VIEW_CONTRACT_STATES,
    _P.VIEW_CONTRACTS,
    _P.DRAFT_CONTRACTS,
    _P.HOST_SIGNING,
}
_SEE_MONEY = {_P.VIEW_RECEIVABLES, _P.VIEW_ALL_RECEIVABLES}
_CHASE = {_P.CHASE_PAYMENTS, _P.RECORD_RECEIPTS}
_SPEND = {_P.VIEW_BUDGET, _P.REQUEST_EXPENSES, _P.APPROVE_EXPENSES}
_READ_PLAN = {_P.VIEW_PLAN, _P.REVIEW_PLAN}
_READ_CONTRACTS = {_P.VIEW_TERRITORIES, _P.VIEW_CONTRACT_STATES, _P.VIEW_CONTRACTS, _P.VIEW_ALL_CONTRACTS}

PERMISSIONS_OF: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.DIRECTOR: frozenset(
        _LOOK
        | _READ_CONTRACTS
        | _SEE_MONEY
        | _SPEND
        | {_P.VIEW_JOURNAL, _P.VIEW_OUTBOX, _P.EXPORT_LISTS, _P.VIEW_STAFF, _P.VIEW_MATERIALS, _P.VIEW_REPORT}
        | {_P.VIEW_SEATING, _P.VIEW_PROGRAMME, _P.VIEW_TRAVEL}
        | {_P.APPROVE_CONTRACTS, _P.OVERRIDE_GATE, _P.COUNTERSIGN_CONTRACTS, _P.APPROVE_CONTRACT_TEMPLATES}
        | {_P.SET_SPENDING_LIMITS}
        | {_P.VIEW_PLAN, _P.APPROVE_PLAN}
        | {_P.APPROVE_ADJUSTMENTS}
    ),
    Role.PLANNER: frozenset(
        _LOOK
        | _INVITE
        | _HOST
        | _STAFF
        | _MATERIALS
        | _SEAT
        | _STAGE
        | _FETCH
        | _READ_CONTRACTS
        | _SPEND
        | _READ_PLAN
        | {_P.EDIT_PROGRAMME}
        | {_P.PLAN_BUDGET, _P.WRITE_PLAN, _P.VIEW_REPORT}
        | {_P.EDIT_EVENTS, _P.VIEW_JOURNAL, _P.VIEW_OUTBOX, _P.MANAGE_OUTBOX, _P.EDIT_MESSAGE_TEMPLATES}
        | {_P.EDIT_TERRITORIES, _P.EDIT_PACKAGES, _P.RUN_WALL, _P.ACCEPT_ZONES}
    ),
    Role.SALES_MANAGER: frozenset(
        _LOOK
        | _INVITE
        | _SIGN
        | _READ_CONTRACTS
        | _SEE_MONEY
        | _CHASE
        | {_P.VIEW_TRAVEL}
        | {_P.MANAGE_REMINDERS, _P.VIEW_REPORT, _P.APPROVE_ADJUSTMENTS}
        | _SEAT
        | _STAGE
        | _SPEND
        | _READ_PLAN
        | {_P.VIEW_JOURNAL, _P.VIEW_OUTBOX, _P.MANAGE_CONFIRMATIONS, _P.VIEW_STAFF, _P.VIEW_MATERIALS}
        | {_P.EDIT_TERRITORIES, _P.EDIT_PACKAGES, _P.REVIEW_CONTRACTS, _P.OVERRIDE_GATE, _P.RUN_WALL}
    ),
    Role.SALES_REP: frozenset(
        _SIGN
        | _CHASE
        | {
            _P.VIEW_RECEIVABLES,
            _P.VIEW_EVENTS,
            _P.VIEW_DEALERS,
            _P.EDIT_DEALERS,
            _P.VIEW_INVITATIONS,
            _P.EDIT_INVITATIONS,
            _P.SEND_INVITATIONS,
            _P.RECORD_REPLIES,
            _P.VIEW_ARRIVALS,
            _P.VIEW_PROGRAMME,
            _P.REQUEST_EXPENSES,
        }
    ),
    Role.CONFERENCE_AFFAIRS: frozenset(
        _LOOK
        | _HOST
        | _STAFF
        | _MATERIALS
        | _SEAT
        | _STAGE
        | _FETCH
        | _SPEND
        | _READ_PLAN
        | {_P.EDIT_PROGRAMME}
        | {_P.RECORD_REPLIES, _P.EXPORT_LISTS, _P.VIEW_OUTBOX, _P.PLAN_BUDGET, _P.WRITE_PLAN}
    ),
    Role.FINANCE: frozenset(
        {_P.VIEW_EVENTS, _P.VIEW_DEALERS, _P.VIEW_MATERIALS, _P.CONFIRM_RECEIPTS, _P.MANAGE_REMINDERS, _P.EXPORT_LISTS}
        | {_P.VIEW_BUDGET, _P.PLAN_BUDGET, _P.REQUEST_EXPENSES, _P.BOOK_INVOICES, _P.VIEW_REPORT, _P.VIEW_PLAN}
        | {_P.APPROVE_ADJUSTMENTS}
        | _READ_CONTRACTS
        | _SEE_MONEY
        | _CHASE
    ),
    Role.CONTRACT_ADMINISTRATOR: frozenset(
        {_P.VIEW_EVENTS, _P.VIEW_DEALERS, _P.VIEW_ARRIVALS, _P.VIEW_INVITATIONS, _P.VIEW_ALL_INVITATIONS}
        | _READ_CONTRACTS
        | {_P.DRAFT_CONTRACTS, _P.HOST_SIGNING, _P.FILE_CONTRACTS, _P.EDIT_CONTRACT_TEMPLATES, _P.EXPORT_LISTS}
        | {_P.EDIT_TERRITORIES, _P.RUN_WALL}
    ),
    Role.COMPLIANCE: frozenset(
        {_P.VIEW_EVENTS, _P.VIEW_DEALERS, _P.VIEW_JOURNAL, _P.CHECK_QUALIFICATIONS}
        | _READ_CONTRACTS
        | _READ_PLAN
        | {_P.APPROVE_CONTRACT_TEMPLATES}
    ),
    Role.RECEPTION: frozenset({_P.VIEW_EVENTS, _P.CHECK_IN, _P.VIEW_ARRIVALS}),
}

# No grant holds anything that hands on rights, changes the event or takes data away: not EDIT_STAFF, EDIT_EVENTS,
# MANAGE_USERS, EXPORT_LISTS. So nobody can widen rights that a duty brought.
_DOOR = {_P.VIEW_EVENTS, _P.CHECK_IN, _P.VIEW_ARRIVALS}
_GUESTS = {_P.VIEW_INVITATIONS, _P.VIEW_ALL_INVITATIONS}

GRANTED_BY: dict[Grant, frozenset[Permission]] = {
    Grant.NONE: frozenset(),
    Grant.DOOR: frozenset(_DOOR),
    Grant.CONFERENCE_AFFAIRS: frozenset(
        _DOOR
        | _GUESTS
        | _MATERIALS
        | _FETCH
        | {_P.RECORD_REPLIES, _P.PRINT_BADGES, _P.VIEW_STAFF, _P.VIEW_BUDGET, _P.REQUEST_EXPENSES}
        | {_P.VIEW_PLAN, _P.VIEW_SEATING}
        | _STAGE
    ),
    Grant.HALL: frozenset(
        {_P.VIEW_EVENTS, _P.VIEW_ARRIVALS, _P.ACCEPT_ZONES, _P.VIEW_CONTRACT_STATES} | _GUESTS | _SEAT | _STAGE
    ),
}


def granted_by(grants: Iterable[Grant]) -> frozenset[Permission]:
    """Return everything the given rights in one event allow together."""
    return frozenset[Permission]().union(*(GRANTED_BY[grant] for grant in grants))


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Return everything the given roles allow together."""
    return frozenset[Permission]().union(*(PERMISSIONS_OF[role] for role in roles))
