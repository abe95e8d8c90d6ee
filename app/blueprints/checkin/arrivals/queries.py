"""The figures of the door: how many are in, when they came, and what was scanned last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from app.blueprints.invitations.rules import EXPECTED
from app.extensions import db
from app.models import Arrival, Dealer, Event, GuestKind, Invitation, Readiness, Scan, User, Verdict


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
