"""Figures by SQL and by the rule are the same, the course ends where the budget stands, one fapiao is booked once."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access import Role
from app.blueprints.budget import ledger, queries
from app.blueprints.budget.course import queries as courses
from app.blueprints.budget.course.plot import plot
from app.blueprints.budget.expenses import actions, facts
from app.blueprints.budget.expenses.booking import NumberWanted
from app.blueprints.budget.limits import queries as limits
from app.blueprints.budget.plan import actions as plans
from app.blueprints.budget.rules import authority, burn, standing
from app.blueprints.budget.rules.authority import BeyondAuthority, OverThePlan
from app.blueprints.budget.rules.burn import Point, Story
from app.blueprints.territories.packages.actions import set_limits
from app.extensions import db
from app.models import (
    Answer,
    Expense,
    ExpenseInvoice,
    ExpensePayment,
    ExpenseState,
    InvitationState,
    InvoiceKind,
    OverPlan,
    RateKind,
    Reply,
    Term,
    Via,
)
from tests.budget.race import race
from tests.budget.test_expenses import ALL, asked, booked
from tests.budget.test_ledger import line, ordered

__all__ = ["asked", "ordered"]  # fixtures of the neighbours
AT = datetime(2026, 11, 1, tzinfo=UTC)
SUM = st.integers(1, 300).map(Decimal)
INVOICES = st.lists(st.tuples(SUM, st.booleans()), max_size=3)
FACTS = st.tuples(SUM, st.integers(0, 300).map(Decimal), INVOICES, st.lists(SUM, max_size=3))


def of_rule(wanted):
    amount, approved, invoices, payments = wanted
    return standing.standing(
        standing.Facts(
            asked=amount,
            approved=approved,
            invoiced=sum((each for each, _final in invoices), Decimal(0)),
            paid=sum(payments, Decimal(0)),
            is_final=any(final for _each, final in invoices),
        )
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FACTS, min_size=1, max_size=6))
def test_the_database_sums_as_the_rule_says(planned, lines, session, wanted):
    event = planned(venue=1000)
    of = lines(event)["venue"].id
    rows = [_written(event.id, of, place, each) for place, each in enumerate(wanted)]
    session.add_all(rows)
    session.commit()
    expected = [of_rule(each) for each in wanted]
    assert [facts.of(row) for row in rows] == expected
    figures = line(event, "venue")
    for name in ("requested", "committed", "actual", "paid", "owed"):
        assert getattr(figures, name) == sum(getattr(each, name) for each in expected)
    assert figures.committed >= 0
    by_key = {entry.ref: entry for entry in ledger.entries(ledger.of_event(event))}
    assert [by_key[row.id].committed for row in rows] == [each.committed for each in expected]
    course = courses.course(ledger.of_event(event))
    assert (course[-1].bound, course[-1].actual) == (figures.bound, figures.actual) if course else figures.bound == 0


def _written(event_id, line_id, place, wanted):
    amount, approved, invoices, payments = wanted
    at = AT + timedelta(days=place)
    return Expense(
        event_id=event_id,
        line_id=line_id,
        purpose="x",
        amount=amount,
        approved=approved,
        state=ExpenseState.REQUESTED,
        requested_at=at,
        invoices=[
            ExpenseInvoice(
                kind=InvoiceKind.VAT_NORMAL,
                number=str(n),
                number_key=None,
                issued_on=at.date(),
                amount=each,
                is_final=final,
                booked_at=at + timedelta(days=n),
            )
            for n, (each, final) in enumerate(invoices)
        ],
        payments=[
            ExpensePayment(amount=each, paid_on=at.date(), booked_at=at + timedelta(days=n))
            for n, each in enumerate(payments)
        ],
    )


@settings(max_examples=60)
@given(SUM, INVOICES, st.lists(SUM, max_size=3), st.permutations(range(6)))
def test_an_expense_moves_the_course_to_what_it_counts_for(approved, invoices, payments, order):
    days = [AT + timedelta(days=place) for place in order]
    story = Story(
        AT,
        approved,
        [(days[n], amount, final) for n, (amount, final) in enumerate(invoices)],
        [(days[n + 3], amount) for n, amount in enumerate(payments)],
    )
    found = burn.points(burn.steps(story), lambda at: at.date())
    expected = of_rule((approved, approved, invoices, payments))
    assert (found[-1].bound, found[-1].actual) == (expected.committed + expected.actual, expected.actual)
    assert all(point.bound >= point.actual >= 0 for point in found)
    assert burn.at(found, AT.date() - timedelta(days=1)).bound == 0


def test_the_plot_holds_its_lines():
    day = date(2026, 11, 1)
    course = [Point(day + timedelta(days=n * 9), Decimal(100 * n), Decimal(40 * n)) for n in range(1, 5)]
    drawn = plot(course, [(day, Decimal(500))], day + timedelta(days=50), day + timedelta(days=40))
    assert drawn is not None
    assert all(0 <= float(number) <= 1000 for pair in drawn.bound.split() for number in pair.split(","))
    assert drawn.table[-1] == (day + timedelta(days=40), Decimal(500), Decimal(400), Decimal(160))
    assert plot([], [], day, day) is None


def test_limits_of_company_and_event(planned, asked, people, ask, session):
    event = planned(venue=100_000)
    planner = [Role.PLANNER]
    set_limits(None, {(Role.PLANNER, Term.EXPENSE): Decimal(50)})
    assert limits.limit(event, planner, Term.EXPENSE) == 50
    set_limits(event, {(Role.PLANNER, Term.EXPENSE): Decimal(80)})
    assert limits.limit(event, planner, Term.EXPENSE) == 80
    row = asked(event, 81)
    with pytest.raises(BeyondAuthority):
        actions.approve(event, row, planner, by_id=people[Role.DIRECTOR].id)
    set_limits(event, {(Role.PLANNER, Term.EXPENSE): None})
    set_limits(None, {(Role.PLANNER, Term.EXPENSE): None})
    assert limits.limit(event, planner, Term.EXPENSE) == authority.STANDARD[Role.PLANNER, Term.EXPENSE]
    session.commit()
    page = f"/events/{event.slug}/budget/limits"
    assert ask(Role.PLANNER, "POST", page, **{"planner-expense": "99999"}).status_code == 403
    assert ask(Role.DIRECTOR, "POST", page, **{"planner-expense": "x"}).status_code == 422
    assert ask(Role.DIRECTOR, "POST", page, **{"planner-expense": "3,000"}).status_code == 303
    assert limits.own(event) == {(Role.PLANNER, Term.EXPENSE): 3000}
    for address in (page, "/budget/limits"):
        assert ask(Role.PLANNER, "GET", address).status_code == 200


def test_an_exception_up_to_ones_limit(planned, asked, people, lines):
    event = planned(venue=10)
    lines(event)["venue"].over_plan = OverPlan.STOP
    set_limits(event, {(Role.PLANNER, Term.OVER_PLAN): Decimal(15)})
    small, large = asked(event, 15), asked(event, 16)
    actions.approve(event, small, [Role.PLANNER], reason="needed", by_id=people[Role.DIRECTOR].id)
    with pytest.raises(OverThePlan):
        actions.approve(event, large, [Role.PLANNER], reason="needed", by_id=people[Role.DIRECTOR].id)
    assert [row.id for row in queries.exceptions(event)] == [small.id]


def test_a_material_is_paid_by_the_line_it_names(planned, ordered, session):
    event = planned(materials=1000, media=1000)
    ordered(event).material.cost_line = "media"
    ordered(event).material.cost_line = "gone"
    session.commit()
    assert (line(event, "media").committed, line(event, "materials").committed) == (125, 125)


def test_hotel_nights_count_with_their_rate(planned, build, session):
    event = planned(board_lodging=1000)
    session.commit()
    wanted = ((2, InvitationState.ACCEPTED), (1, InvitationState.ACCEPTED), (3, InvitationState.DECLINED))
    ids = [(build.invitation(event, state=state).id, nights) for nights, state in wanted]
    session.commit()
    known = {"answer": Answer.COMING, "answered_at": AT, "via": Via.LINK}
    session.add_all([Reply(invitation_id=guest, hotel_nights=nights, **known) for guest, nights in ids])
    session.commit()
    assert line(event, "board_lodging").committed == 0  # nobody has said what a night costs
    plans.set_rate(event, RateKind.ROOM_NIGHT, Decimal(400))
    assert (queries.nights(event), line(event, "board_lodging").committed) == (3, 1200)
    plans.set_rate(event, RateKind.ROOM_NIGHT, None)
    assert line(event, "board_lodging").committed == 0


def test_a_number_is_wanted(planned, asked, people):
    event = planned(venue=1000)
    row = asked(event)
    actions.approve(event, row, ALL, by_id=people[Role.DIRECTOR].id)
    with pytest.raises(NumberWanted):
        booked(event, row, 10, "—")


def test_the_same_fapiao_by_several_at_the_same_moment(planned, asked, people, app, engine, session):
    event = planned(venue=1_000_000)
    rows = [asked(event, 1000) for _n in range(2)]
    for row in rows:
        actions.approve(event, row, ALL, by_id=people[Role.DIRECTOR].id)
    session.commit()
    ids = [row.id for row in rows]
    session.commit()  # else this connection still sees the rows as they were
    url = "" if engine == "sqlite" else session.get_bind().url.render_as_string(hide_password=False)
    settings_ = {"SIGNING_DAY_HOME": str(app.config["SIGNING_DAY_HOME"]), "DATABASE_URL": url, "LOG_LEVEL": "ERROR"}
    numbers = [f"2642000000000000{n:04}" for n in range(8)]
    said = Counter(race(settings_, ids, numbers))
    assert said == {"booked": 8, "invoice_twice": 8}
    session.rollback()
    keys = [each.number_key for each in db.session.query(ExpenseInvoice)]
    assert sorted(key or "" for key in keys) == numbers


def test_pages_of_course_and_rows(ask, planned, ordered):
    event = planned(materials=1000)
    ordered(event)
    base = f"/events/{event.slug}/budget"
    other = planned(venue=5)
    for page in ("", "?per=head", "rows?figure=forecast", "rows?group=conference", "course", "unsettled", "plan"):
        assert ask(Role.FINANCE, "GET", f"{base}/{page}").status_code == 200
    assert ask(Role.FINANCE, "GET", f"{base}/rows?line=999999").status_code == 404
    wrong = ask(Role.FINANCE, "POST", f"/events/{other.slug}/budget/rates", room_night="x")
    assert wrong.status_code == 422
