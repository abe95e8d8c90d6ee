"""Letting people in, and taking it back. Nothing here commits."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy.orm.attributes import set_committed_value

from app import journal
from app.blueprints.checkin import crew, queries, rules
from app.blueprints.checkin.crew import Bearer
from app.blueprints.checkin.queries import Holder
from app.blueprints.checkin.writing import insert_unless_there
from app.blueprints.invitations.rules import Fact, after
from app.errors import N_, EventNotOpen, SigningDayError
from app.extensions import db
from app.models import Arrival, Event, EventStatus, Invitation, InvitationState, Scan, User, Verdict

DOORS_WORK = frozenset({EventStatus.OPEN, EventStatus.RUNNING})


class NothingToUndo(SigningDayError):
    """The scan let nobody in, or that has been undone."""

    code = "nothing_to_undo"
    sentence = N_("There is nothing to undo: this scan let nobody in.")


class ScanIdTaken(SigningDayError):
    """A desk used the id of one scan for another person."""

    code = "scan_id_taken"
    sentence = N_("This scan id was used for somebody else already.")


@dataclass(frozen=True)
class Entry:
    """Somebody came in: when, by which desk, who let them in, and where the invitation stood before."""

    at: datetime
    door: str
    by: str
    state_before: InvitationState


@dataclass(frozen=True)
class Outcome:
    """What the door said about one scan. `entry` is how the person is in, now or since earlier."""

    verdict: Verdict
    holder: Holder | None
    entry: Entry | None
    scan_id: str
    staff: Bearer | None = None

    @property
    def can_overrule(self) -> bool:
        return self.verdict in rules.OVERRULABLE


def check_in(
    event: Event,
    holder: Holder | Bearer | None,
    *,
    door: str,
    by_id: int | None,
    at: datetime,
    scan_id: str,
    overrule: bool = False,
) -> Outcome:
    """Decide about whoever stands at the door, guest or staff, and write down the scan, whatever came of it.

    `scan_id` is made by the desk: the same scan sent again answers what it answered first, and ScanIdTaken is raised
    when it is used for somebody else. Two desks at the same instant make one arrival; the unique index turns the
    second into ALREADY_IN. Raises EventNotOpen when the event is neither open nor running.
    """
    if event.status not in DOORS_WORK:
        raise EventNotOpen
    if isinstance(holder, Bearer):
        said = crew.let_in(event, holder, door=door, by_id=by_id, at=at, scan_id=scan_id, overrule=overrule)
        if said is None:
            raise ScanIdTaken
        return Outcome(said, None, None, scan_id, holder)
    verdict = rules.verdict(_presented(event, holder), overrule=overrule)
    # A badge of another event tells this event nothing about its holder.
    key = holder.key if holder and holder.invitation.event_id == event.id else (None, None)
    made = {"event_id": event.id, "invitation_id": key[0], "companion_id": key[1]} | {
        "door": door,
        "by_id": by_id,
        "scan_id": scan_id,
    }
    if not insert_unless_there(Scan, made | {"verdict": verdict, "scanned_at": at}):
        return _repeated(event, holder, key, scan_id)
    if holder is None or verdict is not Verdict.ADMIT:
        return Outcome(verdict, holder, _entry_of(holder), scan_id)
    state_before = holder.invitation.state
    if not insert_unless_there(Arrival, made | {"arrived_at": at, "state_before": state_before}):
        return _outrun(event, holder, scan_id)
    _enter(event, holder, overruled=overrule)
    by = db.session.get(User, by_id) if by_id is not None else None
    return Outcome(verdict, holder, Entry(at, door, by.name if by else "", state_before), scan_id)


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


def _enter(event: Event, holder: Holder, *, overruled: bool) -> None:
    """The guest is in. The scan says so; only what somebody decided against the list goes into the journal.

    The door has the last word: whatever else happens to the invitation at this moment, its guest is here.
    """
    invitation = holder.invitation
    if overruled:
        journal.record("arrival.overruled", invitation, event_id=event.id, changes={})
    if holder.companion is not None:
        return
    state, version = after(invitation.state, Fact.ARRIVED), invitation.version + 1
    db.session.execute(_ARRIVED, {"guest": invitation.id, "state": state})
    set_committed_value(invitation, "state", state)
    set_committed_value(invitation, "version", version)


_ARRIVED = (
    update(Invitation.__table__)  # type: ignore[arg-type]
    .where(Invitation.__table__.c.id == bindparam("guest"))
    .values(state=bindparam("state"), version=Invitation.__table__.c.version + 1)
)


def _entry_of(holder: Holder | None) -> Entry | None:
    arrival = holder.arrival if holder else None
    if arrival is None:
        return None
    return Entry(arrival.arrived_at, arrival.door, arrival.by.name if arrival.by else "", arrival.state_before)


def _outrun(event: Event, holder: Holder, scan_id: str) -> Outcome:
    """Another desk was faster by a moment: the scan says what is true now."""
    mine = update(Scan).where(Scan.event_id == event.id, Scan.scan_id == scan_id)
    db.session.execute(mine.values(verdict=Verdict.ALREADY_IN))
    holder = replace(holder, arrival=queries.arrival_of(*holder.key))
    return Outcome(Verdict.ALREADY_IN, holder, _entry_of(holder), scan_id)


def _repeated(event: Event, holder: Holder | None, key: tuple[int | None, int | None], scan_id: str) -> Outcome:
    """The same scan came before, or comes twice at this moment: it answers what it answered first."""
    earlier = queries.scan(event, scan_id)
    if earlier is None or (earlier.invitation_id, earlier.companion_id, earlier.staff_pass_id) != (*key, None):
        raise ScanIdTaken
    holder = holder and replace(holder, arrival=queries.arrival_of(*holder.key))
    return Outcome(earlier.verdict, holder, _entry_of(holder), scan_id)


def undo(event: Event, scan: Scan, *, at: datetime) -> str:
    """Take an admission back: the arrival goes, the scan stays and says so. Returns whose arrival it was."""
    if scan.staff_pass_id is not None:
        person = crew.undo(event, scan, at=at)
        if person is None:
            raise NothingToUndo
        return person.name
    holder = queries.holder_by_id(event, scan.invitation_id, scan.companion_id) if scan.invitation_id else None
    if holder is None or holder.arrival is None or holder.arrival.scan_id != scan.scan_id or scan.undone_at:
        raise NothingToUndo
    if holder.companion is None:
        before = holder.arrival.state_before
        holder.invitation.state = after(holder.invitation.state, Fact.ARRIVAL_UNDONE, before_arrival=before)
    scan.undone_at = at
    journal.record("arrival.undone", holder.invitation, event_id=event.id, changes={"door": [scan.door, None]})
    db.session.delete(holder.arrival)
    return holder.companion.name if holder.companion else holder.invitation.dealer.contact
