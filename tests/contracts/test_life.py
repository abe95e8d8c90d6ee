"""The life of a contract with its rows: nothing moves on without what must be there."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app import clock
from app.blueprints.contracts import actions
from app.blueprints.contracts.gate import actions as gate_actions
from app.blueprints.contracts.gate import queries as gate_queries
from app.blueprints.contracts.rules.gate import NotOverridable, Point
from app.blueprints.contracts.rules.life import (
    ContractCannotMove,
    DocumentMissing,
    GateClosed,
    MarkMissing,
    NotApproved,
)
from app.blueprints.dealers.papers import actions as papers
from app.blueprints.dealers.papers.rules import REQUIRED
from app.models import (
    Approval,
    ApprovalLevel,
    Contract,
    ContractState,
    Dealer,
    Decision,
    File,
    JournalEntry,
    Mark,
    PaperKind,
    Party,
    PaymentKind,
    PaymentTerm,
    ScreeningVerdict,
    SigningWay,
    Step,
    StepKind,
    TerritoryGrant,
)
from tests.build import contracts as made

S = ContractState
SHA = "a" * 64


@pytest.fixture
def approved(build, event, rep, session):
    """An approved contract with document and territory, of a dealer about whom nothing is known yet."""

    def make(**values):
        dealer = build.dealer()
        line = made.line(build)
        contract = made.contract(
            build, event, dealer_id=dealer.id, rep_id=rep.id, state=S.APPROVED, submitted_at=clock.now(), **values
        )
        made.grant(build, dealer, made.region(build), line, contract_id=contract.id)
        file = build.save(File(sha256=SHA, name="c.pdf", media_type="application/pdf", size=3, created_at=clock.now()))
        session.commit()
        row = session.get(Contract, contract.id)
        row.document_id, row.document_pages = file.id, 4
        row.approvals.append(
            Approval(
                level=ApprovalLevel.MANAGER,
                asked_at=row.submitted_at,
                decision=Decision.APPROVED,
                decided_at=clock.now(),
            )
        )
        session.commit()
        return row

    return make


def fill_the_gate(session, contract, by):
    dealer = session.get(Dealer, contract.dealer_id)
    line = contract.grants[0].line
    for kind in REQUIRED:
        paper = papers.submit(dealer, kind, file=None, by_id=by.id, number="1", holder="", scope=line.name)
        papers.passed(paper, by_id=by.id, today=clock.now().date(), is_stamped=True, scope=line.name)
    papers.screen(dealer, ScreeningVerdict.PASSED, score=80, reason="", by_id=by.id)
    session.commit()


def mark(session, contract, party, sha=SHA):
    session.add(
        Mark(
            contract_id=contract.id,
            party=party,
            client_id=f"{contract.id}-{party}-{sha[:3]}",
            way=SigningWay.TABLET,
            name="张三",
            document_sha256=sha,
            signed_at=clock.now(),
        )
    )
    session.flush()


def test_the_whole_way(approved, session, rep):
    contract = approved()
    with pytest.raises(GateClosed):
        actions.start_signing(contract)
    fill_the_gate(session, contract, rep)
    actions.start_signing(contract)
    with pytest.raises(MarkMissing):
        actions.dealer_signed(contract)
    mark(session, contract, Party.DEALER)
    actions.dealer_signed(contract)
    with pytest.raises(MarkMissing):
        actions.countersigned(contract)
    mark(session, contract, Party.COMPANY)
    actions.countersigned(contract)
    actions.file(contract)
    session.commit()
    assert contract.state is S.FILED
    assert contract.signed_at == contract.countersigned_at == contract.filed_at == clock.now()
    told = [entry.action for entry in session.query(JournalEntry).filter_by(subject_kind="contracts")]
    assert told == [f"contract.{state}" for state in ("signing", "signed", "countersigned", "filed")]


def test_a_mark_on_another_document_is_none(approved, session, rep):
    contract = approved()
    fill_the_gate(session, contract, rep)
    actions.start_signing(contract)
    mark(session, contract, Party.DEALER, sha="b" * 64)
    with pytest.raises(MarkMissing):
        actions.dealer_signed(contract)


def test_the_approval_must_be_of_the_latest_submission(approved, session, rep):
    contract = approved()
    fill_the_gate(session, contract, rep)
    contract.approvals[0].asked_at = clock.now() - timedelta(days=1)
    session.commit()
    with pytest.raises(NotApproved):
        actions.start_signing(contract)


def test_no_pen_without_the_document(approved, session, rep):
    contract = approved()
    fill_the_gate(session, contract, rep)
    contract.document = None
    session.commit()
    with pytest.raises(DocumentMissing):
        actions.start_signing(contract)


def test_giving_up_leaves_the_approval(approved, session, rep):
    contract = approved()
    fill_the_gate(session, contract, rep)
    actions.start_signing(contract)
    actions.give_up_signing(contract)
    actions.start_signing(contract)
    assert contract.state is S.SIGNING


def test_taking_back_loses_approval_and_document_but_not_the_number(approved, session, rep):
    contract = approved()
    number = contract.number
    actions.take_back(contract)
    session.commit()
    assert (contract.state, contract.document_id, contract.submitted_at) == (S.DRAFT, None, None)
    assert contract.number == number
    assert contract.approvals[0].withdrawn_at
    assert [step.kind for step in session.query(Step)] == [StepKind.VOIDED]


@pytest.mark.parametrize("state", [S.DRAFT, S.IN_REVIEW, S.RETURNED, S.SIGNED, S.COUNTERSIGNED, S.VOID, S.ENDED])
def test_signing_starts_from_approved_only(approved, session, rep, state):
    contract = approved()
    fill_the_gate(session, contract, rep)
    contract.state = state
    session.commit()
    with pytest.raises(ContractCannotMove):
        actions.start_signing(contract)


def test_the_gate_is_read_from_the_rows(approved, session, rep):
    contract = approved()
    assert {each.point for each in gate_queries.gate(contract).missing} == {Point.PAPERS, Point.SCREENING}
    fill_the_gate(session, contract, rep)
    assert gate_queries.gate(contract).is_open
    grant = session.query(TerritoryGrant).one()
    grant.held_until = clock.now()
    contract.deposit = Decimal(5)
    contract.payment_terms = []
    session.flush()  # the position is unique, so the old row goes first
    contract.payment_terms = [PaymentTerm(position=1, kind=PaymentKind.FIRST_ORDER, amount=Decimal(1), due_days=3)]
    session.commit()
    assert {each.point for each in gate_queries.gate(contract).missing} == {Point.TERRITORY, Point.DEPOSIT}


def test_an_override_opens_the_gate_and_can_be_taken_back(approved, session, manager):
    contract = approved()
    for point in (Point.PAPERS, Point.SCREENING):
        gate_actions.override(contract, point, reason="原件已看，复印件明天补", by_id=manager.id)
    assert gate_queries.gate(contract).is_open
    gate_actions.withdraw(contract, Point.PAPERS)
    assert [each.point for each in gate_queries.gate(contract).missing] == [Point.PAPERS]
    contract.document = None
    with pytest.raises(NotOverridable):
        gate_actions.override(contract, Point.DOCUMENT, reason="it will come", by_id=manager.id)


def test_a_newer_paper_takes_the_place_of_the_older(build, session, rep):
    dealer = session.get(Dealer, build.dealer().id)
    first = papers.submit(dealer, PaperKind.BUSINESS_LICENCE, file=None, by_id=rep.id)
    second = papers.submit(dealer, PaperKind.BUSINESS_LICENCE, file=None, by_id=rep.id)
    assert (first.replaced_at, second.replaced_at) == (clock.now(), None)
