"""The rules of the report: steps, cuts, what was said, findings, and the days figures are kept."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.blueprints.report.rules import days
from app.blueprints.report.rules.facts import (
    CUTS,
    STEPS,
    Agreement,
    Choice,
    Fact,
    Mark,
    Owed,
    cut,
    dealers,
    key,
    marks_of_state,
)
from app.blueprints.report.rules.findings import Grade, Numbers, findings
from app.blueprints.report.rules.outcome import COLUMNS, Forecast, choice_of, matrix
from app.models import GuestKind, InvitationState, PaymentKind, Readiness

M, K = Mark, PaymentKind
TODAY = date(2026, 11, 24)


def owed(position, kind, amount, came, got=None, due=TODAY):
    still = came if got is None else got
    return Owed(position, kind, Decimal(amount), Decimal(came), due, Decimal(amount) - Decimal(came), Decimal(still))


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([], set()),
        ([(K.DEPOSIT, 100, 0)], set()),
        ([(K.DEPOSIT, 100, 99)], {M.PAID}),
        ([(K.DEPOSIT, 100, 100)], {M.PAID, M.DEPOSIT}),
        ([(K.INTENT, 10, 10), (K.EARNEST, 100, 0)], {M.PAID}),
        ([(K.DEPOSIT, 100, 0), (K.FIRST_ORDER, 50, 50)], {M.PAID, M.FIRST_ORDER}),
        ([(K.FIRST_ORDER, 50, 50), (K.INSTALMENT, 50, 50)], {M.PAID, M.FIRST_ORDER, M.SECOND}),
        ([(K.INSTALMENT, 50, 0), (K.INSTALMENT, 50, 50)], {M.PAID, M.SECOND}),
        ([(K.DEPOSIT, 100, 100, 0)], {M.DEPOSIT}),
        ([(K.DEPOSIT, 100, 100, 0), (K.FIRST_ORDER, 50, 50)], {M.PAID, M.DEPOSIT, M.FIRST_ORDER}),
        ([(K.EARNEST, 100, 100, -100), (K.FIRST_ORDER, 50, 50)], {M.DEPOSIT, M.FIRST_ORDER}),
    ],
)
def test_what_payments_reach(rows, wanted):
    of = Agreement(owed=[owed(place, *row) for place, row in enumerate(rows)])
    assert of.marks(TODAY) == {M.SIGNED} | wanted


def test_a_contract_speaks_of_some_payments_only():
    assert Agreement(owed=[owed(1, K.DEPOSIT, 1, 0)]).agreed() == {M.DEPOSIT}
    assert Agreement(owed=[owed(1, K.FIRST_ORDER, 1, 0), owed(2, K.INSTALMENT, 1, 0)]).agreed() == {
        M.FIRST_ORDER,
        M.SECOND,
    }
    assert Agreement().agreed() == frozenset()


def test_due_today_is_not_overdue():
    of = Agreement(owed=[owed(1, K.DEPOSIT, 100, 40)])
    assert M.OVERDUE not in of.marks(TODAY)
    assert of.overdue(TODAY) == 0
    assert M.OVERDUE in of.marks(TODAY + timedelta(days=1))
    assert of.overdue(TODAY + timedelta(days=1)) == 60


FACTS = st.builds(
    Fact,
    dealer_id=st.integers(1, 99),
    invitation_id=st.integers(1, 99),
    company=st.just("c"),
    contact=st.just("n"),
    kind=st.sampled_from([GuestKind.DEALER, GuestKind.DEALER, GuestKind.MEDIA]),
    readiness=st.sampled_from(Readiness),
    rep_id=st.one_of(st.none(), st.integers(1, 3)),
    rep=st.just("r"),
    region=st.sampled_from(["", "湖北省", "湖南省"]),
    source=st.sampled_from(["", "展会"]),
    state=st.sampled_from(InvitationState),
    marks=st.frozensets(st.sampled_from(Mark)),
)


@given(st.lists(FACTS, max_size=25))
@settings(max_examples=60)
def test_every_figure_is_as_many_as_its_rows(facts):
    of = dealers(facts)
    for mark in Mark:
        assert of.of(mark) == len(Choice(frozenset({mark})).of_facts(facts))
    for by in CUTS:
        parts = cut(facts, by)
        whole = len(facts) if by == "kind" else len(of.facts)
        assert sum(len(each.facts) for each in parts.values()) == whole
        for part, counted in parts.items():
            choice = Choice(frozenset({M.SIGNED}), dealers_only=by != "kind", by=by, of=part)
            assert counted.of(M.SIGNED) == len(choice.of_facts(facts))
            assert all(key(each, by) == part for each in counted.facts)


@given(st.lists(FACTS, max_size=25))
@settings(max_examples=60)
def test_every_dealer_ends_in_one_column(facts):
    table = matrix(facts)
    assert sum(sum(row.values()) for row in table.values()) == len(dealers(facts).facts)
    for said, row in table.items():
        for column, count in row.items():
            assert count == len(choice_of(column, said).of_facts(facts))
    assert set(COLUMNS) == {column for row in table.values() for column in row}


def test_states_come_one_after_the_other():
    """Whoever has a step of the list has the ones before it."""
    for state in InvitationState:
        marks = marks_of_state(state)
        reached = [step for step in STEPS[:5] if step in marks]
        assert reached == list(STEPS[: len(reached)])


def numbers(**values: Any) -> Numbers:
    given: dict[str, Any] = {
        "is_over": True,
        "target": 10,
        "marks": {M.SIGNED: 10, M.PAID: 10, M.ARRIVED: 30},
        "never_paid": 0,
        "nobody_next": 0,
        "unsigned": 20,
        "ready": 10,
        "ready_came": 10,
        "ready_signed": 10,
        "signed_absent": 0,
        "got": Decimal(900),
        "cost": Decimal(100),
        "planned": Decimal(120),
        "forecast": Forecast(40, 30, 30, 30, 0, 30, 30),
    }
    return Numbers(**given | values)


def codes(grade=None, **values):
    return {each.code for each in findings(numbers(**values)) if grade in (None, each.grade)}


def test_a_good_event_has_nothing_bad():
    assert codes(Grade.GRAVE) == codes(Grade.BAD) == set()
    assert codes(Grade.GOOD) == {"all_paid", "target_reached", "costs_covered", "came_as_said", "within_budget"}


@pytest.mark.parametrize(
    ("code", "grade", "values"),
    [
        ("never_paid", Grade.BAD, {"never_paid": 3, "marks": {M.SIGNED: 10, M.PAID: 7}}),
        ("never_paid", Grade.GRAVE, {"never_paid": 4, "marks": {M.SIGNED: 10, M.PAID: 6}}),
        ("nobody_signed", Grade.GRAVE, {"marks": {M.ARRIVED: 30}}),
        ("below_target", Grade.BAD, {"marks": {M.SIGNED: 8, M.PAID: 8}}),
        ("below_target", Grade.GRAVE, {"marks": {M.SIGNED: 7, M.PAID: 7}}),
        ("ready_lost", Grade.BAD, {"ready_signed": 7}),
        ("sum_below_said", Grade.BAD, {"expected": Decimal(100), "total": Decimal(79)}),
        ("nobody_next", Grade.BAD, {"nobody_next": 1}),
        ("overdue", Grade.BAD, {"overdue": Decimal(400)}),
        ("overdue", Grade.GRAVE, {"overdue": Decimal(500)}),
        ("costs_not_covered", Grade.BAD, {"got": Decimal(90)}),
        ("costs_not_covered", Grade.GRAVE, {"got": Decimal(49)}),
        ("no_shows", Grade.BAD, {"forecast": Forecast(40, 30, 25, 25, 0, 30, 25)}),
        ("no_shows", Grade.GRAVE, {"forecast": Forecast(40, 30, 22, 22, 0, 30, 22)}),
        ("over_budget", Grade.BAD, {"planned": Decimal(95)}),
        ("over_budget", Grade.GRAVE, {"planned": Decimal(90)}),
        ("lines_over", Grade.BAD, {"lines_over": 1}),
        ("no_plan", Grade.BAD, {"planned": None}),
        ("emergencies", Grade.GRAVE, {"emergencies": 1}),
        ("incidents", Grade.BAD, {"serious": 1}),
        ("late_at_door", Grade.BAD, {"after_start": 7, "arrivals": 30}),
        ("long_wait", Grade.BAD, {"longest_wait": 121}),
        ("waived", Grade.BAD, {"waived": 1}),
    ],
)
def test_what_is_bad_is_said(code, grade, values):
    assert code in codes(grade, **values)


def test_what_is_bad_stands_first():
    found = findings(numbers(never_paid=4, lines_over=1, milestones_late=2))
    assert [each.grade for each in found] == sorted(each.grade for each in found)
    assert found[0].code == "never_paid"


def test_before_the_end_nothing_is_judged():
    assert codes(is_over=False, never_paid=4, marks={}) == set()
    assert codes(is_over=False, emergencies=1, milestones_open=2) == {"emergencies", "milestones_open"}


ENDS = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)  # 16:30 in Shanghai
ZONE = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("after", "taken", "wanted"),
    [
        (timedelta(hours=6, minutes=59), (), None),  # 23:29
        (timedelta(hours=7), (), 0),
        (timedelta(hours=7), (0,), None),
        (timedelta(days=6), (), 0),
        (timedelta(days=7, hours=7), (0,), 7),
        (timedelta(days=7, hours=7), (), 7),  # the first day was missed and is not made up
        (timedelta(days=31), (0, 7), 30),
        (timedelta(days=31), (0, 7, 30), None),
        (timedelta(days=100), (0, 7, 30, 60), 90),
        (timedelta(days=121), (0, 7, 30, 60), None),
    ],
)
def test_the_days_of_snapshots(after, taken, wanted):
    assert days.due(ENDS, ZONE, taken, ENDS + after) == wanted
