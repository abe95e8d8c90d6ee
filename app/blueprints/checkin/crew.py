"""Staff at the door: found by their badge or by name, let in once a day of duty, and never counted as guests.

`actions.check_in` and `actions.undo` hand over to here, so page, API and whatever was queued on a phone come to the
same decision.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from app import clock, journal, names
from app.blueprints.checkin.writing import insert_unless_there
from app.blueprints.staff import passes
from app.blueprints.staff.day.board import Attendance, attendance_of
from app.blueprints.staff.queries import WITH_USER
from app.blueprints.staff.rules.presence import counts_from, may_come
from app.extensions import db
from app.models import Duty, DutyState, Event, Scan, Shift, StaffPass, StaffPerson, Verdict

MOST_FOUND = 8


@dataclass(frozen=True)
class Bearer:
    """Somebody of the staff at the door, with all their duties at the event of the pass in order of time."""

    key: StaffPass
    duties: Sequence[Duty]

    @property
    def person(self) -> StaffPerson:
        return self.key.person

    def today(self, at: datetime) -> Attendance | None:
        """Return the duties of the day that counts, and whether the person is here for it."""
        held = [each for each in self.duties if each.state is not DutyState.REFUSED]
        return attendance_of(self.key.event, held, self.key, at)

    def counts_from(self, at: datetime) -> datetime | None:
        """Return from when on an arrival counts at this moment; None when any does."""
        day = self.today(at)
        return counts_from(day.first.shift, self.key.event.time_zone) if day else None

    def is_in(self, at: datetime) -> bool:
        """Tell whether the person has been checked in for the day that counts."""
        arrived, since = self.key.arrived_at, self.counts_from(at)
        return arrived is not None and (since is None or arrived >= since)


def verdict(event: Event, bearer: Bearer, at: datetime, *, overrule: bool) -> Verdict:
    """Say what to do with somebody of the staff."""
    if bearer.key.event_id != event.id:
        return Verdict.OTHER_EVENT
    if not bearer.person.is_here or not bearer.duties:
        return Verdict.REVOKED
    if bearer.is_in(at):
        return Verdict.ALREADY_IN
    if not may_come([each.state for each in bearer.duties]) and not overrule:
        return Verdict.DECLINED
    return Verdict.ADMIT


def let_in(
    event: Event, bearer: Bearer, *, door: str, by_id: int | None, at: datetime, scan_id: str, overrule: bool
) -> Verdict | None:
    """Decide, write the scan down, and mark the person as here; None when the scan's id was used for somebody else.

    Two desks at the same instant are told apart by the one UPDATE that still finds the person absent.
    """
    said = verdict(event, bearer, at, overrule=overrule)
    pass_id = bearer.key.id if said is not Verdict.OTHER_EVENT else None
    row = {
        "event_id": event.id,
        "staff_pass_id": pass_id,
        "door": door,
        "by_id": by_id,
        "scan_id": scan_id,
        "verdict": said,
        "scanned_at": at,
    }
    if not insert_unless_there(Scan, row):
        earlier = db.session.scalar(select(Scan).where(Scan.event_id == event.id, Scan.scan_id == scan_id))
        is_same = earlier is not None and earlier.invitation_id is None and earlier.staff_pass_id == pass_id
        return earlier.verdict if earlier is not None and is_same else None
    if said is not Verdict.ADMIT:
        return said
    if not _mark(bearer, at, by_id):
        mine = update(Scan).where(Scan.event_id == event.id, Scan.scan_id == scan_id)
        db.session.execute(mine.values(verdict=Verdict.ALREADY_IN))
        db.session.refresh(bearer.key, ["arrived_at", "arrived_by_id"])
        return Verdict.ALREADY_IN
    if overrule:
        changes = {"person": [None, bearer.person.name]}
        journal.record("staff_arrival.overruled", bearer.key, event_id=event.id, changes=changes)
    return said


def _mark(bearer: Bearer, at: datetime, by_id: int | None) -> bool:
    since = bearer.counts_from(at)
    absent: ColumnElement[bool] = StaffPass.arrived_at.is_(None)
    if since is not None:
        absent = or_(absent, StaffPass.arrived_at < since)
    marked = update(StaffPass).where(StaffPass.id == bearer.key.id, absent).values(arrived_at=at, arrived_by_id=by_id)
    done: int = db.session.execute(marked.execution_options(synchronize_session=False)).rowcount  # type: ignore[attr-defined]
    if done:
        set_committed_value(bearer.key, "arrived_at", at)
        set_committed_value(bearer.key, "arrived_by_id", by_id)
    return bool(done)


def undo(event: Event, scan: Scan, *, at: datetime) -> StaffPerson | None:
    """Take somebody's arrival back; None when this scan is not what let them in, or was taken back before."""
    if scan.verdict is not Verdict.ADMIT or scan.undone_at is not None or scan.staff_pass_id is None:
        return None
    left = (
        update(StaffPass)
        .where(StaffPass.id == scan.staff_pass_id, StaffPass.arrived_at == scan.scanned_at)
        .values(arrived_at=None, arrived_by_id=None)
    )
    if not db.session.execute(left).rowcount:  # type: ignore[attr-defined]
        return None
    scan.undone_at = at
    key = db.session.get_one(StaffPass, scan.staff_pass_id)
    changes = {"person": [None, key.person.name], "door": [scan.door, None]}
    journal.record("staff_arrival.undone", key, event_id=event.id, changes=changes)
    return key.person


