"""A rep on a phone: whom to call, dial, what was promised; the money comes, and the promise is kept."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app import clock
from app.access import Role
from app.blueprints.receivables.followup import queries as followup
from app.extensions import db
from app.models import ContractState, DunningCall, PaymentKind, PromiseState, Receivable
from tests.browser.conftest import PHONE, axe_findings, overflow
from tests.build import contracts


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_from_the_call_to_the_kept_promise(site, open_page, locale):
    phone = open_page(Role.SALES_REP, Role.FINANCE, size=PHONE, locale=locale)
    today = clock.today("Asia/Shanghai")
    build = site.build
    event, dealer = build.event(), build.dealer(mobile="+8613800001111")
    contract = contracts.contract(build, event, dealer_id=dealer.id, state=ContractState.COUNTERSIGNED)
    with site.app.app_context():
        from_login = db.session.scalars(db.text("SELECT max(id) FROM users")).one()
    row = build.save(
        Receivable(
            contract_id=contract.id, position=1, event_id=event.id, dealer_id=dealer.id, rep_id=from_login,
            kind=PaymentKind.DEPOSIT, currency="CNY", amount=Decimal(20_000), due_on=today - timedelta(days=9),
            made_at=clock.now(),
        )
    )  # fmt: skip
    phone.goto(f"/payments/board?rep={from_login}")
    assert overflow(phone) == 0
    assert axe_findings(phone) == []
    assert phone.locator(".call-dial").first.get_attribute("href") == "tel:+8613800001111"
    phone.locator(".call-yes").first.click()
    phone.locator("button[name=outcome][value^='promised:']").first.click()
    phone.wait_for_load_state()
    with site.app.app_context():
        assert db.session.scalars(db.select(DunningCall)).one().promised_amount == 20_000
    phone.goto(f"/payments/{row.id}/receipt")
    phone.locator("form[enctype] button[type=submit]").last.click()
    phone.wait_for_load_state()
    phone.locator("form[action$='/divide'] button[type=submit]").click()
    phone.wait_for_load_state()
    phone.goto(f"/payments/{row.id}")
    assert overflow(phone) == 0
    with site.app.app_context():
        paid = db.session.get_one(Receivable, row.id)
        assert paid.settled == 20_000
        assert followup.promises([paid], today)[row.id].state is PromiseState.KEPT
