"""What is done to cash advances. Nothing here commits."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from app import clock, journal
from app.access import Role
from app.blueprints.budget.advances import queries
from app.blueprints.budget.expenses import booking, facts
from app.blueprints.budget.expenses.actions import WrongStep, waits
from app.blueprints.budget.limits import queries as limits
from app.blueprints.budget.plan.actions import ReasonWanted, check_changeable
from app.blueprints.budget.rules.advances import (
    NotForThisAdvance,
    PaidFromAdvance,
    Settlement,
    StillUndecided,
    part,
)
from app.blueprints.budget.rules.authority import BeyondAuthority, OwnRequest
from app.blueprints.budget.rules.figures import said
from app.extensions import db
from app.models import (
    AdvanceSettlement,
    AdvanceState,
    CashAdvance,
    Event,
    Expense,
    ExpenseKind,
    ExpensePayment,
    Term,
)


def _lock(event: Event, row: CashAdvance) -> None:
    """Let two people who work on the same advance wait for each other, and read it as it is now."""
    check_changeable(event)
    db.session.flush()
    db.session.execute(select(CashAdvance.id).where(CashAdvance.id == row.id).with_for_update())
    db.session.refresh(row)


def _expect(row: CashAdvance, *states: AdvanceState) -> None:
    if row.state not in states:
        raise WrongStep


def request(
    event: Event,
    *,
    user_id: int,
    amount: Decimal,
    purpose: str,
    settle_by: date | None = None,
    client_id: str | None = None,
) -> CashAdvance:
    """Ask for cash before the event. The same form sent twice is one."""
    check_changeable(event)
    if client_id:
        sent = select(CashAdvance).where(CashAdvance.event_id == event.id, CashAdvance.client_id == client_id)
        if (known := db.session.scalar(sent)) is not None:
            return known
    row = CashAdvance(
        event_id=event.id,
        user_id=user_id,
        state=AdvanceState.REQUESTED,
        amount=amount,
        purpose=purpose,
        settle_by=settle_by,
        client_id=client_id,
        requested_at=clock.now(),
    )
    db.session.add(row)
    journal.record("advance.requested", row, event_id=event.id, changes={"sum": [None, said(amount)]})
    db.session.flush()
    return row


def approve(event: Event, row: CashAdvance, roles: Collection[Role], *, by_id: int) -> None:
    """Consent to an advance. Raises OwnRequest for one's own, BeyondAuthority above one's limit for an expense."""
    _lock(event, row)
    _expect(row, AdvanceState.REQUESTED)
    if row.user_id == by_id:
        raise OwnRequest
    limit = limits.limit(event, roles, Term.EXPENSE)
    if row.amount > limit:
        raise BeyondAuthority(limit=f"{limit:,.2f}")
    row.state, row.decided_at, row.decided_by_id = AdvanceState.APPROVED, clock.now(), by_id
    journal.record("advance.approved", row, event_id=event.id, changes={"sum": [None, said(row.amount)]})
    db.session.flush()


def refuse(event: Event, row: CashAdvance, remark: str, *, by_id: int) -> None:
    """Say no, with the reason."""
    _lock(event, row)
    _expect(row, AdvanceState.REQUESTED)
    remark = " ".join(remark.split())[:200]
    if not remark:
        raise ReasonWanted
    row.state, row.decided_at, row.decided_by_id, row.remark = AdvanceState.REFUSED, clock.now(), by_id, remark
    journal.record("advance.refused", row, event_id=event.id, changes={"why": [None, remark]})
    db.session.flush()


def cancel(event: Event, row: CashAdvance) -> None:
    """Drop an advance that nobody has paid out."""
    _lock(event, row)
    _expect(row, AdvanceState.REQUESTED, AdvanceState.APPROVED)
    row.state = AdvanceState.CANCELLED
    journal.record("advance.cancelled", row, event_id=event.id, changes={})
    db.session.flush()


def pay_out(event: Event, row: CashAdvance, *, by_id: int) -> None:
    """Write down that the holder has the money. Nobody pays themselves."""
    _lock(event, row)
    _expect(row, AdvanceState.APPROVED)
    if row.user_id == by_id:
        raise OwnRequest
    row.state, row.given_at, row.given_by_id = AdvanceState.PAID_OUT, clock.now(), by_id
    journal.record("advance.paid_out", row, event_id=event.id, changes={"sum": [None, said(row.amount)]})
    db.session.flush()


def attach(event: Event, row: CashAdvance, claim: Expense) -> None:
    """Let a claim be paid out of the advance. Raises NotForThisAdvance for somebody else's, or one that is paid."""
    _lock(event, row)
    _expect(row, AdvanceState.PAID_OUT)
    db.session.execute(select(Expense.id).where(Expense.id == claim.id).with_for_update())
    db.session.refresh(claim)
    is_free = claim.advance_id in (None, row.id) and claim.state not in facts.OFF
    is_own = claim.kind is ExpenseKind.CLAIM and claim.requested_by_id == row.user_id and claim.event_id == event.id
    if not (is_own and is_free) or facts.is_paid_at_all(claim):
        raise NotForThisAdvance
    claim.advance_id = row.id
    db.session.flush()
    db.session.expire(row, ["expenses"])


