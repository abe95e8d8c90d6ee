"""What became of some accounts: a refund that waits for its second approver, parts, interest, a problem account."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from app import clock, journal
from app.blueprints.receivables.adjusting import actions
from app.blueprints.receivables.problems import actions as problems
from app.blueprints.receivables.problems.actions import Plan
from app.blueprints.receivables.rules.instalments import propose
from app.models import Occasion, Receivable, User

DEPOSIT, FIRST_ORDER, FIRST, SECOND = range(4)  # places of the sums each of these dealers owes


def of_dealer(place: int, owed: Sequence[Receivable], staff: Mapping[str, User], now: datetime) -> None:
    """Do what happened to the dealer at this place of the list."""
    finance, manager = staff["finance@demo.example"], staff["manager@demo.example"]
    today = clock.local(now, "Asia/Shanghai").date()
    if place == 0:  # six outlets are open, so the deposit goes back early
        with clock.stopped_at(now - timedelta(days=3)):
            _as(finance)
            given: dict[str, Any] = {"outlets": 6, "delivered": Decimal(0), "agreed": None}
            facts = actions.refund_facts(owed[DEPOSIT], Occasion.OUTLETS, today=today - timedelta(days=3), **given)
            asked = actions.ask_refund(owed[DEPOSIT], facts, reason="已开 6 家网点，门头照片已核", by_id=finance.id)
        with clock.stopped_at(now - timedelta(days=1)):
            _as(manager)
            actions.vote(asked.id, is_yes=True, by_id=manager.id, remarks="网点已实地看过")
    if place == 3:  # the cheque bounced, so the sum is paid in parts
        _as(finance)
        row = owed[FIRST]
        parts = propose(row.open_amount, row.currency, today + timedelta(days=12), 3)
        asked = actions.ask_instalments(
            row, parts, reason="支票退票后与老板面谈，同意分三期", today=today, by_id=finance.id
        )
        _as(manager)
        actions.vote(asked.id, is_yes=True, by_id=manager.id)
    if place == 2:
        _problem(owed, finance, manager, now)
    if place == 7:
        _as(finance)
        actions.post_interest(owed[FIRST], today, by_id=finance.id)


def _problem(owed: Sequence[Receivable], finance: User, manager: User, now: datetime) -> None:
    """Two promises were broken; supply is stopped, and the day to decide is near."""
    row, then = owed[FIRST_ORDER], now - timedelta(days=9)
    with clock.stopped_at(then):
        _as(finance)
        reason = "首批货款拖欠四个月，两次承诺均未兑现"
        day = clock.local(then, "Asia/Shanghai").date()
        account = problems.open_account(row.dealer, reason=reason, owner=row.rep, today=day, by_id=finance.id)
        said = "1. 韩经理带陆晓峰上门，当面谈分期\n2. 谈不成则发律师函\n3. 区域交给候补经销商"
        plan = Plan(account.owner_id, said, day + timedelta(days=8), day + timedelta(days=45))
        problems.plan(account.id, plan)
    with clock.stopped_at(now - timedelta(days=6)):
        _as(manager)
        problems.stop_supply(account.id, stopped=True)


def _as(person: User) -> None:
    journal.act_as(journal.Actor(person.name, person.id, "192.0.2.10"))
