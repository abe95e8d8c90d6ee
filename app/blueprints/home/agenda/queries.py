"""What has a day: milestones, calls agreed on, promises, sums that fall due, holds that end, duties, deliveries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Row, and_, exists, func, select, type_coerce
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app.blueprints.home.queries import LIVE
from app.extensions import db
from app.models import (
    Amount,
    Call,
    Contract,
    ContractState,
    DunningCall,
    DunningOutcome,
    Duty,
    DutyState,
    Event,
    Expense,
    ExpenseState,
    Invitation,
    InvitationState,
    Material,
    MaterialOrder,
    MaterialState,
    Milestone,
    PaperScan,
    Receivable,
    Shift,
    StaffPerson,
    TerritoryGrant,
    TerritoryState,
)

MOST = 8  # of a kind; the rest stands where the line leads
_S = InvitationState
_DECIDED = (_S.DECLINED, _S.DECLINED_LATE, _S.ARRIVED, _S.NO_SHOW, _S.FIRM, _S.SUBSTITUTE)


def milestones(
    first: date, last: date, owner_id: int | None, ids: Collection[int] | None = None
) -> Sequence[Milestone]:
    """Return what is to be done between two days, of one person or everybody, in the events with these ids."""
    statement = (
        select(Milestone)
        .join(Milestone.event)
        .options(contains_eager(Milestone.event), joinedload(Milestone.owner))
        .where(Milestone.done_at.is_(None), Milestone.due_on.between(first, last), Event.status.in_(LIVE))
        .order_by(Milestone.due_on, Milestone.id)
        .limit(MOST)
    )
    if owner_id is not None:
        statement = statement.where(Milestone.owner_id == owner_id)
    if ids is not None:
        statement = statement.where(Milestone.event_id.in_(ids))
    return db.session.scalars(statement).all()


def calls_agreed(rep_id: int, until: datetime) -> Sequence[Call]:
    """Return the calls that this rep's guests were promised, whose last call it was, earliest first."""
    later = aliased(Call)
    return db.session.scalars(
        select(Call)
        .join(Call.invitation)
        .join(Invitation.event)
        .where(
            Invitation.rep_id == rep_id,
            Invitation.state.not_in(_DECIDED),
            Event.status.in_(LIVE),
            Call.next_call_at <= until,
            ~exists().where(later.invitation_id == Call.invitation_id, later.id > Call.id),
        )
        .options(
            contains_eager(Call.invitation).joinedload(Invitation.dealer),
            contains_eager(Call.invitation, Invitation.event),
        )
        .order_by(Call.next_call_at, Call.id)
        .limit(MOST)
    ).all()


def promises(first: date, last: date, rep_id: int | None) -> Sequence[DunningCall]:
    """Return the promises to pay whose day comes, of open sums: one rep's, or everybody's."""
    later = aliased(DunningCall)
    statement = (
        select(DunningCall)
        .join(DunningCall.receivable)
        .where(
            DunningCall.outcome == DunningOutcome.PROMISED,
            DunningCall.promised_on.between(first, last),
            Receivable.cancelled_at.is_(None),
            Receivable.settled < Receivable.amount,
            ~exists().where(later.receivable_id == DunningCall.receivable_id, later.id > DunningCall.id),
        )
        .options(contains_eager(DunningCall.receivable).joinedload(Receivable.dealer))
        .order_by(DunningCall.promised_on, DunningCall.id)
        .limit(MOST)
    )
    return db.session.scalars(statement if rep_id is None else statement.where(Receivable.rep_id == rep_id)).all()


@dataclass(frozen=True)
class Due:
    """What falls due on one day in one currency."""

    day: date
    currency: str
    number: int
    total: Decimal


def falling_due(first: date, last: date, rep_id: int | None) -> list[Due]:
    """Return what falls due between two days, day by day: one query."""
    statement = (
        select(
            Receivable.due_on,
            Receivable.currency,
            func.count(),
            type_coerce(func.sum(Receivable.amount - Receivable.settled), Amount()),
        )
        .where(
            Receivable.due_on.between(first, last),
            Receivable.cancelled_at.is_(None),
            Receivable.settled < Receivable.amount,
        )
        .group_by(Receivable.due_on, Receivable.currency)
        .order_by(Receivable.due_on, Receivable.currency)
    )
    if rep_id is not None:
        statement = statement.where(Receivable.rep_id == rep_id)
    return [Due(*row) for row in db.session.execute(statement)]


def holds_ending(rep_id: int, now: datetime, until: datetime) -> Sequence[TerritoryGrant]:
    """Return the territories somebody holds whose time runs out, the next one first."""
    statement = (
        select(TerritoryGrant)
        .where(TerritoryGrant.held_by_id == rep_id, TerritoryGrant.state == TerritoryState.HELD)
        .where(TerritoryGrant.held_until > now, TerritoryGrant.held_until <= until)
        .options(joinedload(TerritoryGrant.region), joinedload(TerritoryGrant.dealer), joinedload(TerritoryGrant.event))
        .order_by(TerritoryGrant.held_until, TerritoryGrant.id)
        .limit(MOST)
    )
    return db.session.scalars(statement).all()


def duties(user_id: int, now: datetime, until: datetime) -> Sequence[Duty]:
    """Return somebody's own duties that have not ended, earliest first."""
    statement = (
        select(Duty)
        .join(Duty.shift)
        .join(Duty.person)
        .where(StaffPerson.user_id == user_id, Duty.state != DutyState.REFUSED, Duty.is_deputy.is_(False))
        .where(Shift.ends_at > now, Shift.starts_at <= until)
        .options(contains_eager(Duty.shift), joinedload(Duty.role), joinedload(Duty.event))
        .order_by(Shift.starts_at, Duty.id)
        .limit(MOST)
    )
    return db.session.scalars(statement).all()


def deliveries(first: date, last: date) -> Sequence[Row[date | None, str, int, str, str]]:
    """Return what suppliers are to bring between two days, event by event: day, event, kinds and one of them."""
    statement = (
        select(MaterialOrder.due_on, Event.slug, func.count(), Event.name, func.min(Material.name))
        .join(Material, Material.id == MaterialOrder.material_id)
        .join(Event, Event.id == Material.event_id)
        .where(
            MaterialOrder.due_on.between(first, last),
            MaterialOrder.cancelled_at.is_(None),
            MaterialOrder.from_stock.is_(False),
            Material.state.in_((MaterialState.PLANNED, MaterialState.ORDERED)),
            Event.status.in_(LIVE),
        )
        .group_by(MaterialOrder.due_on, Event.slug, Event.name)
        .order_by(MaterialOrder.due_on, Event.slug)
        .limit(MOST)
    )
    return db.session.execute(statement).all()


@dataclass(frozen=True)
class Waiting:
    """Work that waits at a desk, however old."""

    to_countersign: int
    to_check: int  # scans of signed paper
    to_pay: int  # expenses that are invoiced and not paid


def waiting() -> Waiting:
    """Count it all with one query."""
    counts = (
        select(func.count()).select_from(Contract).where(Contract.state == ContractState.SIGNED),
        select(func.count(func.distinct(PaperScan.contract_id)))
        .join(Contract, Contract.id == PaperScan.contract_id)
        .where(and_(PaperScan.checked_at.is_(None), Contract.state != ContractState.VOID)),
        select(func.count()).select_from(Expense).where(Expense.state == ExpenseState.INVOICED),
    )
    return Waiting(*db.session.execute(select(*(each.scalar_subquery() for each in counts))).one())