def detach(event: Event, row: CashAdvance, claim: Expense) -> None:
    """Let a claim be paid by itself again. Raises PaidFromAdvance for one that a part settlement has paid."""
    _lock(event, row)
    _expect(row, AdvanceState.PAID_OUT)
    if claim.advance_id == row.id:
        if queries.paid_out_of(row, claim):
            raise PaidFromAdvance
        claim.advance_id = None
        db.session.flush()
        db.session.expire(row, ["expenses"])


def settle(event: Event, row: CashAdvance, *, by_id: int) -> AdvanceSettlement:
    """Account for the rest of an advance: its claims are paid, what is left comes back, what is missing is added.

    Raises StillUndecided while a claim waits for approval, and OwnRequest for whoever holds the money.
    """
    claims = _claims(event, row, by_id)
    if any(waits(each) for each in claims):
        raise StillUndecided
    after = queries.settlement(row)
    done = _account(event, row, claims, replace(after, given_back=after.returned, added=after.topped_up), by_id=by_id)
    done.is_final = True
    row.state, row.settled_at, row.settled_by_id = AdvanceState.SETTLED, done.at, by_id
    _say("advance.settled", event, row, done)
    return done


def settle_part(
    event: Event, row: CashAdvance, claim_ids: Collection[int], returned: Decimal, *, by_id: int
) -> AdvanceSettlement:
    """Account for some claims of an advance, and for cash that comes back; the rest stays in the holder's hand.

    Raises StillUndecided for a claim that waits for approval, NothingToSettle, ReturnsTooMuch, and OwnRequest for
    whoever holds the money.
    """
    claims = [each for each in _claims(event, row, by_id) if each.id in claim_ids]
    if any(waits(each) for each in claims):
        raise StillUndecided
    spent = sum((booking.to_pay(each) for each in claims), Decimal(0))
    done = _account(event, row, claims, part(queries.so_far(row), spent, returned), by_id=by_id)
    _say("advance.settled_in_part", event, row, done)
    return done


def _claims(event: Event, row: CashAdvance, by_id: int) -> list[Expense]:
    """Lock an advance that is out and its claims, and return those that live as they are now."""
    _lock(event, row)
    _expect(row, AdvanceState.PAID_OUT)
    if row.user_id == by_id:
        raise OwnRequest
    claims = queries.living(row)
    db.session.execute(
        select(Expense.id).where(Expense.id.in_([each.id for each in claims])).order_by(Expense.id).with_for_update()
    )
    for each in claims:
        db.session.refresh(each)
    return claims


def _account(
    event: Event, row: CashAdvance, claims: Collection[Expense], after: Settlement, *, by_id: int
) -> AdvanceSettlement:
    """Pay claims out of an advance and write down what moved in cash, so that it stands as `after` says."""
    before, today, now = queries.so_far(row), clock.today(event.time_zone), clock.now()
    done = AdvanceSettlement(
        spent=after.spent - before.spent,
        returned=after.given_back - before.given_back,
        topped_up=after.added - before.added,
        is_final=False,
        at=now,
        by_id=by_id,
    )
    row.settlements.append(done)
    db.session.flush()
    for each in claims:
        if left := booking.to_pay(each):
            paid = {"advance_id": row.id, "settlement_id": done.id}
            each.payments.append(ExpensePayment(amount=left, paid_on=today, booked_at=now, booked_by_id=by_id, **paid))
            facts.settle(each)
    row.returned, row.topped_up = after.given_back, after.added
    db.session.flush()
    return done


def _say(what: str, event: Event, row: CashAdvance, done: AdvanceSettlement) -> None:
    sums = {"spent": done.spent, "returned": done.returned, "topped_up": done.topped_up}
    changes = {name: [None, said(amount)] for name, amount in sums.items() if amount or name != "topped_up"}
    journal.record(what, row, event_id=event.id, changes=changes)
    db.session.flush()


def take_settlement_back(event: Event, row: CashAdvance) -> None:
    """The last settlement was made by mistake: its claims are unpaid again, and the money is in the holder's hand."""
    _lock(event, row)
    _expect(row, AdvanceState.SETTLED, AdvanceState.PAID_OUT)
    standing = queries.parts(row)
    if not standing:
        raise WrongStep
    last, now = standing[-1], clock.now()
    last.taken_back_at = now
    for each in row.expenses:
        for payment in each.payments:
            if payment.settlement_id == last.id and payment.taken_back_at is None:
                payment.taken_back_at = now
        if each.state not in facts.OFF:
            facts.settle(each)
    changes = {"returned": [said(last.returned), None], "topped_up": [said(last.topped_up), None]}
    row.state, row.settled_at, row.settled_by_id = AdvanceState.PAID_OUT, None, None
    row.returned, row.topped_up = row.returned - last.returned, row.topped_up - last.topped_up
    journal.record("advance.settlement_taken_back", row, event_id=event.id, changes=changes)
    db.session.flush()
