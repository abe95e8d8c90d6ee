"""What a report has to say in plain words: what is bad first, and only then what went well.

Thresholds stand here and in docs/report.md. A finding names numbers; `report.words` makes the sentence.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum

from app.blueprints.report.rules.facts import NOTHING, Mark
from app.blueprints.report.rules.outcome import Forecast

NO_SHOW_BAD = Decimal("0.15")
NO_SHOW_GRAVE = Decimal("0.25")
NEVER_PAID_GRAVE = Decimal("0.3")
READY_LOST_BAD = Decimal("0.2")
LATE_AT_DOOR_BAD = Decimal("0.2")
LONG_WAIT_SECONDS = 120


class Grade(IntEnum):
    """How a finding is to be taken; the lowest stand first."""

    GRAVE = 0
    BAD = 1
    GOOD = 2


@dataclass(frozen=True)
class Finding:
    """One statement. `values` are numbers and sums; `amount` marks those in the event's currency by name."""

    code: str
    grade: Grade
    values: dict[str, int | Decimal | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Numbers:
    """What findings are drawn from. None: not known, or nothing to measure against."""

    is_over: bool  # the event has ended
    target: int  # dealers who should sign
    marks: dict[Mark, int]
    never_paid: int
    nobody_next: int  # came, did not sign, and nobody has said what happens next
    unsigned: int  # came and did not sign
    ready: int  # dealers who were said to be ready
    ready_came: int
    ready_signed: int
    signed_absent: int
    overdue: Decimal = NOTHING
    overdue_dealers: int = 0
    expected: Decimal = NOTHING  # of those who came, as their reps said
    total: Decimal = NOTHING
    got: Decimal = NOTHING
    cost: Decimal = NOTHING
    planned: Decimal | None = None
    lines_over: int = 0
    forecast: Forecast | None = None
    emergencies: int = 0
    serious: int = 0
    incidents_open: int = 0
    milestones_late: int = 0
    milestones_open: int = 0
    staff_missing: int = 0
    short: int = 0  # kinds of material of which too few came
    lost: int = 0  # kinds of which some were lost or damaged
    after_start: int = 0
    arrivals: int = 0
    longest_wait: int = 0  # seconds from the first try at the door to being let in
    waived: int = 0


def findings(of: Numbers) -> list[Finding]:
    """Return everything worth saying, what is bad first."""
    if not of.is_over:
        found = [*_running(of)]
    else:
        found = [*_money(of), *_signing(of), *_heads(of), *_budget(of), *_the_day(of), *_loose_ends(of)]
    return sorted(found, key=lambda each: each.grade)


def _share(part: int | Decimal, whole: int | Decimal) -> Decimal:
    return Decimal(part) / Decimal(whole) if whole else NOTHING


def _running(of: Numbers) -> Iterator[Finding]:
    """Before the end there is no verdict, only what already went wrong."""
    yield from _incidents(of)
    if of.milestones_open:
        yield Finding("milestones_open", Grade.BAD, {"num": of.milestones_open})
    if of.planned is not None and of.cost > of.planned:
        yield Finding("over_budget", Grade.GRAVE, {"sum": of.cost - of.planned, "planned": of.planned})
    if of.staff_missing:
        yield Finding("staff_missing", Grade.BAD, {"num": of.staff_missing})


def _money(of: Numbers) -> Iterator[Finding]:
    signed, paid = of.marks.get(Mark.SIGNED, 0), of.marks.get(Mark.PAID, 0)
    if of.never_paid:
        grave = _share(of.never_paid, signed) > NEVER_PAID_GRAVE
        yield Finding("never_paid", Grade.GRAVE if grave else Grade.BAD, {"num": of.never_paid, "of": signed})
    elif signed and paid == signed:
        yield Finding("all_paid", Grade.GOOD, {"num": signed})
    if of.overdue:
        grave = of.overdue * 2 > of.got
        grade = Grade.GRAVE if grave else Grade.BAD
        yield Finding("overdue", grade, {"sum": of.overdue, "num": of.overdue_dealers})
    if of.cost and of.got < of.cost:
        grade = Grade.GRAVE if of.got * 2 < of.cost else Grade.BAD
        yield Finding("costs_not_covered", grade, {"got": of.got, "cost": of.cost})
    elif of.cost and of.got:
        yield Finding("costs_covered", Grade.GOOD, {"got": of.got, "cost": of.cost, "times": of.got / of.cost})


def _signing(of: Numbers) -> Iterator[Finding]:
    signed = of.marks.get(Mark.SIGNED, 0)
    if not signed:
        yield Finding("nobody_signed", Grade.GRAVE, {"num": of.marks.get(Mark.ARRIVED, 0)})
    elif of.target and signed < of.target:
        grave = signed * 4 < of.target * 3
        yield Finding("below_target", Grade.GRAVE if grave else Grade.BAD, {"num": signed, "of": of.target})
    elif of.target:
        yield Finding("target_reached", Grade.GOOD, {"num": signed, "of": of.target})
    lost = of.ready - of.ready_signed
    if of.ready and _share(lost, of.ready) > READY_LOST_BAD:
        yield Finding("ready_lost", Grade.BAD, {"num": lost, "of": of.ready, "came": of.ready_came})
    if of.expected and of.total * 10 < of.expected * 8:
        yield Finding("sum_below_said", Grade.BAD, {"sum": of.total, "said": of.expected})
    if of.nobody_next:
        yield Finding("nobody_next", Grade.BAD, {"num": of.nobody_next, "of": of.unsigned})
    if of.signed_absent:
        yield Finding("signed_absent", Grade.GOOD, {"num": of.signed_absent})


def _heads(of: Numbers) -> Iterator[Finding]:
    if of.forecast is None or not of.forecast.firm:
        return
    missing = of.forecast.missing
    share = _share(missing, of.forecast.firm)
    values: dict[str, int | Decimal | str] = {"num": missing, "of": of.forecast.firm, "share": share}
    if share > NO_SHOW_BAD:
        yield Finding("no_shows", Grade.GRAVE if share > NO_SHOW_GRAVE else Grade.BAD, values)
    else:
        yield Finding("came_as_said", Grade.GOOD, {"num": of.forecast.firm_came, "of": of.forecast.firm})


def _budget(of: Numbers) -> Iterator[Finding]:
    if of.planned is None:
        if of.cost:
            yield Finding("no_plan", Grade.BAD, {"sum": of.cost})
        return
    if of.cost > of.planned:
        grave = of.cost * 10 > of.planned * 11
        yield Finding("over_budget", Grade.GRAVE if grave else Grade.BAD, _over(of.cost - of.planned, of.planned))
    elif of.lines_over:
        yield Finding("lines_over", Grade.BAD, {"num": of.lines_over})
    elif of.cost:
        yield Finding("within_budget", Grade.GOOD, {"sum": of.planned - of.cost, "planned": of.planned})


def _over(amount: Decimal, planned: Decimal) -> dict[str, int | Decimal | str]:
    return {"sum": amount, "planned": planned}


def _the_day(of: Numbers) -> Iterator[Finding]:
    yield from _incidents(of)
    if _share(of.after_start, of.arrivals) > LATE_AT_DOOR_BAD:
        yield Finding("late_at_door", Grade.BAD, {"num": of.after_start, "of": of.arrivals})
    if of.longest_wait > LONG_WAIT_SECONDS:
        yield Finding("long_wait", Grade.BAD, {"num": of.longest_wait // 60})
    if of.staff_missing:
        yield Finding("staff_missing", Grade.BAD, {"num": of.staff_missing})
    if of.short:
        yield Finding("materials_short", Grade.BAD, {"num": of.short})
    if of.lost:
        yield Finding("materials_lost", Grade.BAD, {"num": of.lost})


def _loose_ends(of: Numbers) -> Iterator[Finding]:
    if of.milestones_open:
        yield Finding("milestones_open", Grade.BAD, {"num": of.milestones_open})
    if of.milestones_late:
        yield Finding("milestones_late", Grade.BAD, {"num": of.milestones_late})
    if of.waived:
        yield Finding("waived", Grade.BAD, {"num": of.waived})


def _incidents(of: Numbers) -> Iterator[Finding]:
    if of.emergencies:
        yield Finding("emergencies", Grade.GRAVE, {"num": of.emergencies})
    if of.serious:
        yield Finding("incidents", Grade.BAD, {"num": of.serious})
    if of.incidents_open:
        yield Finding("incidents_open", Grade.BAD, {"num": of.incidents_open})
