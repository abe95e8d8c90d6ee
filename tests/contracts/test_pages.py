"""The pages of contracts through the browser's eyes: who gets in, what a press does, what comes back as typed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app import clock
from app.access import Role
from app.extensions import db
from app.models import (
    Approval,
    Concession,
    ConcessionKind,
    Contract,
    ContractState,
    Dealer,
    GateOverride,
    Package,
    ProductLine,
    Readiness,
    Region,
    Talk,
    TalkState,
    TemplateVariable,
    TerritoryGrant,
    VariableKind,
)
from tests.build import contracts as made
from tests.build.statements import noted

S = ContractState


class Reading:
    """Looks into the database between requests, each time in a context of its own: a request must not share ours."""

    def __init__(self, app):
        self.app = app

    def all(self, model):
        with self.app.app_context():
            rows = list(db.session.scalars(select(model).order_by(*model.__table__.primary_key.columns)))
            for row in rows:
                if isinstance(row, Contract):
                    assert (row.payment_terms, row.grants, row.approvals) is not None
            db.session.expunge_all()
            return rows


@pytest.fixture
def session(app):
    return Reading(app)


@pytest.fixture
def contract(build, event, rep):
    """A complete draft of a guest who is ready to sign."""

    def make(**values):
        dealer = build.dealer()
        guest = build.invitation(
            event, dealer, rep_id=rep.id, readiness=Readiness.READY, expected_amount=Decimal(200000)
        )
        given = {"dealer_id": dealer.id, "rep_id": rep.id, "created_by_id": rep.id, "invitation_id": guest.id}
        row = made.contract(build, event, **given | values)
        made.grant(build, dealer, made.region(build), made.line(build), contract_id=row.id, is_exclusive=False)
        return row

    return make


def fresh(session, model, row_id):
    return next(row for row in session.all(model) if row.id == row_id)


def form_of(row, **typed):
    given = {
        "version": str(row.version),
        "tier": "general",
        "signatory_kind": "legal_representative",
        "signatory": "张三",
        "starts_on": "2026-12-01",
        "ends_on": "2027-11-30",
        "total": "200,000",
        "deposit": "20000",
        "payments-0-kind": "deposit",
        "payments-0-amount": "20000",
        "payments-0-due_days": "7",
        "payments-1-kind": "first_order",
        "payments-1-amount": "２００，０００",
        "payments-1-due_on": "2026-12-20",
    }
    return given | typed


@pytest.mark.parametrize("path", ["", "/edit", "/gate", "/slip.pdf", "/void"])
def test_pages_of_one_contract(contract, client_of, rep, path):
    row = contract()
    assert client_of(rep).get(f"/events/today/contracts/{row.id}{path}").status_code == 200


@pytest.mark.parametrize(
    "path", ["contracts/", "contracts/new", "contracts/prepare", "contracts/qualification", "signing-order", "talks"]
)
def test_pages_of_the_event(contract, client_of, rep, path):
    contract()
    assert client_of(rep).get(f"/events/today/{path}").status_code == 200


def test_a_rep_sees_only_their_own(contract, build, client_of):
    row = contract()
    other = client_of(build.user(Role.SALES_REP))
    assert other.get(f"/events/today/contracts/{row.id}").status_code == 404
    build.event(slug="elsewhere")
    assert build.client(Role.DIRECTOR).get(f"/events/elsewhere/contracts/{row.id}").status_code == 404
    assert build.client(Role.RECEPTION).get(f"/events/today/contracts/{row.id}").status_code == 403


def test_the_bulk_page_leads_a_rep_only_to_their_own_contracts(contract, build, client_of, rep):
    """A guest of one rep may have a contract that another rep drafted: its state is told, its page is not theirs."""
    row = contract(rep_id=build.user(Role.SALES_REP).id)
    door = f"/events/today/contracts/{row.id}"
    assert door not in client_of(rep).get("/events/today/contracts/prepare").text
    assert door in build.client(Role.SALES_MANAGER).get("/events/today/contracts/prepare").text


def test_a_draft_from_a_guest_is_filled_in(build, event, rep, session, client_of):
    version = made.template_version(build)
    guest = build.invitation(event, rep_id=rep.id, expected_amount=Decimal(150000))
    held = made.grant(
        build,
        session.all(Dealer)[0],
        made.region(build),
        made.line(build),
        event_id=event.id,
        is_exclusive=True,
    )
    client = client_of(rep)
    answer = client.post("/events/today/contracts/new", data={"guest": guest.id, "version": version.id})
    assert answer.status_code == 303
    row = session.all(Contract)[0]
    assert (row.total, row.deposit, row.tier.value, row.rep_id) == (
        Decimal(150000),
        Decimal(15000),
        "exclusive",
        rep.id,
    )
    assert [each.id for each in row.grants] == [held.id]
    assert len(row.payment_terms) == 2


def test_saving_and_submitting(contract, client_of, rep, session, manager):
    row = contract()
    client = client_of(rep)
    here = f"/events/today/contracts/{row.id}"
    grant = fresh(session, Contract, row.id).grants[0].id
    answer = client.post(f"{here}/edit", data=form_of(row, grants=grant, act="submit"))
    assert answer.status_code == 303, answer.text[:3000]
    row = fresh(session, Contract, row.id)
    assert row.state is S.IN_REVIEW
    assert [(term.amount, term.due_days) for term in row.payment_terms] == [(20000, 7), (200000, None)]
    assert len(session.all(Approval)) == 1


def test_an_incomplete_draft_is_kept_as_typed(contract, client_of, rep, session):
    row = contract()
    client = client_of(rep)
    here = f"/events/today/contracts/{row.id}/edit"
    typed = form_of(row, total="zwanzig", **{"payments-2-kind": "instalment", "payments-2-amount": "77"})
    assert client.post(here, data=typed).status_code == 303
    page = client.get(here).text
    assert "zwanzig" in page
    assert 'value="77"' in page
    row = fresh(session, Contract, row.id)
    assert (row.state, len(row.payment_terms)) == (S.DRAFT, 2)
    answer = client.post(here, data=form_of(row, total="zwanzig", act="submit"))
    assert (answer.status_code, "zwanzig" in answer.text) == (422, True)
    assert client.post(here, data=form_of(fresh(session, Contract, row.id))).status_code == 303
    assert "_typed" not in fresh(session, Contract, row.id).values


@pytest.mark.parametrize(
    "wrong",
    [
        {"payments-0-due_days": "", "payments-1-due_on": ""},
        {"signatory": ""},
        {"tier": "exclusive"},
        {"ends_on": "2026-11-30"},
        {"payments-0-amount": "30000"},
        {"payments-1-amount": "200001"},
        {"total": "0"},
        {"starts_on": ""},
    ],
)
def test_what_is_not_right_stays_a_draft(contract, client_of, rep, session, wrong):
    row = contract()
    answer = client_of(rep).post(f"/events/today/contracts/{row.id}/edit", data=form_of(row, act="submit") | wrong)
    assert answer.status_code == 422
    assert fresh(session, Contract, row.id).state is S.DRAFT


def test_rows_come_and_go_without_script(contract, client_of, rep):
    row = contract()
    client, here = client_of(rep), f"/events/today/contracts/{row.id}/edit"
    more = client.post(here, data=form_of(row, add="payments"))
    assert (more.status_code, "payments-2-amount" in more.text) == (200, True)
    fewer = client.post(here, data=form_of(row, remove="payments-0"))
    assert 'value="20000"' not in fewer.text.split("payments-0-amount")[-1][:200]


def test_two_editors(contract, client_of, rep, session):
    row = contract()
    client, here = client_of(rep), f"/events/today/contracts/{row.id}/edit"
    assert client.post(here, data=form_of(row, signatory="李四")).status_code == 303
    late = client.post(here, data=form_of(row, signatory="王五"))
    assert (late.status_code, "王五" in late.text) == (409, True)
    assert fresh(session, Contract, row.id).signatory == "李四"


def test_blanks_of_the_template(contract, build, client_of, rep, session):
    version = made.template_version(
        build, variables=[TemplateVariable(key="outlets", label="门店数", kind=VariableKind.NUMBER, choices=[])]
    )
    row = contract(template_version_id=version.id)
    client, here = client_of(rep), f"/events/today/contracts/{row.id}/edit"
    assert client.post(here, data=form_of(row, act="submit")).status_code == 422
    row = fresh(session, Contract, row.id)
    assert client.post(here, data=form_of(row, v_outlets="5", act="submit")).status_code == 303
    assert fresh(session, Contract, row.id).values == {"outlets": "5"}


def submitted(contract, session, rep, client_of, **values):
    row = contract(**values)
    assert client_of(rep).post(f"/events/today/contracts/{row.id}/submit").status_code == 303
    return row


def test_approving_on_the_page(contract, session, rep, manager, client_of):
    row = submitted(contract, session, rep, client_of)
    client = client_of(manager)
    assert client.get("/contracts/approvals/").status_code == 200
    here = f"/contracts/approvals/{row.id}"
    assert client.get(here).status_code == 200
    assert client.post(here, data={"answer": "return", "remarks": ""}).status_code == 422
    assert client.post(here, data={"answer": "approve"}).status_code == 303
    row = fresh(session, Contract, row.id)
    assert (row.state, bool(row.document_id)) == (S.APPROVED, True)
    assert client.post(here, data={"answer": "approve"}).status_code == 409
    document = client.get(f"/events/today/contracts/{row.id}/document.pdf")
    assert document.data.startswith(b"%PDF")


def test_the_list_of_approvals_costs_the_same_for_many(contract, session, rep, manager, client_of, app):
    client = client_of(manager)
    submitted(contract, session, rep, client_of)
    with noted(app) as few:
        client.get("/contracts/approvals/")
    for _ in range(4):
        submitted(contract, session, rep, client_of)
    with noted(app) as many:
        client.get("/contracts/approvals/")
    assert len(many) <= len(few) <= 14


@pytest.mark.parametrize(("path", "most"), [("contracts/", 22), ("contracts/prepare", 18), ("signing-order", 16)])
def test_lists_cost_the_same_for_many(contract, rep, client_of, app, path, most):
    client = client_of(rep)
    contract()
    contract(state=S.APPROVED)
    with noted(app) as few:
        client.get(f"/events/today/{path}")
    for _ in range(4):
        contract()
        contract(state=S.APPROVED)
    with noted(app) as many:
        client.get(f"/events/today/{path}")
    assert len(many) <= len(few) <= most


def test_letting_a_point_pass(contract, manager, rep, client_of, session):
    row = contract(state=S.APPROVED)
    here = f"/events/today/contracts/{row.id}/gate"
    assert client_of(rep).post(f"{here}/screening", data={"reason": "because"}).status_code == 403
    client = client_of(manager)
    assert client.post(f"{here}/screening", data={"reason": ""}).status_code == 422
    assert client.post(f"{here}/screening", data={"reason": "原件已看"}).status_code == 303
    assert len(session.all(GateOverride)) == 1
    assert client.post(f"{here}/approval", data={"reason": "原件已看"}).status_code == 409
    assert client.post(f"{here}/screening", data={"act": "withdraw"}).status_code == 303
    assert len(session.all(GateOverride)) == 0


def test_at_the_gate_a_hold_that_ran_out_is_taken_up_and_a_clash_is_named(
    app, build, event, rep, contract, client_of, session
):
    row = contract(state=S.APPROVED)
    here, client = f"/events/today/contracts/{row.id}/gate", client_of(rep)
    grant = session.all(TerritoryGrant)[0]
    again = f"/events/today/territories/holds/{grant.id}/extend"
    assert again not in client.get(here).text
    with app.app_context():
        mine = db.session.get_one(TerritoryGrant, grant.id)
        mine.held_until, mine.held_by_id, mine.event_id = clock.now() - timedelta(minutes=1), rep.id, event.id
        db.session.commit()
    assert again in client.get(here).text
    other = made.grant(build, build.dealer(), session.all(Region)[0], session.all(ProductLine)[0])
    told = client.get(here).text
    assert "data-clash" in told
    assert again not in told
    assert client.post(again, data={"next": here}).status_code == 409
    with app.app_context():
        db.session.delete(db.session.get_one(TerritoryGrant, other.id))
        db.session.commit()
    assert client.post(again, data={"next": here}).headers["Location"].endswith(here)
    assert fresh(session, TerritoryGrant, grant.id).held_until > clock.now()


def test_taking_over_a_package(contract, build, event, rep, client_of, session):
    row = contract()
    gives = [
        Concession(kind=ConcessionKind.REBATE, name="返利", value=Decimal("1.5")),
        Concession(kind=ConcessionKind.CREDIT_DAYS, name="账期", value=Decimal(20)),
    ]
    package = build.save(Package(event_id=event.id, name="今日签约礼", concessions=gives))
    here = f"/events/today/contracts/{row.id}/edit"
    typed = form_of(row, package_id=package.id, act="package", signatory="李四")
    assert client_of(rep).post(here, data=typed).status_code == 303
    row = fresh(session, Contract, row.id)
    assert (row.package_id, row.rebate_percent, row.credit_days) == (package.id, Decimal("1.5"), 20)
    assert row.signatory == "李四"


def test_talks(build, event, rep, client_of, session):
    guest = build.invitation(event, rep_id=rep.id, readiness=Readiness.LEANING)
    client = client_of(rep)
    for _ in range(2):
        client.post("/events/today/talks", data={"guest": guest.id, "table": "A3"})
    talk = session.all(Talk)[0]
    assert (talk.state, talk.table_label, talk.host_id) == (TalkState.TALKING, "A3", rep.id)
    with clock.stopped_at(clock.now() + timedelta(minutes=9)):
        client.post(f"/events/today/talks/{talk.id}", data={"state": "stuck"})
        client.post(f"/events/today/talks/{talk.id}", data={"open_points": "价格"})
        talk = fresh(session, Talk, talk.id)
        assert (talk.state, talk.since, talk.open_points) == (TalkState.STUCK, clock.now(), "价格")
    told = client.get("/events/today/talks?state=stuck")
    assert told.status_code == 200
    assert "/contracts/new?guest=" not in told.text
    client.post(f"/events/today/talks/{talk.id}", data={"state": "agreed"})
    assert f"/contracts/new?guest={guest.id}" in client.get("/events/today/talks").text  # agreed: now it is drafted


def test_the_signing_order(build, contract, manager, rep, client_of, session):
    rows = [contract(state=S.APPROVED, total=Decimal(n)) for n in (100, 300, 200)]
    client = client_of(manager)
    here = "/events/today/signing-order"

    def order():
        return [row.id for row in sorted(session.all(Contract), key=lambda row: row.signing_position)]

    client.post(here, data={"act": "propose"})
    assert order() == [rows[1].id, rows[2].id, rows[0].id]
    client.post(here, data={"move": f"{rows[0].id},-1"})
    assert order() == [rows[1].id, rows[0].id, rows[2].id]
    client.post(here, data={"ids": [rows[2].id, rows[0].id, 999]})
    assert order() == [rows[2].id, rows[0].id, rows[1].id]
    assert client_of(rep).post(here, data={"act": "propose"}).status_code == 403
    stranger = client_of(build.user(Role.SALES_REP))
    for page, links in ((client, 3), (client_of(rep), 3), (stranger, 0)):  # whose contract it is not sees no sum
        told = page.get(here).text
        assert sum(f"/contracts/{row.id}" in told for row in rows) == links
        assert ("300.00" in told) is bool(links)
    assert client.get(f"{here}.pdf").data.startswith(b"%PDF")


def test_declaring_void_wants_a_reason(contract, rep, client_of, session):
    row = contract()
    client, here = client_of(rep), f"/events/today/contracts/{row.id}/void"
    assert client.post(here, data={"why": ""}).status_code == 422
    assert client.post(here, data={"why": "重复起草"}).status_code == 303
    row = fresh(session, Contract, row.id)
    assert (row.state, row.grants) == (S.VOID, [])
