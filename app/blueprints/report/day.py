"""What the rows of the day say: heads forecast and come, waiting at the door, things, and what went wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app import clock
from app.blueprints.checkin.arrivals import queries as door
from app.blueprints.events import hindrances
from app.blueprints.materials import queries as materials
from app.blueprints.materials.lines import Line
from app.blueprints.report.rules.facts import Counted, Fact, Mark
from app.blueprints.report.rules.outcome import Forecast
from app.blueprints.staff.incidents import queries as incidents
from app.extensions import db
from app.models import (
    Arrival,
    ClosingWaiver,
    Companion,
    Contract,
    Event,
    GateOverride,
    Incident,
    Invitation,
    Milestone,
    Scan,
    Severity,
    StaffAlert,
    Verdict,
)


def forecast(event: Event, facts: Sequence[Fact]) -> Forecast:
    """Return the last count before the doors against who came, companions from two more queries."""
    of = Counted(facts)
    unasked = of.of(Mark.UNASKED)
    firm, came = of.of(Mark.FIRM) - unasked, of.of(Mark.ARRIVED)
    firm_ids = [each.invitation_id for each in facts if Mark.FIRM in each.marks and Mark.UNASKED not in each.marks]
    named = dict(
        db.session.execute(
            select(Companion.invitation_id, func.count())
            .join(Invitation, Invitation.id == Companion.invitation_id)
            .where(Invitation.event_id == event.id)
            .group_by(Companion.invitation_id)
        ).all()
    )
    companions = db.session.scalar(
        select(func.count()).where(Arrival.event_id == event.id, Arrival.companion_id.is_not(None))
    )
    return Forecast(
        accepted=of.of(Mark.ACCEPTED),
        firm=firm,
        came=came,
        firm_came=came - unasked,
        unasked=unasked,
        firm_people=firm + sum(named.get(each, 0) for each in firm_ids if each is not None),
        people_came=came + int(companions or 0),
    )


@dataclass(frozen=True)
class AtTheDoor:
    """How the door went. Nobody times the queue itself; this is what scans tell of it."""

    slots: Sequence[tuple[datetime, int]]  # (instant, arrivals in five minutes)
    arrivals: int
    after_start: int
    twice: int  # guests let in who had to try more than once
    median_wait: timedelta
    longest_wait: timedelta
    refused: dict[Verdict, int]

    @property
    def peak(self) -> int:
        return max((number for _at, number in self.slots), default=0)


def at_the_door(event: Event) -> AtTheDoor:
    """Return what the scans tell: three queries. A wait is from a guest's first try to being let in."""
    slots = door.arrivals_per_slot(event)
    first = (
        select(Scan.invitation_id, func.min(Scan.scanned_at).label("at"))
        .where(Scan.event_id == event.id, Scan.invitation_id.is_not(None))
        .group_by(Scan.invitation_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Arrival.arrived_at, first.c.at)
        .outerjoin(first, first.c.invitation_id == Arrival.invitation_id)
        .where(Arrival.event_id == event.id, Arrival.companion_id.is_(None))
        .order_by(Arrival.arrived_at)
    ).all()
    waits = sorted(max(at - tried, timedelta(0)) for at, tried in rows if tried is not None and tried < at)
    verdicts = db.session.execute(
        select(Scan.verdict, func.count())
        .where(Scan.event_id == event.id, Scan.verdict.not_in((Verdict.ADMIT, Verdict.ALREADY_IN)))
        .group_by(Scan.verdict)
    )
    refused = dict(verdicts.all())
    return AtTheDoor(
        slots=slots,
        arrivals=len(rows),
        after_start=sum(at > event.starts_at for at, _tried in rows),
        twice=len(waits),
        median_wait=waits[len(waits) // 2] if waits else timedelta(0),
        longest_wait=waits[-1] if waits else timedelta(0),
        refused={verdict: refused[verdict] for verdict in Verdict if verdict in refused},
    )


@dataclass(frozen=True)
class Thing:
    """A kind of material of which too many or too few came, or some got lost."""

    line: Line
    short: int
    over: int
    gone: int  # lost, damaged, or more went out than had come


def things(event: Event) -> list[Thing]:
    """Return the materials that did not work out, the short ones first."""
    found = []
    for line in materials.sheet(event).lines:
        figures, wanted = line.figures, line.wanted.firm
        known = bool(line.orders or figures.entries)
        short = max(0, wanted - figures.good) if known else 0
        over = max(0, figures.good - wanted - wanted // 10) if known else 0
        gone = figures.lost + figures.damaged + figures.missing
        if short or over or gone:
            found.append(Thing(line, short, over, gone))
    return sorted(found, key=lambda each: (-each.short, -each.gone, -each.over, each.line.id))


@dataclass(frozen=True)
class Wrong:
    """What went wrong: incidents, and alarms that nobody answered in time."""

    incidents: Sequence[Incident]
    late: Sequence[Milestone]  # done after their day
    undone: Sequence[Milestone]  # their day is gone, and they are not done
    staff_missing: int
    overrides: int  # points of the readiness gate that were let pass
    waivers: Sequence[ClosingWaiver]

    def of(self, severity: Severity) -> int:
        return sum(each.severity is severity for each in self.incidents)

    @property
    def open_incidents(self) -> int:
        return sum(each.done_at is None for each in self.incidents)


def wrong(event: Event) -> Wrong:
    """Return what went wrong: four queries."""
    today = clock.today(event.time_zone)
    dates = db.session.scalars(
        select(Milestone)
        .where(Milestone.event_id == event.id, Milestone.due_on < today)
        .options(joinedload(Milestone.owner))
        .order_by(Milestone.due_on, Milestone.id)
    ).all()
    alerts = select(func.count()).select_from(StaffAlert).where(StaffAlert.event_id == event.id)
    passed = (
        select(func.count())
        .select_from(GateOverride)
        .join(Contract, Contract.id == GateOverride.contract_id)
        .where(Contract.event_id == event.id)
    )
    missing, overrides = db.session.execute(select(alerts.scalar_subquery(), passed.scalar_subquery())).one()
    late = [m for m in dates if m.done_at and clock.local(m.done_at, event.time_zone).date() > m.due_on]
    return Wrong(
        incidents=incidents.of_event(event),
        late=late,
        undone=[each for each in dates if each.done_at is None],
        staff_missing=missing or 0,
        overrides=overrides or 0,
        waivers=hindrances.waivers(event),
    )
