"""The report against itself on earlier days, and against earlier events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select

from app import clock
from app.blueprints.budget import ledger
from app.blueprints.budget.rules import figures as per
from app.blueprints.events.rules.head_count import FIRM_STEP
from app.blueprints.report import queries
from app.blueprints.report.gather import Report
from app.blueprints.report.queries import Outcome
from app.blueprints.report.rules.days import DAYS
from app.blueprints.report.rules.facts import STEPS
from app.extensions import db
from app.models import Event, EventStatus, GuestKind, Invitation, InvitationState, ReportSnapshot

MOST_EARLIER = 5
FIGURES = (*(step.value for step in STEPS[4:]), "paid", "never_paid", "total", "got", "overdue", "cost", "each_paid")


def snapshots(event: Event) -> list[ReportSnapshot]:
    """Return the figures that were kept, the earliest first."""
    statement = select(ReportSnapshot).where(ReportSnapshot.event_id == event.id)
    return list(db.session.scalars(statement.order_by(ReportSnapshot.days)))


@dataclass(frozen=True)
class Course:
    """How one figure went: what was kept on each day, what it is now, and the change since the first."""

    name: str
    kept: Sequence[Decimal | None]  # by `OverTime.days`
    now: Decimal | None

    @property
    def change(self) -> Decimal | None:
        first = next((each for each in self.kept if each is not None), None)
        return None if first is None or self.now is None else self.now - first


@dataclass(frozen=True)
class OverTime:
    """All figures on the days they were kept."""

    rows: Sequence[ReportSnapshot]
    courses: Sequence[Course]
    missed: Sequence[int]  # days that have passed without a snapshot


def over_time(report: Report) -> OverTime:
    """Return the course of the figures: one query."""
    rows = snapshots(report.event)
    current = report.figures()
    courses = [
        Course(name, [number_of(row.figures, name) for row in rows], number_of(current, name)) for name in FIGURES
    ]
    gone = (report.now - report.event.ends_at).days
    taken = {row.days for row in rows}
    return OverTime(rows, courses, [days for days in DAYS if days < gone and days not in taken])


def number_of(figures: Mapping[str, object], name: str) -> Decimal | None:
    """Return a kept figure as a number; None where it was not known."""
    value = figures.get(name)
    return None if value is None else Decimal(str(value))


@dataclass(frozen=True)
class Beside:
    """One event in the comparison. `outcome` is that of `then`, when the event was as old as this one is now."""

    event: Event
    is_this: bool
    then: datetime
    came: int
    firm: int
    outcome: Outcome
    cost: Decimal

    @property
    def no_show_share(self) -> float | None:
        return (self.firm - self.came) / self.firm if self.firm else None

    @property
    def signed_share(self) -> float | None:
        return self.outcome.signed / self.came if self.came else None

    @property
    def never_paid_share(self) -> float | None:
        return self.outcome.never_paid / self.outcome.signed if self.outcome.signed else None

    @property
    def each_signed(self) -> Decimal | None:
        return per.each(self.cost, self.outcome.signed)

    @property
    def each_paid(self) -> Decimal | None:
        return per.each(self.cost, self.outcome.paid)


def earlier(report: Report) -> list[Beside]:
    """Return this event and the ones before it, newest first, each at this one's age: a fixed number of queries.

    Signatures and money carry their times, so they are those of the same day after (or before) each event. Who came
    and what it costs are as they are now: of those only the last state is kept.
    """
    event = report.event
    before = db.session.scalars(
        select(Event)
        .where(Event.starts_at < event.starts_at, Event.id != event.id, Event.status != EventStatus.DRAFT)
        .where(Event.currency == event.currency)
        .order_by(Event.starts_at.desc(), Event.id.desc())
        .limit(MOST_EARLIER)
    ).all()
    events = [event, *before]
    ids = [each.id for each in events]
    states = _dealers_by_state(ids)
    age = report.now - event.starts_at
    then = {each.id: min(report.now, each.starts_at + age) for each in events}
    outcomes = queries.outcomes(ids, clock.today(event.time_zone), then)
    ledgers = ledger.of_events(events)
    return [
        Beside(
            event=each,
            is_this=each is event,
            then=then[each.id],
            came=states.get((each.id, InvitationState.ARRIVED), 0),
            firm=sum(states.get((each.id, state), 0) for state in FIRM_STEP),
            outcome=outcomes[each.id],
            cost=ledgers[each.id].total.bound,
        )
        for each in events
    ]


def _dealers_by_state(ids: Sequence[int]) -> dict[tuple[int, InvitationState], int]:
    rows = db.session.execute(
        select(Invitation.event_id, Invitation.state, func.count())
        .where(Invitation.event_id.in_(ids), Invitation.kind == GuestKind.DEALER)
        .group_by(Invitation.event_id, Invitation.state)
    )
    return {(event_id, state): number for event_id, state, number in rows}
