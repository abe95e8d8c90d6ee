"""Budgets of the three sample conferences: one that went over, one in the middle of it, one being planned."""

from datetime import timedelta
from decimal import Decimal

from app import clock
from app.blueprints.budget import template
from app.demo import advances, spending
from app.extensions import db
from app.models import (
    BudgetLine,
    BudgetRate,
    BudgetVersion,
    Event,
    EventStatus,
    OverPlan,
    PlannedSum,
    PlanState,
    RateKind,
    User,
)

Plan = dict[str, int]

PAST: Plan = {
    "venue": 26_000,
    "board_lodging": 48_000,
    "materials": 22_000,
    "transport": 9_000,
    "conference_other": 12_000,
    "media": 18_000,
    "guests": 20_000,
    "marketing_support": 15_000,
    "host": 6_000,
    "publicity_other": 4_000,
}
RUNNING: Plan = {
    "venue": 38_000,
    "board_lodging": 63_000,
    "materials": 30_000,
    "transport": 14_000,
    "conference_other": 16_000,
    "media": 26_000,
    "guests": 30_000,
    "marketing_support": 56_000,
    "host": 8_000,
    "publicity_other": 6_000,
}
PLANNED: Plan = {
    "venue": 32_000,
    "board_lodging": 58_000,
    "materials": 26_000,
    "transport": 11_000,
    "conference_other": 14_000,
    "media": 22_000,
    "guests": 24_000,
    "marketing_support": 20_000,
    "host": 7_000,
    "publicity_other": 5_000,
}


def lines(event: Event) -> dict[str, BudgetLine]:
    """Give an event the lines of the template, by their keys."""
    rows = template.lines(event)
    for row in rows:
        if row.key in ("guests", "publicity_other"):
            row.over_plan = OverPlan.STOP
    db.session.add_all(rows)
    db.session.flush()
    return {row.key or "": row for row in rows}


def version(
    event: Event,
    of: dict[str, BudgetLine],
    sums: Plan,
    staff: dict[str, User],
    *,
    number: int,
    days_before: int,
    reason: str = "",
    state: PlanState = PlanState.APPROVED,
) -> BudgetVersion:
    """Write one version of the plan, made so many days before the event by its planner."""
    made = min(event.starts_at - timedelta(days=days_before), clock.now() - timedelta(hours=2))
    row = BudgetVersion(
        event_id=event.id,
        number=number,
        state=state,
        reason=reason,
        made_at=made,
        made_by_id=staff["planner@demo.example"].id,
        submitted_at=made if state is not PlanState.DRAFT else None,
        approved_at=made + timedelta(hours=1) if state is PlanState.APPROVED else None,
        approved_by_id=staff["director@demo.example"].id if state is PlanState.APPROVED else None,
        sums=[PlannedSum(line_id=of[key].id, amount=Decimal(amount)) for key, amount in sums.items()],
    )
    db.session.add(row)
    return row


def past(event: Event, staff: dict[str, User]) -> None:
    of = lines(event)
    version(event, of, PAST, staff, number=1, days_before=46)
    version(
        event, of, PAST | {"transport": 11_000}, staff, number=2, days_before=9, reason="高铁改签，加订两趟接站大巴"
    )
    db.session.flush()
    _night(event, 490)
    spending.spend(event, spending.PAST, staff)
    spending.settle_promises(event, staff)
    was, event.status = event.status, EventStatus.RUNNING  # nothing is written into an event that is closed
    advances.make(event, advances.PAST, staff)
    event.status = was


def running(event: Event, staff: dict[str, User]) -> None:
    of = lines(event)
    version(event, of, RUNNING | {"media": 20_000}, staff, number=1, days_before=55)
    version(event, of, RUNNING, staff, number=2, days_before=20, reason="增加行业媒体直播一场")
    db.session.flush()
    _night(event, 470)
    spending.spend(event, spending.RUNNING, staff)
    advances.make(event, advances.RUNNING, staff)


def planned(event: Event, staff: dict[str, User]) -> None:
    """The plan is approved; a revision waits for the director."""
    of = lines(event)
    version(event, of, PLANNED, staff, number=1, days_before=50)
    revised = PLANNED | {"board_lodging": 63_000}
    version(
        event,
        of,
        revised,
        staff,
        number=2,
        days_before=25,
        reason="预计多来 12 人，房间与餐位相应增加",
        state=PlanState.SUBMITTED,
    )
    db.session.flush()
    _night(event, 420)
    spending.spend(event, spending.PLANNED, staff)
    advances.make(event, advances.PLANNED, staff)


def _night(event: Event, amount: int) -> None:
    """What the hotel has agreed to for a night."""
    db.session.add(BudgetRate(event_id=event.id, kind=RateKind.ROOM_NIGHT, amount=Decimal(amount)))
