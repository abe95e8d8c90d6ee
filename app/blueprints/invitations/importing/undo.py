"""What reverting an import does with one row. Pure: what was written and what stands there now in, a decision out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from app.blueprints.dealers.bulk import BLANK as DEALER_BLANK
from app.blueprints.invitations.bulk import BLANK as INVITATION_BLANK
from app.errors import N_
from app.models import GuestKind, InvitationState, Readiness, Standing

# Why a guest stays as they are. Whoever shows it translates.
KEPT: dict[str, str] = {
    "invited": N_("Has been invited in the meantime."),
    "changed": N_("Was changed by somebody in the meantime."),
    "in_use": N_("Something was recorded for this guest in the meantime."),
    "dealer_in_use": N_("Off this list, but the dealer’s file stays: it is used elsewhere."),
    "dealer_changed": N_("Off this list, but the dealer’s file stays: somebody has changed it."),
    "mobile_taken": N_("The earlier mobile number belongs to another dealer by now."),
}


@dataclass(frozen=True, slots=True)
class Undo:
    """The decision: either `kept` says why nothing is done, or the rest what is."""

    kept: str = ""
    take_off: bool = False
    forget_dealer: bool = False
    dealer: Mapping[str, Any] = field(default_factory=dict)
    invitation: Mapping[str, Any] = field(default_factory=dict)


def read_changes(stored: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what stood before and what was written, as the values they were before the database kept them as text."""
    before = {name: _value(name, pair[0]) for name, pair in stored.items()}
    return before, {name: _value(name, pair[1]) for name, pair in stored.items()}


def _value(name: str, stored: Any) -> Any:
    if stored is None:
        return None
    if name == "kind":
        return GuestKind(stored)
    if name == "readiness":
        return Readiness(stored)
    return Decimal(stored) if name == "expected_amount" else stored


def undo_new(
    stored: Mapping[str, Any],
    *,
    made_dealer: bool,
    dealer: Mapping[str, Any] | None,
    invitation: Mapping[str, Any] | None,
    in_use: bool,
    spelled: str,
) -> Undo:
    """Decide about a guest whom the import put on the list. `spelled` is the Latin name that it gave the dealer."""
    before, written = read_changes(stored)
    if invitation is not None:
        if invitation["state"] is not InvitationState.LISTED:
            return Undo(kept="invited")
        if _differs(invitation, {**INVITATION_BLANK, **_among(INVITATION_BLANK, written)}):
            return Undo(kept="changed")
        if in_use:
            return Undo(kept="in_use")
    gone = invitation is not None
    if dealer is None:
        return Undo(take_off=gone)
    if not made_dealer:
        if _differs(dealer, _of_dealer(written)):
            return Undo(kept="dealer_changed", take_off=gone)
        return Undo(take_off=gone, dealer=_of_dealer(before))
    untouched = {"latin_name": spelled, "owner_id": written.get("rep_id"), "notes": "", "locale": None}
    as_filed = {**DEALER_BLANK, **_among(DEALER_BLANK, written), **untouched, "standing": Standing.POTENTIAL}
    if _differs(dealer, as_filed):
        return Undo(kept="dealer_changed", take_off=gone)
    return Undo(take_off=gone, forget_dealer=True)


def undo_update(
    stored: Mapping[str, Any], *, dealer: Mapping[str, Any] | None, invitation: Mapping[str, Any] | None
) -> Undo:
    """Decide about a guest whose values the import changed. Who has left the list or the file since, has left."""
    before, written = read_changes(stored)
    of_dealer = dealer is not None and _differs(dealer, _of_dealer(written))
    of_invitation = invitation is not None and _differs(invitation, _among(INVITATION_BLANK, written))
    if of_dealer or of_invitation:
        return Undo(kept="changed")
    return Undo(
        dealer=_of_dealer(before) if dealer is not None else {},
        invitation=_among(INVITATION_BLANK, before) if invitation is not None else {},
    )


def _of_dealer(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in DEALER_BLANK or name == "latin_name"}


def _among(names: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in names}


def _differs(now: Mapping[str, Any], then: Mapping[str, Any]) -> bool:
    return any(now[name] != value for name, value in then.items())
