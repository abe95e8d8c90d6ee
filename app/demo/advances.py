"""Cash advances of the sample: two that are settled, one in somebody's pocket, one to be paid out, one asked for."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from app import clock
from app.access import Role
from app.blueprints.budget.advances import actions
from app.extensions import db
from app.models import (
    AdvanceState,
    BudgetLine,
    CashAdvance,
    Event,
    Expense,
    ExpenseInvoice,
    ExpenseKind,
    ExpenseState,
    InvoiceKind,
    User,
)


class Claim(NamedTuple):
    """Something the holder paid: the line's key, what for, to whom, the sum, and whether somebody has said yes."""

    line: str
    purpose: str
    payee: str
    amount: str
    is_approved: bool = True
    ticket: str = ""  # number of the fapiao, where there is one


class Advance(NamedTuple):
    """Cash for somebody: who, how much, what for, how many days before the event, and what was paid out of it."""

    holder: str
    amount: int
    purpose: str
    days_before: int
    state: AdvanceState
    claims: tuple[Claim, ...] = ()
    in_part: Decimal | None = None  # cash that came back with the claims decided so far, which are settled


PAST = (
    Advance(
        "affairs@demo.example",
        3_000,
        "会务现场备用金",
        6,
        AdvanceState.SETTLED,
        (
            Claim("board_lodging", "签到当晚加餐与矿泉水", "好又鲜超市", "1180.00", ticket="26432000000711280453"),
            Claim("conference_other", "签到台文具、插线板", "晨星文具店", "432.50", ticket="26432000000711290117"),
            Claim("transport", "搬运货车两趟", "李师傅", "760.00"),
        ),
    ),
    Advance(
        "rep@demo.example",
        2_000,
        "陪同两位专家往返差旅",
        4,
        AdvanceState.SETTLED,
        (
            Claim("transport", "武汉—长沙高铁二等座 4 张", "铁路 12306", "646.00", ticket="26429116190100023578"),
            Claim("transport", "专家市内用车", "出行平台", "214.60", ticket="26117000000920447316"),
        ),
    ),
)
RUNNING = (
    Advance(
        "affairs@demo.example",
        5_000,
        "会务现场备用金",
        2,
        AdvanceState.PAID_OUT,
        (
            Claim("board_lodging", "接站矿泉水与早餐", "便民便利店", "638.00", ticket="26422000000903371162"),
            Claim("conference_other", "加印桌签与席位卡", "快印店", "215.00", is_approved=False),
        ),
        in_part=Decimal(2_000),
    ),
    Advance("rep2@demo.example", 1_500, "接送外地经销商", 1, AdvanceState.APPROVED),
)
PLANNED = (Advance("affairs@demo.example", 4_000, "踏勘与样品运输", 26, AdvanceState.REQUESTED),)


def make(event: Event, rows: tuple[Advance, ...], staff: dict[str, User]) -> None:
    """Write an event's advances through the same acts as people do."""
    lines = {row.key: row for row in db.session.scalars(select(BudgetLine).where(BudgetLine.event_id == event.id))}
    director, finance = staff["director@demo.example"].id, staff["finance@demo.example"].id
    for each in rows:
        holder = staff[each.holder]
        at = min(event.starts_at - timedelta(days=each.days_before), clock.now() - timedelta(hours=6))
        with clock.stopped_at(at):
            row = actions.request(event, user_id=holder.id, amount=Decimal(each.amount), purpose=each.purpose)
            if each.state is AdvanceState.REQUESTED:
                continue
            actions.approve(event, row, [Role.DIRECTOR], by_id=director)
        if each.state is AdvanceState.APPROVED:
            continue
        with clock.stopped_at(at + timedelta(hours=2)):
            actions.pay_out(event, row, by_id=finance)
        _spend(event, row, each, lines, director)
        if each.state is AdvanceState.SETTLED:
            with clock.stopped_at(event.ends_at + timedelta(days=3)):
                actions.settle(event, row, by_id=finance)
        elif each.in_part is not None:
            decided = [claim.id for claim in row.expenses if claim.state is not ExpenseState.REQUESTED]
            actions.settle_part(event, row, decided, each.in_part, by_id=finance)


def _spend(event: Event, row: CashAdvance, of: Advance, lines: dict[str | None, BudgetLine], director: int) -> None:
    for hours, claim in enumerate(of.claims, 4):
        at = min((row.given_at or clock.now()) + timedelta(hours=hours), clock.now() - timedelta(minutes=5))
        db.session.add(_claim(event, row, lines[claim.line], claim, at, director))
    db.session.flush()
    db.session.expire(row, ["expenses"])


def _claim(event: Event, row: CashAdvance, line: BudgetLine, claim: Claim, at: datetime, director: int) -> Expense:
    amount = Decimal(claim.amount)
    expense = Expense(
        event_id=event.id,
        line_id=line.id,
        kind=ExpenseKind.CLAIM,
        state=ExpenseState.APPROVED if claim.is_approved else ExpenseState.REQUESTED,
        purpose=claim.purpose,
        payee=claim.payee,
        amount=amount,
        approved=amount if claim.is_approved else Decimal(0),
        spent_on=at.date(),
        requested_at=at,
        requested_by_id=row.user_id,
        decided_at=at + timedelta(minutes=30) if claim.is_approved else None,
        decided_by_id=director if claim.is_approved else None,
        advance_id=row.id,
    )
    if claim.ticket and claim.is_approved:
        key = f"{claim.ticket}{event.id:03}"
        expense.state = ExpenseState.INVOICED
        expense.invoices.append(
            ExpenseInvoice(
                kind=InvoiceKind.TICKET if line.key == "transport" else InvoiceKind.VAT_NORMAL,
                number=claim.ticket,
                number_key=key,
                seller=claim.payee,
                issued_on=at.date(),
                amount=amount,
                booked_at=at + timedelta(hours=1),
            )
        )
    return expense
