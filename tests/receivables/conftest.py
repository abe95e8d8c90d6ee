"""What the tests of payments share: a dealer who owes, and short ways to pay."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from app import clock
from app.blueprints.receivables.ledger import actions as ledger
from app.blueprints.receivables.receipts import actions
from app.blueprints.receivables.receipts.actions import Given
from app.blueprints.receivables.rules.sums import Share
from app.extensions import db
from app.models import ContractState, Dealer, PaymentKind, Receipt, ReceiptWay, Receivable
from tests.build import contracts

TODAY = clock.today("Asia/Shanghai")


class Books:
    """Receivables of one dealer, and what happens to them."""

    def __init__(self, app, build):
        self.app, self.build = app, build
        self.event = build.event()
        self.rep = build.user()
        self.dealer = build.dealer(province="湖北省")

    def owed(self, amount: Any = "20000", late: int = 0, **values: Any) -> Receivable:
        """A sum that has been due for so many days."""
        event = values.pop("event", self.event)
        dealer_id = values.pop("dealer_id", self.dealer.id)
        contract = contracts.contract(
            self.build,
            event,
            dealer_id=dealer_id,
            rep_id=self.rep.id,
            state=ContractState.COUNTERSIGNED,
        )
        given = {
            "contract_id": contract.id,
            "position": 1,
            "event_id": event.id,
            "dealer_id": dealer_id,
            "rep_id": self.rep.id,
            "kind": PaymentKind.DEPOSIT,
            "currency": "CNY",
            "amount": Decimal(amount),
            "due_on": TODAY - timedelta(days=late),
            "made_at": clock.now() - timedelta(days=late + 7),
        }
        return self.build.save(Receivable(**given | values))

    def receipt(self, amount: Any = "20000", *, currency: str = "CNY", days_ago: int = 0, **values: Any) -> int:
        with self.app.app_context():
            given = Given(
                values.pop("way", ReceiptWay.TRANSFER), Decimal(amount), currency, TODAY - timedelta(days=days_ago)
            )
            dealer = db.session.get_one(Dealer, values.pop("dealer_id", self.dealer.id))
            made = actions.record(dealer, given, by_id=self.rep.id)
            db.session.commit()
            return made.id

    def do(self, work: Any, *args: Any, **values: Any) -> Any:
        """Run an action in a transaction of its own; returns the id of what it made."""
        with self.app.app_context():
            made = work(*args, **values)
            db.session.commit()
            return made[0].id if isinstance(made, list) else made.id

    def pay(self, row: Receivable, amount: Any, **how: Any) -> int:
        """A receipt booked on a receivable; returns the receipt's id."""
        receipt_id = self.receipt(amount, **how)
        self.do(ledger.allocate, receipt_id, [Share(row.id, Decimal(amount))], by_id=self.rep.id)
        return receipt_id

    def settled(self, row: Receivable) -> Decimal:
        with self.app.app_context():
            return db.session.get_one(Receivable, row.id).settled

    def used(self, receipt_id: int) -> Decimal:
        with self.app.app_context():
            return db.session.get_one(Receipt, receipt_id).used


@pytest.fixture
def books(app, build) -> Books:
    return Books(app, build)
