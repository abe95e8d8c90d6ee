"""Preparing contracts in bulk: drafted, submitted and approved together, with a result for each dealer."""

from decimal import Decimal

import pytest

from app.blueprints.contracts.approval import actions as approval
from app.blueprints.contracts.bulk import jobs, queries
from app.blueprints.contracts.bulk.views import _why
from app.jobs import start
from app.models import Contract, ContractState, Event, Job, Readiness, TerritoryGrant, TerritoryOffer, User
from tests.build import contracts as made

S = ContractState


@pytest.fixture
def ready(build, event, rep):
    """So many dealers who are ready to sign, one of them without an expected sum."""

    def make(number):
        for place in range(number):
            wish = {"expected_amount": Decimal(100000 + place) if place else None}
            build.invitation(event, rep_id=rep.id, readiness=Readiness.READY, **wish)

    return make


def run(session, kind, event, arguments, by):
    job = start(kind, event_id=event.id, arguments=arguments, by_id=by.id)
    session.commit()
    seen = []
    run_of = {each.name: each.run for each in jobs.KINDS}[kind]
    run_of(job, lambda done, total: seen.append((done, total)))
    session.commit()
    return session.get(Job, job.id), seen


def draft_all(session, event, rep, version, **more):
    guests = [row.invitation.id for row in queries.candidates(session.get(Event, event.id))]
    told = {"guests": guests, "version_id": version.id, "package_id": None} | more
    return run(session, jobs.DRAFT, event, told, rep)


def test_everybody_gets_a_draft_or_a_reason(session, build, event, rep, ready):
    ready(23)
    version = made.template_version(build)
    job, seen = draft_all(session, event, rep, version)
    codes = [code for _company, code, _id in job.arguments["results"]]
    assert (codes.count(""), codes.count(jobs.NO_SUM)) == (22, 1)
    assert seen[-1] == (23, 23)
    again, _ = draft_all(session, event, rep, version)
    codes = [code for _company, code, _id in again.arguments["results"]]
    assert (codes.count(jobs.HAS_ONE), codes.count(jobs.NO_SUM)) == (22, 1)
    assert session.query(Contract).count() == 22


def test_the_offered_region_of_the_city_is_held_once(session, build, event, rep, ready):
    ready(3)
    region, line = made.region(build, name="武汉市"), made.line(build)
    build.save(TerritoryOffer(event_id=event.id, region_id=region.id, line_id=line.id, is_exclusive=True))
    draft_all(session, event, rep, made.template_version(build), holds=True)
    grants = session.query(TerritoryGrant).all()
    assert [grant.region_id for grant in grants] == [region.id]
    assert grants[0].contract_id is not None


def test_approved_together_with_numbers_and_documents(session, build, event, rep, manager, ready):
    ready(6)
    draft_all(session, event, rep, made.template_version(build))
    contracts = session.query(Contract).all()
    for contract in contracts[:-1]:
        approval.submit(contract, session.get(User, rep.id))
    session.commit()
    ids = [contract.id for contract in contracts]
    job, seen = run(session, jobs.APPROVE, event, {"contracts": ids}, manager)
    codes = [code for _company, code, _id in job.arguments["results"]]
    assert (codes.count(""), codes.count("not_asked")) == (4, 1)
    assert seen[-1] == (10, 10)
    session.expire_all()
    approved = session.query(Contract).filter_by(state=S.APPROVED).order_by(Contract.number).all()
    assert [row.number for row in approved] == [f"JX-2026-{n:05d}" for n in range(1, 5)]
    assert all(row.document_id for row in approved)


def test_every_reason_is_a_sentence(app):
    with app.test_request_context():
        assert all(_why(code) not in ("", code) for code in (jobs.HAS_ONE, jobs.NO_SUM, "not_asked", "own_contract"))
        assert _why("") == ""
