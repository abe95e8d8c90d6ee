"""The figures of the door: how many are in, when they came, and what was scanned last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, exists, extract, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app import names
from app.blueprints.checkin.queries import COMES_INSTEAD
from app.blueprints.events.rules.head_count import EXPECTED
from app.blueprints.invitations.rules import SEATED
from app.extensions import db
from app.models import (
    Arrival,
    Companion,
    Dealer,
    Event,
    GuestKind,
    Invitation,
    InvitationState,
    JournalEntry,
    Readiness,
    Reply,
    Scan,
    StaffPass,
    StaffPerson,
    User,
    Verdict,
)

SLOT = timedelta(minutes=5)
_LOOKED_AT = 100  # refused scans, beyond which older ones are left alone
_LET_IN = (Verdict.ADMIT, Verdict.ALREADY_IN)


@dataclass(frozen=True)
class Counters:
    """How the hall fills."""

    guests_in: int
    companions_in: int
    expected: int  # guests in, and those who may still come
    by_kind: dict[GuestKind, tuple[int, int]]  # in, expected
    by_readiness: dict[Readiness, tuple[int, int]]  # dealers only

    @property
    def people_in(self) -> int:
        return self.guests_in + self.companions_in


def counters(event: Event) -> Counters:
    """Return the live figures of the door: two queries, whatever the size."""
    arrived = Invitation.id.in_(
        select(Arrival.invitation_id).where(Arrival.event_id == event.id, Arrival.companion_id.is_(None))
    )
    rows = db.session.execute(
        select(Invitation.kind, Invitation.readiness, arrived, func.count())
        .where(Invitation.event_id == event.id, or_(arrived, Invitation.state.in_(EXPECTED)))
        .group_by(Invitation.kind, Invitation.readiness, arrived)
    ).all()
    companions_in = db.session.scalar(
        select(func.count()).where(Arrival.event_id == event.id, Arrival.companion_id.is_not(None))
    )

    def of(index: int, value: object, *, dealers_only: bool = False) -> tuple[int, int]:
        fitting = [row for row in rows if row[index] == value and (not dealers_only or row[0] is GuestKind.DEALER)]
        return sum(row[3] for row in fitting if row[2]), sum(row[3] for row in fitting)

    return Counters(
        guests_in=sum(row[3] for row in rows if row[2]),
        companions_in=int(companions_in or 0),
        expected=sum(row[3] for row in rows),
        by_kind={kind: of(0, kind) for kind in GuestKind if any(row[0] == kind for row in rows)},
        by_readiness={word: of(1, word, dealers_only=True) for word in Readiness},
    )


def arrivals_per_slot(event: Event) -> list[tuple[datetime, int]]:
    """Return arrivals of guests per five minutes, from the first to the last, empty slots included."""
    slot = _number_of_slot().label("slot")
    counted = (
        select(slot, func.count())
        .where(Arrival.event_id == event.id, Arrival.companion_id.is_(None))
        .group_by(slot)
        .order_by(slot)
    )
    counts: dict[int, int] = {int(row[0]): row[1] for row in db.session.execute(counted)}
    if not counts:
        return []
    seconds = int(SLOT.total_seconds())
    return [
        (datetime.fromtimestamp(number * seconds, UTC), counts.get(number, 0))
        for number in range(min(counts), max(counts) + 1)
    ]


def _number_of_slot() -> ColumnElement[int]:
    """How many slots lie between 1970 and an arrival. Zones are whole slots apart, so this suits every clock."""
    seconds = int(SLOT.total_seconds())
    if db.session.get_bind().dialect.name == "sqlite":
        return cast(func.strftime("%s", Arrival.arrived_at), Integer).op("/")(seconds)
    return cast(func.floor(extract("epoch", Arrival.arrived_at) / seconds), Integer)


@dataclass(frozen=True)
class Seen:
    """One scan as a list shows it. `name` is empty when the scan says nothing about anybody."""

    scan: Scan
    name: str
    company: str
    by: str
    is_staff: bool = False

    @property
    def can_be_undone(self) -> bool:
        return self.scan.verdict is Verdict.ADMIT and self.scan.undone_at is None


_Row = Select[Scan, str | None, str | None, str | None, str | None, str | None, str | None]


def _scans(event: Event) -> _Row:
    return (
        select(Scan, Companion.name, COMES_INSTEAD, Dealer.contact, Dealer.company, User.name, StaffPerson.name)
        .outerjoin(Invitation, Invitation.id == Scan.invitation_id)
        .outerjoin(Dealer, Dealer.id == Invitation.dealer_id)
        .outerjoin(Reply, Reply.invitation_id == Scan.invitation_id)
        .outerjoin(Companion, Companion.id == Scan.companion_id)
        .outerjoin(User, User.id == Scan.by_id)
        .outerjoin(StaffPass, StaffPass.id == Scan.staff_pass_id)
        .outerjoin(StaffPerson, StaffPerson.id == StaffPass.person_id)
        .where(Scan.event_id == event.id)
        .order_by(Scan.scanned_at.desc(), Scan.id.desc())
    )


def _seen(statement: _Row) -> list[Seen]:
    return [
        Seen(scan, companion or substitute or contact or person or "", company or "", by or "", person is not None)
        for scan, companion, substitute, contact, company, by, person in db.session.execute(statement)
    ]


def latest_scans(event: Event, limit: int = 8) -> Sequence[Seen]:
    """Return the newest scans, whatever came of them."""
    return _seen(_scans(event).limit(limit))


@dataclass(frozen=True)
class Refused:
    """Who was refused and has not been let in since: guests one by one, badges that say nobody's name by verdict."""

    guests: list[Seen]
    nameless: list[tuple[Seen, int]]  # the newest scan, and how many there were


