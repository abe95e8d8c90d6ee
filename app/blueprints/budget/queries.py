"""What comes back about a budget besides its ledger: versions, heads, limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app import clock
from app.blueprints.events import queries as events
from app.blueprints.receivables.ledger import payers
from app.blueprints.rsvp.seats.queries import seat_is_held
from app.extensions import db
from app.models import (
    AdvanceState,
    BudgetLine,
    BudgetRate,
    BudgetVersion,
    CashAdvance,
    Contract,
    Event,
    Expense,
    ExpenseInvoice,
    ExpensePayment,
    ExpenseState,
    Invitation,
    InvitationState,
    PlannedSum,
    PlanState,
    RateKind,
    Receivable,
    Reply,
)


@dataclass(frozen=True)
class Heads:
    """By how many a sum is divided. `paid` is None as long as nothing is to be paid."""

    people: int
    have_come: bool  # else the number is of those who will
    signed: int
    paid: int | None


def _paid_dealers(event: Event) -> int | None:
    """Return how many dealers have money at the bank for an event; None where nothing is to be paid yet."""
    of = payers.by_dealer([event.id], clock.now())
    owed = select(func.count()).select_from(Receivable).where(Receivable.event_id == event.id).scalar_subquery()
    paid = select(func.count()).select_from(of).where(of.c.money > Decimal(0)).scalar_subquery()
    row = db.session.execute(select(owed, paid)).one()
    return int(row[1]) if row[0] else None


def heads(event: Event) -> Heads:
    """Return guests with companions (who came, before the day who is firm) and the dealers who signed."""
    count = events.head_count(event)
    come = event.starts_at <= clock.now()
    people = count.where({InvitationState.ARRIVED}).people if come else count.firm.people
    signed = db.session.scalar(
        select(func.count(func.distinct(Contract.dealer_id))).where(
            Contract.event_id == event.id, payers.signs(clock.now())
        )
    )
    return Heads(people, come, signed or 0, _paid_dealers(event))


def lines(event: Event) -> list[BudgetLine]:
    """Return the lines of an event, by group and place."""
    statement = select(BudgetLine).where(BudgetLine.event_id == event.id)
    return list(db.session.scalars(statement.order_by(BudgetLine.group, BudgetLine.position, BudgetLine.id)))


def line(event: Event, line_id: int) -> BudgetLine | None:
    return db.session.scalar(select(BudgetLine).where(BudgetLine.event_id == event.id, BudgetLine.id == line_id))


def versions(event: Event) -> Sequence[BudgetVersion]:
    """Return all versions of the plan with their sums, the newest first."""
    statement = (
        select(BudgetVersion)
        .where(BudgetVersion.event_id == event.id)
        .options(
            selectinload(BudgetVersion.sums),
            joinedload(BudgetVersion.made_by),
            joinedload(BudgetVersion.approved_by),
        )
        .order_by(BudgetVersion.number.desc())
    )
    return db.session.scalars(statement).unique().all()


def open_version(event: Event) -> BudgetVersion | None:
    """Return the version that is not approved yet, if there is one."""
    return db.session.scalar(
        select(BudgetVersion)
        .where(BudgetVersion.event_id == event.id, BudgetVersion.state != PlanState.APPROVED)
        .options(selectinload(BudgetVersion.sums))
    )


def planned_line_ids(event: Event) -> set[int]:
    """Return the lines for which some version plans something."""
    statement = select(PlannedSum.line_id).join(BudgetLine).where(BudgetLine.event_id == event.id)
    return set(db.session.scalars(statement.where(PlannedSum.amount > Decimal(0))))


def exceptions(event: Event, line_id: int | None = None) -> Sequence[Expense]:
    """Return the expenses that were let over the plan of their line, with who did it, the newest first."""
    statement = select(Expense).where(
        Expense.event_id == event.id, Expense.exception_reason != "", Expense.state != ExpenseState.CANCELLED
    )
    if line_id is not None:
        statement = statement.where(Expense.line_id == line_id)
    statement = statement.options(joinedload(Expense.exception_by)).order_by(Expense.decided_at.desc(), Expense.id)
    return db.session.scalars(statement).all()


def booked(event: Event) -> Sequence[Expense]:
    """Return the expenses of an event that have an invoice or a payment, with both, the oldest first."""
    statement = (
        select(Expense)
        .where(Expense.event_id == event.id, or_(Expense.invoices.any(), Expense.payments.any()))
        .options(
            joinedload(Expense.line),
            joinedload(Expense.requested_by),
            selectinload(Expense.invoices),
            selectinload(Expense.payments),
        )
    )
    return db.session.scalars(statement.order_by(Expense.requested_at, Expense.id)).all()


def number_of_expenses(event: Event) -> int:
    """Return how many expenses an event has, whatever became of them."""
    return db.session.scalar(select(func.count()).select_from(Expense).where(Expense.event_id == event.id)) or 0


def number_of_rows(event: Event) -> int:
    """Return how many rows the workbook has about expenses: one for each, its invoices and its payments."""
    vouchers = sum(
        db.session.scalar(select(func.count()).select_from(kind).join(Expense).where(Expense.event_id == event.id)) or 0
        for kind in (ExpenseInvoice, ExpensePayment)
    )
    return number_of_expenses(event) + vouchers


def in_hand(event: Event) -> tuple[Decimal, int]:
    """Return the cash that people hold and have not accounted for, and how many they are."""
    of = (CashAdvance.event_id == event.id, CashAdvance.state == AdvanceState.PAID_OUT)
    held = func.sum(CashAdvance.amount + CashAdvance.topped_up - CashAdvance.returned)
    row = db.session.execute(select(held, func.count(func.distinct(CashAdvance.user_id))).where(*of)).one()
    settled = db.session.scalar(
        select(func.sum(ExpensePayment.amount))
        .join(CashAdvance, CashAdvance.id == ExpensePayment.advance_id)
        .where(*of, ExpensePayment.taken_back_at.is_(None))
    )
    return (row[0] or Decimal(0)) - (settled or Decimal(0)), row[1]


def nights(event: Event) -> int:
    """Return how many hotel nights the guests of an event want who hold a seat."""
    statement = select(func.sum(Reply.hotel_nights)).join(Invitation, Invitation.id == Reply.invitation_id)
    return db.session.scalar(statement.where(Invitation.event_id == event.id, seat_is_held())) or 0


def rate(event: Event, kind: RateKind) -> Decimal | None:
    """Return what one of a kind costs at an event; None where nobody has said."""
    return db.session.scalar(select(BudgetRate.amount).where(BudgetRate.event_id == event.id, BudgetRate.kind == kind))