# -- who is it


def bearer_of_badge(code: str) -> Bearer | None:
    """Return whose staff badge a code belongs to, of whatever event."""
    key = db.session.scalar(
        select(StaffPass)
        .where(StaffPass.code == code)
        .options(
            joinedload(StaffPass.event, innerjoin=True),
            joinedload(StaffPass.person, innerjoin=True).options(WITH_USER),
        )
    )
    return Bearer(key, _duties_of(key.event, [key.person_id])[key.person_id]) if key is not None else None


def bearer_of_person(event: Event, person_id: int) -> Bearer | None:
    """Return somebody with a duty at this event who was found by name; whoever has no pass yet gets one."""
    duties = _duties_of(event, [person_id])[person_id]
    if not duties:
        return None
    key = passes.ensure(event, [duties[0].person])[person_id]
    return Bearer(key, duties)


def _duties_of(event: Event, person_ids: Sequence[int]) -> dict[int, list[Duty]]:
    found: dict[int, list[Duty]] = defaultdict(list)
    rows = db.session.scalars(
        select(Duty)
        .join(Duty.shift)
        .where(Duty.event_id == event.id, Duty.person_id.in_(person_ids))
        .options(
            contains_eager(Duty.shift),
            joinedload(Duty.role, innerjoin=True),
            joinedload(Duty.person, innerjoin=True).options(WITH_USER),
        )
        .order_by(Shift.starts_at, Duty.is_deputy, Duty.id)
    )
    for duty in rows:
        found[duty.person_id].append(duty)
    return found


@dataclass(frozen=True)
class FoundStaff:
    """Somebody of the staff found by name at the desk: what they do now or next, and since when they are in."""

    person: StaffPerson
    duty: Duty
    arrived_at: datetime | None


def search(event: Event, query: str) -> list[FoundStaff]:
    """Find staff of the event by name, agency, phone tail, pinyin or initials; whoever is not in yet comes first."""
    patterns = names.search_patterns(query)
    if not patterns:
        return []
    fits = and_(*(StaffPerson.search_key.like(pattern) for pattern in patterns))
    on_duty = select(Duty.person_id).where(Duty.event_id == event.id)
    ids = db.session.scalars(
        select(StaffPerson.id)
        .where(StaffPerson.id.in_(on_duty), fits)
        .order_by(StaffPerson.sort_key, StaffPerson.id)
        .limit(MOST_FOUND)
    ).all()
    if not ids:
        return []
    now, keys, found = clock.now(), passes.of(event), []
    for person_id, duties in _duties_of(event, list(ids)).items():
        day = attendance_of(event, duties, keys.get(person_id), now)
        duty = next((d for d in day.duties if d.shift.ends_at > now), day.first) if day else duties[-1]
        found.append(FoundStaff(duties[0].person, duty, day.arrived_at if day else None))
    return sorted(found, key=lambda each: (each.arrived_at is not None, each.person.sort_key))