def refused_scans(event: Event, limit: int = 6) -> Refused:
    """Return the refused scans, the newest first, that were not followed by an admission of the same guest."""
    came_in = exists().where(Arrival.invitation_id == Scan.invitation_id, Arrival.companion_id.is_(None))
    is_here = StaffPass.arrived_at.is_not(None) & (StaffPass.arrived_at >= Scan.scanned_at)
    found = _seen(_scans(event).where(Scan.verdict.not_in(_LET_IN), ~came_in, ~is_here).limit(_LOOKED_AT))
    guests: dict[tuple[int | None, ...], Seen] = {}
    nameless: dict[Verdict, list[Seen]] = {}
    for each in found:
        if each.name:
            guests.setdefault((each.scan.invitation_id, each.scan.companion_id, each.scan.staff_pass_id), each)
        else:
            nameless.setdefault(each.scan.verdict, []).append(each)
    return Refused(list(guests.values())[:limit], [(each[0], len(each)) for each in nameless.values()])


def stamp(event: Event) -> str:
    """Return what changes whenever the live figures may have changed: two looks into an index."""
    entry = db.session.scalar(select(func.max(JournalEntry.id)).where(JournalEntry.event_id == event.id))
    newest = select(Scan.id).where(Scan.event_id == event.id).order_by(Scan.scanned_at.desc(), Scan.id.desc()).limit(1)
    return f"{event.id}.{event.version}.{entry or 0}.{db.session.scalar(newest) or 0}"


# -- the list of who is in and who is missing

IS_IN: ColumnElement[str] = case((Invitation.state == InvitationState.ARRIVED, "in"), else_="missing")


def awaited(event: Event, rep_id: int | None = None) -> Select[Invitation]:
    """Return the select of everybody expected or in, with dealer and arrival; with `rep_id` only that rep's."""
    statement = (
        select(Invitation)
        .join(Invitation.dealer)
        .outerjoin(Arrival, and_(Arrival.invitation_id == Invitation.id, Arrival.companion_id.is_(None)))
        .where(Invitation.event_id == event.id, Invitation.state.in_(SEATED))
    )
    return statement if rep_id is None else statement.where(Invitation.rep_id == rep_id)


LOAD = (contains_eager(Invitation.dealer), joinedload(Invitation.rep))


def missing_first(person_id: int) -> ColumnElement[int]:
    """Return an order: my own guests who are missing, then the other missing ones, then who is in."""
    missing = Invitation.state != InvitationState.ARRIVED
    return case((and_(missing, Invitation.rep_id == person_id), 0), (missing, 1), else_=2)


def matching(query: str) -> ColumnElement[bool]:
    """Return the condition that finds a guest by what was typed."""
    return and_(*(Dealer.search_key.like(pattern) for pattern in names.search_patterns(query)))


def arrivals_of(invitation_ids: Sequence[int]) -> dict[int, Arrival]:
    """Return the arrivals of these guests by invitation."""
    statement = select(Arrival).where(Arrival.invitation_id.in_(invitation_ids), Arrival.companion_id.is_(None))
    return {arrival.invitation_id: arrival for arrival in db.session.scalars(statement)}


def all_arrivals(event: Event) -> dict[int, Arrival]:
    """Return the arrivals of all guests of the event by invitation."""
    statement = select(Arrival).where(Arrival.event_id == event.id, Arrival.companion_id.is_(None))
    return {arrival.invitation_id: arrival for arrival in db.session.scalars(statement)}


def substitutes_of(invitation_ids: Sequence[int]) -> dict[int, str]:
    """Return who comes instead of these guests, by invitation."""
    statement = select(Reply.invitation_id, COMES_INSTEAD).where(Reply.invitation_id.in_(invitation_ids))
    return {row[0]: row[1] for row in db.session.execute(statement) if row[1]}
