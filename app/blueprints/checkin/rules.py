"""The decision at the door. Values in, verdict out; the page, the API and any later client ask here."""

from dataclasses import dataclass

from app.models import InvitationState as S
from app.models import Verdict

_BY_STATE = {
    S.DECLINED: Verdict.DECLINED,
    S.DECLINED_LATE: Verdict.DECLINED,
    S.LISTED: Verdict.NOT_INVITED,
    S.WAITING: Verdict.WAITING,
}
# What a person at the desk may overrule by letting the guest in anyway. A wrong badge is never overruled: the guest
# is searched by name instead.
OVERRULABLE = frozenset(_BY_STATE.values())


@dataclass(frozen=True)
class Presented:
    """What somebody shows at the door: a badge, or themselves found by name (then `badge_*` say nothing)."""

    event_id: int
    badge_event_id: int
    badge_revoked: bool
    state: S
    already_in: bool


def verdict(presented: Presented | None, *, overrule: bool = False) -> Verdict:
    """Say what to do. `overrule` lets in whoever is on the list, whatever they answered before."""
    if presented is None:
        return Verdict.UNKNOWN
    if presented.badge_event_id != presented.event_id:
        return Verdict.OTHER_EVENT
    if presented.badge_revoked:
        return Verdict.REVOKED
    if presented.already_in:
        return Verdict.ALREADY_IN
    refused = _BY_STATE.get(presented.state)
    return Verdict.ADMIT if refused is None or overrule else refused
