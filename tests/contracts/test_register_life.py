"""Amendments, what is in force, renewals, and contracts that end."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app import clock, worker
from app.access import Role
from app.blueprints.contracts.register.ending import jobs as ending
from app.blueprints.contracts.register.rules.in_force import Paper, in_force
from app.extensions import db
from app.models import (
    Contract,
    ContractKind,
    ContractState,
    ContractTarget,
    ExpiryNotice,
    Message,
    ResultSource,
    TerritoryGrant,
    TerritoryState,
    Tier,
)
from tests.build import contracts as made
from tests.contracts.conftest import NOW

S = ContractState
TODAY = date(2026, 11, 24)


def rows(app, model, *where):
    with app.app_context():
        found = list(db.session.scalars(select(model).where(*where).order_by(*model.__table__.primary_key.columns)))
        db.session.expunge_all()
        return found


def paper(number, **values):
    given: dict[str, Any] = {
        "state": S.FILED,
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "tier": Tier.GENERAL,
        "total": Decimal(100),
        "deposit": Decimal(10),
        "discount_percent": Decimal(0),
        "rebate_percent": Decimal(3),
        "credit_days": 30,
        "deposit_refund": "",
        "territories": ("湖北",),
    }
    return Paper(id=number, number=f"N{number}", **given | values)


def test_what_is_in_force_and_from_which_document():
    longer = paper(2, ends_on=date(2027, 6, 30), total=Decimal(0), deposit=Decimal(0), territories=())
    more = paper(
        3, ends_on=date(2027, 6, 30), total=Decimal(50), deposit=Decimal(0), territories=("湖南",), credit_days=60
    )
    unsigned = paper(4, ends_on=date(2030, 1, 1), state=S.APPROVED)
    void = paper(5, ends_on=date(2031, 1, 1), state=S.VOID)
    terms = {each.name: each for each in in_force([paper(1), longer, more, unsigned, void])}
    assert terms["ends_on"].value == date(2027, 6, 30)
    assert terms["ends_on"].source.id == 2
    assert terms["total"].value == Decimal(150)
    assert [each.id for each in terms["total"].papers] == [1, 3]
    assert terms["territories"].value == ("湖北", "湖南")
    assert terms["credit_days"].value == 60
    assert not terms["rebate_percent"].is_amended


@pytest.fixture
def standing(build, event):
    """A filed contract with a signed territory."""

    def make(rep, ends_on, **values):
        dealer = build.dealer()
        given = {"state": S.FILED, "rep_id": rep.id, "dealer_id": dealer.id, "signed_at": NOW, "filed_at": NOW}
        row = made.contract(build, event, starts_on=TODAY - timedelta(days=300), ends_on=ends_on, **given | values)
        made.grant(
            build,
            dealer,
            made.region(build),
            made.line(build),
            contract_id=row.id,
            state=TerritoryState.SIGNED,
            starts_on=row.starts_on,
            ends_on=max(ends_on, row.starts_on),
        )
        return row

    return make


def run(app, step):
    with app.app_context():
        done = step(clock.now())
        db.session.commit()
        return done


def test_rep_and_administrator_are_told_once_for_each_number_of_days(app, build, standing, rep):
    build.user(Role.CONTRACT_ADMINISTRATOR)
    standing(rep, TODAY + timedelta(days=80))
    standing(rep, TODAY + timedelta(days=10))
    standing(rep, TODAY + timedelta(days=200))
    assert run(app, ending.run_tell) == 2
    assert run(app, ending.run_tell) == 0
    assert len(rows(app, Message)) == 2  # one mail a person, both contracts in it
    with clock.stopped_at(NOW + timedelta(days=55)):
        assert run(app, ending.run_tell) == 1
        assert run(app, ending.run_tell) == 0
    notices = [(each.contract_id, each.days_before) for each in rows(app, ExpiryNotice)]
    assert notices == [(1, 30), (1, 90), (2, 30)]


def test_a_contract_ends_with_its_territory_the_day_after_its_last(app, standing, rep):
    over, last_day = standing(rep, TODAY - timedelta(days=1)), standing(rep, TODAY)
    assert run(app, ending.run_end) == 1
    assert run(app, ending.run_end) == 0
    states = {row.id: row.state for row in rows(app, Contract)}
    assert states == {over.id: S.ENDED, last_day.id: S.FILED}
    grants = {each.contract_id: each.state for each in rows(app, TerritoryGrant)}
    assert grants == {over.id: TerritoryState.ENDED, last_day.id: TerritoryState.SIGNED}
    assert rows(app, Contract)[0].retain_until is not None


def test_a_void_contract_that_was_never_filed_is_kept_as_long_as_others(app, build, event):
    made.contract(build, event, state=S.VOID, voided_at=NOW)
    made.contract(build, event, state=S.DRAFT)
    assert run(app, ending.run_keep_void) == 1
    assert run(app, ending.run_keep_void) == 0
    years = app.config["CONTRACT_RETENTION_YEARS"]
    assert [row.retain_until for row in rows(app, Contract)] == [TODAY.replace(year=TODAY.year + years), None]


def test_an_amendment_moves_the_end(app, build, event, standing, rep):
    row = standing(rep, TODAY - timedelta(days=1))
    longer = made.contract(
        build,
        event,
        kind=ContractKind.AMENDMENT,
        amends_id=row.id,
        dealer_id=row.dealer_id,
        state=S.COUNTERSIGNED,
        signed_at=NOW,
        ends_on=TODAY + timedelta(days=20),
    )
    assert run(app, ending.run_end) == 0
    assert run(app, ending.run_tell) == 1
    with clock.stopped_at(NOW + timedelta(days=22)):
        assert run(app, ending.run_end) == 1
    assert {each.state for each in rows(app, Contract)} == {S.ENDED}
    assert longer.id in {each.id for each in rows(app, Contract)}


def test_drafting_an_amendment_holds_the_territory_for_the_days_it_adds(app, build, standing, rep, client_of):
    row = standing(rep, TODAY + timedelta(days=60), credit_days=45)
    client = client_of(rep)
    assert client.get(f"/contracts/{row.id}/amend").status_code == 200
    made.template_version(build, kind=ContractKind.AMENDMENT)
    bad = client.post(f"/contracts/{row.id}/amend", data={"ends_on": "tomorrow"})
    assert bad.status_code == 422
    new_end = TODAY + timedelta(days=200)
    answer = client.post(f"/contracts/{row.id}/amend", data={"ends_on": new_end.isoformat(), "more": "50,000"})
    assert answer.status_code == 303
    amendment = rows(app, Contract)[-1]
    assert (amendment.amends_id, amendment.ends_on, amendment.total) == (row.id, new_end, Decimal(50000))
    assert amendment.credit_days == 45
    held = rows(app, TerritoryGrant, TerritoryGrant.contract_id == amendment.id)
    assert [(g.state, g.starts_on, g.ends_on) for g in held] == [
        (TerritoryState.HELD, TODAY + timedelta(days=61), new_end)
    ]
    assert client_of(build.user(Role.SALES_REP)).get(f"/contracts/{row.id}/amend").status_code == 404


def test_a_renewal_follows_the_old_contract(app, build, standing, rep, client_of):
    row = standing(
        rep,
        TODAY + timedelta(days=20),
        targets=[
            ContractTarget(
                position=1,
                starts_on=TODAY,
                ends_on=TODAY,
                amount=Decimal(5),
                achieved=Decimal(1),
                achieved_from=ResultSource.TYPED,
            )
        ],
    )
    made.template_version(build)
    client = client_of(rep)
    assert client.post(f"/contracts/{row.id}/renew").status_code == 303
    following = rows(app, Contract)[-1]
    assert following.starts_on == TODAY + timedelta(days=21)
    assert following.ends_on - following.starts_on == row.ends_on - row.starts_on
    assert (following.state, following.total, following.dealer_id) == (S.DRAFT, row.total, row.dealer_id)
    target = rows(app, ContractTarget, ContractTarget.contract_id == following.id)[0]
    assert (target.starts_on, target.achieved) == (TODAY + timedelta(days=321), None)
    assert len(rows(app, TerritoryGrant, TerritoryGrant.contract_id == following.id)) == 1
    assert client.post(f"/contracts/{row.id}/renew").status_code == 409


def test_home_says_what_ends_soon(app, standing, rep, client_of, build):
    standing(rep, TODAY + timedelta(days=60))
    assert "contracts/?ends_from=2026-11-24" in client_of(rep).get("/").get_data(as_text=True)
    other = client_of(build.user(Role.SALES_REP)).get("/").get_data(as_text=True)
    assert "contracts/?ends_from" not in other


def test_the_worker_knows_the_steps():
    names = {step.name for step in worker.STEPS}
    assert {"contracts.ending", "contracts.end", "contracts.keep_void"} <= names
