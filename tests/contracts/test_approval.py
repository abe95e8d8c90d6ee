"""Asking for approval, answering, the number and the document."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app import clock
from app.access import Role
from app.blueprints.contracts import actions as life
from app.blueprints.contracts.approval import actions, jobs, queries
from app.blueprints.contracts.rules.approving import Approver, NotAsked, OwnContract, RemarksWanted
from app.blueprints.contracts.rules.life import ContractCannotMove
from app.blueprints.contracts.rules.numbers import STANDARD, BadNumberFormat, written
from app.blueprints.contracts.rules.terms import TermsIncomplete
from app.models import (
    ApprovalLevel,
    Channel,
    Contract,
    ContractKind,
    ContractState,
    Message,
    MessageTemplate,
    NumberSeries,
    Step,
    StepKind,
    Tier,
    User,
)
from tests.build import contracts as made

S = ContractState
L = ApprovalLevel


@pytest.fixture
def draft(build, event, rep, session):
    """A complete draft, with a territory."""

    def make(**values):
        session.commit()
        dealer = build.dealer()
        given = {"dealer_id": dealer.id, "rep_id": rep.id, "created_by_id": rep.id}
        row = made.contract(build, event, **given | values)
        made.grant(build, dealer, made.region(build), made.line(build), contract_id=row.id, is_exclusive=False)
        session.commit()
        return session.get(Contract, row.id)

    return make


def person(session, user):
    row = session.get(User, user.id)
    return Approver(row.id, row.permissions)


def submit(session, contract, by):
    rows = actions.submit(contract, session.get(User, by.id))
    session.commit()
    return rows


def approve(session, contract, by):
    whole = actions.approve(contract, person(session, by), pattern=STANDARD)
    session.commit()
    return whole


@pytest.mark.parametrize(
    ("terms", "levels"),
    [
        ({}, [L.MANAGER]),
        ({"discount_percent": Decimal(3)}, [L.MANAGER]),
        ({"discount_percent": Decimal("3.01")}, [L.MANAGER, L.DIRECTOR]),
        ({"credit_days": 31}, [L.MANAGER, L.DIRECTOR]),
        ({"total": Decimal(500_001)}, [L.MANAGER, L.DIRECTOR]),
        ({"deposit": Decimal(0), "payment_terms": []}, None),
    ],
)
def test_what_is_beyond_the_reps_authority_goes_to_the_director_too(draft, session, rep, terms, levels):
    contract = draft(**terms)
    if levels is None:
        with pytest.raises(TermsIncomplete):
            actions.submit(contract, session.get(User, rep.id))
        return
    assert [row.level for row in submit(session, contract, rep)] == levels
    assert contract.state is S.IN_REVIEW


def test_an_exclusive_promise_is_beyond_a_rep(draft, session, rep):
    contract = draft(tier=Tier.EXCLUSIVE)
    contract.grants[0].is_exclusive = True
    session.commit()
    rows = submit(session, contract, rep)
    assert [row.level for row in rows] == [L.MANAGER, L.DIRECTOR]
    assert rows[0].reasons == [["exclusive", "1", "0"]]


def test_a_managers_own_contract_goes_to_the_director(draft, session, manager, director):
    contract = draft(rep_id=manager.id, created_by_id=manager.id)
    assert [row.level for row in submit(session, contract, manager)] == [L.DIRECTOR]
    assert approve(session, contract, director)


def test_both_have_to_say_yes(draft, session, rep, manager, director):
    contract = draft(credit_days=90)
    submit(session, contract, rep)
    assert not approve(session, contract, manager)
    assert (contract.state, contract.number) == (S.IN_REVIEW, None)
    assert approve(session, contract, director)
    assert (contract.state, contract.number) == (S.APPROVED, "JX-2026-00001")


def test_nobody_approves_their_own(draft, session, build):
    both = build.user(Role.SALES_REP, Role.SALES_MANAGER)
    contract = draft(created_by_id=both.id)
    submit(session, contract, both)
    with pytest.raises(OwnContract):
        actions.approve(contract, person(session, both), pattern=STANDARD)


def test_who_is_not_asked_cannot_answer_nor_anybody_twice(draft, session, rep, manager, director):
    contract = draft()
    submit(session, contract, rep)
    with pytest.raises(NotAsked):
        actions.approve(contract, person(session, director), pattern=STANDARD)
    approve(session, contract, manager)
    with pytest.raises(NotAsked):
        actions.approve(contract, person(session, manager), pattern=STANDARD)


def test_returned_with_remarks_and_submitted_again(draft, session, rep, manager):
    contract = draft()
    submit(session, contract, rep)
    with pytest.raises(RemarksWanted):
        actions.send_back(contract, person(session, manager), remarks=" ")
    actions.send_back(contract, person(session, manager), remarks="账期太长")
    session.commit()
    assert contract.state is S.RETURNED
    assert [row.remarks for row in queries.decided_by(contract)] == ["账期太长"]
    with clock.stopped_at(clock.now() + timedelta(minutes=5)):
        submit(session, contract, rep)
        assert approve(session, contract, manager)
    templates = [message.template for message in session.query(Message).order_by(Message.id)]
    assert templates == ["approval_asked", "contract_returned", "approval_asked", "contract_approved"]


def test_an_event_may_have_its_own_words_for_mails_about_approval(draft, session, event, rep, manager):
    own = {"event_id": event.id, "key": "approval_asked", "channel": Channel.MAIL, "locale": "en"}
    session.add(MessageTemplate(**own, subject="请看{dealer}（{event}）", body="{by}问\n\n{link}"))
    contract = draft()
    submit(session, contract, rep)
    message = session.query(Message).one()
    assert message.user_id == manager.id
    assert message.subject == f"请看{contract.dealer.company}（{event.name}）"
    assert f"/contracts/approvals/{contract.id}" in message.text


def test_an_earlier_yes_counts_for_nothing_after_a_change(draft, session, rep, manager, director):
    contract = draft(credit_days=90)
    submit(session, contract, rep)
    approve(session, contract, manager)
    life.take_back(contract)
    session.commit()
    with clock.stopped_at(clock.now() + timedelta(minutes=5)):
        submit(session, contract, rep)
        assert not approve(session, contract, director)
        assert approve(session, contract, manager)


def test_the_document_is_made_once_and_frozen(draft, session, rep, manager, app):
    contract = draft()
    submit(session, contract, rep)
    approve(session, contract, manager)
    contract_id, folder = contract.id, app.config["SIGNING_DAY_HOME"]
    assert jobs.make_and_freeze(contract_id, folder=folder)
    assert not jobs.make_and_freeze(contract_id, folder=folder)
    contract = session.get(Contract, contract_id)
    assert contract.document_pages >= 1
    step = session.query(Step).one()
    assert (step.kind, step.sha256_after) == (StepKind.DOCUMENT_MADE, contract.document.sha256)


def test_a_document_drawn_before_a_change_is_not_kept(draft, session, rep, manager, app):
    contract = draft()
    submit(session, contract, rep)
    approve(session, contract, manager)
    document, version = actions.make(contract), contract.version
    life.take_back(contract)
    session.commit()
    folder = app.config["SIGNING_DAY_HOME"]
    assert not actions.freeze(contract, document, folder=folder, version=version)
    assert contract.document_id is None


def test_the_scheduler_makes_what_was_left(draft, session, rep, manager):
    contract = draft()
    submit(session, contract, rep)
    approve(session, contract, manager)
    (step,) = jobs.STEPS
    assert [planned.count for planned in step.plan(clock.now())] == [1]
    assert step.run(clock.now()) == 1
    assert step.run(clock.now()) == 0


def test_a_number_once_given_stays(draft, session, rep, manager):
    first, second = draft(), draft()
    for each in (first, second):
        submit(session, each, rep)
        approve(session, each, manager)
    life.take_back(first)
    session.commit()
    with clock.stopped_at(clock.now() + timedelta(days=60)):  # the next year
        submit(session, first, rep)
        approve(session, first, manager)
        third = draft()
        submit(session, third, rep)
        approve(session, third, manager)
    assert [row.number for row in (first, second, third)] == ["JX-2026-00001", "JX-2026-00002", "JX-2027-00001"]
    assert {(row.year, row.last) for row in session.query(NumberSeries)} == {(2026, 2), (2027, 1)}


def test_kinds_count_apart(draft, session, rep, manager):
    rows = [draft(), draft(kind=ContractKind.LETTER_OF_INTENT)]
    for each in rows:
        submit(session, each, rep)
        approve(session, each, manager)
    assert [row.number for row in rows] == ["JX-2026-00001", "YX-2026-00001"]


def test_only_drafts_are_submitted(draft, session, rep):
    contract = draft()
    submit(session, contract, rep)
    with pytest.raises(ContractCannotMove):
        actions.submit(contract, session.get(User, rep.id))


@pytest.mark.parametrize(
    "pattern", ["{year}-{number}", "{kind}-{number}", "{kind}{year}", "{kind}-{year}-{number}-{x}"]
)
def test_a_format_that_would_repeat_numbers_is_refused(pattern):
    with pytest.raises(BadNumberFormat):
        written(pattern, ContractKind.DISTRIBUTION, 2026, 1)


def test_a_format_of_the_house():
    assert written("LX{kind}{year}{number:04d}", ContractKind.TRIAL, 2026, 7) == "LXSX20260007"
