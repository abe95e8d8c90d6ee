"""What dealers of the last conference owe and paid: paid, part paid, overdue by every age, promises running and broken.

Their contracts were signed on paper before the program was there, under numbers of their own; only the rows are here.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from app import clock, journal
from app.blueprints.receivables.followup import actions as followup
from app.blueprints.receivables.followup.actions import Said
from app.blueprints.receivables.ledger import actions as ledger
from app.blueprints.receivables.receipts import actions as receipts
from app.blueprints.receivables.receipts.actions import Given
from app.blueprints.receivables.rules.sums import Share
from app.demo import bank, payments_care
from app.extensions import db
from app.models import (
    Contract,
    ContractKind,
    ContractState,
    Dealer,
    DunningOutcome,
    Event,
    Invitation,
    InvitationState,
    PaymentKind,
    PaymentTerm,
    Receipt,
    ReceiptWay,
    Receivable,
    Standing,
    TemplateVersion,
    User,
)

K, W, O = PaymentKind, ReceiptWay, DunningOutcome  # noqa: E741 - short names for the tables below
DEALERS = 16
_TOTALS = (180_000, 120_000, 260_000, 90_000, 150_000, 320_000, 110_000, 200_000)
# For each of eight kinds of payer: days after signing at which the second instalment is due, and how much of
# deposit, first order, first and second instalment has come in.
_PAYERS = (
    (130, "1", "1", "1", "1"),
    (150, "1", "1", "1", "0"),
    (130, "1", "0.5", "0", "0"),
    (130, "1", "1", "0", "0"),
    (130, "1", "1", "1", "0"),
    (130, "1", "1", "1", "0.4"),
    (148, "1", "1", "1", "0"),
    (180, "1", "1", "0.25", "0"),
)
_NOTES = (
    "老板出差，周五回来就安排",
    "说资金紧，先付一部分",
    "财务已提交付款审批",
    "等这批货出完再付",
    "电话没人接，改下午打",
)


def past(event: Event, staff: Mapping[str, User], now: datetime) -> None:
    """Make contracts, what is owed, receipts, calls and habits for those who signed then."""
    version = db.session.scalar(
        select(TemplateVersion).where(TemplateVersion.template.has(kind=ContractKind.DISTRIBUTION))
    )
    if version is None:
        return
    guests = db.session.scalars(
        select(Invitation)
        .where(Invitation.event_id == event.id, Invitation.state == InvitationState.ARRIVED)
        .where(Invitation.expected_amount.is_not(None))
        .order_by(Invitation.expected_amount.desc(), Invitation.id)
        .limit(DEALERS)
    ).all()
    for place, guest in enumerate(guests):
        contract = _contract(event, guest, version, place)
        owed = _owed(contract, event)
        _pays(owed, place, guest.rep or staff["rep@demo.example"], staff["finance@demo.example"], now)
        payments_care.of_dealer(place, owed, staff, now)
    journal.act_as(journal.Actor("demo"))
    db.session.flush()


def _contract(event: Event, guest: Invitation, version: TemplateVersion, place: int) -> Contract:
    signed_on = event.local_start.date()
    total = Decimal(_TOTALS[place % 8])
    days = _PAYERS[place % 8][0]
    plan = (
        (K.DEPOSIT, Decimal(20_000), 7),
        (K.FIRST_ORDER, total * 4 / 10, 30),
        (K.INSTALMENT, total * 3 / 10, 70 if place % 8 == 7 else 90),
    )
    terms = (*plan, (K.INSTALMENT, total * 3 / 10, days))
    guest.dealer.standing = Standing.SIGNED
    contract = Contract(
        number=f"XG-{signed_on.year}-{place + 1:03}",
        kind=ContractKind.DISTRIBUTION,
        state=ContractState.FILED,
        event_id=event.id,
        invitation_id=guest.id,
        dealer_id=guest.dealer_id,
        rep_id=guest.rep_id,
        template_version_id=version.id,
        starts_on=signed_on,
        ends_on=signed_on + timedelta(days=364),
        total=total,
        deposit=Decimal(20_000),
        signatory=guest.dealer.contact,
        created_at=event.starts_at - timedelta(days=4),
        submitted_at=event.starts_at - timedelta(days=3),
        approved_at=event.starts_at - timedelta(days=2),
        signed_at=event.starts_at + timedelta(hours=5),
        countersigned_at=event.starts_at + timedelta(hours=6),
        filed_at=event.ends_at + timedelta(days=2),
        search_key=f"{guest.dealer.search_key} xg{signed_on.year}{place + 1:03}",
        payment_terms=[
            PaymentTerm(position=n, kind=kind, amount=amount, due_days=after)
            for n, (kind, amount, after) in enumerate(terms, 1)
        ],
    )
    db.session.add(contract)
    db.session.flush()
    return contract


def _owed(contract: Contract, event: Event) -> list[Receivable]:
    signed_on = event.local_start.date()
    rows = [
        Receivable(
            contract_id=contract.id,
            position=term.position,
            event_id=event.id,
            dealer_id=contract.dealer_id,
            rep_id=contract.rep_id,
            kind=term.kind,
            currency=contract.currency,
            amount=term.amount,
            settled=Decimal(0),
            due_on=signed_on + timedelta(days=term.due_days or 0),
            made_at=contract.countersigned_at or event.ends_at,
        )
        for term in contract.payment_terms
    ]
    db.session.add_all(rows)
    db.session.flush()
    return rows


def _pays(owed: list[Receivable], place: int, rep: User, finance: User, now: datetime) -> None:
    today = clock.local(now, "Asia/Shanghai").date()
    kind, dealer = place % 8, owed[0].contract.dealer
    for number, (row, share) in enumerate(zip(owed, _PAYERS[kind][1:], strict=True)):
        if amount := row.amount * Decimal(str(share)):
            came_on = min(row.due_on + timedelta(days=(place * 3 + number) % 9 - 4), today - timedelta(days=2))
            _receipt(dealer, row, amount, came_on, rep, finance, W.POS if number == 0 else W.TRANSFER)
    if place == 3:
        made = _receipt(dealer, owed[2], owed[2].amount, today - timedelta(days=21), rep, finance, W.CHEQUE)
        _as(finance)
        ledger.bounce(made.id, reason="支票空头，银行退票", by_id=finance.id)
    if place == 5:
        _receipt(dealer, owed[3], Decimal(10_000), today, rep, None, W.TRANSFER)
    if place == 8:  # paid more than was owed
        extra = Given(W.TRANSFER, Decimal(5_000), "CNY", today - timedelta(days=6), note="客户多付，待确认用途")
        _as(finance)
        receipts.record(dealer, extra, by_id=finance.id)
    _calls(owed, place, rep, now, today)
    if place % 5 == 1:
        _as(rep)
        followup.note_habit(dealer, no_mornings=place % 2 == 1, pay_day=10, payer="公司会计刘姐", note="")


def _receipt(
    dealer: Dealer, row: Receivable, amount: Decimal, came_on: date, rep: User, finance: User | None, way: ReceiptWay
) -> Receipt:
    """Taken down by the rep in the afternoon, confirmed by finance the next morning (None: not yet)."""
    at = min(clock.now(), datetime(came_on.year, came_on.month, came_on.day, 7, 20, tzinfo=clock.now().tzinfo))
    with clock.stopped_at(at):
        _as(rep)
        reference = f"{came_on:%m%d}{row.id * 7919 % 100000:05}"
        made = receipts.record(dealer, Given(way, amount, row.currency, came_on, reference=reference), by_id=rep.id)
        ledger.allocate(made.id, [Share(row.id, amount)], by_id=rep.id)
    if finance is not None and not bank.is_recent(way, came_on, clock.today("Asia/Shanghai")):
        with clock.stopped_at(at + timedelta(hours=19)):
            _as(finance)
            ledger.confirm(made.id, by_id=finance.id)
    return made


def _calls(owed: list[Receivable], place: int, rep: User, now: datetime, today: date) -> None:
    """Calls about the oldest open sum: not reached, promised and broken, promised and running."""
    late = [row for row in owed if row.open_amount and row.due_on < today]
    if not late or place % 8 == 5:
        return
    row = late[0]
    _as(rep)
    first = Said(O.NOT_REACHED, _NOTES[4], next_call_on=today - timedelta(days=11))
    with clock.stopped_at(now - timedelta(days=12)):
        followup.log_call(row, first, today=today - timedelta(days=12), by_id=rep.id)
    ago, days = (2, 3) if place % 8 in (4, 7) else (10, -3)
    promise = Said(
        O.PROMISED,
        _NOTES[place % 4],
        promised_amount=min(row.open_amount, Decimal(30_000)),
        promised_on=today + timedelta(days=days),
    )
    with clock.stopped_at(now - timedelta(days=ago)):
        followup.log_call(row, promise, today=today - timedelta(days=ago), by_id=rep.id)


def _as(person: User) -> None:
    journal.act_as(journal.Actor(person.name, person.id, "192.0.2.10"))
