"""Contracts of the sample: in every state up to approved, papers, screenings, and the talks of the day."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from app import clock, journal
from app.blueprints.contracts import actions
from app.blueprints.contracts.approval import authority, numbers
from app.blueprints.contracts.bulk.queries import Candidate, candidates, usual_days
from app.blueprints.contracts.drafting import actions as drafting
from app.blueprints.contracts.drafting import queries as sources
from app.blueprints.contracts.order import actions as order
from app.blueprints.contracts.rules.approving import levels
from app.blueprints.contracts.rules.numbers import STANDARD
from app.blueprints.contracts.talks import queries as talks
from app.blueprints.dealers.papers.rules import REQUIRED
from app.blueprints.territories import actions as territories
from app.blueprints.territories.rules.taken import TerritoryTaken
from app.extensions import db
from app.models import (
    Approval,
    ApprovalLevel,
    Contract,
    ContractKind,
    ContractState,
    Dealer,
    Decision,
    Event,
    Invitation,
    Package,
    PaperKind,
    PaperState,
    QualificationPaper,
    Region,
    RegionLevel,
    Screening,
    ScreeningVerdict,
    SignatoryKind,
    Talk,
    TalkState,
    TemplateVersion,
    TerritoryGrant,
    TerritoryOffer,
    TerritoryState,
    User,
)

S = ContractState
APPROVED, IN_REVIEW, RETURNED, DRAFTS = 14, 5, 2, 4
_SCOPE = "家用净水器、商用净饮水机及配件销售；家用电器批发零售；净水设备安装与维修"
_VALUES = {"assessment": "quarterly", "support": "门头形象一套、驻点培训三天", "dispute": "company"}
_REMARKS = ("返利超出本区域惯例，请降到 3% 以内再报。", "付款期限请改为签约后七天，首批货款分两笔。")
_OPEN = ("首批货款能否分两次付", "独家范围是否含孝感", "返利按季还是按年结", "样机支持数量", "价格：比现有品牌高一成")


def running(event: Event, staff: Mapping[str, User], now: datetime) -> None:
    """What the conference in full swing has prepared for its signing."""
    chance = random.Random(4)  # noqa: S311 - a sample, not a secret
    versions = [each for each in sources.versions() if each.template.kind is ContractKind.DISTRIBUTION]
    rows = candidates(event)
    for place, row in enumerate(rows):
        _papers(chance, row.invitation.dealer, place, staff, now)
    if versions:
        _contracts(event, versions[0], _held(event, rows), staff, now)
    _talks(event, chance, now)
    order.propose(event)
    db.session.flush()


def _papers(chance: random.Random, dealer: Dealer, place: int, staff: Mapping[str, User], now: datetime) -> None:
    """Most dealers have what they need; some papers are missing, expired, returned or not checked yet."""
    compliance = staff["compliance@demo.example"]
    for kind in REQUIRED:
        if not (place % 9 == 7 and kind is PaperKind.TAX_REGISTRATION):
            db.session.add(_paper(chance, dealer, kind, place, compliance, now))
    if place % 12 != 10:
        db.session.add(
            Screening(
                dealer_id=dealer.id,
                verdict=ScreeningVerdict.PASSED,
                score=chance.randrange(68, 96),
                screened_at=now - timedelta(days=chance.randrange(5, 30)),
                screened_by_id=compliance.id,
            )
        )


def _paper(
    chance: random.Random, dealer: Dealer, kind: PaperKind, place: int, compliance: User, now: datetime
) -> QualificationPaper:
    is_licence = kind is PaperKind.BUSINESS_LICENCE
    state, reason = PaperState.PASSED, ""
    if place % 8 == 6 and is_licence:
        state = PaperState.SUBMITTED
    elif place % 11 == 9 and not is_licence:
        state, reason = PaperState.RETURNED, "照片模糊，税号看不清，请重新拍摄"
    days = chance.randrange(200, 2400)
    if place % 10 == 5 and is_licence:
        days = -12
    elif place % 10 == 2 and not is_licence:
        days = 33
    at = now - timedelta(days=chance.randrange(3, 25), hours=chance.randrange(8))
    is_answered = state is not PaperState.SUBMITTED
    return QualificationPaper(
        dealer_id=dealer.id,
        kind=kind,
        state=state,
        number=f"9142{chance.randrange(10**8, 10**9)}MA{chance.randrange(1000, 9999)}",
        holder=dealer.contact if is_licence else "",
        scope=_SCOPE if is_licence else "",
        is_stamped=True,
        valid_until=clock.local(now, "Asia/Shanghai").date() + timedelta(days=days),
        submitted_at=at,
        checked_at=at + timedelta(hours=5) if is_answered else None,
        checked_by_id=compliance.id if is_answered else None,
        reason=reason,
    )


def _held(event: Event, rows: Sequence[Candidate]) -> list[Candidate]:
    """Those who sign today first: whoever has a territory held, however ready, and the next few hold a free one."""
    found_guests = db.session.scalars(
        select(Invitation)
        .join(TerritoryGrant, TerritoryGrant.dealer_id == Invitation.dealer_id)
        .where(Invitation.event_id == event.id, TerritoryGrant.event_id == event.id)
        .where(TerritoryGrant.state == TerritoryState.HELD, TerritoryGrant.contract_id.is_(None))
        .order_by(Invitation.id)
    )
    guests = list(found_guests.unique())
    grants = sources.open_grants([guest.dealer_id for guest in guests], event)
    held = [Candidate(guest, None, grants[guest.dealer_id]) for guest in guests if guest.expected_amount]
    have = {row.invitation.id for row in held}
    rest = [row for row in rows if row.invitation.id not in have]
    offers = iter(_free(event))
    found = []
    for place, row in enumerate(rest):
        grant = _next(event, row, offers) if place < APPROVED - 1 else None
        found.append(Candidate(row.invitation, None, [grant] if grant else row.grants))
    return [*found[:8], *held, *found[8:]]


def _free(event: Event) -> list[TerritoryOffer]:
    """Return offered cities that nobody has or holds."""
    taken = select(TerritoryGrant.region_id).where(
        TerritoryGrant.state.in_((TerritoryState.HELD, TerritoryState.SIGNED))
    )
    rows = db.session.scalars(
        select(TerritoryOffer)
        .join(Region, Region.id == TerritoryOffer.region_id)
        .where(
            TerritoryOffer.event_id == event.id,
            Region.level == RegionLevel.CITY,
            TerritoryOffer.region_id.not_in(taken),
        )
        .order_by(TerritoryOffer.id)
    )
    return list(rows)


def _next(event: Event, row: Candidate, offers: Iterator[TerritoryOffer]) -> TerritoryGrant | None:
    """Hold the next offered city that is free; a group or a province may stand against one."""
    for offer in offers:
        try:
            return _hold(event, row, offer)
        except TerritoryTaken:
            continue
    return None


def _hold(event: Event, row: Candidate, offer: TerritoryOffer) -> TerritoryGrant:
    first, last = usual_days(event)
    return territories.hold(
        event,
        row.invitation.dealer,
        offer.region,
        offer.line,
        offer.channel,
        exclusive=offer.is_exclusive,
        starts_on=first,
        ends_on=last,
        by=row.invitation.rep,
        until=event.ends_at,
    )


def _contracts(
    event: Event, version: TemplateVersion, ordered: Sequence[Candidate], staff: Mapping[str, User], now: datetime
) -> None:
    """Contracts in every state up to approved, those who sign today first."""
    package = db.session.scalar(select(Package).where(Package.event_id == event.id, Package.is_active).limit(1))
    plan = [S.APPROVED] * APPROVED + [S.IN_REVIEW] * IN_REVIEW + [S.RETURNED] * RETURNED + [S.DRAFT] * DRAFTS
    for place, (row, state) in enumerate(zip(ordered, plan, strict=False)):
        guest = row.invitation
        at = now - timedelta(days=6, minutes=37 * place)
        seller = guest.rep or staff["rep@demo.example"]
        journal.act_as(journal.Actor(seller.name, seller.id))
        with clock.stopped_at(at):
            contract = drafting.draft(
                event,
                guest.dealer,
                version,
                invitation=guest,
                grants=row.grants,
                package=package if place % 5 != 3 else None,
                by=seller,
            )
            contract.values = dict(_VALUES)
            contract.deposit_refund = "合同期满且无欠款后三十日内无息退还"
            if place % 7 == 3:
                contract.signatory_kind = SignatoryKind.AUTHORIZED
            if state is S.IN_REVIEW and place % 2 == 0:
                contract.credit_days, contract.rebate_percent = 60, Decimal(4)
            db.session.flush()
            if state is not S.DRAFT:
                _asked(contract, state, staff, place, now)
    journal.act_as(journal.Actor("demo"))


def _asked(contract: Contract, state: ContractState, staff: Mapping[str, User], place: int, now: datetime) -> None:
    """Submit a contract and let the sales manager, and where needed the director, answer."""
    waits = state is S.IN_REVIEW
    asked_at = now - timedelta(minutes=25 + 70 * (place % 5)) if waits else now - timedelta(days=3, minutes=place)
    contract.state, contract.submitted_at = S.IN_REVIEW, asked_at
    seller = contract.rep or staff["rep@demo.example"]
    beyond = authority.beyond_of(contract, seller)
    reasons = [[each.term.value, str(each.asked), str(each.limit)] for each in beyond]
    people = {ApprovalLevel.MANAGER: "manager@demo.example", ApprovalLevel.DIRECTOR: "director@demo.example"}
    for level in levels(is_beyond=bool(beyond), is_managers_own=False):
        decision = None if waits else Decision.RETURNED if state is S.RETURNED else Decision.APPROVED
        if waits and level is ApprovalLevel.MANAGER and reasons:
            decision = Decision.APPROVED  # only the director is still to be asked
        answered = decision is not None
        db.session.add(
            Approval(
                contract_id=contract.id,
                level=level,
                reasons=reasons,
                asked_at=asked_at,
                asked_by_id=seller.id,
                decided_at=asked_at + timedelta(minutes=20) if answered else None,
                decided_by_id=staff[people[level]].id if answered else None,
                decision=decision,
                remarks=_REMARKS[place % 2] if decision is Decision.RETURNED else "",
            )
        )
        if decision is Decision.RETURNED:
            break
    db.session.flush()
    manager = staff["manager@demo.example"]
    journal.act_as(journal.Actor(manager.name, manager.id))
    if state is S.APPROVED:
        numbers.give(contract, STANDARD)
        with clock.stopped_at(asked_at + timedelta(minutes=40)):
            actions.move(contract, S.APPROVED)
    elif state is S.RETURNED:
        actions.move(contract, S.RETURNED)


def _talks(event: Event, chance: random.Random, now: datetime) -> None:
    """A dozen dealers sit with somebody, or wait for a table."""
    states = [
        *(TalkState.STUCK, TalkState.AGREED, TalkState.TALKING, TalkState.TALKING, TalkState.WAITING),
        *(TalkState.AGREED, TalkState.TALKING, TalkState.AGREED, TalkState.WAITING, TalkState.OFF),
    ]
    hosts = talks.hosts()
    for place, (guest, state) in enumerate(zip(talks.guests_without(event), states, strict=False)):
        sits = state is not TalkState.WAITING
        db.session.add(
            Talk(
                event_id=event.id,
                invitation_id=guest.id,
                host_id=guest.rep_id or (hosts[0].id if hosts else None),
                table_label=f"{'ABC'[place % 3]}{place // 3 + 1}" if sits else "",
                open_points=_OPEN[place % len(_OPEN)] if state in {TalkState.STUCK, TalkState.TALKING} else "",
                state=state,
                since=now - timedelta(minutes=chance.randrange(3, 28)),
            )
        )
