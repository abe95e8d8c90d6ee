"""What the sample's register holds: filed contracts with attachments, amendments, targets met and missed, requests."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from flask import current_app
from sqlalchemy import Select, select

from app import clock, journal, pdf
from app.blueprints.contracts.approval import actions as approval
from app.blueprints.contracts.drafting import queries as drafting
from app.blueprints.contracts.register import actions as register
from app.blueprints.contracts.register import queries, shown
from app.blueprints.contracts.register.amending import actions as amending
from app.blueprints.contracts.register.keeping import actions as keeping
from app.blueprints.contracts.register.lookup import actions as lookup
from app.blueprints.contracts.register.rules.in_force import in_force
from app.blueprints.contracts.register.targets import actions as targets
from app.extensions import db
from app.models import Contract, ContractState, ContractTarget, Decision, Event, User

S = ContractState
# Of so many dealers of the last conference, how much of what would be due by today they sold, as somebody said; None:
# nobody did, so it is what the payments say.
_SOLD = ("1.08", None, None, None, "0.97", None, None, None, None, None)
_AGREED = "门头形象由甲方一次性提供，乙方自行安装；驻点培训改为每季度一次，每次两天。"


def past(event: Event, staff: Mapping[str, User], now: datetime) -> None:
    """The contracts of the last conference: half-yearly targets, two of them amended."""
    contracts = list(db.session.scalars(_of(event, S.FILED)))
    finance = staff["finance@demo.example"]
    journal.act_as(journal.Actor(finance.name, finance.id))
    for contract, sold in zip(contracts, _SOLD, strict=False):
        _targets(contract, sold, now)
    if len(contracts) > 1 and drafting.versions(amendments=True):
        _amended(contracts[0], staff, now - timedelta(days=40), is_signed=True)
        _amended(contracts[1], staff, now - timedelta(hours=3), is_signed=False)
    journal.act_as(journal.Actor("demo"))
    db.session.flush()


def _of(event: Event, state: ContractState) -> Select[Contract]:
    return select(Contract).where(Contract.event_id == event.id, Contract.state == state).order_by(Contract.id)


def _targets(contract: Contract, sold: str | None, now: datetime) -> None:
    """Two half years; of the running one it is known how far it is."""
    assert contract.starts_on is not None
    assert contract.ends_on is not None
    half = contract.starts_on + timedelta(days=181)
    first = ContractTarget(position=1, starts_on=contract.starts_on, ends_on=half, amount=contract.total * 7 / 10)
    second = ContractTarget(
        position=2, starts_on=half + timedelta(days=1), ends_on=contract.ends_on, amount=contract.total * 3 / 10
    )
    contract.targets = [first, second]
    db.session.flush()
    if sold is None:
        targets.follow([contract.id])
        return
    share = Decimal((clock.local(now, queries.ZONE).date() - contract.starts_on).days) / 182
    achieved = (first.amount * share * Decimal(sold)).quantize(Decimal(100))
    targets.set_achieved(contract, first, min(achieved, first.amount))


def _amended(contract: Contract, staff: Mapping[str, User], at: datetime, *, is_signed: bool) -> None:
    """An amendment for a quarter more and a further order: signed on paper since, or waiting to be approved."""
    seller = contract.rep or staff["rep@demo.example"]
    journal.act_as(journal.Actor(seller.name, seller.id))
    terms = in_force([shown.paper(each) for each in queries.whole(contract)])
    assert contract.ends_on is not None
    with clock.stopped_at(at):
        copy, _missed = amending.amend(
            contract,
            terms,
            drafting.versions(amendments=True)[0],
            seller,
            ends_on=contract.ends_on + timedelta(days=92),
            more=Decimal(60_000),
            more_deposit=Decimal(0),
        )
        copy.values = {"changes": _AGREED}
        db.session.flush()
        approval.submit(copy, seller)
        if is_signed:
            _signed_on_paper(copy, at)


def _signed_on_paper(copy: Contract, at: datetime) -> None:
    """As the contracts of that conference: only the rows are here, under a number of its own."""
    for each in copy.approvals:
        each.decided_at, each.decision = at + timedelta(hours=2), Decision.APPROVED
    first = db.session.get_one(Contract, copy.amends_id)
    copy.number, copy.state = f"{first.number}-B1", S.FILED
    copy.search_key = f"{first.search_key} b1"
    copy.approved_at = at + timedelta(hours=2)
    copy.signed_at = copy.countersigned_at = at + timedelta(days=2)
    copy.filed_at = at + timedelta(days=3)


def running(event: Event, staff: Mapping[str, User], now: datetime) -> None:
    """Today's first contract is filed already, with an attachment; two colleagues ask to see others."""
    sealed = list(db.session.scalars(_of(event, S.COUNTERSIGNED)))
    if len(sealed) < 3:
        return
    clerk, folder = staff["contracts@demo.example"], current_app.config["SIGNING_DAY_HOME"]
    with clock.stopped_at(now - timedelta(minutes=5)):
        journal.act_as(journal.Actor(clerk.name, clerk.id))
        register.file(sealed[0], keep_years=current_app.config["CONTRACT_RETENTION_YEARS"])
        keeping.attach(sealed[0], _minutes(sealed[0]), "洽谈纪要.pdf", clerk, folder=folder)
    for contract, minutes, reason, is_released in (
        (sealed[1], 50, "核对宜昌与荆州两地的独家范围，避免重复报价", True),
        (sealed[2], 12, "客户问到同类返利条件，需参考该合同第六条", False),
    ):
        others = [staff[f"{login}@demo.example"] for login in ("rep2", "rep3", "rep4")]
        asker = next(each for each in others if each.id != contract.rep_id)
        with clock.stopped_at(now - timedelta(minutes=minutes)):
            journal.act_as(journal.Actor(asker.name, asker.id))
            request = lookup.ask(contract, asker, reason)
        if is_released:
            with clock.stopped_at(now - timedelta(minutes=minutes - 20)):
                journal.act_as(journal.Actor(clerk.name, clerk.id))
                lookup.release(request, clerk, 3)
    journal.act_as(journal.Actor("demo"))
    db.session.flush()


def _minutes(contract: Contract) -> bytes:
    """What was said at the table, as a page."""
    said = (
        "一、首批货款分两次支付，第二笔不晚于签约后三十日。",
        "二、门头形象由我方一次性提供，样机三台随首批货物发出。",
        "三、驻点培训三天，时间由双方另行商定。",
    )
    lines = "".join(f"<p>{line}</p>" for line in said)
    style = "body{font:400 11pt/1.9 'Noto Sans SC'}h1{font-size:18pt}@page{size:A4;margin:25mm}"
    head = f"<h1>洽谈纪要</h1><p>{contract.dealer.company}　{contract.number}</p>"
    return pdf.render(
        f"<html lang='zh-CN'><head><title>洽谈纪要</title></head><body>{head}{lines}</body></html>", css=style
    )
