"""Cash advances: asked, approved, paid out, settled with claims; the sums are whole whatever happens in between."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access import Role
from app.blueprints.budget import ledger
from app.blueprints.budget import queries as budgets
from app.blueprints.budget.advances import actions, queries
from app.blueprints.budget.expenses import actions as expenses
from app.blueprints.budget.expenses import booking
from app.blueprints.budget.expenses.actions import WrongStep
from app.blueprints.budget.rules.advances import (
    NotForThisAdvance,
    NothingToSettle,
    PaidFromAdvance,
    ReturnsTooMuch,
    Settlement,
    StillUndecided,
    part,
)
from app.blueprints.budget.rules.authority import BeyondAuthority, OwnRequest
from app.blueprints.events import hindrances
from app.errors import SigningDayError
from app.models import AdvanceState, ExpenseKind, ExpenseState
from tests.budget.test_expenses import ALL, DAY

SUMS = st.decimals(min_value="0.01", max_value="99999", places=2)


@given(SUMS, st.decimals(min_value=0, max_value="99999", places=2))
@settings(max_examples=40)
def test_what_was_spent_and_what_comes_back_is_what_was_given(advanced, spent):
    of = Settlement(advanced, spent)
    assert of.advanced + of.topped_up == of.spent + of.returned
    assert of.returned == 0 or of.topped_up == 0


@pytest.fixture
def given_out(people):
    """An advance of 100 in the hand of the conference-affairs lead."""

    def make(event, amount=100):
        row = actions.request(
            event, user_id=people[Role.CONFERENCE_AFFAIRS].id, amount=Decimal(amount), purpose="备用金"
        )
        actions.approve(event, row, ALL, by_id=people[Role.DIRECTOR].id)
        actions.pay_out(event, row, by_id=people[Role.FINANCE].id)
        return row

    return make


@pytest.fixture
def claimed(lines, people):
    """A claim of the conference-affairs lead, approved unless told otherwise."""

    def make(event, amount, *, approved=True, by=Role.CONFERENCE_AFFAIRS, kind=ExpenseKind.CLAIM):
        line = lines(event)["transport"]
        row = expenses.request(event, line, kind=kind, purpose="打车", amount=Decimal(amount), by_id=people[by].id)
        if approved:
            expenses.approve(event, row, ALL, by_id=people[Role.DIRECTOR].id)
        return row

    return make


def test_from_asking_to_settling(planned, given_out, claimed, people, session):
    event = planned(transport=1000)
    row = given_out(event)
    assert ledger.of_event(event).total.bound == 0  # nothing is spent yet
    one, two = claimed(event, 30), claimed(event, 45, approved=False)
    for claim in (one, two):
        actions.attach(event, row, claim)
    with pytest.raises(PaidFromAdvance):
        booking.pay(event, one, Decimal(30), DAY, "", by_id=people[Role.FINANCE].id)
    with pytest.raises(OwnRequest):
        actions.settle(event, row, by_id=people[Role.CONFERENCE_AFFAIRS].id)
    with pytest.raises(StillUndecided):
        actions.settle(event, row, by_id=people[Role.FINANCE].id)
    expenses.approve(event, two, ALL, by_id=people[Role.DIRECTOR].id)
    actions.settle(event, row, by_id=people[Role.FINANCE].id)
    session.commit()
    assert (row.state, row.returned, row.topped_up) == (AdvanceState.SETTLED, 25, 0)
    assert (one.state, two.state) == (ExpenseState.PAID, ExpenseState.PAID)
    assert ledger.of_event(event).total.paid == 75
    with pytest.raises(PaidFromAdvance):
        booking.take_payment_back(event, one, one.payments[0])
    actions.take_settlement_back(event, row)
    assert (row.state, row.returned, one.state) == (AdvanceState.PAID_OUT, 0, ExpenseState.APPROVED)
    assert ledger.of_event(event).total.paid == 0


def test_whoever_spent_more_gets_the_rest(planned, given_out, claimed, people):
    event = planned(transport=1000)
    row = given_out(event)
    actions.attach(event, row, claimed(event, 130))
    actions.settle(event, row, by_id=people[Role.FINANCE].id)
    assert (row.returned, row.topped_up) == (0, 30)


def test_who_may_do_what(planned, people, claimed, given_out):
    event = planned(transport=1000)
    director, affairs = people[Role.DIRECTOR].id, people[Role.CONFERENCE_AFFAIRS].id
    row = actions.request(event, user_id=affairs, amount=Decimal(20_001), purpose="x", client_id="a")
    assert actions.request(event, user_id=affairs, amount=Decimal(5), purpose="x", client_id="a").id == row.id
    with pytest.raises(OwnRequest):
        actions.approve(event, row, ALL, by_id=affairs)
    with pytest.raises(BeyondAuthority):
        actions.approve(event, row, [Role.PLANNER], by_id=people[Role.PLANNER].id)
    with pytest.raises(WrongStep):
        actions.pay_out(event, row, by_id=director)
    held = given_out(event)
    for wrong in (
        claimed(event, 10, by=Role.SALES_REP),
        claimed(event, 10, kind=ExpenseKind.PURCHASE),
    ):
        with pytest.raises(NotForThisAdvance):
            actions.attach(event, held, wrong)


def test_what_stands_in_the_way_of_closing(planned, given_out, people):
    event = planned(transport=1000)
    row = given_out(event)

    def open_ones():
        return [each.ref for source, found in hindrances.of_event(event) if source.key == "advances" for each in found]

    assert open_ones() == [row.id]
    actions.settle(event, row, by_id=people[Role.FINANCE].id)
    assert (open_ones(), row.returned) == ([], 100)


STEPS = st.sampled_from(["attach", "attach", "detach", "approve", "cancel", "part", "part", "settle", "back", "pay"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, max_size=9), st.sampled_from([60, 100, 130]))
def test_any_order_of_steps_leaves_the_sums_whole(planned, given_out, claimed, people, steps, amount):
    event = planned(transport=1000)
    row = given_out(event)
    claims = [claimed(event, amount, approved=False), claimed(event, 20)]
    for place, step in enumerate(steps):
        with contextlib.suppress(SigningDayError):
            _do(event, row, claims[place % 2], step, people)
        out_of_it = [
            each.amount for one in claims for each in one.payments if each.advance_id and not each.taken_back_at
        ]
        left = queries.so_far(row).left
        assert row.amount + row.topped_up == sum(out_of_it) + row.returned + left
        assert sum(each.spent for each in queries.parts(row)) == sum(out_of_it)
        assert left == 0 if row.state is AdvanceState.SETTLED else left >= 0
        total = ledger.of_event(event).total
        living = [each for each in claims if each.state not in expenses.OFF]
        assert total.bound == sum(each.approved for each in living)
        assert total.paid <= total.bound


def _do(event, row, claim, step, people):
    finance = people[Role.FINANCE].id
    if step == "attach":
        actions.attach(event, row, claim)
    elif step == "detach":
        actions.detach(event, row, claim)
    elif step == "approve":
        expenses.approve(event, claim, ALL, by_id=people[Role.DIRECTOR].id)
    elif step == "cancel":
        expenses.cancel(event, claim, "")
    elif step == "part":
        actions.settle_part(event, row, [claim.id], Decimal(5), by_id=finance)
    elif step == "settle":
        actions.settle(event, row, by_id=finance)
    elif step == "back":
        actions.take_settlement_back(event, row)
    elif step == "pay":
        booking.pay(event, claim, claim.amount, DAY, "", by_id=finance)


def test_pages(ask, planned, lines, session):
    event = planned(transport=10_000)
    base = f"/events/{event.slug}/budget/advances"
    assert ask(Role.SALES_REP, "POST", f"{base}/new", amount="x", purpose="").status_code == 422
    one = ask(Role.SALES_REP, "POST", f"{base}/new", amount="500", purpose="接站").headers["Location"]
    assert ask(Role.DIRECTOR, "POST", f"{one}/approve").status_code == 303
    assert ask(Role.FINANCE, "POST", f"{one}/pay-out").status_code == 303
    new = f"/events/{event.slug}/budget/expenses/new"
    claim = {"purpose": "打车", "amount": "86", "line_id": lines(event)["transport"].id, "kind": "claim"}
    advance_id = one.rsplit("/", 1)[1]
    address = ask(Role.SALES_REP, "POST", new, **claim, advance_id=advance_id).headers["Location"]
    assert ask(Role.DIRECTOR, "POST", f"{address}/approve").status_code == 303
    for role in (Role.SALES_REP, Role.FINANCE):
        assert ask(role, "GET", one).status_code == 200
        assert ask(role, "GET", base).status_code == 200
    assert ask(Role.FINANCE, "POST", f"{one}/settle").status_code == 303
    session.expire_all()
    row = queries.advance(event, int(advance_id))
    assert row is not None
    assert (row.state, row.returned) == (AdvanceState.SETTLED, Decimal(414))
    for form in (f"{one}/claim.pdf", f"{address}/claim.pdf"):
        assert ask(Role.SALES_REP, "GET", form).data.startswith(b"%PDF")
    assert ask(Role.CONFERENCE_AFFAIRS, "POST", f"{one}/settle").status_code == 403
    other = ask(Role.PLANNER, "POST", new, **claim).headers["Location"].rsplit("/", 1)[1]
    chosen, several = [address.rsplit("/", 1)[1]], f"/events/{event.slug}/budget/claims.pdf"
    assert ask(Role.FINANCE, "POST", several, ids=chosen).data.startswith(b"%PDF")
    for wrong in ([*chosen, other], []):  # two people's claims, and none at all
        assert ask(Role.FINANCE, "POST", several, ids=wrong).status_code in (303, 409, 422)


@given(SUMS, st.lists(st.tuples(SUMS, st.decimals(min_value=0, max_value="99999", places=2)), max_size=6))
@settings(max_examples=40)
def test_parts_leave_the_sums_whole(advanced, steps):
    of = Settlement(advanced, Decimal(0))
    for spent, returned in steps:
        with contextlib.suppress(ReturnsTooMuch):
            of = part(of, spent, returned)
        assert of.left >= 0
        assert of.advanced + of.added == of.spent + of.given_back + of.left


def test_settled_in_parts(planned, given_out, claimed, people, session):
    """Decided claims now, the others later; the last part comes back first, and the figures follow each time."""
    event = planned(transport=1000)
    finance = people[Role.FINANCE].id
    row = given_out(event)
    one, two, open_one = claimed(event, 30), claimed(event, 50), claimed(event, 15, approved=False)
    for claim in (one, two, open_one):
        actions.attach(event, row, claim)
    with pytest.raises(StillUndecided):
        actions.settle_part(event, row, [one.id, open_one.id], Decimal(0), by_id=finance)
    with pytest.raises(NothingToSettle):
        actions.settle_part(event, row, [], Decimal(0), by_id=finance)
    with pytest.raises(ReturnsTooMuch):
        actions.settle_part(event, row, [one.id], Decimal("70.01"), by_id=finance)
    with pytest.raises(OwnRequest):
        actions.settle_part(event, row, [one.id], Decimal(0), by_id=people[Role.CONFERENCE_AFFAIRS].id)
    actions.settle_part(event, row, [one.id], Decimal(10), by_id=finance)
    session.commit()
    assert (row.state, one.state, two.state) == (AdvanceState.PAID_OUT, ExpenseState.PAID, ExpenseState.APPROVED)
    assert [queries.so_far(row).left, ledger.of_event(event).total.paid] == [60, 30]
    assert list(budgets.in_hand(event)) == [60, 1]
    with pytest.raises(PaidFromAdvance):
        actions.detach(event, row, one)
    actions.settle_part(event, row, [two.id], Decimal(0), by_id=finance)
    assert [queries.so_far(row).left, queries.settlement(row).to_return] == [10, 10]
    actions.take_settlement_back(event, row)
    assert two.state is ExpenseState.APPROVED
    assert queries.so_far(row).left == 60
    expenses.approve(event, open_one, ALL, by_id=people[Role.DIRECTOR].id)
    actions.settle(event, row, by_id=finance)
    session.commit()
    assert (row.state, row.returned, row.topped_up) == (AdvanceState.SETTLED, 10, 5)
    parts = [[each.spent, each.returned, each.topped_up, int(each.is_final)] for each in queries.parts(row)]
    assert parts == [[30, 10, 0, 0], [65, 0, 5, 1]]
    assert ledger.of_event(event).total.paid == 95
    assert list(budgets.in_hand(event)) == [0, 0]


def test_a_part_of_it_on_the_page(ask, planned, lines, people, given_out, claimed, session):
    event = planned(transport=10_000)
    row = given_out(event, 2000)
    claim = claimed(event, 30)
    actions.attach(event, row, claim)
    one = f"/events/{event.slug}/budget/advances/{row.id}"
    address, claim_id = f"{one}/settle-part", claim.id
    for wrong in (
        {"returned": "zehn"},
        {"returned": "-1"},
        {"returned": "1970.01", "claims": claim_id},
        {"returned": ""},
    ):
        assert ask(Role.FINANCE, "POST", address, **wrong).status_code == 422, wrong
    assert ask(Role.CONFERENCE_AFFAIRS, "POST", address, claims=claim_id).status_code == 403
    assert ask(Role.FINANCE, "POST", address, claims=claim_id, returned="1,200").status_code == 303
    assert ask(Role.FINANCE, "GET", one).status_code == 200
    assert ask(Role.FINANCE, "GET", f"{one}/claim.pdf").data.startswith(b"%PDF")
    session.expire_all()
    assert queries.so_far(row).left == 770
