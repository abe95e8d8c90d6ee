"""Expenses from asking to paying: limits, exceptions, no double counting, the same fapiao once."""

import contextlib
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access import Role
from app.blueprints.budget import ledger
from app.blueprints.budget.expenses import actions, booking
from app.blueprints.budget.expenses.booking import BeyondApproval, InvoiceTwice, PaysTooMuch
from app.blueprints.budget.rules.authority import BeyondAuthority, OverThePlan, OwnRequest
from app.blueprints.events import hindrances
from app.errors import SigningDayError
from app.models import ExpenseKind, ExpenseState, InvoiceKind, OverPlan
from tests.budget.test_ledger import line, ordered

DAY = date(2026, 11, 24)
ALL = [Role.DIRECTOR]
__all__ = ["ordered"]  # a fixture of the neighbour


@pytest.fixture
def asked(lines, people):
    def make(event, amount=100, key="venue", **values):
        given_ = {"kind": ExpenseKind.PURCHASE, "purpose": "场租", "by_id": people[Role.PLANNER].id}
        return actions.request(event, lines(event)[key], amount=Decimal(amount), **given_ | values)

    return make


def booked(event, row, amount, number="24312000000123456789", final=True):
    return booking.book_invoice(
        event,
        row,
        kind=InvoiceKind.VAT_NORMAL,
        number=number,
        seller="云麓酒店",
        issued_on=DAY,
        amount=Decimal(amount),
        tax=Decimal(0),
        is_final=final,
        scan=None,
        by_id=row.requested_by_id,
    )


def test_from_asking_to_paying(planned, asked, people):
    event = planned(venue=1000)
    row = asked(event)
    of = line(event, "venue")
    assert (of.requested, of.committed, row.state) == (100, 0, ExpenseState.REQUESTED)
    actions.approve(event, row, ALL, by_id=people[Role.DIRECTOR].id)
    actions.order(event, row)
    assert (line(event, "venue").committed, row.state) == (100, ExpenseState.ORDERED)
    booking.pay(event, row, Decimal(40), DAY, "", by_id=people[Role.FINANCE].id)
    assert (line(event, "venue").committed, line(event, "venue").actual) == (60, 40)
    booked(event, row, 90)
    of = line(event, "venue")
    assert (of.committed, of.actual, of.owed, row.state) == (0, 90, 50, ExpenseState.INVOICED)
    with pytest.raises(PaysTooMuch):
        booking.pay(event, row, Decimal(60), DAY, "", by_id=people[Role.FINANCE].id)
    booking.pay(event, row, Decimal(50), DAY, "", by_id=people[Role.FINANCE].id)
    assert row.state is ExpenseState.PAID
    assert line(event, "venue").bound == 90


def test_authority(planned, asked, people):
    event = planned(venue=100_000)
    row = asked(event, 20_001)
    with pytest.raises(OwnRequest):
        actions.approve(event, row, ALL, by_id=people[Role.PLANNER].id)
    with pytest.raises(BeyondAuthority):
        actions.approve(event, row, [Role.PLANNER], by_id=people[Role.CONFERENCE_AFFAIRS].id)
    assert not actions.approve(event, row, ALL, by_id=people[Role.DIRECTOR].id)


def test_over_the_plan_warns_or_stops(planned, asked, lines, people, session):
    event = planned(venue=100)
    director = people[Role.DIRECTOR].id
    assert actions.approve(event, asked(event, 150), ALL, by_id=director) is True
    lines(event)["venue"].over_plan = OverPlan.STOP
    row = asked(event, 10)
    with pytest.raises(OverThePlan):
        actions.approve(event, row, ALL, by_id=director)
    with pytest.raises(OverThePlan):  # a planner has no right to except it
        actions.approve(event, row, [Role.PLANNER], reason="needed", by_id=director)
    actions.approve(event, row, ALL, reason="needed", by_id=director)
    assert (row.exception_reason, row.exception_by_id) == ("needed", director)


def test_the_same_invoice_twice(planned, asked, people):
    event = planned(venue=1000)
    rows = [asked(event), asked(event)]
    for row in rows:
        actions.approve(event, row, ALL, by_id=people[Role.DIRECTOR].id)
    invoice = booked(event, rows[0], 100, "0440 0210-0111 12345678")
    with pytest.raises(InvoiceTwice):
        booked(event, rows[1], 100, "０４４００２１００１１１12345678")
    booking.take_invoice_back(event, rows[0], invoice)
    booked(event, rows[1], 100, "044002100111 12345678")
    with pytest.raises(BeyondApproval):
        booked(event, rows[0], 101, "1")


def test_an_order_counts_once_and_comes_back_when_its_expense_is_cancelled(planned, asked, ordered, people):
    event = planned(materials=1000)
    order = ordered(event)
    row = asked(event, 130, "materials", sources=[f"materials:{order.id}"])
    assert (line(event, "materials").requested, line(event, "materials").committed) == (130, 0)
    with pytest.raises(actions.SourceTaken):
        asked(event, 130, "materials", sources=[f"materials:{order.id}"])
    actions.cancel(event, row, "")
    assert (line(event, "materials").requested, line(event, "materials").committed) == (0, 125)


