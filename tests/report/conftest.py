"""What the tests of the report share: an event that is over, with guests at every step and money at the bank."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app import clock
from app.blueprints.receivables.ledger import actions as ledger
from app.blueprints.receivables.receipts import actions as receipts
from app.blueprints.receivables.receipts.actions import Given
from app.blueprints.receivables.rules.sums import Share
from app.extensions import db
from app.models import (
    Arrival,
    ContractState,
    Dealer,
    Event,
    EventStatus,
    InvitationState,
    PaymentKind,
    Readiness,
    ReceiptWay,
    Receivable,
)
from tests.build import contracts

S = InvitationState
K = PaymentKind
TERMS = ((K.DEPOSIT, 20_000), (K.FIRST_ORDER, 60_000), (K.INSTALMENT, 40_000), (K.INSTALMENT, 30_000))


class World:
    """An event that ended some days ago; each dealer in it is made with one call."""

    def __init__(self, app, build, **values):
        self.app, self.build = app, build
        starts = clock.now() - timedelta(days=20)
        given = {"starts_at": starts, "ends_at": starts + timedelta(hours=7), "status": EventStatus.CLOSED}
        self.event = build.event(**given | values)
        self.rep = build.user(name="Rep")
        self.version = contracts.template_version(build)

    def guest(self, state=S.ARRIVED, *, before=S.FIRM, **values):
        """A dealer on the list; who arrived has an arrival, from the state before."""
        dealer = self.build.dealer(province=values.pop("province", "湖北省"), source=values.pop("source", "展会"))
        given = {"state": state, "readiness": Readiness.READY, "rep_id": self.rep.id}
        row = self.build.invitation(self.event, dealer, **given | values)
        if state is S.ARRIVED:
            self.build.save(
                Arrival(
                    event_id=self.event.id,
                    invitation_id=row.id,
                    arrived_at=self.event.starts_at - timedelta(minutes=20),
                    scan_id=f"s{row.id}",
                    state_before=before,
                )
            )
        return row

    def signed(self, guest, *paid, **values):
        """A contract with four payments, of which the given sums are at the bank, in order."""
        at = self.event.starts_at + timedelta(hours=4)
        given = {"state": ContractState.FILED, "signed_at": at, "countersigned_at": at, "total": Decimal(150_000)}
        contract = contracts.contract(
            self.build,
            self.event,
            dealer_id=guest.dealer_id,
            invitation_id=guest.id,
            rep_id=self.rep.id,
            template_version_id=self.version.id,
            **given | values,
        )
        owed = [
            self.build.save(
                Receivable(
                    contract_id=contract.id,
                    position=place,
                    event_id=self.event.id,
                    dealer_id=guest.dealer_id,
                    rep_id=self.rep.id,
                    kind=kind,
                    currency="CNY",
                    amount=Decimal(amount),
                    due_on=(at + timedelta(days=7 * place)).date(),
                    made_at=at,
                )
            )
            for place, (kind, amount) in enumerate(TERMS, 1)
        ]
        for row, amount in zip(owed, paid, strict=False):
            if amount:
                self.pay(row, amount)
        return contract

    def pay(self, row, amount, *, confirmed=True):
        with self.app.app_context():
            dealer = db.session.get_one(Dealer, row.dealer_id)
            given = Given(ReceiptWay.TRANSFER, Decimal(amount), "CNY", clock.now().date())
            made = receipts.record(dealer, given, by_id=self.rep.id)
            ledger.allocate(made.id, [Share(row.id, Decimal(amount))], by_id=self.rep.id)
            if confirmed:
                ledger.confirm(made.id, by_id=self.rep.id)
            db.session.commit()
            return made.id

    def row(self):
        """The event in the session at hand."""
        return db.session.get_one(Event, self.event.id)


@pytest.fixture
def world(app, build):
    return World(app, build, signing_target=4)


@pytest.fixture
def season(world):
    """Seven dealers: two who paid, one who signed and paid nothing, one who came, three who did not."""
    world.signed(world.guest(), 20_000, 60_000, 40_000)
    world.signed(world.guest(readiness=Readiness.LEANING), 20_000, 30_000)
    world.signed(world.guest(readiness=Readiness.WAVERING, before=S.ACCEPTED))
    world.guest(expected_amount=Decimal(90_000))
    world.guest(S.NO_SHOW)
    world.guest(S.DECLINED, readiness=Readiness.PROSPECT)
    world.guest(S.LISTED, readiness=Readiness.PROSPECT)
    return world
