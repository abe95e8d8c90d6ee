"""What other rooms promise: read from their rows, once, and replaced by the expense that stands for it."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from app import clock, files
from app.access import Role
from app.blueprints.budget import jobs as budget_jobs
from app.blueprints.budget import ledger, queries
from app.job_runner import JobRunner
from app.models import (
    Concession,
    ConcessionKind,
    Contract,
    ContractKind,
    ContractState,
    Duty,
    DutyState,
    Expense,
    ExpenseSource,
    ExpenseState,
    Job,
    JobState,
    Material,
    MaterialOrder,
    Package,
    Shift,
    StaffKind,
    StaffPerson,
    StaffRole,
)
from tests.build import contracts
from tests.build.statements import noted


@pytest.fixture
def ordered(session):
    def make(event, quantity=10, price="12.50", **values):
        thing = Material(event_id=event.id, name="易拉宝", base_quantity=10)
        session.add(thing)
        session.flush()
        row = MaterialOrder(
            **{
                "material_id": thing.id,
                "quantity": quantity,
                "unit_price": None if price is None else Decimal(price),
                "ordered_at": clock.now(),
            }
            | values
        )
        session.add(row)
        session.commit()
        return row

    return make


def line(event, key):
    of = ledger.of_event(event)
    return of.by_line[next(each.id for each in of.lines if each.key == key)]


def test_orders_count_with_their_price(planned, ordered):
    event = planned(materials=1000)
    ordered(event)
    ordered(event, from_stock=True, price="0")
    ordered(event, price=None)
    ordered(event, cancelled_at=clock.now())
    assert (line(event, "materials").committed, line(event, "materials").left) == (125, 875)


def test_an_expense_stands_for_an_order(planned, ordered, lines, session):
    event = planned(materials=1000)
    order = ordered(event)
    expense = Expense(
        event_id=event.id,
        line_id=lines(event)["materials"].id,
        purpose="x",
        amount=Decimal(130),
        approved=Decimal(130),
        state=ExpenseState.APPROVED,
        requested_at=clock.now(),
        sources=[ExpenseSource(key=f"materials:{order.id}")],
    )
    session.add(expense)
    session.commit()
    assert line(event, "materials").committed == 130


def test_hired_people_count_once_a_day(planned, session):
    event = planned(host=1000)
    role = StaffRole(event_id=event.id, name="主持人")
    people = [
        StaffPerson(kind=kind, name=kind.value, day_rate=rate, created_at=clock.now())
        for kind, rate in (
            (StaffKind.HOST, Decimal(3000)),
            (StaffKind.RECEPTIONIST, Decimal(400)),
            (StaffKind.OWN, Decimal(900)),
        )
    ]
    shifts = [
        Shift(
            event_id=event.id,
            name=str(hours),
            starts_at=event.starts_at + timedelta(hours=hours),
            ends_at=event.starts_at + timedelta(hours=hours + 3),
            for_start_at=event.starts_at,
            for_time_zone=event.time_zone,
        )
        for hours in (0, 4, 24)
    ]
    session.add_all([role, *people, *shifts])
    session.flush()
    for place, person in enumerate(people, 1):
        for shift in shifts:
            session.add(
                Duty(
                    event_id=event.id,
                    role_id=role.id,
                    person_id=person.id,
                    shift_id=shift.id,
                    slot=place,
                    state=DutyState.REFUSED if person is people[1] and shift is shifts[2] else DutyState.PLANNED,
                    created_at=clock.now(),
                )
            )
    session.commit()
    assert line(event, "host").committed == 6000
    assert line(event, "conference_other").committed == 400
    assert line(event, "host").alarm == 2


def test_groups_and_total_agree_with_their_lines(planned, ordered):
    event = planned(materials=1000, host=500, media=200)
    ordered(event)
    of = ledger.of_event(event)
    for name in ("planned", "committed", "actual", "forecast", "requested"):
        whole = getattr(of.total, name)
        assert sum(getattr(each, name) for each in of.by_line.values()) == whole
        assert sum(getattr(each, name) for each in of.by_group.values()) == whole
    assert sum(each.committed for each in ledger.entries(of)) == of.total.committed == 125


def test_the_number_of_queries_is_fixed(app, planned, ordered, session):
    event = planned(materials=1000)
    ordered(event)
    session.refresh(event)
    with noted(app) as few:
        ledger.of_event(event)
    for _n in range(5):
        ordered(event)
    other = planned(materials=10)
    session.refresh(event)
    session.refresh(other)
    with noted(app) as many:
        ledger.of_events([event, other])
    assert len(many) == len(few) <= 10


def test_heads(planned):
    heads = queries.heads(planned(venue=1))
    assert (heads.people, heads.signed, heads.paid, heads.have_come) == (0, 0, None, False)


def test_the_export_agrees_with_the_page(ask, planned, ordered):
    event = planned(materials=1000)
    ordered(event)
    content = ask(Role.FINANCE, "GET", f"/events/{event.slug}/budget/export").data
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    lines, rows = (book.get_sheet_by_index(place).to_python() for place in (0, 2))
    assert lines[-1][2:5] == [1000, 125, 0]
    assert [row[7] for row in rows[1:]] == [125]


def test_a_long_budget_is_exported_by_the_worker(app, ask, planned, ordered, session, monkeypatch):
    event = planned(materials=1000)
    ordered(event)
    address = f"/events/{event.slug}/budget/export"
    at_once = CalamineWorkbook.from_filelike(io.BytesIO(ask(Role.FINANCE, "GET", address).data))
    monkeypatch.setattr("app.blueprints.budget.jobs.AT_ONCE", -1)
    assert ask(Role.FINANCE, "GET", address).status_code == 303
    session.commit()
    assert JobRunner("test", budget_jobs.KINDS).run() == 1
    job = session.scalars(select(Job)).one()
    assert (job.kind, job.state, job.error_code, job.event_id) == ("export_budget", JobState.DONE, "", event.id)
    content = files.read(job.result_file, folder=app.config["SIGNING_DAY_HOME"])
    by_worker = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert by_worker.sheet_names == at_once.sheet_names
    assert [by_worker.get_sheet_by_index(n).to_python() for n in range(6)] == [
        at_once.get_sheet_by_index(n).to_python() for n in range(6)
    ]


def test_an_amendment_gives_a_package_once(build, planned, session):
    """Named again it is one, another package is another; once the first is void the amendment's counts."""
    event = planned(marketing_support=5000)
    event_id = event.id
    session.commit()
    gifts = [Concession(position=1, kind=ConcessionKind.GIFT, name="礼品", value=Decimal(0), cost=Decimal(800))]
    gift = build.save(Package(event_id=event_id, name="签约礼", concessions=gifts))
    more = [Concession(position=1, kind=ConcessionKind.GIFT, name="礼品", value=Decimal(0), cost=Decimal(300))]
    other = build.save(Package(event_id=event_id, name="增补礼", concessions=more))
    given = {"event_id": event_id, "state": ContractState.SIGNED, "signed_at": clock.now()}
    first = contracts.contract(build, package_id=gift.id, **given)
    again = {"amends_id": first.id, "dealer_id": first.dealer_id, "kind": ContractKind.AMENDMENT, **given}
    contracts.contract(build, package_id=gift.id, **again)
    contracts.contract(build, package_id=other.id, **again)
    contracts.contract(build, package_id=gift.id, **given)
    assert line(event, "marketing_support").committed == 800 + 300 + 800
    session.get_one(Contract, first.id).state = ContractState.VOID
    session.commit()
    assert line(event, "marketing_support").committed == 800 + 300 + 800
