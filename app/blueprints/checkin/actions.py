"""Letting people in, and taking it back. Nothing here commits."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app import journal
from app.blueprints.checkin import queries, rules
from app.blueprints.checkin.queries import Holder
from app.blueprints.invitations.rules import Fact, after
from app.errors import N_, EventNotOpen, SigningDayError, StaleChange
from app.extensions import db
from app.models import Arrival, Event, EventStatus, Scan, Verdict

DOORS_WORK = frozenset({EventStatus.OPEN, EventStatus.RUNNING})
_LOOKS = 3


class NothingToUndo(SigningDayError):
    """The scan let nobody in, or that has been undone."""

    code = "nothing_to_undo"
    sentence = N_("There is nothing to undo: this scan let nobody in.")


class ScanIdTaken(SigningDayError):
    """A desk used the id of one scan for another person."""

    code = "scan_id_taken"
    sentence = N_("This scan id was used for somebody else already.")


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

    `scan_id` is made by the desk: the same scan sent again answers what it answered first, and ScanIdTaken is raised
    when it is used for somebody else. Two desks at the same instant make one arrival; the unique index turns the
    second into ALREADY_IN. Raises EventNotOpen when the event is neither open nor running.
    """
    if event.status not in DOORS_WORK:
        raise EventNotOpen
    for _ in range(_LOOKS):
        verdict = rules.verdict(_presented(event, holder), overrule=overrule)
        scan = _scan(event, holder, verdict, door=door, by_id=by_id, at=at, scan_id=scan_id)
        arrival = _arrival(scan, holder) if verdict is Verdict.ADMIT and holder else None
        try:
            with db.session.begin_nested():
                db.session.add_all([scan] if arrival is None else [scan, arrival])
                if arrival is not None and holder is not None:
                    _enter(event, holder, overruled=overrule)
        except (IntegrityError, StaleDataError):
            # Another desk was faster, the same scan came in twice, or the guest's reply changed this very moment.
            # What is written by now decides.
            earlier = queries.scan(event, scan_id)
            if earlier is not None:
                return _repeated(earlier, scan, holder)
            holder = holder and replace(holder, arrival=queries.arrival_of(*holder.key))
            continue
        return Outcome(verdict, holder, arrival or (holder.arrival if holder else None), scan)
    raise StaleChange


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


def _scan(
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
    invitation_id, companion_id = holder.key if holder and of_this_event else (None, None)
    return Scan(
        event_id=event.id,
        scan_id=scan_id,
        invitation_id=invitation_id,
        companion_id=companion_id,
        verdict=verdict,
        door=door,
        scanned_at=at,
        by_id=by_id,
    )


def _arrival(scan: Scan, holder: Holder) -> Arrival:
    return Arrival(
        event_id=scan.event_id,
        invitation_id=holder.invitation.id,
        companion_id=scan.companion_id,
        arrived_at=scan.scanned_at,
        door=scan.door,
        by_id=scan.by_id,
        scan_id=scan.scan_id,
        state_before=holder.invitation.state,
    )


def _enter(event: Event, holder: Holder, *, overruled: bool) -> None:
    """The guest is in. That goes into the scan; only what somebody decided against the list goes into the journal."""
    if overruled:
        journal.record("arrival.overruled", holder.invitation, event_id=event.id, changes={})
    if holder.companion is None:
        holder.invitation.state = after(holder.invitation.state, Fact.ARRIVED)


def _repeated(earlier: Scan, now: Scan, holder: Holder | None) -> Outcome:
    if (earlier.invitation_id, earlier.companion_id) != (now.invitation_id, now.companion_id):
        raise ScanIdTaken
    arrival = queries.arrival_of(*holder.key) if holder else None
    return Outcome(earlier.verdict, holder, arrival, earlier)


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
