"""The whole report of one event, gathered once for page, PDF, workbook and snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from app import clock
from app.blueprints.budget import ledger
from app.blueprints.budget.ledger import Ledger
from app.blueprints.budget.rules import figures as per
from app.blueprints.report import day, queries
from app.blueprints.report.rules.facts import STEPS, Counted, Fact, Mark, dealers
from app.blueprints.report.rules.findings import Finding, Numbers, findings
from app.blueprints.report.rules.outcome import Forecast
from app.models import Event, Readiness, Severity

M = Mark


@dataclass(frozen=True)
class Report:
    """Everything the report of an event says, as rows have it at `now`."""

    event: Event
    now: datetime
    facts: Sequence[Fact]
    forecast: Forecast
    door: day.AtTheDoor
    things: Sequence[day.Thing]
    wrong: day.Wrong
    ledger: Ledger

    @cached_property
    def dealers(self) -> Counted:
        return dealers(self.facts)

    @property
    def is_over(self) -> bool:
        return self.event.ends_at <= self.now

    @cached_property
    def cost(self) -> Decimal:
        """What the event costs: spent and committed."""
        return self.ledger.total.bound

    @property
    def planned(self) -> Decimal | None:
        return self.ledger.total.planned if self.ledger.plan else None

    def each(self, mark: Mark) -> Decimal | None:
        """The cost for each dealer with a mark; None where there is none."""
        return per.each(self.cost, self.dealers.of(mark))

    @cached_property
    def unsigned(self) -> list[Fact]:
        """Dealers who came and did not sign, the most ready first."""
        order = list(Readiness)
        rows = [each for each in self.dealers.facts if M.ARRIVED in each.marks and M.SIGNED not in each.marks]
        return sorted(rows, key=lambda one: (order.index(one.readiness) if one.readiness else 9, -one.expected))

    @cached_property
    def numbers(self) -> Numbers:
        of, wrong = self.dealers, self.wrong
        ready = Counted([each for each in of.facts if each.readiness is Readiness.READY])
        came = Counted([each for each in of.facts if M.ARRIVED in each.marks])
        lines = self.ledger.by_line.values() if self.ledger.plan else ()
        return Numbers(
            is_over=self.is_over,
            target=self.event.signing_target,
            marks={mark: of.of(mark) for mark in Mark},
            never_paid=of.of(M.SIGNED, lacks={M.PAID}),
            nobody_next=of.of(M.ARRIVED, lacks={M.SIGNED, M.HAS_STEP}),
            unsigned=of.of(M.ARRIVED, lacks={M.SIGNED}),
            ready=len(ready.facts),
            ready_came=ready.of(M.ARRIVED),
            ready_signed=ready.of(M.SIGNED),
            signed_absent=of.of(M.SIGNED, lacks={M.ARRIVED}),
            overdue=of.overdue,
            overdue_dealers=of.of(M.OVERDUE),
            expected=came.expected,
            total=of.total,
            got=of.got,
            cost=self.cost,
            planned=self.planned,
            lines_over=sum(each.is_over for each in lines),
            forecast=self.forecast,
            emergencies=wrong.of(Severity.EMERGENCY),
            serious=wrong.of(Severity.SERIOUS),
            incidents_open=wrong.open_incidents,
            milestones_late=len(wrong.late),
            milestones_open=len(wrong.undone),
            staff_missing=wrong.staff_missing,
            short=sum(bool(each.short) for each in self.things),
            lost=sum(bool(each.gone) for each in self.things),
            after_start=self.door.after_start,
            arrivals=self.door.arrivals,
            longest_wait=int(self.door.longest_wait.total_seconds()),
            waived=len(wrong.waivers),
        )

    @cached_property
    def findings(self) -> list[Finding]:
        return findings(self.numbers)

    def figures(self) -> dict[str, int | str | None]:
        """The figures as they are kept in a snapshot: whole numbers, and sums as text."""
        of, numbers = self.dealers, self.numbers
        kept: dict[str, int | str | None] = {step.value: of.of(step) for step in STEPS}
        kept |= {"paid": of.of(M.PAID), "never_paid": numbers.never_paid, "people": self.forecast.people_came}
        sums = {"total": of.total, "got": of.got, "overdue": of.overdue, "cost": self.cost, "planned": self.planned}
        each = {"each_arrived": M.ARRIVED, "each_signed": M.SIGNED, "each_paid": M.PAID}
        sums |= {name: self.each(mark) for name, mark in each.items()}
        return kept | {name: None if value is None else str(value) for name, value in sums.items()}


def report(event: Event) -> Report:
    """Gather the report as it stands now with a fixed number of queries, however many guests there are."""
    facts = queries.facts(event)
    return Report(
        event=event,
        now=clock.now(),
        facts=facts,
        forecast=day.forecast(event, facts),
        door=day.at_the_door(event),
        things=day.things(event),
        wrong=day.wrong(event),
        ledger=ledger.of_event(event),
    )
