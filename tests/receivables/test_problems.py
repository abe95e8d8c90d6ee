"""Problem accounts, credit in the dealer's file, and the forecast."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest

from app import clock
from app.access import Role
from app.blueprints.contracts.drafting.checking import faults_of
from app.blueprints.contracts.gate import queries as gates
from app.blueprints.contracts.rules.gate import Point
from app.blueprints.receivables import queries as receivables
from app.blueprints.receivables.forecast import queries as forecast
from app.blueprints.receivables.problems import actions, jobs, queries
from app.blueprints.receivables.problems.actions import Plan
from app.errors import SigningDayError
from app.extensions import db
from app.models import (
    BidState,
    Contract,
    CreditStanding,
    Dealer,
    PayingHabit,
    ProblemAccount,
    TerritoryBid,
    TerritoryGrant,
    TerritoryState,
)
from tests.build import contracts
from tests.receivables.conftest import TODAY
from tests.receivables.test_followup import promise


def opened(books, **values):
    def act():
        dealer = db.session.get_one(Dealer, books.dealer.id)
        return actions.open_account(dealer, reason="逾期", owner=None, today=TODAY, by_id=books.rep.id)

    return books.do(act)


@pytest.fixture
def territory(books, build):
    """A signed territory of the dealer, and somebody who waits for it."""
    row = books.owed("20000", 70)
    region, line = contracts.region(build), contracts.line(build)
    given = {"state": TerritoryState.SIGNED, "contract_id": row.contract_id, "held_until": None}
    grant = contracts.grant(build, books.dealer, region, line, **given)
    waits = TerritoryBid(
        event_id=books.event.id,
        dealer_id=build.dealer().id,
        region_id=region.id,
        line_id=line.id,
        rep_id=books.rep.id,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=364),
        waiting_since=clock.now(),
    )
    return row, grant, build.save(waits)


def test_one_open_account_a_dealer_also_at_once(books, app, engine):
    books.owed("100", 40)
    barrier = Barrier(2)

    def act(_number):
        barrier.wait()
        try:
            return opened(books)
        except SigningDayError as fault:
            return fault.code

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(act, (1, 2)))
    assert "problem_already_open" in found
    account_id = next(each for each in found if isinstance(each, int))
    books.do(actions.close, account_id, note="paid", by_id=None)
    with pytest.raises(actions.ProblemClosed):
        books.do(actions.stop_supply, account_id, stopped=True)
    assert opened(books) != account_id


def test_the_territory_goes_to_whoever_waits(books, app, territory):
    _row, grant, bid = territory
    account_id = opened(books)
    with app.app_context():
        account = db.session.get_one(ProblemAccount, account_id)
        assert account.release_on == TODAY + timedelta(days=60)
    books.do(actions.plan, account_id, Plan(None, "拜访", TODAY + timedelta(days=5), TODAY))
    with app.app_context():
        assert jobs.run(clock.now()) == 1
        assert jobs.run(clock.now()) == 0
        assert db.session.get_one(TerritoryGrant, grant.id).state is TerritoryState.ENDED
        assert db.session.get_one(TerritoryBid, bid.id).state is BidState.OFFERED


def test_paid_before_the_day_keeps_it(books, app, territory):
    row, grant, _bid = territory
    account_id = opened(books)
    books.do(actions.plan, account_id, Plan(None, "", TODAY, TODAY))
    books.pay(row, "20000")
    with app.app_context():
        assert jobs.run(clock.now()) == 0
        assert db.session.get_one(TerritoryGrant, grant.id).state is TerritoryState.SIGNED


def test_stopped_supply_is_said_where_a_contract_is_drafted_and_at_the_gate(books, app):
    contract_id, account_id = books.owed("20000", 70).contract_id, opened(books)

    def said():
        with app.app_context():
            contract = db.session.get_one(Contract, contract_id)
            fault = next((each for each in faults_of(contract) if each.code == "supply_stopped"), None)
            warns = gates.gate(contract).of(Point.DEPOSIT).warns
            assert bool(fault) == bool(warns)
            return fault is not None and fault.is_warning

    assert not said()
    books.do(lambda: actions.stop_supply(account_id, stopped=True))
    assert said()
    books.do(lambda: actions.close(account_id, note="已付清", by_id=books.rep.id))
    assert not said()


def test_credit_and_the_dealers_file(books, build, app):
    books.pay(books.owed("100", 9), "100", days_ago=9)
    with app.app_context():
        dealer = db.session.get_one(Dealer, books.dealer.id)
        assert queries.credit_of(dealer, TODAY).standing is CreditStanding.GOOD
    for amount in ("50", "60"):
        promise(books, books.owed(amount, 12), amount, -2, ago=8)
    with app.app_context():
        found = queries.credit_of(db.session.get_one(Dealer, books.dealer.id), TODAY)
        assert (found.history.broken, found.history.overdue, found.standing) == (2, 2, CreditStanding.WATCH)
    account_id = opened(books)
    page = build.client(Role.DIRECTOR).get(f"/dealers/{books.dealer.id}").get_data(as_text=True)
    assert f"/payments/problems/{account_id}" in page
    planner = build.client(Role.PLANNER).get(f"/dealers/{books.dealer.id}").get_data(as_text=True)
    assert "/payments/problems/" not in planner


def test_pages_of_a_problem_account(books, build, app, territory):
    row, _grant, _bid = territory
    finance, rep = build.client(Role.FINANCE), build.client(Role.SALES_REP)
    assert rep.get(f"/payments/{row.id}/problem").status_code == 404
    assert finance.post(f"/payments/{row.id}/problem", data={}).status_code == 422
    made = finance.post(f"/payments/{row.id}/problem", data={"reason": "三个月未付"})
    assert made.status_code == 303
    here = made.location
    assert finance.post(f"/payments/{row.id}/problem", data={"reason": "x"}).status_code == 422
    plan = {"owner_id": str(books.rep.id), "plan": "上门", "decide_by": str(TODAY), "release_on": ""}
    assert finance.post(f"{here}/plan", data=plan).status_code == 303
    assert finance.post(f"{here}/plan", data=plan | {"decide_by": ""}).status_code == 422
    for note in ({}, {"note": " "}):
        assert finance.post(f"{here}/decide", data={"decision": "lawyer"} | note).status_code == 422
    assert "/payments/problems/" in build.client(Role.DIRECTOR).get("/").get_data(as_text=True)
    assert finance.post(f"{here}/decide", data={"decision": "lawyer", "note": "已发函"}).status_code == 303
    for what in ("supply/stop", "supply/resume", "supply/stop", "release"):
        assert finance.post(f"{here}/{what}").status_code == 303
    for path in (here, "/payments/problems/", f"/payments/{row.id}"):
        assert finance.get(path).status_code == 200
    assert rep.get(here).status_code == 404
    assert finance.post(f"{here}/close", data={"reason": "付清"}).status_code == 303
    assert finance.post(f"{here}/close", data={"reason": "again"}).status_code == 422
    with app.app_context():
        account = db.session.scalars(db.select(ProblemAccount)).one()
        assert (account.owner_id, account.supply_stopped_at) == (books.rep.id, None)


def test_the_forecast_is_all_that_is_open(books, build, app):
    slow = build.dealer()
    build.save(PayingHabit(dealer_id=slow.id, pay_day=15))
    late, soon = books.owed("1000", 20), books.owed("500", -3)
    books.owed("70", 5, dealer_id=slow.id)
    books.owed("9", -400)
    books.owed("8", 2, currency="USD")
    books.pay(late, "100")
    promise(books, late, "300", 8)
    with app.app_context():
        found = forecast.forecast(TODAY)
        for total in receivables.totals(receivables.ageing("rep", TODAY)):
            assert sum(week.total for week in found[total.currency]) == total.total
        weeks = {week.key: week for week in found["CNY"]}
        assert weeks[forecast.UNKNOWN].total == Decimal(600)
        assert weeks[forecast.LATER].total == Decimal(9)
        assert soon.settled == 0
    finance = build.client(Role.FINANCE)
    for path in ("/payments/forecast", f"/events/{books.event.slug}/payments/forecast"):
        text = finance.get(f"{path}?week=unknown&currency=CNY").get_data(as_text=True)
        assert f"/payments/{late.id}" in text
    assert build.client(Role.SALES_REP).get("/payments/forecast").status_code == 200
