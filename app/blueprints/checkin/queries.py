"""What the door asks of the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app import names
from app.blueprints.invitations.rules import EXPECTED
from app.extensions import db
from app.models import (
    Arrival,
    Badge,
    Companion,
    Dealer,
    Event,
    GuestKind,
    Invitation,
    Readiness,
    Reply,
    Scan,
    User,
    Verdict,
)

MOST_FOUND = 12


@dataclass(frozen=True)
class Holder:
    """Whoever stands at the door: an invitation, and the companion if it is one, with the badge shown if any."""

    invitation: Invitation
    companion: Companion | None
    badge: Badge | None
    arrival: Arrival | None


def holder_of_badge(code: str) -> Holder | None:
    """Return whoever a badge code belongs to, of whatever event, and their arrival: one query."""
    same_companion = or_(
        Arrival.companion_id == Badge.companion_id,
        and_(Arrival.companion_id.is_(None), Badge.companion_id.is_(None)),
    )
    statement = (
        select(Badge, Arrival)
        .join(Badge.invitation)
        .join(Invitation.dealer)
        .outerjoin(Badge.companion)
        .outerjoin(Arrival, and_(Arrival.invitation_id == Badge.invitation_id, same_companion))
        .where(Badge.code == code)
        .options(contains_eager(Badge.invitation).contains_eager(Invitation.dealer), contains_eager(Badge.companion))
    )
    row = db.session.execute(statement).first()
    if row is None:
        return None
    badge, arrival = row
    return Holder(badge.invitation, badge.companion, badge, arrival)


def holder_by_id(event: Event, invitation_id: int, companion_id: int | None = None) -> Holder | None:
    """Return a guest of the event who was found by name."""
    invitation = db.session.scalar(
        select(Invitation)
        .join(Invitation.dealer)
        .where(Invitation.event_id == event.id, Invitation.id == invitation_id)
        .options(contains_eager(Invitation.dealer))
    )
    if invitation is None:
        return None
    companion = None
    if companion_id is not None:
        companion = db.session.scalar(
            select(Companion).where(Companion.invitation_id == invitation.id, Companion.id == companion_id)
        )
        if companion is None:
            return None
    return Holder(invitation, companion, None, arrival_of(invitation.id, companion_id))


def arrival_of(invitation_id: int, companion_id: int | None) -> Arrival | None:
    """Return the arrival of a guest or one of their companions."""
    return db.session.scalar(
        select(Arrival)
        .where(Arrival.invitation_id == invitation_id, Arrival.companion_id == companion_id)
        .options(joinedload(Arrival.by))
    )


def scan(event: Event, scan_id: str) -> Scan | None:
    """Return the scan a desk made under this id, if it came in before."""
    return db.session.scalar(select(Scan).where(Scan.event_id == event.id, Scan.scan_id == scan_id))


@dataclass(frozen=True)
class Company:
    """Who comes along with a guest, and who of them is in."""

    companion: Companion
    is_in: bool


def companions(invitation_id: int) -> list[Company]:
    """Return a guest's companions."""
    statement = (
        select(Companion, Arrival.id)
        .outerjoin(Arrival, Arrival.companion_id == Companion.id)
        .where(Companion.invitation_id == invitation_id)
        .order_by(Companion.id)
    )
    return [Company(row[0], row[1] is not None) for row in db.session.execute(statement)]


def substitute_name(invitation_id: int) -> str:
    """Return who comes instead of the guest, or an empty text."""
    return db.session.scalar(select(Reply.substitute_name).where(Reply.invitation_id == invitation_id)) or ""


@dataclass(frozen=True)
class Found:
    """A guest found by name at the desk."""

    invitation: Invitation
    substitute: str
    is_in: bool


def search(event: Event, query: str) -> list[Found]:
    """Find guests of the event by name, company, phone tail, pinyin or initials, a substitute by name."""
    patterns = names.search_patterns(query)
    if not patterns:
        return []
    known: ColumnElement[bool] = and_(*(Dealer.search_key.like(pattern) for pattern in patterns))
    statement = (
        select(Invitation, Reply.substitute_name, Arrival.id)
        .join(Invitation.dealer)
        .outerjoin(Reply, Reply.invitation_id == Invitation.id)
        .outerjoin(Arrival, and_(Arrival.invitation_id == Invitation.id, Arrival.companion_id.is_(None)))
        .where(Invitation.event_id == event.id, or_(known, Reply.substitute_name == query.strip()))
        .order_by(Dealer.sort_key, Invitation.id)
        .limit(MOST_FOUND)
        .options(contains_eager(Invitation.dealer))
    )
    return [Found(row[0], row[1] or "", row[2] is not None) for row in db.session.execute(statement)]


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


def arrivals_per_slot(event: Event, minutes: int = 5) -> list[tuple[datetime, int]]:
    """Return arrivals of guests per slot, from the first to the last, empty slots included."""
    instants = db.session.scalars(
        select(Arrival.arrived_at)
        .where(Arrival.event_id == event.id, Arrival.companion_id.is_(None))
        .order_by(Arrival.arrived_at)
    ).all()
    if not instants:
        return []
    width = timedelta(minutes=minutes)
    first = _floor(instants[0], width)
    slots = [0] * (int((_floor(instants[-1], width) - first) / width) + 1)
    for instant in instants:
        slots[int((_floor(instant, width) - first) / width)] += 1
    return [(first + width * place, count) for place, count in enumerate(slots)]


def _floor(instant: datetime, width: timedelta) -> datetime:
    midnight = instant.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (instant - midnight) // width * width


def latest_scans(event: Event, limit: int = 8) -> Sequence[tuple[Scan, str | None, str | None]]:
    """Return the newest scans with the guest's name and who scanned."""
    statement = (
        select(Scan, Dealer.contact, User.name)
        .outerjoin(Invitation, Invitation.id == Scan.invitation_id)
        .outerjoin(Dealer, Dealer.id == Invitation.dealer_id)
        .outerjoin(User, User.id == Scan.by_id)
        .where(Scan.event_id == event.id)
        .order_by(Scan.scanned_at.desc(), Scan.id.desc())
        .limit(limit)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(statement)]


def refused_count(event: Event) -> int:
    """Return how many scans were refused and never followed by an admission of the same guest."""
    statement = select(func.count()).where(
        Scan.event_id == event.id, Scan.verdict.not_in([Verdict.ADMIT, Verdict.ALREADY_IN])
    )
    return int(db.session.scalar(statement) or 0)
