"""Taking a package: stock, expiry, first order, and two who want the last one."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest

from app import clock
from app.access import Role
from app.blueprints.territories.packages import actions, queries
from app.blueprints.territories.rules.authority import STANDARD
from app.blueprints.territories.rules.packages import (
    FirstOrderTooSmall,
    PackageExpired,
    PackageOfOtherEvent,
    PackageSoldOut,
    PackageWithdrawn,
)
from app.extensions import db
from app.models import AuthorityLimit, Contract, ContractState, Event, Package, PaymentKind, PaymentTerm, Term
from tests.build import contracts


@pytest.fixture
def event(build):
    return build.event()


def package(build, event, **values):
    return build.save(Package(**{"event_id": event.id, "name": "当天签约礼包", "stock": 3} | values))


def take(app, package, contract):
    with app.app_context():
        try:
            actions.take(db.session.get_one(Package, package.id), db.session.get_one(Contract, contract.id))
            db.session.commit()
        finally:
            db.session.rollback()


def taken(app, package):
    with app.app_context():
        return db.session.get_one(Package, package.id).taken


def test_taking_and_giving_back(app, build, event):
    offered = package(build, event, stock=1)
    contract, other = contracts.contract(build, event), contracts.contract(build, event)
    take(app, offered, contract)
    with pytest.raises(PackageSoldOut):
        take(app, offered, other)
    with app.app_context():
        row = db.session.get_one(Package, offered.id)
        actions.give_back(row, db.session.get_one(Contract, contract.id))
        db.session.commit()
        assert row.taken == 0
    take(app, offered, other)
    assert taken(app, offered) == 1


def test_an_amendment_takes_no_second_one(app, build, event):
    """It may even name the package after the last day; it stays taken until neither paper stands."""
    offered = package(build, event, stock=1)
    given = {"package_id": offered.id, "signed_at": clock.now(), "state": ContractState.SIGNED}
    first = contracts.contract(build, event, **given)
    take(app, offered, first)
    amendment = contracts.contract(build, event, amends_id=first.id, dealer_id=first.dealer_id, **given)
    with clock.stopped_at(event.ends_at):
        take(app, offered, amendment)
    assert taken(app, offered) == 1
    for paper, left in ((amendment, 1), (first, 0)):
        with app.app_context():
            row = db.session.get_one(Contract, paper.id)
            row.state = ContractState.VOID
            actions.give_back(db.session.get_one(Package, offered.id), row)
            db.session.commit()
        assert taken(app, offered) == left


def test_without_stock_everybody_gets_it(app, build, event):
    offered = package(build, event, stock=None)
    for _ in range(3):
        take(app, offered, contracts.contract(build, event))
    assert taken(app, offered) == 3


def test_what_is_refused(app, build, event):
    contract = contracts.contract(build, event)
    past, soon = clock.now() - timedelta(minutes=1), clock.now() + timedelta(minutes=1)
    with pytest.raises(PackageExpired):
        take(app, package(build, event, expires_at=past), contract)
    with pytest.raises(PackageWithdrawn):
        take(app, package(build, event, is_active=False), contract)
    with pytest.raises(PackageOfOtherEvent):
        take(app, package(build, build.event()), contract)
    take(app, package(build, event, expires_at=soon), contract)
    with clock.stopped_at(event.ends_at), pytest.raises(PackageExpired):
        take(app, package(build, event), contract)


def test_the_first_order_is_the_payment_for_it_or_else_the_sum(app, build, event):
    offered = package(build, event, min_first_order=Decimal(150_000))
    take(app, offered, contracts.contract(build, event, total=Decimal(150_000)))
    with pytest.raises(FirstOrderTooSmall):
        take(app, offered, contracts.contract(build, event, total=Decimal("149999.99")))
    terms = [PaymentTerm(position=1, kind=PaymentKind.FIRST_ORDER, amount=Decimal(100_000), due_days=7)]
    with pytest.raises(FirstOrderTooSmall):
        take(app, offered, contracts.contract(build, event, payment_terms=terms))


def test_the_last_one_goes_to_one_only(app, build, event):
    offered = package(build, event, stock=2)
    wanting = [contracts.contract(build, event) for _ in range(6)]
    barrier, lost = threading.Barrier(len(wanting)), []

    def run(contract):
        barrier.wait()
        try:
            take(app, offered, contract)
        except PackageSoldOut:
            lost.append(contract.id)

    threads = [threading.Thread(target=run, args=(each,)) for each in wanting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (taken(app, offered), len(lost)) == (2, 4)


def test_limits_of_the_event_go_over_those_of_the_company(app, build, event):
    other = build.event()
    build.save(AuthorityLimit(role=Role.SALES_REP, term=Term.DISCOUNT, limit=Decimal(4)))
    build.save(AuthorityLimit(role=Role.SALES_REP, term=Term.REBATE, limit=Decimal(1)))
    build.save(AuthorityLimit(event_id=event.id, role=Role.SALES_REP, term=Term.DISCOUNT, limit=Decimal(6)))
    with app.app_context():
        here, there = (queries.limits(db.session.get_one(Event, each.id)) for each in (event, other))
        everywhere = queries.limits(None)
    assert [each[Role.SALES_REP, Term.DISCOUNT] for each in (here, there, everywhere)] == [6, 4, 4]
    assert here[Role.SALES_REP, Term.REBATE] == 1
    assert here[Role.DIRECTOR, Term.AMOUNT] == STANDARD[Role.DIRECTOR, Term.AMOUNT]


def test_packages_that_may_be_taken(app, build, event):
    good = package(build, event)
    package(build, event, stock=1, taken=1)
    package(build, event, is_active=False)
    with app.app_context():
        assert [each.id for each in queries.takeable(db.session.get_one(Event, event.id))] == [good.id]
