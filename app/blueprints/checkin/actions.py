"""Letting people in, and taking it back. Nothing here commits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app import journal
from app.blueprints.checkin import queries, rules
from app.blueprints.checkin.queries import Holder
from app.blueprints.invitations.rules import Fact, after
from app.errors import N_, EventNotOpen, SigningDayError
from app.extensions import db
from app.models import Arrival, Event, EventStatus, Scan, Verdict

DOORS_WORK = frozenset({EventStatus.OPEN, EventStatus.RUNNING})


class NothingToUndo(SigningDayError):
    """The scan let nobody in, or that has been undone."""

    code = "nothing_to_undo"
    sentence = N_("There is nothing to undo: this scan let nobody in.")


@dataclass(frozen=True)
class Outcome:
    """What the door said about one scan."""

    verdict: Verdict
    holder: Holder | None
    arrival: Arrival | None
    scan: Scan

    @property
    def can_overrule(self) -> bool:
        return self.verdict in rules.OVERRULABLE


def check_in(
    event: Event,
    holder: Holder | None,
    *,
    door: str,
    by_id: int | None,
    at: datetime,
    scan_id: str,
    overrule: bool = False,
) -> Outcome:
    """Decide about whoever stands at the door and write down the scan, whatever came of it.

    `scan_id` is made by the desk: the same scan sent again answers what it answered first. Two desks at the same
    instant make one arrival; the unique index turns the second into ALREADY_IN. Raises EventNotOpen when the event
    is neither open nor running.
    """
    if event.status not in DOORS_WORK:
        raise EventNotOpen
    earlier = queries.scan(event, scan_id)
    if earlier is not None:
        return Outcome(earlier.verdict, holder, holder.arrival if holder else None, earlier)
    verdict = rules.verdict(_presented(event, holder), overrule=overrule)
    arrival = holder.arrival if holder else None
    if verdict is Verdict.ADMIT and holder is not None:
        arrival = _arrive(event, holder, door=door, by_id=by_id, at=at, scan_id=scan_id)
        if arrival is None:
            verdict = Verdict.ALREADY_IN
            arrival = queries.arrival_of(holder.invitation.id, holder.companion.id if holder.companion else None)
        elif overrule:
            journal.record("arrival.overruled", holder.invitation, event_id=event.id, changes={})
    scan = _write_scan(event, holder, verdict, door=door, by_id=by_id, at=at, scan_id=scan_id)
    return Outcome(verdict, holder, arrival, scan)


def _presented(event: Event, holder: Holder | None) -> rules.Presented | None:
    if holder is None:
        return None
    return rules.Presented(
        event_id=event.id,
        badge_event_id=holder.badge.event_id if holder.badge else holder.invitation.event_id,
        badge_revoked=holder.badge is not None and holder.badge.revoked_at is not None,
        state=holder.invitation.state,
        already_in=holder.arrival is not None,
    )


def _arrive(
    event: Event, holder: Holder, *, door: str, by_id: int | None, at: datetime, scan_id: str
) -> Arrival | None:
    """Write the arrival, or return None when another desk was faster."""
    arrival = Arrival(
        event_id=event.id,
        invitation_id=holder.invitation.id,
        companion_id=holder.companion.id if holder.companion else None,
        arrived_at=at,
        door=door,
        by_id=by_id,
        scan_id=scan_id,
        state_before=holder.invitation.state,
    )
    try:
        with db.session.begin_nested():
            db.session.add(arrival)
    except IntegrityError:
        return None
    if holder.companion is None:
        holder.invitation.state = after(holder.invitation.state, Fact.ARRIVED)
    return arrival


def _write_scan(
    event: Event,
    holder: Holder | None,
    verdict: Verdict,
    *,
    door: str,
    by_id: int | None,
    at: datetime,
    scan_id: str,
) -> Scan:
    # A badge of another event tells this event nothing about its holder.
    of_this_event = holder is not None and holder.invitation.event_id == event.id
    scan = Scan(
        event_id=event.id,
        scan_id=scan_id,
        invitation_id=holder.invitation.id if holder and of_this_event else None,
        companion_id=holder.companion.id if holder and holder.companion and of_this_event else None,
        verdict=verdict,
        door=door,
        scanned_at=at,
        by_id=by_id,
    )
    db.session.add(scan)
    return scan


def undo(event: Event, scan: Scan, *, at: datetime) -> Holder:
    """Take an admission back: the arrival goes, the scan stays and says so."""
    holder = queries.holder_by_id(event, scan.invitation_id, scan.companion_id) if scan.invitation_id else None
    if holder is None or holder.arrival is None or holder.arrival.scan_id != scan.scan_id or scan.undone_at:
        raise NothingToUndo
    if holder.companion is None:
        before = holder.arrival.state_before
        holder.invitation.state = after(holder.invitation.state, Fact.ARRIVAL_UNDONE, before_arrival=before)
    scan.undone_at = at
    journal.record("arrival.undone", holder.invitation, event_id=event.id, changes={"door": [scan.door, None]})
    db.session.delete(holder.arrival)
    return Holder(holder.invitation, holder.companion, None, None)