def test_petty_cash_counts_at_once_and_is_looked_at_afterwards(planned, lines, people):
    event = planned(conference_other=1000)
    of = lines(event)["conference_other"]
    given_ = {"purpose": "胶带", "photo": None, "roles": ALL, "by_id": people[Role.CONFERENCE_AFFAIRS].id}
    row = actions.petty_cash(event, of, amount=Decimal(30), client_id="a", **given_)
    assert actions.petty_cash(event, of, amount=Decimal(30), client_id="a", **given_).id == row.id
    assert (line(event, "conference_other").actual, row.state) == (30, ExpenseState.PAID)
    assert [each.ref for source, found in hindrances.of_event(event) if source.key == "budget" for each in found] == [
        row.id
    ]
    with pytest.raises(actions.PettyTooLarge):
        actions.petty_cash(event, of, amount=Decimal(1001), client_id="b", **given_)
    actions.refuse(event, row, "no receipt", by_id=people[Role.FINANCE].id)
    assert (line(event, "conference_other").actual, row.state) == (0, ExpenseState.REFUSED)


STEPS = st.sampled_from(
    ["approve", "refuse", "order", "more", "less", "invoice", "part", "pay", "back", "unpay", "cancel"]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, max_size=9))
def test_any_order_of_steps_counts_nothing_twice(planned, asked, ordered, people, steps):
    """An order of 125 taken over by an expense: whatever happens, it counts once, as the one or as the other."""
    event = planned(materials=1000)
    order = ordered(event)
    row = asked(event, 130, "materials", sources=[f"materials:{order.id}"])
    for place, step in enumerate(steps):
        with contextlib.suppress(SigningDayError):
            _do(event, row, step, f"{event.id}-{place}", people[Role.DIRECTOR].id)
        of = line(event, "materials")
        invoiced = sum(each.amount for each in row.invoices if not each.taken_back_at)
        paid = sum(each.amount for each in row.payments if not each.taken_back_at)
        final = any(each.is_final for each in row.invoices if not each.taken_back_at)
        if row.state in actions.OFF:
            assert of.bound == 125
        else:
            assert of.bound == max(invoiced, paid, Decimal(0) if final else row.approved)
        keys = [entry.key for entry in ledger.entries(ledger.of_event(event))]
        assert len(keys) == len(set(keys)) == 1


def _do(event, row, step, number, by_id):
    invoices = [each for each in row.invoices if not each.taken_back_at]
    payments = [each for each in row.payments if not each.taken_back_at]
    if step == "approve":
        actions.approve(event, row, ALL, by_id=by_id)
    elif step == "refuse":
        actions.refuse(event, row, "no", by_id=by_id)
    elif step == "order":
        actions.order(event, row)
    elif step in ("more", "less"):
        actions.ask_other_sum(event, row, Decimal(200 if step == "more" else 90))
    elif step in ("invoice", "part"):
        booked(event, row, 40, number, final=step == "invoice")
    elif step == "pay":
        booking.pay(event, row, min(Decimal(30), booking.to_pay(row) or Decimal(30)), DAY, "", by_id=by_id)
    elif step == "back" and invoices:
        booking.take_invoice_back(event, row, invoices[-1])
    elif step == "unpay" and payments:
        booking.take_payment_back(event, row, payments[-1])
    elif step == "cancel":
        actions.cancel(event, row, "")


def test_pages(ask, planned, lines, session):
    event = planned(venue=10_000)
    base = f"/events/{event.slug}/budget/expenses"
    of = lines(event)["venue"].id
    typed = {"purpose": "场租定金", "amount": "3,000", "line_id": of, "kind": "purchase"}
    assert ask(Role.SALES_REP, "POST", f"{base}/new", **typed | {"amount": "0"}).status_code == 422
    answer = ask(Role.SALES_REP, "POST", f"{base}/new", **typed)
    one = answer.headers["Location"]
    assert ask(Role.SALES_REP, "GET", one).status_code == 200
    assert ask(Role.SALES_REP, "GET", f"/events/{event.slug}/budget/").status_code == 303
    assert ask(Role.DIRECTOR, "POST", f"{one}/approve").status_code == 303
    assert ask(Role.SALES_REP, "POST", f"{one}/order").status_code == 303
    invoice = {"kind": "vat_special", "number": "99", "issued_on": "2026-11-20", "amount": "3000", "tax": "3000"}
    assert ask(Role.FINANCE, "POST", f"{one}/invoices", **invoice).status_code == 422
    invoice |= {"tax": "169.81", "is_final": "y"}
    bad = invoice | {"scan": (io.BytesIO(b"no picture"), "x.png")}
    assert ask(Role.FINANCE, "POST", f"{one}/invoices", **bad).status_code == 422
    assert ask(Role.FINANCE, "POST", f"{one}/invoices", **invoice).status_code == 303
    assert ask(Role.FINANCE, "POST", f"{one}/payments", amount="3000", paid_on="2026-11-24").status_code == 303
    for page in ("", "/new", "?state=paid", one):
        address = page if page.startswith("/events") else f"{base}{page}"
        assert ask(Role.DIRECTOR, "GET", address).status_code == 200
    for page in ("cash", "unsettled"):
        assert ask(Role.DIRECTOR, "GET", f"/events/{event.slug}/budget/{page}").status_code == 200
    cash = {"amount": "35.5", "line_id": of}
    assert ask(Role.CONFERENCE_AFFAIRS, "POST", f"/events/{event.slug}/budget/cash", **cash).status_code == 303
    session.expire_all()
    total = ledger.of_event(event).total
    assert (total.actual, total.paid, total.committed) == (Decimal("3035.5"), Decimal("3035.5"), Decimal(0))
