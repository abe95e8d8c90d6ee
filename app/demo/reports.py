"""What the report of the last conference lives on: talks, dealers who signed and paid nothing, next steps, photos,
and its figures as they were on the evening and later."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import current_app
from sqlalchemy import select

from app import clock, files
from app.blueprints.report import gather
from app.blueprints.report.photos import actions as photos
from app.blueprints.report.rules.days import DAYS, due_at
from app.blueprints.report.rules.facts import Fact
from app.demo import pictures
from app.extensions import db
from app.models import (
    Contract,
    ContractState,
    Event,
    NextStep,
    PaymentKind,
    Receivable,
    ReportSnapshot,
    Talk,
    TalkState,
    User,
)

NEVER_PAY = 3
_SAID = (
    "寄样机，周五前电话问试用反馈",
    "带技术上门看仓库，谈首批数量",
    "等股东会结果，再约面谈",
    "改谈二级经销，区域缩到县",
    "已有独家品牌，半年后再联系",
    "价格要经理批，报审后回复",
)
_OPEN_POINTS = ("要独家，区域已有人谈", "首批量太大，想先试销", "账期要 60 天", "同类品牌合同未到期")
_PHOTOS = (("会议背板", "主席台"), ("签约区背景", "签约环节"), ("会场入口", "会场入口"), ("资料台", "资料袋发放"))


def past(event: Event, staff: Mapping[str, User], now: datetime) -> None:
    """Fill in what came after the conference."""
    unsigned = gather.report(event).unsigned
    _talks(event, unsigned)
    _never_paid(event, unsigned[: 2 * NEVER_PAY : 2])
    db.session.flush()
    for days in DAYS:
        at = due_at(event.ends_at, event.time_zone, days)
        if at <= now:
            with clock.stopped_at(at):
                figures: dict[str, Any] = gather.report(event).figures()
                db.session.add(ReportSnapshot(event_id=event.id, days=days, taken_at=at, figures=figures))
    _steps(event, gather.report(event).unsigned, staff, now)
    folder, planner = current_app.config["SIGNING_DAY_HOME"], staff["planner@demo.example"]
    for name, caption in _PHOTOS:
        content = pictures.picture(name, event)
        file = files.keep(content, folder=folder, name=f"{caption}.png", media_type="image/png", by_id=planner.id)
        photos.add(event, file, caption, by_id=planner.id)
    db.session.flush()


def _talks(event: Event, unsigned: list[Fact]) -> None:
    """Two of three who did not sign sat at a table; every contract was talked over."""
    signed = select(Contract.invitation_id).where(Contract.event_id == event.id, Contract.invitation_id.is_not(None))
    rows = [(each, TalkState.AGREED, "") for each in db.session.scalars(signed.order_by(Contract.id))]
    for place, each in enumerate(unsigned):
        if place % 3:
            state = TalkState.STUCK if place % 2 else TalkState.TALKING
            rows.append((each.invitation_id, state, _OPEN_POINTS[place % len(_OPEN_POINTS)]))
    db.session.add_all(
        Talk(
            event_id=event.id,
            invitation_id=invitation_id,
            table_label=f"洽谈{place % 8 + 1}",
            open_points=points,
            state=state,
            since=event.starts_at + timedelta(hours=3, minutes=place * 4),
        )
        for place, (invitation_id, state, points) in enumerate(rows)
        if invitation_id is not None
    )


def _never_paid(event: Event, chosen: list[Fact]) -> None:
    """A few signed in the heat of the day and have not been heard of since."""
    like = db.session.scalar(select(Contract).where(Contract.event_id == event.id).order_by(Contract.id).limit(1))
    if like is None:
        return
    for place, each in enumerate(chosen, 1):
        contract = _contract(event, each, like, place)
        db.session.add(contract)
        db.session.flush()
        _owed(event, contract)


def _contract(event: Event, of: Fact, like: Contract, place: int) -> Contract:
    signed_on = event.local_start.date()
    return Contract(
        number=f"XG-{signed_on.year}-{900 + place}",
        kind=like.kind,
        state=ContractState.FILED,
        event_id=event.id,
        invitation_id=of.invitation_id,
        dealer_id=of.dealer_id,
        rep_id=of.rep_id,
        template_version_id=like.template_version_id,
        starts_on=signed_on,
        ends_on=signed_on + timedelta(days=364),
        total=Decimal(80_000 + place * 30_000),
        deposit=Decimal(20_000),
        signatory=of.contact,
        created_at=event.starts_at - timedelta(days=1),
        submitted_at=event.starts_at - timedelta(hours=20),
        approved_at=event.starts_at - timedelta(hours=18),
        signed_at=event.starts_at + timedelta(hours=6),
        countersigned_at=event.ends_at,
        filed_at=event.ends_at + timedelta(days=3),
        search_key=f"xg{signed_on.year}{900 + place}",
    )


def _owed(event: Event, contract: Contract) -> None:
    """Deposit and first order, of which nothing ever comes."""
    plan = ((PaymentKind.DEPOSIT, Decimal(20_000), 7), (PaymentKind.FIRST_ORDER, contract.total * 4 / 10, 30))
    db.session.add_all(
        Receivable(
            contract_id=contract.id,
            position=position,
            event_id=event.id,
            dealer_id=contract.dealer_id,
            rep_id=contract.rep_id,
            kind=kind,
            currency=event.currency,
            amount=amount,
            due_on=event.local_start.date() + timedelta(days=days),
            made_at=event.ends_at,
        )
        for position, (kind, amount, days) in enumerate(plan, 1)
    )


def _steps(event: Event, unsigned: list[Fact], staff: Mapping[str, User], now: datetime) -> None:
    """Next steps for most of them: some done, one late, one due today; three still have none."""
    today = clock.local(now, event.time_zone).date()
    rep = staff["rep@demo.example"]
    for place, each in enumerate(unsigned[:-3] if len(unsigned) > 3 else unsigned):
        is_done = place % 3 == 0
        due = event.local_start.date() + timedelta(days=7 + place) if is_done else today + timedelta(days=place % 5 - 1)
        db.session.add(
            NextStep(
                event_id=event.id,
                invitation_id=each.invitation_id or 0,
                text=_SAID[place % len(_SAID)],
                owner_id=each.rep_id or rep.id,
                due_on=due,
                said_at=event.ends_at + timedelta(days=2),
                said_by_id=each.rep_id,
                done_at=clock.instant(due, event.local_start.time(), event.time_zone) if is_done else None,
            )
        )
