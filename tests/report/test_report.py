"""The report over rows: one truth with other pages, a fixed number of queries, pages that open the rows counted."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app import clock
from app.access import Role
from app.blueprints.budget import queries as budget
from app.blueprints.receivables.adjusting import actions as adjusting
from app.blueprints.receivables.ledger import actions as ledger
from app.blueprints.receivables.rules.instalments import Part
from app.blueprints.report import compare, gather, queries
from app.blueprints.report.rules.facts import Mark, dealers
from app.blueprints.report.steps import actions as steps
from app.extensions import db
from app.models import (
    AdjustmentState,
    Arrival,
    Contract,
    ContractKind,
    ContractState,
    GuestKind,
    Invitation,
    InvitationState,
    NextStep,
    Occasion,
    PaymentKind,
    Receivable,
)
from tests.build import contracts
from tests.build.statements import noted
from tests.report.conftest import World

M, S = Mark, InvitationState


def test_facts_agree_with_every_other_page(season):
    with season.app.app_context():
        event = season.row()
        of = dealers(queries.facts(event))
        outcome = queries.outcomes([event.id], clock.today("Asia/Shanghai"))[event.id]
        heads = budget.heads(event)
        report = gather.report(event)
    counted = {mark: of.of(mark) for mark in (M.LISTED, M.INVITED, M.FIRM, M.ARRIVED, M.SIGNED, M.PAID)}
    assert counted == {M.LISTED: 7, M.INVITED: 6, M.FIRM: 5, M.ARRIVED: 4, M.SIGNED: 3, M.PAID: 2}
    assert [of.of(mark) for mark in (M.DEPOSIT, M.FIRST_ORDER, M.SECOND)] == [2, 1, 1]
    assert (outcome.signed, outcome.paid) == (3, 2) == (heads.signed, heads.paid)
    assert outcome.total == of.total == Decimal(450_000)
    assert outcome.got == of.got == Decimal(170_000)
    assert outcome.overdue == of.overdue
    assert (report.forecast.firm, report.forecast.firm_came, report.forecast.unasked) == (4, 3, 1)
    assert report.figures()["never_paid"] == 1


def test_money_counts_while_it_is_at_the_bank(world):
    world.signed(world.guest())
    with world.app.app_context():
        owed = db.session.scalars(db.select(Receivable).order_by(Receivable.position)).first()
        db.session.expunge(owed)

    def paid():
        with world.app.app_context():
            event = world.row()
            outcome = queries.outcomes([event.id], clock.today("Asia/Shanghai"))[event.id]
            assert outcome.paid == dealers(queries.facts(event)).of(M.PAID)
            return outcome.paid, outcome.got

    receipt = world.pay(owed, 20_000, confirmed=False)
    assert paid() == (0, 0)
    with world.app.app_context():
        ledger.confirm(receipt, by_id=world.rep.id)
        db.session.commit()
    assert paid() == (1, 20_000)
    with world.app.app_context():
        ledger.bounce(receipt, reason="no cover", by_id=world.rep.id)
        db.session.commit()
    assert paid() == (0, 0)


def agreed(adjustment, people):
    """As many people as it needs say yes."""
    for one in people:
        if adjustment.state is AdjustmentState.ASKED:
            adjusting.vote(adjustment.id, is_yes=True, by_id=one)
    db.session.commit()


def given_back(world, position, occasion):
    """What came for a payment goes back as its rule says, asked for by one and approved by as many as it needs."""
    people = [world.build.user(Role.FINANCE).id for _ in range(3)]
    with world.app.app_context():
        found = db.select(Receivable).where(Receivable.position == position).order_by(Receivable.id).limit(1)
        row = db.session.scalars(found).one()
        of = adjusting.refund_facts(
            row, occasion, outlets=0, delivered=Decimal(0), agreed=None, today=clock.now().date()
        )
        made = adjusting.ask_refund(row, of, reason="x", by_id=people[0])
        agreed(made, people[1:])
        return made.id


def test_money_that_went_back_is_no_payment_and_takes_no_step_away(world):
    world.signed(world.guest(), 20_000, 60_000)
    world.signed(world.guest())

    def said():
        with world.app.app_context():
            event = world.row()
            of, outcome = dealers(queries.facts(event)), queries.outcomes([event.id], clock.today("Asia/Shanghai"))
            assert (of.of(M.PAID), of.got) == (outcome[event.id].paid, outcome[event.id].got)
            assert of.of(M.PAID) == budget.heads(event).paid
            assert of.of(M.SIGNED, lacks={M.PAID}) == outcome[event.id].never_paid
            return of.of(M.PAID), of.of(M.DEPOSIT), of.of(M.FIRST_ORDER), of.got

    assert said() == (1, 1, 1, 80_000)
    given_back(world, 1, Occasion.WE_WITHDRAW)
    assert said() == (1, 1, 1, 60_000)
    last = given_back(world, 2, Occasion.WE_WITHDRAW)
    assert said() == (0, 1, 1, 0)
    with world.app.app_context():
        adjusting.reverse(last, reason="x", by_id=None)
        db.session.commit()
    assert said() == (1, 1, 1, 60_000)


def test_earnest_money_returned_twice_is_less_than_nothing(world):
    world.signed(world.guest(), 20_000)
    with world.app.app_context():
        db.session.execute(db.update(Receivable).where(Receivable.position == 1).values(kind=PaymentKind.EARNEST))
        db.session.commit()
    given_back(world, 1, Occasion.WE_WITHDRAW)
    with world.app.app_context():
        event = world.row()
        outcome = queries.outcomes([event.id], clock.today("Asia/Shanghai"))[event.id]
        of = dealers(queries.facts(event))
        assert (outcome.paid, budget.heads(event).paid) == (0, 0)
        assert outcome.got == of.got == Decimal(-20_000)
        assert of.of(M.DEPOSIT) == 1


def test_a_letter_of_intent_hides_no_dealer_who_never_paid(world):
    world.signed(world.guest())
    world.signed(world.guest(), 20_000, kind=ContractKind.LETTER_OF_INTENT)
    with world.app.app_context():
        event = world.row()
        outcome = queries.outcomes([event.id], clock.today("Asia/Shanghai"))[event.id]
        assert (outcome.signed, outcome.paid, outcome.never_paid) == (1, 0, 1)
        assert budget.heads(event).paid == 0


def test_a_deposit_paid_in_parts_that_were_agreed_is_paid(world):
    world.signed(world.guest())
    people = [world.build.user(Role.FINANCE).id for _ in range(3)]
    day = clock.now().date()
    with world.app.app_context():
        row = db.session.scalars(db.select(Receivable).where(Receivable.position == 1)).one()
        parts = [Part(day + timedelta(days=n), Decimal(10_000)) for n in (5, 10)]
        made = adjusting.ask_instalments(row, parts, reason="x", today=day, by_id=people[0])
        agreed(made, people[1:])
        new = db.session.scalars(db.select(Receivable).where(Receivable.position > 4)).all()
        db.session.expunge_all()
    for row in new:
        world.pay(row, 10_000)
    with world.app.app_context():
        of = dealers(queries.facts(world.row()))
    assert (of.of(M.DEPOSIT), of.of(M.PAID)) == (1, 1)
    assert of.got == Decimal(20_000)


@pytest.mark.parametrize(
    "values",
    [{"kind": ContractKind.LETTER_OF_INTENT}, {"state": ContractState.VOID}, {"signed_at": None}],
    ids=["letter of intent", "void", "unsigned"],
)
def test_what_is_no_signature(world, values):
    world.signed(world.guest(), **values)
    with world.app.app_context():
        event = world.row()
        assert dealers(queries.facts(event)).of(M.SIGNED) == 0
        assert queries.outcomes([event.id], clock.today("Asia/Shanghai"))[event.id].signed == 0


def test_who_signed_without_an_invitation_is_counted_too(world):
    guest = world.guest()
    world.signed(guest, 20_000)
    with world.app.app_context():
        db.session.execute(db.delete(Arrival))
        db.session.execute(db.update(Contract).values(invitation_id=None))
        db.session.execute(db.delete(Invitation))
        db.session.commit()
        facts = queries.facts(world.row())
    assert [(each.invitation_id, M.SIGNED in each.marks, M.ARRIVED in each.marks) for each in facts] == [
        (None, True, False)
    ]


def test_pages_open_the_rows_they_counted(season):
    client = season.build.client(Role.DIRECTOR)
    base = f"/events/{season.event.slug}/report"
    page = client.get(f"{base}/?by=rep")
    assert page.status_code == 200
    links = re.findall(r'class="funnel-in" href="([^"]+)".*?funnel-value">(\d+)<', page.text, re.S)
    assert len(links) == 11
    for url, count in links:
        rows = client.get(url.replace("&amp;", "&"))
        assert rows.text.count('<tr><th scope="row">') == int(count), url
    for part in ("day", "unsigned", "compared", "rows?by=kind&of=dealer", "report.xlsx"):
        assert client.get(f"{base}/{part}").status_code == 200, part


def test_queries_do_not_grow_with_guests(season):
    client = season.build.client(Role.DIRECTOR)
    base = f"/events/{season.event.slug}/report"
    pages = ("/", "/day", "/unsigned", "/compared", "/rows?has=signed")

    def counts():
        found = []
        for each in pages:
            with noted(season.app) as seen:
                client.get(base + each)
            found.append(len(seen))
        return found

    first = counts()
    for number in range(4):
        season.signed(season.guest(), 20_000 if number % 2 else 0)
        season.guest(kind=GuestKind.MEDIA)
    assert counts() == first
    assert max(first) <= 60


def test_a_rep_says_what_happens_next_with_own_guests_only(season, build):
    other = season.guest(rep_id=build.user().id)
    mine = season.guest()
    client = season.app.test_client()
    rep = build.user(Role.SALES_REP)
    build.sign_in(client, rep)
    with season.app.app_context():
        db.session.execute(db.update(Invitation).where(Invitation.id == mine.id).values(rep_id=rep.id))
        db.session.commit()
    base = f"/events/{season.event.slug}/report/unsigned"
    page = client.get(base)
    assert f'id="g{mine.id}"' in page.text
    assert f'id="g{other.id}"' not in page.text
    said = {"text": "Visit the warehouse", "owner_id": str(rep.id), "due_on": "2026-12-01"}
    assert client.post(f"{base}/{other.id}", data=said).status_code == 404
    refused = client.post(f"{base}/{mine.id}", data=said | {"text": ""})
    assert refused.status_code == 422
    assert "2026-12-01" in refused.text
    assert client.post(f"{base}/{mine.id}", data=said).status_code == 303
    assert client.post(f"{base}/{mine.id}/done").status_code == 303
    with season.app.app_context():
        row = db.session.scalars(db.select(NextStep)).one()
        assert (row.text, row.owner_id, row.done_at is not None) == ("Visit the warehouse", rep.id, True)
        guest = db.session.get_one(Invitation, mine.id)
        steps.say(guest, "Call again", owner_id=rep.id, due_on=None, by_id=rep.id)
        with pytest.raises(steps.StepNotSaid):
            steps.say(guest, " ", owner_id=rep.id, due_on=None, by_id=rep.id)
        assert row.done_at is None
    assert client.get(f"/events/{season.event.slug}/report/").status_code == 403


def test_an_amendment_is_not_added_to_its_contract(world):
    guest = world.guest()
    first = world.signed(guest, 20_000)
    given = {"kind": ContractKind.AMENDMENT, "amends_id": first.id, "total": Decimal(160_000)}
    contracts.contract(
        world.build,
        world.event,
        dealer_id=guest.dealer_id,
        template_version_id=world.version.id,
        state=ContractState.FILED,
        signed_at=world.event.ends_at,
        **given,
    )
    with world.app.app_context():
        event = world.row()
        of = dealers(queries.facts(event))
        outcome = queries.outcomes([event.id], clock.today("Asia/Shanghai"))[event.id]
    assert of.of(M.SIGNED) == outcome.signed == 1
    assert of.total == outcome.total == Decimal(150_000)


def test_earlier_events_stand_at_the_same_age(app, build, world):
    """After twenty days an earlier event had signed two and had one's money; since then one is void, the other paid."""
    at = clock.now() - timedelta(days=200)
    with clock.stopped_at(at):
        before = World(app, build, starts_at=at, ends_at=at + timedelta(hours=7))
        first, second = (before.signed(before.guest()) for _ in range(2))
    with app.app_context():
        owed = {row.contract_id: row for row in db.session.scalars(select(Receivable).where(Receivable.position == 1))}
    with clock.stopped_at(at + timedelta(days=10)):
        bounced = before.pay(owed[first.id], 20_000)
    with clock.stopped_at(at + timedelta(days=30)):
        before.pay(owed[second.id], 20_000)
        with app.app_context():
            ledger.bounce(bounced, reason="void", by_id=None)
            contract = db.session.get_one(Contract, first.id)
            contract.state, contract.voided_at = ContractState.VOID, clock.now()
            db.session.commit()
    with clock.stopped_at(clock.now()), app.app_context():
        this, other = compare.earlier(gather.report(world.row()))
        assert this.is_this
        assert other.then - before.event.starts_at == clock.now() - world.event.starts_at
        assert [other.outcome.signed, other.outcome.paid, int(other.outcome.got)] == [2, 1, 20_000]
        today = queries.outcomes([before.event.id], clock.today("Asia/Shanghai"))[before.event.id]
        assert [today.signed, today.paid, int(today.got)] == [1, 1, 20_000]
