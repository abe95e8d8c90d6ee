"""Who may do what: company-wide roles and the permissions each one gives.

This table is the whole truth; administrators see it as a page. A role may hold less than one expects: rights are
added here when a job needs them, never in a view.
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

PERMISSIONS_OF: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.DIRECTOR: frozenset(
        _LOOK | {_P.VIEW_JOURNAL, _P.VIEW_OUTBOX, _P.EXPORT_LISTS, _P.VIEW_STAFF, _P.VIEW_MATERIALS}
    ),
    Role.PLANNER: frozenset(
        _LOOK
        | _INVITE
        | _HOST
        | _STAFF
        | _MATERIALS
        | {_P.EDIT_EVENTS, _P.VIEW_JOURNAL, _P.VIEW_OUTBOX, _P.MANAGE_OUTBOX, _P.EDIT_MESSAGE_TEMPLATES}
    ),
    Role.SALES_MANAGER: frozenset(
        _LOOK | _INVITE | {_P.VIEW_JOURNAL, _P.VIEW_OUTBOX, _P.MANAGE_CONFIRMATIONS, _P.VIEW_STAFF, _P.VIEW_MATERIALS}
    ),
    Role.SALES_REP: frozenset(
        {
            _P.VIEW_EVENTS,
            _P.VIEW_DEALERS,
            _P.EDIT_DEALERS,
            _P.VIEW_INVITATIONS,
            _P.EDIT_INVITATIONS,
            _P.SEND_INVITATIONS,
            _P.RECORD_REPLIES,
            _P.VIEW_ARRIVALS,
        }
    ),
    Role.CONFERENCE_AFFAIRS: frozenset(
        _LOOK | _HOST | _STAFF | _MATERIALS | {_P.RECORD_REPLIES, _P.EXPORT_LISTS, _P.VIEW_OUTBOX}
    ),
    Role.FINANCE: frozenset({_P.VIEW_EVENTS, _P.VIEW_DEALERS, _P.VIEW_MATERIALS}),
    Role.CONTRACT_ADMINISTRATOR: frozenset({_P.VIEW_EVENTS, _P.VIEW_DEALERS, _P.VIEW_ARRIVALS}),
    Role.COMPLIANCE: frozenset({_P.VIEW_EVENTS, _P.VIEW_DEALERS, _P.VIEW_JOURNAL}),
    Role.RECEPTION: frozenset({_P.VIEW_EVENTS, _P.CHECK_IN, _P.VIEW_ARRIVALS}),
}


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Return everything the given roles allow together."""
    return frozenset[Permission]().union(*(PERMISSIONS_OF[role] for role in roles))
