"""What is done to expenses. Nothing here commits."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from app import clock, journal
from app.access import Role
from app.blueprints.budget import ledger
from app.blueprints.budget.expenses import facts
from app.blueprints.budget.expenses.facts import settle
from app.blueprints.budget.limits import queries as limits
from app.blueprints.budget.plan.actions import ReasonWanted, check_changeable
from app.blueprints.budget.rules import authority
from app.blueprints.budget.rules.authority import BeyondAuthority, OwnRequest
from app.blueprints.budget.rules.figures import Entry, said
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import (
    BudgetLine,
    Event,
    Expense,
    ExpenseKind,
    ExpensePayment,
    ExpenseSource,
    ExpenseState,
    File,
    Term,
)

OFF = facts.OFF


class WrongStep(SigningDayError):
    """The expense is not where this could be done."""

    code = "wrong_step"
    sentence = N_("This cannot be done with the expense as it stands now.")


class MoneyHasMoved(SigningDayError):
    """An expense with an invoice or a payment is not dropped."""

    code = "money_has_moved"
    sentence = N_("An invoice or a payment is booked on it. Take that back first.")


class PettyTooLarge(SigningDayError):
    """Petty cash has a limit."""

    code = "petty_too_large"
    sentence = N_("Petty cash goes up to %(limit)s. Ask for an expense instead.")


class SourceTaken(SigningDayError):
    """Another expense stands for the order already, or it is gone."""

    code = "source_taken"
    sentence = N_("One of the chosen orders belongs to another expense already, or does not count any more.")


def lock(event: Event, row: Expense) -> None:
    """Let two people who work on the same expense wait for each other, and read it as it is now."""
    check_changeable(event)
    db.session.flush()
    db.session.execute(select(Expense.id).where(Expense.id == row.id).with_for_update())
    db.session.refresh(row)


def request(
    event: Event,
    line: BudgetLine,
    *,
    kind: ExpenseKind,
    purpose: str,
    amount: Decimal,
    payee: str = "",
    spent_on: date | None = None,
    photo: File | None = None,
    sources: Collection[str] = (),
    client_id: str | None = None,
    by_id: int,
) -> Expense:
    """Ask for an expense. The same form sent twice is one; `sources` are rows of other rooms it stands for."""
    check_changeable(event)
    if (known := _sent(event, client_id)) is not None:
        return known
    _check_sources(event, sources)
    row = Expense(
        event_id=event.id,
        line_id=line.id,
        kind=kind,
        purpose=purpose,
        amount=amount,
        payee=payee,
        spent_on=spent_on,
        photo_id=photo.id if photo else None,
        requested_at=clock.now(),
        requested_by_id=by_id,
        client_id=client_id,
        sources=[ExpenseSource(key=key) for key in sources],
    )
    db.session.add(row)
    journal.record("expense.requested", row, event_id=event.id, changes={"sum": [None, said(amount)]})
    db.session.flush()
    return row


def _sent(event: Event, client_id: str | None) -> Expense | None:
    if not client_id:
        return None
    return db.session.scalar(select(Expense).where(Expense.event_id == event.id, Expense.client_id == client_id))


def _check_sources(event: Event, sources: Collection[str]) -> None:
    """Only what still counts in the ledger can be taken over; the key itself is unique in the table."""
    if sources and not set(sources) <= {entry.key for entry in promises_left(event)}:
        raise SourceTaken


def promises_left(event: Event) -> list[Entry]:
    """Return what other rooms promise and no expense stands for yet."""
    return sorted(ledger.of_event(event).promised, key=lambda each: (each.origin, each.text, each.key))


def approve(event: Event, row: Expense, roles: Collection[Role], *, reason: str = "", by_id: int) -> bool:
    """Consent to what is asked. Returns whether it goes over the plan of its line.

    Raises OwnRequest, BeyondAuthority, and OverThePlan where the line stops it and nobody with the right to gives a
    reason. The last one in is told by the ledger as it is now, under the line's lock.
    """
    lock(event, row)
    if not waits(row):
        raise WrongStep
    if row.requested_by_id == by_id:
        raise OwnRequest
    may = limits.limits(event)
    limit = authority.limit(may, roles, Term.EXPENSE)
    if row.amount > limit:
        raise BeyondAuthority(limit=f"{limit:,.2f}")
    reason = " ".join(reason.split())[:200]
    db.session.execute(select(BudgetLine.id).where(BudgetLine.id == row.line_id).with_for_update())
    of = ledger.of_event(event)
    own = facts.of(row)
    more = row.amount - own.committed - own.actual
    may_except = authority.limit(may, roles, Term.OVER_PLAN) >= row.amount
    line = row.line
    is_over = of.plan is not None and authority.check_plan(
        line.name, line.over_plan, of.by_line[line.id].left, more, reason, may_except=may_except
    )
    row.approved, row.decided_at, row.decided_by_id, row.remark = row.amount, clock.now(), by_id, ""
    if is_over and reason:
        row.exception_reason, row.exception_by_id = reason, by_id
    changes = {"sum": [None, said(row.amount)]} | ({"exception": [None, reason]} if is_over and reason else {})
    journal.record("expense.approved", row, event_id=event.id, changes=changes)
    settle(row)
    return is_over


def refuse(event: Event, row: Expense, remark: str, *, by_id: int) -> None:
    """Say no, with the reason. What had been approved before of it stays approved."""
    lock(event, row)
    remark = " ".join(remark.split())[:200]
    if not remark:
        raise ReasonWanted
    if not waits(row):
        raise WrongStep
    if row.kind is ExpenseKind.PETTY_CASH:  # whoever took it pays it back
        for each in row.payments:
            each.taken_back_at = each.taken_back_at or clock.now()
    row.decided_at, row.decided_by_id, row.remark = clock.now(), by_id, remark
    journal.record("expense.refused", row, event_id=event.id, changes={"why": [None, remark]})
    if row.approved:
        row.amount = row.approved
        settle(row)
    else:
        _drop(row, ExpenseState.REFUSED)


def waits(row: Expense) -> bool:
    """Tell whether somebody has to say yes or no: before it is ordered, and after petty cash was taken."""
    petty = row.kind is ExpenseKind.PETTY_CASH and row.state is ExpenseState.PAID and not row.approved
    return petty or row.state is ExpenseState.REQUESTED


def order(event: Event, row: Expense) -> None:
    """Write down that it is ordered."""
    lock(event, row)
    if row.state is not ExpenseState.APPROVED or row.kind is not ExpenseKind.PURCHASE:
        raise WrongStep
    row.ordered_at = clock.now()
    journal.record("expense.ordered", row, event_id=event.id, changes={})
    settle(row)


def ask_other_sum(event: Event, row: Expense, amount: Decimal) -> None:
    """Ask for another sum. More wants a new consent; less takes effect at once."""
    lock(event, row)
    if row.state in (*OFF, ExpenseState.PAID):
        raise WrongStep
    journal.record("expense.more_asked", row, event_id=event.id, changes={"sum": [said(row.amount), said(amount)]})
    row.amount, row.approved = amount, min(row.approved, amount)
    settle(row)


def cancel(event: Event, row: Expense, remark: str) -> None:
    """Drop an expense on which no money has moved; what it stood for counts by itself again."""
    lock(event, row)
    if row.state in OFF:
        raise WrongStep
    if facts.has_moved(row):
        raise MoneyHasMoved
    row.remark = " ".join(remark.split())[:200]
    journal.record("expense.cancelled", row, event_id=event.id, changes={"why": [None, row.remark]})
    _drop(row, ExpenseState.CANCELLED)


def _drop(row: Expense, state: ExpenseState) -> None:
    row.state, row.advance_id = state, None
    row.sources.clear()
    db.session.flush()


def petty_cash(
    event: Event,
    line: BudgetLine,
    *,
    purpose: str,
    amount: Decimal,
    photo: File | None,
    client_id: str | None = None,
    roles: Collection[Role],
    by_id: int,
) -> Expense:
    """Write down what somebody took out of the cash box. It is paid at once; somebody else approves it afterwards."""
    if amount > (most := limits.limit(event, roles, Term.PETTY_CASH)):
        check_changeable(event)
        raise PettyTooLarge(limit=f"{most:,.2f}")
    if (known := _sent(event, client_id)) is not None:
        return known
    day = clock.today(event.time_zone)
    row = request(
        event,
        line,
        kind=ExpenseKind.PETTY_CASH,
        purpose=purpose,
        amount=amount,
        spent_on=day,
        photo=photo,
        client_id=client_id,
        by_id=by_id,
    )
    row.payments.append(ExpensePayment(amount=amount, paid_on=day, booked_at=clock.now(), booked_by_id=by_id))
    journal.record("expense.petty_cash", row, event_id=event.id, changes={"sum": [None, said(amount)]})
    settle(row)
    return row
