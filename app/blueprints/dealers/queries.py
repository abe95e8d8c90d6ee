"""What comes back about dealers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import joinedload

from app.blueprints.dealers.rules import alike
from app.extensions import db
from app.models import Answer, Arrival, Dealer, Event, EventStatus, Invitation, Reply, User
from app.names import company_key, search_patterns


def dealers(only_of: int | None = None) -> Select[Dealer]:
    """Select dealers; with `only_of` those this person owns and those in the pool."""
    statement = select(Dealer)
    if only_of is None:
        return statement
    return statement.where(or_(Dealer.owner_id == only_of, Dealer.owner_id.is_(None)))


def dealer(dealer_id: int, only_of: int | None = None) -> Dealer | None:
    """Return one dealer, when this person may see it."""
    return db.session.scalar(dealers(only_of).where(Dealer.id == dealer_id).options(joinedload(Dealer.owner)))


def matching(typed: str) -> ColumnElement[bool]:
    """Return the condition that name, company, pinyin, initials or the phone's digits fit what was typed."""
    return and_(*(Dealer.search_key.like(pattern) for pattern in search_patterns(typed)), true())


def by_mobile(mobile: str, other_than: int | None = None) -> Dealer | None:
    """Return the dealer with this mobile (E.164), whoever owns it."""
    statement = select(Dealer).where(Dealer.mobile == mobile).options(joinedload(Dealer.owner))
    if other_than is not None:
        statement = statement.where(Dealer.id != other_than)
    return db.session.scalar(statement)


def by_company(company: str, contact: str) -> Dealer | None:
    """Return the person of this name at this company, the oldest record where there are two."""
    key = company_key(company)
    return db.session.scalar(
        select(Dealer).where(Dealer.company_key == key, Dealer.contact == contact).order_by(Dealer.id).limit(1)
    )


def look_alikes(company_key: str, other_than: int | None = None) -> list[Dealer]:
    """Return the dealers whose company is called much the same, most alike first."""
    keys = db.session.execute(select(Dealer.id, Dealer.company_key))
    on_file = {dealer_id: key for dealer_id, key in keys if dealer_id != other_than}
    found = [each.dealer_id for each in alike(company_key, on_file)]
    rows = db.session.scalars(select(Dealer).where(Dealer.id.in_(found)).options(joinedload(Dealer.owner)))
    return sorted(rows, key=lambda row: found.index(row.id))


@dataclass(frozen=True)
class Attendance:
    """What came of one invitation of a dealer."""

    event: Event
    invitation: Invitation
    answer: Answer | None
    answered_at: datetime | None
    arrived_at: datetime | None


def attendances(of: Dealer, rep_id: int | None = None) -> list[Attendance]:
    """Return the events a dealer was listed for, newest first; with `rep_id` only this rep's invitations."""
    statement = (
        select(Event, Invitation, Reply.answer, Reply.answered_at, Arrival.arrived_at)
        .join(Invitation, Invitation.event_id == Event.id)
        .outerjoin(Reply, Reply.invitation_id == Invitation.id)
        .outerjoin(Arrival, and_(Arrival.invitation_id == Invitation.id, Arrival.companion_id.is_(None)))
        .where(Invitation.dealer_id == of.id)
        .order_by(Event.starts_at.desc())
    )
    if rep_id is not None:
        statement = statement.where(Invitation.rep_id == rep_id)
    return [Attendance(*row) for row in db.session.execute(statement)]


def events_to_fill(now: datetime, limit: int = 3) -> list[Event]:
    """Return the next events that guests can still be put on the list of."""
    statement = (
        select(Event)
        .where(Event.status.in_((EventStatus.DRAFT, EventStatus.OPEN, EventStatus.RUNNING)), Event.ends_at > now)
        .order_by(Event.starts_at, Event.id)
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def owners() -> list[tuple[int, str]]:
    """Return everybody with an account in use, as (id, name)."""
    rows = db.session.execute(select(User.id, User.name).where(User.is_active).order_by(User.name, User.id))
    return [(user_id, name) for user_id, name in rows]


def owner_names() -> dict[int, str]:
    """Return the names of all who own a dealer."""
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(select(Dealer.owner_id).distinct())))
    return dict(rows.all())


def known_sources() -> list[str]:
    """Return the sources already used, to choose from while typing."""
    return list(db.session.scalars(select(Dealer.source).where(Dealer.source != "").distinct().order_by(Dealer.source)))
