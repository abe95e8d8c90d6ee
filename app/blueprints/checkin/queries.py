"""What the door asks of the database."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, load_only

from app import names
from app.blueprints.events.rules.head_count import EXPECTED
from app.extensions import db
from app.models import (
    Answer,
    Arrival,
    Badge,
    Companion,
    Dealer,
    Event,
    Invitation,
    InvitationState,
    Reply,
    Scan,
    Seat,
)

MOST_FOUND = 12


@dataclass(frozen=True)
class Holder:
    """Whoever stands at the door: an invitation, and the companion if it is one, with the badge shown if any."""

    invitation: Invitation
    companion: Companion | None
    badge: Badge | None
    arrival: Arrival | None
    is_alone: bool = False  # known to have no companions; saves asking for them
    chair: int | None = None  # at the table, where the hall has been seated

    @property
    def key(self) -> tuple[int, int | None]:
        """The ids of invitation and companion."""
        return self.invitation.id, self.companion.id if self.companion else None


_OfGuest = aliased(Arrival)
_OfCompanion = aliased(Arrival)
_SeatOfGuest = aliased(Seat)
_SeatOfCompanion = aliased(Seat)
_IS_ACCOMPANIED = exists().where(Companion.invitation_id == Invitation.id).correlate(Invitation)

# The one statement of every scan: made once, and of the columns that the door needs. Guest and companion are joined
# apart, since each has a partial index of its own; one condition for both would read through all arrivals.
_BY_CODE = (
    select(Badge, _OfGuest, _OfCompanion, _IS_ACCOMPANIED, _SeatOfGuest.number, _SeatOfCompanion.number)
    .join(Badge.invitation)
    .join(Invitation.dealer)
    .outerjoin(Badge.companion)
    .outerjoin(_OfGuest, and_(_OfGuest.invitation_id == Badge.invitation_id, _OfGuest.companion_id.is_(None)))
    .outerjoin(_OfCompanion, _OfCompanion.companion_id == Badge.companion_id)
    .outerjoin(
        _SeatOfGuest, and_(_SeatOfGuest.invitation_id == Badge.invitation_id, _SeatOfGuest.companion_id.is_(None))
    )
    .outerjoin(_SeatOfCompanion, _SeatOfCompanion.companion_id == Badge.companion_id)
    .where(Badge.code == bindparam("code"))
    .options(
        load_only(Badge.event_id, Badge.invitation_id, Badge.companion_id, Badge.revoked_at),
        contains_eager(Badge.invitation).load_only(
            Invitation.event_id,
            Invitation.dealer_id,
            Invitation.kind,
            Invitation.table_label,
            Invitation.host_notes,
            Invitation.state,
            Invitation.version,
        ),
        contains_eager(Badge.invitation, Invitation.dealer).load_only(Dealer.contact, Dealer.company),
        contains_eager(Badge.companion),
    )
)


def holder_of_badge(code: str) -> Holder | None:
    """Return whoever a badge code belongs to, of whatever event, and their arrival: one query."""
    row = db.session.execute(_BY_CODE, {"code": code}).first()
    if row is None:
        return None
    badge, of_guest, of_companion, is_accompanied, chair, companions_chair = row
    arrival, chair = (of_companion, companions_chair) if badge.companion_id else (of_guest, chair)
    return Holder(badge.invitation, badge.companion, badge, arrival, is_alone=not is_accompanied, chair=chair)


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
    seat = select(Seat.number).where(Seat.invitation_id == invitation.id, Seat.companion_id == companion_id)
    arrival = arrival_of(invitation.id, companion_id)
    return Holder(invitation, companion, None, arrival, chair=db.session.scalar(seat))


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


COMES_INSTEAD = case((Reply.answer == Answer.SUBSTITUTE, Reply.substitute_name), else_="")


def substitute_name(invitation_id: int) -> str:
    """Return who comes instead of the guest, or an empty text."""
    return db.session.scalar(select(COMES_INSTEAD).where(Reply.invitation_id == invitation_id)) or ""


def _named(text: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Conditions on those whose names have no search key: who comes instead, and who comes along."""
    return (
        Reply.substitute_name.contains(text, autoescape=True),
        Invitation.id.in_(select(Companion.invitation_id).where(Companion.name.contains(text, autoescape=True))),
    )


@dataclass(frozen=True)
class Found:
    """A guest found by name at the desk."""

    invitation: Invitation
    substitute: str
    arrival: Arrival | None
    companions: list[str]

    @property
    def name(self) -> str:
        return self.substitute or self.invitation.dealer.contact


_WHO_COMES_FIRST = case((Invitation.state.in_(EXPECTED), 0), (Invitation.state == InvitationState.ARRIVED, 1), else_=2)


def search(event: Event, query: str) -> list[Found]:
    """Find guests of the event by name, company, phone tail, pinyin or initials, and by who comes with or for them.

    Whoever is expected and not in yet comes first.
    """
    patterns = names.search_patterns(query)
    if not patterns:
        return []
    known: ColumnElement[bool] = and_(*(Dealer.search_key.like(pattern) for pattern in patterns))
    statement = (
        select(Invitation, COMES_INSTEAD, Arrival)
        .join(Invitation.dealer)
        .outerjoin(Reply, Reply.invitation_id == Invitation.id)
        .outerjoin(Arrival, and_(Arrival.invitation_id == Invitation.id, Arrival.companion_id.is_(None)))
        .where(Invitation.event_id == event.id, or_(known, *_named(query.strip())))
        .order_by(_WHO_COMES_FIRST, Dealer.sort_key, Invitation.id)
        .limit(MOST_FOUND)
        .options(contains_eager(Invitation.dealer))
    )
    rows = db.session.execute(statement).all()
    along = _companions_of([row[0].id for row in rows])
    return [Found(row[0], row[1] or "", row[2], along.get(row[0].id, [])) for row in rows]


def _companions_of(invitation_ids: list[int]) -> dict[int, list[str]]:
    along: dict[int, list[str]] = {}
    if invitation_ids:
        statement = select(Companion).where(Companion.invitation_id.in_(invitation_ids)).order_by(Companion.id)
        for companion in db.session.scalars(statement):
            along.setdefault(companion.invitation_id, []).append(companion.name)
    return along


def doors(event: Event, limit: int = 8) -> list[str]:
    """Return how the desks of this event have been called."""
    statement = select(Scan.door).where(Scan.event_id == event.id, Scan.door != "").distinct().order_by(Scan.door)
    return list(db.session.scalars(statement.limit(limit)))
